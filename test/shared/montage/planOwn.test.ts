import { describe, expect, it } from 'vitest'
import { ownFromLines } from '../../../shared/montage/ownFromLines.ts'
import { type OwnMontage, parseFormula } from '../../../shared/montage/ownMontages.ts'
import { placesIn } from '../../../shared/montage/places.ts'
import { planMontage } from '../../../shared/montage/planMontage.ts'
import { computeValues, planView } from '../../../shared/signal/view.ts'
import { NO_FILTERS } from '../../../shared/signal/viewSettings.ts'
import fixture from '../../fixtures/montages/values.json' with { type: 'json' }
import { DERIVED_MONTAGES } from '../../support/montages.ts'
import { type MadeSignal, makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const NAMES = Object.keys(fixture.potentials)
const VOLTS: Readonly<Record<string, number>> = fixture.potentials
const EXPECTED: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = fixture.lines
const MUSCLES: readonly MadeSignal[] = [
  { label: 'EMG Chin', kind: 'emg' },
  { label: 'EMG Neck', kind: 'emg' },
  { label: 'ECG', kind: 'ecg', unit: 'mV' },
  { label: 'SaO2', kind: 'other', unit: '%', sampleRate: 1 },
]
const header = makeHeader([...NAMES.map((name) => `EEG ${name}-Ref`), ...MUSCLES])

/** `|` begins a block. */
function own(...formulas: readonly string[]): OwnMontage {
  let gap = false
  const lines = formulas.flatMap((formula) => {
    if (formula === '|') {
      gap = true
      return []
    }
    const line = { label: '', terms: parseFormula(formula).terms!, gap }
    gap = false
    return [line]
  })
  return { name: 'mine', lines }
}

function valuesOf(montage: OwnMontage, made = header) {
  const span = { start: 10, end: 11 }
  const recording = makeRecording(made)
  const plan = planView(recording, { montage: 'own:mine', own: montage, ...NO_FILTERS }, span)
  const samples = readMade(recording, plan.signals, plan.readSpan, (signal) => {
    const { label } = made.signals[signal]!
    return VOLTS[/^EEG (\w+)-Ref$/.exec(label)?.[1] ?? ''] ?? (label === 'EMG Chin' ? 30 : 4)
  })
  return computeValues(plan, samples, span).map(({ derivation, pieces }) => [
    derivation.label,
    pieces[0] === undefined ? null : Number(pieces[0].values[100]!.toFixed(4)),
  ])
}

describe('a montage of the reader’s own', () => {
  it('shows sums computed by hand', () => {
    const mine = own('Fp1-F7', '|', 'C3-0.5*A1-0.5*A2', 'T3', 'EMG Chin-EMG Neck', 'EMG Chin', 'ECG')
    expect(valuesOf(mine)).toEqual([
      ['Fp1-F7', 41.5 - 7],
      ['C3-0.5*A1-0.5*A2', 22.75 - (6.25 - 14.75) / 2],
      // As it was recorded; T7 is what the file calls T3.
      ['T3', -18],
      ['EMG Chin-EMG Neck', 30 - 4],
      ['EMG Chin', 30],
      // 4 mV.
      ['ECG', 4000],
    ])
    const blocks = planMontage(header, mine).derivations.map(({ block }) => block)
    expect(blocks).toEqual([0, 1, 1, 1, 1, 1])
  })

  it.each(DERIVED_MONTAGES)('made of the lines of %s shows what that shows', (id) => {
    const { derivations } = planMontage(header, id)
    const eeg = derivations.filter(({ kind }) => kind === 'eeg')
    const mine = { name: 'mine', lines: ownFromLines(header, eeg) }
    expect(valuesOf(mine).map(([label]) => label)).toEqual(eeg.map(({ label }) => label))
    const expected = EXPECTED[id]!.map(([label, value]) => [label, Number(Number(value).toFixed(4))])
    const isWithoutFp = id === 'averageWithoutFp'
    // `Avg` is the mean of all good electrodes.
    expect(valuesOf(mine)).toEqual(
      isWithoutFp ? EXPECTED.average!.map(([l, value]) => [l, Number(Number(value).toFixed(4))]) : expected,
    )
  })

  it('begins with the whole page: its muscles and its blocks too', () => {
    const lines = ownFromLines(header, planMontage(header, 'longitudinal').derivations)
    expect(lines).toHaveLength(21)
    expect(lines.filter(({ gap }) => gap)).toHaveLength(5)
    expect(lines.at(-1)).toEqual({ label: '', terms: [{ channel: 'ECG', weight: 1 }], gap: false })
    expect(lines[18]).toEqual({ label: 'Chin EMG', terms: [{ channel: 'EMG Chin', weight: 1 }], gap: true })
  })

  it('keeps the row of what cannot be had, with the reason', () => {
    const { derivations, notes, isComplete } = planMontage(
      header,
      own('Fp1-F7', 'Oz-Cz', 'Fp1-EMG Chin', 'SaO2-Fp1', 'Nonsense'),
    )
    expect(derivations.map(({ label, problem }) => [label, problem])).toEqual([
      ['Fp1-F7', null],
      ['Oz-Cz', 'Oz was not recorded'],
      ['Fp1-EMG Chin', 'its signals differ in reference, sampling rate or unit'],
      ['SaO2-Fp1', 'SaO2 is no voltage that can be added to another'],
      ['Nonsense', 'Nonsense was not recorded'],
    ])
    expect(notes[0]).toBe('Empty: Oz-Cz (Oz was not recorded).')
    expect(isComplete).toBe(false)
  })

  it('is refused where none of its lines can be had, with the first reason', () => {
    expect(planMontage(header, own('Oz-POz', 'PO3')).problem).toBe(
      'None of its 2 lines can be made here (Oz-POz: Oz was not recorded).',
    )
  })

  it('combines only what was recorded against one reference', () => {
    const mixed = makeHeader(['C3-A2', 'C4-A1', 'F3-A2', { label: 'E1-A2', kind: 'eog' }])
    const { derivations } = planMontage(mixed, own('C3-F3', 'C3-C4', 'E1-A2', '"E1-A2"-C3'))
    expect(derivations.map(({ label, problem }) => [label, problem])).toEqual([
      ['C3-F3', null],
      ['C3-C4', 'C3 was recorded against A2, C4 against A1'],
      ['E1-A2', 'E1 was not recorded'],
      ['E1-A2-C3', null],
    ])
  })

  it('has the pairs of a recording that is bipolar already', () => {
    const bipolar = makeHeader(['FP1-F7', 'F7-T7', 'T7-P7'])
    const { derivations } = planMontage(bipolar, own('Fp1-F7', 'T7-F7', 'FP1-F7', 'Fp1-T7'))
    expect(derivations.map(({ terms, problem }) => terms[0]?.weight ?? problem)).toEqual([
      ...[1, -1, 1],
      'Fp1 was not recorded',
    ])
  })

  it('has no average of fewer than 8 electrodes', () => {
    const few = makeHeader(['Fp1-Ref', 'Fp2-Ref', 'C3-Ref'])
    expect(planMontage(few, own('C3', 'C3-Avg')).derivations[1]?.problem).toBe(
      'an average needs 8 good scalp electrodes with one reference and sampling rate',
    )
  })

  it('leaves bad electrodes out of its average, and empties what they are part of', () => {
    const bad = NAMES.indexOf('Fp1')
    const { derivations } = planMontage(header, own('Cz-Avg', 'Fp1-F7'), [bad])
    expect(derivations[0]?.terms).toHaveLength(18)
    expect(derivations[1]?.problem).toBe('Fp1 is marked bad.')
  })

  it('ties a mark to what a line adds, and to both of a pair', () => {
    const { derivations } = planMontage(
      header,
      own('Fp1-F7', 'C3-A2', 'Cz-Avg', 'EMG Chin', 'EMG Chin-EMG Neck'),
    )
    expect(derivations.map(placesIn(header))).toEqual([
      ['Fp1', 'F7'],
      ['C3'],
      ['Cz'],
      ['EMG Chin'],
      ['EMG Chin', 'EMG Neck'],
    ])
  })

  it('gives each line an id of its own, whatever they are called', () => {
    const { derivations } = planMontage(header, own('Fp1-F7', 'Fp1-F7'))
    expect(new Set(derivations.map(({ id }) => id)).size).toBe(2)
  })
})
