import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatGain, GAIN_KINDS, gainKindOf, heartSensitivity } from '../../../shared/signal/gains.ts'

describe('the gain of a kind', () => {
  it.each([
    ['EMG Chin', 'emg', 'chin'],
    ['Submental EMG', 'emg', 'chin'],
    ['EMG-REF', 'emg', 'chin'],
    ['LAT', 'emg', 'limb'],
    ['Neck EMG', 'emg', 'limb'],
    ['L TA', 'emg', 'limb'],
    ['EMG Tib R', 'emg', 'limb'],
    ['Right leg', 'emg', 'limb'],
    ['LOC', 'eog', 'eog'],
    ['EKG', 'ecg', 'ecg'],
    ['Fp1-F7', 'eeg', null],
    ['X1', 'other', null],
  ] as const)('of %s (%s) is that of %s', (label, kind, expected) => {
    expect(gainKindOf({ label, kind })).toBe(expected)
  })

  it('begins at 15 for eyes, 20 for the chin, 100 for limbs', () => {
    expect(GAIN_KINDS.map(({ kind, first }) => [kind, first])).toEqual([
      ['eog', 15],
      ['chin', 20],
      ['limb', 100],
      ['ecg', null],
    ])
    expect(formatGain(100 / 3)).toBe('33.3 µV/mm')
  })
})

describe('the gain of an ECG', () => {
  // By hand: an R wave of 900 uV is 4.5 mm high at 200 uV/mm and 1.8 mm at 500.
  it.each([
    [900, 500],
    [600, 200],
    [601, 500],
    [1600, 1000],
    [50, 20],
    [5, 2],
    [40_000, 5000],
    [null, 200],
  ])('of an R wave of %s uV is %s uV/mm, a round step, in every window', (rWave, expected) => {
    expect(heartSensitivity(rWave)).toBe(expected)
  })

  it('has the R wave between 1.2 and 3 mm high', () => {
    fc.assert(
      fc.property(fc.double({ min: 50, max: 15_000, noNaN: true }), (rWave) => {
        const millimetres = rWave / heartSensitivity(rWave)
        expect(millimetres).toBeLessThanOrEqual(3)
        expect(millimetres).toBeGreaterThan(1.19)
      }),
    )
  })
})
