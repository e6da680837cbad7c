import { describe, expect, it } from 'vitest'
import {
  formatGain,
  GAIN_KINDS,
  gainKindOf,
  heartSensitivity,
  measureRWave,
} from '../../../shared/signal/gains.ts'
import { pageOf } from '../../support/pages.ts'

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
  const span = { start: 0, end: 10 }
  /** A beat a second: 900 uV for 40 ms, on an offset. */
  const beats = (height: number, offset: number) =>
    Float32Array.from({ length: 2560 }, (_, i) => offset + (i % 256 < 10 ? height : 5 * Math.sin(i / 20)))
  const pageWith = (values: Float32Array) =>
    pageOf(span, 1000, { ECG: [{ form: 'samples', start: 0, step: 1 / 256, values }] })

  it('follows the height of its R wave, up or down, whatever its offset', () => {
    for (const height of [900, -900]) {
      expect(measureRWave(pageWith(beats(height, 3000)), 'ECG')).toBeCloseTo(900, -1)
    }
  })

  it('is not decided by one artefact, and not by a lead that is off', () => {
    const values = beats(900, 0)
    values.fill(20_000, 1000, 1030)
    expect(measureRWave(pageWith(values), 'ECG')).toBeCloseTo(900, -1)
    expect(measureRWave(pageWith(new Float32Array(2560)), 'ECG')).toBeNull()
    expect(measureRWave(pageOf(span, 10, {}), 'ECG')).toBeNull()
  })

  it('is read from columns too', () => {
    // A beat in each column: first, min, max, last.
    const values = Float32Array.from({ length: 40 }, (_, i) => [0, 0, 900, 0][i % 4]!)
    const page = pageOf(span, 10, { ECG: [{ form: 'columns', firstColumn: 0, values }] })
    expect(measureRWave(page, 'ECG')).toBe(900)
  })

  it('makes the R wave half a row high: 900 uV in 3.5 mm are 257 uV/mm, said as 260', () => {
    expect(heartSensitivity(900, 7)).toBe(260)
    expect(900 / heartSensitivity(900, 7)).toBeLessThanOrEqual(3.5)
    expect(heartSensitivity(50, 20)).toBe(5)
    expect(heartSensitivity(null, 7)).toBe(200)
  })
})
