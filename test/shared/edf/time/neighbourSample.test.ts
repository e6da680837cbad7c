import { describe, expect, it } from 'vitest'
import { neighbourSample } from '../../../../shared/edf/time/neighbourSample.ts'
import { toMicroseconds } from '../../../../shared/units.ts'
import { makeHeader, makeRecording } from '../../../support/signals.ts'

const at = (label: string, sampleRate: number, kind: 'eeg' | 'emg' = 'eeg') => ({ label, sampleRate, kind })

/** Where the cursor comes to stand after so many steps, kept to the microsecond as the window keeps it. */
function walk(recording: Parameters<typeof neighbourSample>[0], from: number, steps: number): number {
  let time = from
  for (let count = 0; count < Math.abs(steps); count += 1) {
    time = toMicroseconds(neighbourSample(recording, time, steps > 0 ? 1 : -1) ?? time)
  }
  return time
}

describe('from sample to sample', () => {
  it('goes by 1/rate of the fastest EEG, whatever the muscles have', () => {
    const recording = makeRecording(makeHeader([at('Cz', 256), at('Pz', 128), at('Chin', 1024, 'emg')]))
    expect(neighbourSample(recording, 1, 1)).toBe(1 + 1 / 256)
    expect(neighbourSample(recording, 1, -1)).toBe(1 - 1 / 256)
    // From between two samples to the one on either side.
    expect(neighbourSample(recording, 1.001, 1)).toBe(1 + 1 / 256)
    expect(neighbourSample(recording, 1.001, -1)).toBe(1)
  })

  it.each([256, 200, 173.61, 512, 1000, 5000, 16_384])(
    'loses none and meets none twice at %d a second, there and back',
    (rate) => {
      // 173.61 Hz: the Bonn recordings, as 17361 samples in a record of 100 s.
      const perRecord = Number.isInteger(rate) ? rate : rate * 100
      const header = makeHeader([{ label: 'Cz', sampleRate: rate, samplesPerRecord: perRecord }], 4)
      const recording = makeRecording({ ...header, recordDuration: perRecord / rate })
      expect(walk(recording, 0, 600)).toBeCloseTo(600 / rate, 5)
      expect(walk(recording, walk(recording, 0, 600), -600)).toBe(0)
    },
  )

  it('crosses a gap, and stops at the ends', () => {
    const recording = makeRecording(makeHeader(['Cz'], 4), [
      { start: 0, end: 2 },
      { start: 10, end: 12 },
    ])
    expect(neighbourSample(recording, 2 - 1 / 256, 1)).toBe(10)
    expect(neighbourSample(recording, 10, -1)).toBe(2 - 1 / 256)
    expect(neighbourSample(recording, 5, 1)).toBe(10)
    expect(neighbourSample(recording, 5, -1)).toBe(2 - 1 / 256)
    expect(neighbourSample(recording, 0, -1)).toBeNull()
    expect(neighbourSample(recording, 12 - 1 / 256, 1)).toBeNull()
  })

  it('has nowhere to go where nothing is sampled', () => {
    expect(neighbourSample(makeRecording(makeHeader([], 0), []), 0, 1)).toBeNull()
    const muscles = makeRecording(makeHeader([at('Chin', 1024, 'emg')]))
    expect(neighbourSample(muscles, 0, 1)).toBe(1 / 1024)
  })
})
