import { describe, expect, it } from 'vitest'
import { findSuspects } from '../../../shared/signal/suspectElectrodes.ts'
import { makeHeader, makeRecording, readMade, seededRandom } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz'.split(' ')
const RECORDING = makeRecording(makeHeader(SCALP.map((name) => `EEG ${name}-Ref`)))
const T3 = SCALP.indexOf('T3')

/** An EEG of 20 uV, but what is said of some electrodes. */
function suspects(special: Readonly<Record<number, (time: number) => number>>, recording = RECORDING) {
  const random = seededRandom(5)
  const samples = readMade(
    recording,
    recording.header.signals.map(({ index }) => index),
    { start: 10, end: 20 },
    (signal, time) => special[signal]?.(time) ?? 20 * Math.sin(60 * time + signal) + 10 * random(),
  )
  return findSuspects(recording.header, samples)
}

describe('an electrode that may have come off', () => {
  it('is one ten times as large as its neighbours', () => {
    const [found, ...others] = suspects({ [T3]: (time) => 3000 * Math.sin(300 * time) })
    expect(found).toMatchObject({ signal: T3, reason: 'large' })
    expect(found?.says).toMatch(/^is 1\d\d times as large as its neighbours$/)
    expect(others).toEqual([])
  })

  it('is one that is flat among others that are not', () => {
    expect(suspects({ [T3]: () => 12 })).toEqual([{ signal: T3, reason: 'flat', says: 'is flat' }])
  })

  it('is one at the limit of its range', () => {
    const found = suspects({ [T3]: (time) => (time % 1 < 0.5 ? 3276.7 : 0) })
    expect(found).toEqual([
      { signal: T3, reason: 'railed', says: 'is at the limit of its range for 50 % of the time' },
    ])
  })

  it('is none where all are flat, as during a calibration, nor for a blink', () => {
    const flat = Object.fromEntries(SCALP.map((_, signal) => [signal, () => 3]))
    expect(suspects(flat)).toEqual([])
    expect(suspects({ 0: (time) => (Math.abs(time - 15) < 0.2 ? 300 : 20 * Math.sin(60 * time)) })).toEqual(
      [],
    )
  })

  it('is none of what is large as its neighbours are', () => {
    const large = Object.fromEntries(
      SCALP.map((_, signal) => [signal, (time: number) => 1000 * Math.sin(18.8 * time + signal)]),
    )
    expect(suspects(large)).toEqual([])
  })

  it('is no muscle, and nothing without neighbours or a unit', () => {
    const few = makeRecording(
      makeHeader(['EEG C3-Ref', { label: 'EMG Chin', kind: 'emg' }, { label: 'EEG C4-Ref', unit: '' }]),
    )
    expect(suspects({ 1: (time) => 3000 * Math.sin(300 * time) }, few)).toEqual([])
  })
})
