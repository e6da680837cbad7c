import { describe, expect, it } from 'vitest'
import { MONTAGE_IDS } from '../../../shared/montage/montages.ts'
import { availableMontages, defaultMontage, planMontage } from '../../../shared/montage/planMontage.ts'
import { shortLabel } from '../../../shared/montage/recordedLines.ts'
import { isVoltage } from '../../../shared/signal/sensitivity.ts'
import { DERIVED_MONTAGES } from '../../support/montages.ts'
import { type MadeSignal, makeHeader } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz'.split(' ')
const REFERENTIAL = SCALP.map((name) => `EEG ${name}-Ref`)
const POLYGRAPHY: readonly MadeSignal[] = [
  { label: 'ECG ECG', kind: 'ecg', unit: 'mV' },
  { label: 'EMG Chin', kind: 'emg' },
  { label: 'EOG LOC', kind: 'eog' },
  { label: 'Resp oro-nasal', kind: 'respiration', unit: '', sampleRate: 32 },
  { label: 'EMG L TA', kind: 'emg' },
  { label: 'SaO2', kind: 'other', unit: '%', sampleRate: 1 },
  { label: 'Status', kind: 'status', unit: '', scaling: 'uncalibrated', problem: 'equal limits' },
  { label: 'EDF Annotations', kind: 'annotations', sampleRate: null },
]

describe('longitudinal bipolar', () => {
  const header = makeHeader([...REFERENTIAL, 'EEG A1-Ref', 'EEG A2-Ref', ...POLYGRAPHY])
  const { derivations, problem, notes } = planMontage(header, 'longitudinal')

  it('has the 18 derivations in the order of the double banana, five blocks', () => {
    expect(problem).toBeNull()
    expect(notes).toEqual([
      'Recorded, but not part of this montage: A1-Ref, A2-Ref, Status.',
      '1 channel that is no voltage is not shown: SaO2. The montage As recorded shows all.',
    ])
    expect(derivations.slice(0, 18).map(({ label, block }) => `${block} ${label}`)).toEqual([
      ...['0 Fp1-F7', '0 F7-T7', '0 T7-P7', '0 P7-O1'],
      ...['1 Fp1-F3', '1 F3-C3', '1 C3-P3', '1 P3-O1'],
      ...['2 Fz-Cz', '2 Cz-Pz'],
      ...['3 Fp2-F4', '3 F4-C4', '3 C4-P4', '3 P4-O2'],
      ...['4 Fp2-F8', '4 F8-T8', '4 T8-P8', '4 P8-O2'],
    ])
  })

  it('subtracts the second electrode from the first, by header index', () => {
    const [fp1F7] = derivations
    expect(fp1F7?.terms).toEqual([
      { signal: SCALP.indexOf('Fp1'), weight: 1 },
      { signal: SCALP.indexOf('F7'), weight: -1 },
    ])
    expect(derivations.map(({ side }) => side).slice(0, 18)).toEqual([
      ...Array<string>(8).fill('left'),
      'midline',
      'midline',
      ...Array<string>(8).fill('right'),
    ])
  })

  it('has EOG, EMG and ECG below in one block, then breath; no status, no ears, no oxygen', () => {
    expect(derivations.slice(18).map(({ label, block }) => `${block} ${label}`)).toEqual([
      '5 LOC',
      '5 Chin EMG',
      '5 L TA',
      '5 ECG',
      '6 Resp oro-nasal',
    ])
  })

  it('leaves the rows of a missing electrode empty and says so', () => {
    const plan = planMontage(makeHeader(REFERENTIAL.filter((label) => !label.includes('T5'))), 'longitudinal')
    expect(plan.derivations).toHaveLength(18)
    expect(plan.derivations.filter(({ problem }) => problem === null)).toHaveLength(16)
    expect(plan.notes).toEqual(['Empty: T7-P7, P7-O1 (P7 was not recorded).'])
  })

  it('says of each electrode that was recorded and cannot be used why it is missing', () => {
    const made: MadeSignal[] = REFERENTIAL.map((label) => ({ label, sampleRate: 50 }))
    const change = (name: string, change: Partial<MadeSignal>) => {
      const at = SCALP.indexOf(name)
      made[at] = { ...made[at]!, ...change }
    }
    change('C4', { scaling: 'uncalibrated', problem: 'no number' })
    change('P3', { unit: '' })
    change('P4', { unit: 'mmHg' })
    change('O2', { sampleRate: 25 })
    const plan = planMontage(makeHeader(made), 'longitudinal')
    expect(plan.notes).toEqual([
      'C4 is left out of the montage: its header cannot scale it to a voltage.',
      'P3 is left out of the montage: its unit is empty.',
      'P4 is left out of the montage: its unit is mmHg, no voltage.',
      'O2 is left out of the montage: it is recorded at 25 Hz, most others at 50 Hz.',
    ])
  })

  it('is refused with a sentence where fewer than 8 derivations remain', () => {
    const plan = planMontage(makeHeader(['EEG Fp1', 'EEG F7', 'EEG T3', 'EEG C3', 'EEG C4']), 'longitudinal')
    expect(plan.derivations).toEqual([])
    expect(plan.problem).toMatch(/^2 of the 18 bipolar derivations can be made/)
  })

  it('converts units, so that a derivation of mV and uV is in uV', () => {
    const signals = REFERENTIAL.map((label, i): MadeSignal => ({ label, unit: i === 0 ? 'mV' : 'uV' }))
    const [fp1F7] = planMontage(makeHeader(signals), 'longitudinal').derivations
    expect(fp1F7?.unit).toBe('uV')
    expect(fp1F7?.terms.map(({ weight }) => weight)).toEqual([1000, -1])
  })

  it('never combines different rates or references', () => {
    const mixed = REFERENTIAL.map((label): MadeSignal => {
      if (label.includes('F7')) return { label, sampleRate: 512 }
      return label.includes('T4') ? { label: 'EEG T4-A2' } : { label }
    })
    const { derivations, notes } = planMontage(makeHeader(mixed), 'longitudinal')
    const empty = derivations.filter(({ problem }) => problem !== null)
    expect(empty.map(({ label, problem }) => [label, problem])).toEqual([
      ['Fp1-F7', 'Fp1 was recorded at 256 Hz, F7 at 512 Hz'],
      ['F7-T7', 'F7 was recorded at 512 Hz, T7 at 256 Hz'],
      ['F8-T8', 'F8 was recorded against Ref, T8 against A2'],
      ['T8-P8', 'T8 was recorded against A2, P8 against Ref'],
    ])
    expect(notes).toEqual([
      'F7 is left out of the montage: it is recorded at 512 Hz, most others at 256 Hz.',
      'Empty: F8-T8 (F8 was recorded against Ref, T8 against A2).',
      'Empty: T8-P8 (T8 was recorded against A2, P8 against Ref).',
      'Recorded, but not part of this montage: T4-A2.',
    ])
  })

  it('takes the first of two signals with one electrode, and says which', () => {
    const plan = planMontage(makeHeader([...REFERENTIAL, 'EEG Fp1-Ref']), 'longitudinal')
    expect(plan.derivations[0]?.terms[0]?.signal).toBe(0)
    expect(plan.notes).toEqual(['Fp1 is recorded twice (signals 1 and 20): the first is used.'])
  })

  it('is refused for a recording that is bipolar already', () => {
    const header = makeHeader(['FP1-F7', 'F7-T7', 'T7-P7', 'P7-O1', 'T8-P8', 'T8-P8'])
    expect(planMontage(header, 'longitudinal').problem).toBe(
      'The recording is already bipolar (FP1-F7...): no other montage can be derived.',
    )
    expect(defaultMontage(header)).toBe('recorded')
  })

  it('is derived from a recording against one scalp electrode, which is 0 there', () => {
    const names = SCALP.filter((name) => name !== 'Cz')
    const { derivations } = planMontage(makeHeader(names.map((name) => `${name}-Cz`)), 'longitudinal')
    expect(derivations.find(({ label }) => label === 'Cz-Pz')?.terms).toEqual([
      { signal: names.indexOf('Pz'), weight: -1 },
    ])
  })

  it('is refused where the labels are positions on an amplifier', () => {
    const header = makeHeader(Array.from({ length: 32 }, (_, i) => `${'ABC'[i % 3]}${i + 1}`))
    expect(planMontage(header, 'longitudinal').problem).toMatch(/positions on the amplifier/)
  })
})

describe('average reference', () => {
  const header = makeHeader([...REFERENTIAL, 'EEG A1-Ref', ...POLYGRAPHY])
  const { derivations, problem } = planMontage(header, 'average')

  it('has every scalp electrode minus the mean of all, ears and polygraphy kept out', () => {
    expect(problem).toBeNull()
    expect(derivations.filter(({ kind }) => kind === 'eeg')).toHaveLength(19)
    const cz = derivations.find(({ label }) => label === 'Cz-Avg')
    expect(cz?.terms).toHaveLength(19)
    for (const { signal, weight } of cz?.terms ?? []) {
      expect(weight).toBeCloseTo(signal === SCALP.indexOf('Cz') ? 18 / 19 : -1 / 19, 12)
    }
  })

  it('goes from left to right, front to back', () => {
    expect(derivations.slice(0, 19).map(({ label }) => label.replace('-Avg', ''))).toEqual(
      'Fp1 F7 T7 P7 O1 F3 C3 P3 Fz Cz Pz F4 C4 P4 Fp2 F8 T8 P8 O2'.split(' '),
    )
  })

  it('is refused with a sentence for too few electrodes', () => {
    expect(planMontage(makeHeader(['C3-M2', 'O1-M2', 'C4-M1']), 'average').problem).toBe(
      'An average reference needs 8 scalp electrodes with one reference and sampling rate; here are 2.',
    )
  })
})

describe('as recorded', () => {
  it('has every signal but the annotations, in file order, with ids that are unique', () => {
    const header = makeHeader(['T8-P8', 'T8-P8', ...POLYGRAPHY, 'EEG Fp1-Ref'])
    const { derivations } = planMontage(header, 'recorded')
    expect(derivations.map(({ terms }) => terms[0]?.signal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 10])
    expect(new Set(derivations.map(({ id }) => id)).size).toBe(10)
    expect(derivations.map(({ block }) => block)).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 2])
  })

  it('gives no side to positions on an amplifier', () => {
    const { derivations } = planMontage(makeHeader(['A1', 'A2', 'A3', 'A4', 'C3']), 'recorded')
    expect(derivations.every(({ side }) => side === null)).toBe(true)
  })

  it('tells what cannot be drawn, and draws digital values where the header cannot scale', () => {
    const header = makeHeader([
      { label: 'EEG Fp1', scaling: 'unusable', problem: 'No samples.' },
      { label: 'Status', kind: 'status', scaling: 'uncalibrated', unit: 'Boolean', problem: 'No range.' },
      { label: 'Timeless', sampleRate: null },
      { label: 'Absurd', physicalMax: 1e200 },
    ])
    const { derivations } = planMontage(header, 'recorded')
    expect(derivations.map(({ problem }) => problem)).toEqual([
      'No samples.',
      null,
      'Its records have no duration, so its samples have no place in time.',
      'The physical range in its header is too large to be true.',
    ])
    expect(derivations[1]?.unit).toBe('')
  })
})

describe('the list of montages', () => {
  it('says of each whether it can be had', () => {
    const all = availableMontages(makeHeader([...REFERENTIAL, 'EEG A1-Ref', 'EEG A2-Ref']))
    expect(all.map(({ id, problem }) => [id, problem])).toEqual(MONTAGE_IDS.map((id) => [id, null]))
    const none = availableMontages(makeHeader([{ label: 'Signal 0', kind: 'other' }]))
    const possible = none.filter(({ problem }) => problem === null).map(({ id }) => id)
    expect(possible).toEqual(MONTAGE_IDS.filter((id) => !DERIVED_MONTAGES.includes(id)))
  })

  it('begins with longitudinal bipolar where the electrodes allow it', () => {
    expect(defaultMontage(makeHeader(REFERENTIAL))).toBe('longitudinal')
    expect(defaultMontage(makeHeader(['C3-M2', 'C4-M1', 'E1-M2']))).toBe('recorded')
  })
})

describe('labels in the gutter', () => {
  it.each([
    ['EEG Fp1-Ref', 'eeg', 'Fp1-Ref'],
    ['EEG FP1-LE', 'eeg', 'Fp1-LE'],
    ['FP1-F7', 'eeg', 'Fp1-F7'],
    ['EEG T3', 'eeg', 'T3'],
    ['T3-T5', 'eeg', 'T3-T5'],
    ['Fc5.', 'eeg', 'FC5'],
    ['EEG Channel-1', 'eeg', 'Channel-1'],
    ['EEG(sec)', 'eeg', 'EEG(sec)'],
    ['EMG Chin', 'emg', 'Chin EMG'],
    ['EMG submental', 'emg', 'Submental EMG'],
    ['EMG-REF', 'emg', 'EMG-REF'],
    ['EMG L TA', 'emg', 'L TA'],
    ['EOG LOC', 'eog', 'LOC'],
    ['EOG L', 'eog', 'L EOG'],
    ['E1-M2', 'eog', 'E1-M2'],
    ['ECG ECG', 'ecg', 'ECG'],
    ['ECG', 'ecg', 'ECG'],
    ['Resp oro-nasal', 'respiration', 'Resp oro-nasal'],
    ['', 'other', 'Signal 1'],
  ] as const)('%j becomes %j', (label, kind, short) => {
    expect(shortLabel({ label, kind, index: 0 })).toBe(short)
  })
})

describe('what stands beside the electrodes', () => {
  const TUH: readonly MadeSignal[] = [
    ...REFERENTIAL.map((label): MadeSignal => ({ label: label.toUpperCase() })),
    { label: 'EEG A1-REF' },
    { label: 'EEG A2-REF' },
    { label: 'EEG T1-REF' },
    { label: 'EEG 26-REF' },
    { label: 'EEG LOC-REF', kind: 'eog' },
    { label: 'EEG EKG1-REF', kind: 'ecg' },
    { label: 'EEG RESP1-REF', kind: 'respiration' },
    { label: 'PHOTIC-REF', kind: 'status' },
    { label: 'E1 Impédance', kind: 'other', unit: 'Ohm', sampleRate: 1 },
    { label: 'Flow', kind: 'respiration', unit: 'l/min', sampleRate: 32 },
    { label: 'EMG Chin', kind: 'emg', scaling: 'uncalibrated', problem: 'no range' },
  ]
  const header = makeHeader(TUH)

  it.each(DERIVED_MONTAGES)('is a line of %s, or named in a note', (montage) => {
    const { derivations, notes, unshown } = planMontage(header, montage)
    const used = new Set(derivations.flatMap(({ terms }) => terms.map(({ signal }) => signal)))
    for (const signal of header.signals) {
      const isNamed = notes.some((note) => note.includes(shortLabel(signal)))
      expect([signal.label, used.has(signal.index) || isNamed]).toEqual([signal.label, true])
      expect(unshown.includes(signal.index)).toBe(!used.has(signal.index))
    }
    const lines = derivations.filter(({ kind, problem }) => kind !== 'eeg' && problem === null)
    expect(lines.map(({ label }) => label)).toEqual(['LOC-REF', 'EKG1-REF', 'RESP1-REF'])
    expect(notes.at(-1)).toBe(
      '2 channels that are no voltage are not shown: E1 Impédance, Flow. The montage As recorded shows all.',
    )
  })

  it('is shown as recorded, all of it', () => {
    expect(planMontage(header, 'recorded').derivations).toHaveLength(TUH.length)
  })

  it('is named once where an electrode has its impedance beside it', () => {
    const { notes } = planMontage(
      makeHeader([...REFERENTIAL, { label: 'Fp1', unit: 'kOhm', kind: 'other', sampleRate: 1 }]),
      'longitudinal',
    )
    expect(notes).toEqual([
      '1 channel that is no voltage is not shown: Fp1. The montage As recorded shows all.',
    ])
  })

  it('is off where an impedance has no unit, and is not taken for its electrode', () => {
    const impedances = ['Imp Cz', 'Fp1-Imp'].map((label): MadeSignal => ({ label, unit: '', kind: 'other' }))
    const { derivations, notes } = planMontage(makeHeader([...REFERENTIAL, ...impedances]), 'longitudinal')
    expect(derivations).toHaveLength(18)
    expect(notes).toEqual([
      '2 channels that are no voltage are not shown: Imp Cz, Fp1-Imp. The montage As recorded shows all.',
    ])
  })
})

describe('electrodes without a unit', () => {
  const blank = makeHeader(
    [...REFERENTIAL, 'EEG A1-Ref', 'EEG A2-Ref'].map((label): MadeSignal => ({ label, unit: '' })),
  )

  it.each(DERIVED_MONTAGES)('are derived into %s, without a unit too', (montage) => {
    const { derivations, problem } = planMontage(blank, montage)
    expect(problem).toBeNull()
    const eeg = derivations.filter(({ kind }) => kind === 'eeg')
    expect(new Set(eeg.map(({ unit }) => unit))).toEqual(new Set(['']))
    expect(derivations.every(isVoltage)).toBe(true)
  })

  it('are never subtracted from a voltage: those fewer are left out, and named', () => {
    const mixed = REFERENTIAL.map((label, k): MadeSignal => ({ label, unit: k === 0 ? 'uV' : '' }))
    const { derivations, notes } = planMontage(makeHeader(mixed), 'average')
    expect(derivations.filter(({ problem }) => problem === null)).toHaveLength(18)
    expect(derivations[0]?.problem).toBe('Fp1: most others have no unit')
    expect(notes[0]).toBe('Fp1 is left out of the montage: most others have no unit.')
  })
})

describe('electrodes marked bad', () => {
  const header = makeHeader([...REFERENTIAL, 'EEG A1-Ref', 'EEG A2-Ref', ...POLYGRAPHY])
  const T3 = SCALP.indexOf('T3')
  const C3 = SCALP.indexOf('C3')

  it.each(MONTAGE_IDS)('leave no line of %s that draws them, and every line in its place', (montage) => {
    const whole = planMontage(header, montage).derivations
    const { derivations, notes } = planMontage(header, montage, [C3])
    expect(derivations.map(({ id }) => id)).toEqual(whole.map(({ id }) => id))
    for (const { terms, problem } of derivations) {
      if (terms.some(({ signal }) => signal === C3)) expect(problem).toBe('C3 is marked bad.')
      else expect(problem).toBe(whole.find(({ terms: all }) => all[0] === terms[0])?.problem ?? problem)
    }
    expect(derivations.some(({ problem }) => problem === 'C3 is marked bad.')).toBe(true)
    expect(notes[0]).toMatch(/^C3 is marked bad: no average and no derivation has it\. Empty for it: /)
  })

  it('are named both where a line has two', () => {
    const { derivations } = planMontage(header, 'longitudinal', [T3, SCALP.indexOf('F7')])
    expect(derivations.find(({ id }) => id === 'F7-T7')?.problem).toBe('F7 and T7 are marked bad.')
  })

  it('may be muscles and eyes too', () => {
    const chin = header.signals.find(({ label }) => label === 'EMG Chin')!.index
    const { derivations, isComplete } = planMontage(header, 'longitudinal', [chin])
    expect(derivations.find(({ label }) => label === 'Chin EMG')?.problem).toBe('Chin EMG is marked bad.')
    expect(isComplete).toBe(planMontage(header, 'longitudinal').isComplete)
  })

  it('leave an average that has too few others, and that is said', () => {
    const some = makeHeader(REFERENTIAL.slice(0, 9))
    expect(planMontage(some, 'average', [0]).problem).toBeNull()
    expect(planMontage(some, 'average', [0, 1]).problem).toBe(
      'An average reference needs 8 scalp electrodes with one reference and sampling rate; here are 7 that are not marked bad.',
    )
  })

  it('that the file does not have change nothing', () => {
    expect(planMontage(header, 'longitudinal', [900])).toEqual(planMontage(header, 'longitudinal'))
  })
})
