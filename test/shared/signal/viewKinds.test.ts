import { describe, expect, it } from 'vitest'
import type { Recording } from '../../../shared/edf/header/model.ts'
import { applyChain, designChain } from '../../../shared/signal/filter.ts'
import { computePage, computeValues, noteView, planView } from '../../../shared/signal/view.ts'
import type { ViewSettings } from '../../../shared/signal/viewSettings.ts'
import type { Span } from '../../../shared/units.ts'
import { makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz'.split(' ')
const UNFILTERED: ViewSettings = {
  montage: 'recorded',
  lowFrequency: null,
  highFrequency: null,
  notch: null,
}
const CLINICAL: ViewSettings = { montage: 'longitudinal', lowFrequency: 1, highFrequency: 70, notch: null }

type ValueAt = (signal: number, time: number) => number

function page(recording: Recording, settings: ViewSettings, span: Span, columns: number, valueAt: ValueAt) {
  const plan = planView(recording, settings, span)
  const samples = readMade(recording, plan.signals, plan.readSpan, valueAt)
  return { plan, ...computePage(plan, samples, { span, columns }) }
}

function values(recording: Recording, settings: ViewSettings, span: Span, valueAt: ValueAt) {
  const plan = planView(recording, settings, span)
  return computeValues(plan, readMade(recording, plan.signals, plan.readSpan, valueAt), span)
}

describe('filters by kind', () => {
  const recording = makeRecording(
    makeHeader([
      { label: 'EEG C3-Ref' },
      { label: 'EMG Chin', kind: 'emg' },
      { label: 'EOG LOC', kind: 'eog' },
      { label: 'ECG', kind: 'ecg' },
      { label: 'X1', kind: 'other' },
      { label: 'Flow', kind: 'respiration' },
    ]),
  )
  const span = { start: 20, end: 30 }
  const kinds = {
    emg: { lowFrequency: 10, highFrequency: 100, notch: 50 },
    eog: { lowFrequency: 0.3, highFrequency: 35, notch: null },
    ecg: { lowFrequency: 0.3, highFrequency: 70, notch: null },
  }
  const mixed: ValueAt = (_, time) => 50 * Math.sin(2 * Math.PI * 3 * time) + (time > 22 ? 40 : 0)

  it.each(['zero-phase', 'causal'] as const)('act on their kind alone, %s', (direction) => {
    const found = values(recording, { ...CLINICAL, montage: 'recorded', kinds, direction }, span, mixed)
    const expected = [CLINICAL, kinds.emg, kinds.eog, kinds.ecg, CLINICAL, null]
    for (const [signal, filters] of expected.entries()) {
      const [raw] = readMade(recording, [signal], { start: 0, end: 60 }, mixed)
      const chain = filters === null ? null : designChain(filters, 256, direction)
      const whole = raw!.pieces[0]!.values
      const filtered = chain === null ? whole : applyChain(chain, whole, { atStart: true, atEnd: true })
      const ours = found[signal]!.pieces[0]!.values
      expect(ours).toHaveLength(2560)
      for (const [i, value] of ours.entries()) expect(value).toBeCloseTo(filtered[20 * 256 + i]!, 3)
    }
  })

  it('are those of the EEG where none are said, as calls of four fields have always meant', () => {
    const plain = values(recording, { ...CLINICAL, montage: 'recorded' }, span, mixed)
    const [eeg, emg] = plain.map(({ pieces }) => pieces[0]?.values)
    expect(emg).toEqual(eeg)
  })

  it('decide for their kind whether a mean is taken off', () => {
    const off = { lowFrequency: null, highFrequency: 100, notch: null }
    const settings: ViewSettings = { ...CLINICAL, montage: 'recorded', kinds: { ...kinds, emg: off } }
    const { traces } = page(recording, settings, span, 1400, () => 300)
    expect(traces.map(({ baseline }) => baseline && Math.round(baseline))).toEqual([
      undefined,
      300,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('read no signal after the page for the sake of a causal filter, but a neighbour', () => {
    const causal = planView(recording, { ...CLINICAL, montage: 'recorded', direction: 'causal' }, span)
    expect(causal.readSpan.end).toBeCloseTo(30 + 2 / 256, 9)
    expect(causal.readSpan.start).toBeLessThan(18)
  })
})

describe('a bad electrode', () => {
  const recording = makeRecording(makeHeader(SCALP.map((name) => `EEG ${name}-Ref`)))
  const numbered: ValueAt = (signal) => signal + 1
  const T3 = SCALP.indexOf('T3')

  it('leaves the average of 19 to the other 18: (190 - 13) / 18 by hand', () => {
    const settings: ViewSettings = { ...UNFILTERED, montage: 'average', bad: [T3] }
    const found = values(recording, settings, { start: 0, end: 1 }, numbered)
    expect(found).toHaveLength(19)
    for (const { derivation, pieces } of found) {
      const own = derivation.terms.find(({ weight }) => weight > 0)?.signal ?? -1
      if (own === T3) expect(pieces).toEqual([])
      else expect(pieces[0]?.values[0]).toBeCloseTo(own + 1 - 177 / 18, 9)
    }
  })

  it('leaves its derivations empty, in their places, and is not read', () => {
    const settings: ViewSettings = { ...UNFILTERED, montage: 'longitudinal', bad: [T3] }
    const { plan, traces } = page(recording, settings, { start: 0, end: 1 }, 100, numbered)
    expect(plan.signals).not.toContain(T3)
    expect(traces).toHaveLength(18)
    expect(traces.filter(({ pieces }) => pieces.length === 0).map(({ id }) => id)).toEqual(['F7-T7', 'T7-P7'])
    expect(noteView(recording.header, settings).join()).toContain(
      'T7 is marked bad: no average and no derivation has it. Empty for it: F7-T7, T7-P7.',
    )
  })
})
