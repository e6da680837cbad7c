import { describe, expect, it } from 'vitest'
import { computeValuesAt, planValues } from '../../../shared/signal/valuesAt.ts'
import { NO_FILTERS } from '../../../shared/signal/viewSettings.ts'
import { makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const RAW = { montage: 'recorded', ...NO_FILTERS } as const

function valuesAt(recording: ReturnType<typeof makeRecording>, time: number) {
  const plan = planValues(recording, RAW, time)
  const samples = readMade(
    recording,
    plan.view.signals,
    plan.view.readSpan,
    (signal, at) => 1000 * signal + 10 * at,
  )
  return computeValuesAt(plan, samples)
}

describe('the values at a moment', () => {
  it('are the nearest samples of each line, at its own rate', () => {
    const recording = makeRecording(makeHeader(['Cz', { label: 'Pz', sampleRate: 4 }]))
    // 5.3 s: sample 1356.8 of 256 a second is the 1357th, sample 21.2 of 4 a second the 21st.
    expect(valuesAt(recording, 5.3)).toEqual([
      { id: '0:Cz', time: expect.closeTo(1357 / 256, 9), value: expect.closeTo(13_570 / 256, 6) },
      { id: '1:Pz', time: 5.25, value: 1052.5 },
    ])
  })

  it('are none in a gap, and those of the edges at the ends', () => {
    const gapped = makeRecording(makeHeader(['Cz'], 20), [
      { start: 0, end: 10 },
      { start: 15, end: 25 },
    ])
    expect(valuesAt(gapped, 12.5)).toEqual([])
    expect(valuesAt(gapped, 15)).toMatchObject([{ time: 15, value: 150 }])
    expect(valuesAt(gapped, 25)).toMatchObject([{ time: expect.closeTo(25 - 1 / 256, 9) }])
  })
})
