import { describe, expect, it } from 'vitest'
import { MONTAGES, STANDARD_SCALP } from '../../../shared/montage/montages.ts'
import { availableMontages, planMontage } from '../../../shared/montage/planMontage.ts'
import { computeValues, planView } from '../../../shared/signal/view.ts'
import { NO_FILTERS } from '../../../shared/signal/viewSettings.ts'
import fixture from '../../fixtures/montages/values.json' with { type: 'json' }
import { DERIVED_MONTAGES } from '../../support/montages.ts'
import { type MadeSignal, makeHeader, makeRecording, readMade } from '../../support/signals.ts'

/** A recording of 21 electrodes, each at a voltage of its own: see the script beside the fixture. */
const NAMES = Object.keys(fixture.potentials)
const VOLTS: Readonly<Record<string, number>> = fixture.potentials
const EXPECTED: Readonly<Record<string, readonly (readonly (string | number)[])[]>> = fixture.lines

function header(labelOf: (name: string) => string | MadeSignal, names: readonly string[] = NAMES) {
  return makeHeader(names.map(labelOf))
}

const full = header((name) => `EEG ${name}-Ref`)

/** Of each line its label and the value at one instant, to a tenth of a nanovolt; null where it is empty. */
function valuesOf(
  made: ReturnType<typeof makeHeader>,
  montage: (typeof DERIVED_MONTAGES)[number],
  volts = VOLTS,
) {
  const span = { start: 10, end: 11 }
  const plan = planView(makeRecording(made), { montage, ...NO_FILTERS }, span)
  const nameOf = (signal: number) =>
    /^(?:EEG )?([A-Z][a-z]?[z\d])/.exec(made.signals[signal]!.label)?.[1] ?? ''
  const samples = readMade(
    makeRecording(made),
    plan.signals,
    plan.readSpan,
    (signal) => volts[nameOf(signal)]!,
  )
  const eeg = computeValues(plan, samples, span).filter(({ derivation }) => derivation.kind === 'eeg')
  return eeg.map(({ derivation, pieces }) => {
    const value = pieces[0]?.values[100]
    return [derivation.label, value === undefined ? null : Number(value.toFixed(4))]
  })
}

function rounded(lines: readonly (readonly (string | number)[])[]) {
  return lines.map(([label, value]) => [label, Number(Number(value).toFixed(4))])
}

describe.each(DERIVED_MONTAGES)('%s', (id) => {
  it('shows what was computed by hand, line after line', () => {
    expect(valuesOf(full, id)).toEqual(rounded(EXPECTED[id]!))
  })

  it('shows the same whatever the reference was: it drops out', () => {
    const moved = Object.fromEntries(Object.entries(VOLTS).map(([name, value]) => [name, value - 37.5]))
    expect(valuesOf(full, id, moved)).toEqual(rounded(EXPECTED[id]!))
  })

  it('ties a mark to the electrodes that its line is of', () => {
    const isBipolar = id === 'longitudinal' || id === 'transverse'
    const eeg = planMontage(full, id).derivations.filter(({ kind }) => kind === 'eeg')
    for (const { label, places } of eeg) {
      const [first, second] = label.split('-')
      expect(places).toEqual(isBipolar ? [first, second] : [first])
    }
  })
})

describe('rows', () => {
  const labels = (id: (typeof DERIVED_MONTAGES)[number]) =>
    planMontage(full, id).derivations.map(({ label, block }) => `${block} ${label}`)

  it('of the transverse bipolar go from front to back, each chain from left to right', () => {
    expect(labels('transverse')).toEqual([
      ...['0 F7-Fp1', '0 Fp1-Fp2', '0 Fp2-F8'],
      ...['1 F7-F3', '1 F3-Fz', '1 Fz-F4', '1 F4-F8'],
      ...['2 A1-T7', '2 T7-C3', '2 C3-Cz', '2 Cz-C4', '2 C4-T8', '2 T8-A2'],
      ...['3 P7-P3', '3 P3-Pz', '3 Pz-P4', '3 P4-P8'],
      ...['4 P7-O1', '4 O1-O2', '4 O2-P8'],
    ])
  })

  it('to the ears lie left to right and front to back, in the blocks of the longitudinal', () => {
    expect(labels('ownEar')).toEqual([
      ...['0 Fp1-A1', '0 F7-A1', '0 T7-A1', '0 P7-A1', '0 O1-A1'],
      ...['1 F3-A1', '1 C3-A1', '1 P3-A1'],
      ...['2 Fz-A1A2', '2 Cz-A1A2', '2 Pz-A1A2'],
      ...['3 F4-A2', '3 C4-A2', '3 P4-A2'],
      ...['4 Fp2-A2', '4 F8-A2', '4 T8-A2', '4 P8-A2', '4 O2-A2'],
    ])
  })

  it('of a 10-10 array have their place among those of the 10-20 system', () => {
    const dense = header((name) => name, [...NAMES, 'FC1', 'FC2', 'Oz'])
    const made = planMontage(dense, 'average').derivations.map(({ label }) => label.replace('-Avg', ''))
    expect(made.filter((name) => !STANDARD_SCALP.some((each) => each === name))).toEqual(['FC1', 'Oz', 'FC2'])
    expect(made.indexOf('FC1')).toBe(made.indexOf('F3') + 1)
  })
})

describe('an electrode that was not recorded', () => {
  const without = (...names: readonly string[]) =>
    header(
      (name) => `EEG ${name}-Ref`,
      NAMES.filter((name) => !names.includes(name)),
    )

  it('leaves its rows empty, with the reason, and all others where they were', () => {
    for (const id of DERIVED_MONTAGES) {
      const { derivations } = planMontage(without('T3'), id)
      const before = planMontage(full, id).derivations
      expect(derivations.map(({ label, block }) => [label, block])).toEqual(
        before.map(({ label, block }) => [label, block]),
      )
    }
    const { derivations, notes, isComplete } = planMontage(without('T3'), 'longitudinal')
    const empty = derivations.filter(({ problem }) => problem !== null)
    expect(empty.map(({ label, problem, terms }) => [label, problem, terms])).toEqual([
      ['F7-T7', 'T7 was not recorded', []],
      ['T7-P7', 'T7 was not recorded', []],
    ])
    expect(notes[0]).toBe('Empty: F7-T7, T7-P7 (T7 was not recorded).')
    expect(isComplete).toBe(false)
  })

  it('is in no mean: of 18 electrodes each has an eighteenth', () => {
    const cz = planMontage(without('T3'), 'average').derivations.find(({ label }) => label === 'Cz-Avg')
    expect(cz?.terms).toHaveLength(18)
    expect(cz?.terms.filter(({ weight }) => weight > 0).map(({ weight }) => weight)).toEqual([17 / 18])
  })

  it('empties also the stars of its neighbours: a mean of fewer lies elsewhere', () => {
    const empty = planMontage(without('T3'), 'laplacian').derivations.filter(
      ({ problem }) => problem !== null,
    )
    expect(empty.map(({ label }) => label)).toEqual(['F7-Lap', 'T7-Lap', 'P7-Lap', 'C3-Lap'])
  })

  it('is no row where a smaller array was chosen', () => {
    const few = header((name) => `${name}-Ref`, ['Fp1', 'Fp2', 'C3', 'C4', 'T3', 'T4', 'O1', 'O2', 'Cz'])
    expect(planMontage(few, 'average').derivations).toHaveLength(9)
  })

  it('has no mark on its empty row', () => {
    const { derivations } = planMontage(without('T3'), 'longitudinal')
    expect(derivations.find(({ label }) => label === 'F7-T7')?.places).toEqual([])
  })
})

describe('ears', () => {
  it('that were not recorded are a reason, and no link of the transverse', () => {
    const bare = header(
      (name) => `EEG ${name}-Ref`,
      NAMES.filter((name) => !name.startsWith('A')),
    )
    expect(planMontage(bare, 'ownEar').problem).toBe(
      'None of the 19 lines can be made: neither A1 nor M1 was recorded.',
    )
    expect(planMontage(bare, 'bothEars').problem).toBe(
      'None of the 19 lines can be made: A1 and A2 were not recorded.',
    )
    const transverse = planMontage(bare, 'transverse')
    expect(transverse.derivations).toHaveLength(18)
    expect(transverse.isComplete).toBe(true)
  })

  it('may be mastoids, which are called so', () => {
    const mastoids = header((name) => name.replace(/^A([12])$/, 'M$1'))
    expect(planMontage(mastoids, 'ownEar').derivations[0]?.label).toBe('Fp1-M1')
    expect(planMontage(mastoids, 'bothEars').derivations[0]?.label).toBe('Fp1-M1M2')
    expect(planMontage(mastoids, 'transverse').derivations.map(({ label }) => label)).toContain('M1-T7')
    expect(planMontage(mastoids, 'sleep').derivations[0]?.label).toBe('F3-M2')
  })

  it('that the amplifier had linked are taken as they are', () => {
    const linked = header(
      (name) => `EEG ${name}-LE`,
      NAMES.filter((name) => !name.startsWith('A')),
    )
    const { derivations, problem } = planMontage(linked, 'bothEars')
    expect(problem).toBeNull()
    expect(derivations[0]).toMatchObject({ label: 'Fp1-LE', terms: [{ signal: 0, weight: 1 }] })
    expect(planMontage(linked, 'ownEar').problem).toMatch(/neither A1 nor M1 was recorded/)
  })

  it('that each side was recorded against are taken as they are', () => {
    const sided = header(
      (name) => `${name}-${/[13579]$/.test(name) ? 'A1' : 'A2'}`,
      NAMES.filter((name) => !name.startsWith('A')),
    )
    const { derivations } = planMontage(sided, 'ownEar')
    expect(derivations.find(({ label }) => label === 'C4-A2')?.terms).toHaveLength(1)
    expect(derivations.find(({ label }) => label.startsWith('Fz'))).toMatchObject({
      label: 'Fz-A2',
      problem: null,
    })
    const { derivations: linked, notes } = planMontage(sided, 'bothEars')
    expect([linked, notes]).toEqual([[], []])
    expect(planMontage(sided, 'bothEars').problem).toMatch(/were never recorded against one reference/)
  })

  it('of which one was recorded against the other are two', () => {
    const made = header(
      (name) => (name === 'A2' ? 'EEG A2-A1' : `EEG ${name}-A1`),
      NAMES.filter((name) => name !== 'A1'),
    )
    const relative = Object.fromEntries(
      Object.entries(VOLTS).map(([name, value]) => [name, value - VOLTS.A1!]),
    )
    expect(valuesOf(made, 'ownEar', relative)).toEqual(rounded(EXPECTED.ownEar!))
    expect(valuesOf(made, 'bothEars', relative)).toEqual(rounded(EXPECTED.bothEars!))
  })
})

describe('a recording against Cz', () => {
  const made = header(
    (name) => `${name}-Cz`,
    NAMES.filter((name) => name !== 'Cz'),
  )
  const relative = Object.fromEntries(Object.entries(VOLTS).map(([name, value]) => [name, value - VOLTS.Cz!]))

  it.each(DERIVED_MONTAGES)('has %s whole: Cz is 0 there, and as much an electrode as the others', (id) => {
    expect(valuesOf(made, id, relative)).toEqual(rounded(EXPECTED[id]!))
  })
})

describe('polysomnography', () => {
  it('has eyes, chin, limbs, heart and breath below the EEG, a block each', () => {
    const night = makeHeader([
      ...['F3-M2', 'F4-M1', 'C3-M2', 'C4-M1', 'O1-M2', 'O2-M1'],
      { label: 'ECG', kind: 'ecg' },
      { label: 'EMG RAT', kind: 'emg' },
      { label: 'EMG Chin', kind: 'emg' },
      { label: 'E1-M2', kind: 'eog' },
      { label: 'Flow', kind: 'respiration', unit: '', sampleRate: 32 },
    ])
    const { derivations, problem, notes } = planMontage(night, 'sleep')
    expect(problem).toBeNull()
    expect(notes).toEqual([])
    expect(derivations.map(({ label, block }) => `${block} ${label}`)).toEqual([
      ...['0 F3-M2', '0 F4-M1', '0 C3-M2', '0 C4-M1', '0 O1-M2', '0 O2-M1'],
      ...['1 E1-M2', '2 Chin EMG', '3 RAT', '4 ECG', '5 Flow'],
    ])
    for (const { terms } of derivations) expect(terms).toHaveLength(1)
  })

  it('keeps a row for what scoring needs and nobody recorded', () => {
    const { derivations, notes, isComplete } = planMontage(makeHeader(['C3-M2', 'C4-M1']), 'sleep')
    expect(
      derivations
        .filter(({ problem }) => problem !== null)
        .map(({ label, problem }) => `${label}: ${problem}`),
    ).toEqual([
      'F3-M2: F3 was not recorded',
      'F4-M1: F4 was not recorded',
      'O1-M2: O1 was not recorded',
      'O2-M1: O2 was not recorded',
      'EOG: not recorded',
      'Chin EMG: not recorded',
      'Other EMG: not recorded',
      'ECG: not recorded',
    ])
    expect(notes).toContain('Not recorded: EOG, Chin EMG, Other EMG, ECG.')
    expect(isComplete).toBe(false)
  })
})

describe('the table', () => {
  it('has a key for each montage, no two the same', () => {
    expect(new Set(MONTAGES.map(({ key }) => key)).size).toBe(MONTAGES.length)
  })

  it('can all be had from the 10-20 system with its ears', () => {
    expect(availableMontages(full).filter(({ problem }) => problem !== null)).toEqual([])
  })

  it('says what a reader must know of one where its lines are not what they seem', () => {
    expect(planMontage(full, 'vertex').notes[0]).toMatch(/^Cz is active in sleep/)
    expect(planMontage(full, 'laplacian').notes[0]).toMatch(/generalised discharge/)
  })
})
