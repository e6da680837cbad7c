import { describe, expect, it } from 'vitest'
import { measureRWave, planHeart } from '../../../shared/signal/heart.ts'
import type { Span } from '../../../shared/units.ts'
import { makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const ECG = { label: 'ECG', kind: 'ecg' as const }

/** A beat a second for 40 ms on an offset that drifts, as an electrode's does. */
const beats =
  (height: number, offset = 3000) =>
  (time: number) =>
    offset + 20 * Math.sin(time / 30) + (time % 1 < 0.04 ? height : 5 * Math.sin(12 * time))

function rWaveOf(
  special: Readonly<Record<number, (time: number) => number>>,
  recording = makeRecording(makeHeader(['Fp1', ECG], 600)),
): number | null {
  const plan = planHeart(recording)
  const samples = plan.spans.flatMap((span) => readMade(recording, plan.signals, span, valuesOf(special)))
  return measureRWave(recording, plan, samples)
}

const valuesOf =
  (special: Readonly<Record<number, (time: number) => number>>) => (signal: number, time: number) =>
    special[signal]?.(time) ?? 0

describe('where the R wave is looked for', () => {
  it('is a minute spread over the recording, of its ECG voltages only', () => {
    const recording = makeRecording(makeHeader(['Fp1', ECG, { ...ECG, unit: 'bpm' }], 600))
    const starts = [54, 174, 294, 414, 534]
    expect(planHeart(recording)).toEqual({
      signals: [1],
      spans: starts.map((start): Span => ({ start, end: start + 12 })),
    })
  })

  it('is all of a short recording, and nothing of one without data or without an ECG', () => {
    expect(planHeart(makeRecording(makeHeader([ECG], 20))).spans).toEqual([{ start: 0, end: 20 }])
    expect(planHeart(makeRecording(makeHeader([ECG], 0))).spans).toEqual([])
    expect(planHeart(makeRecording(makeHeader(['Fp1'], 600))).spans).toEqual([])
  })
})

describe('the height of the R wave', () => {
  it('is measured up or down, whatever the offset and the drift', () => {
    for (const height of [900, -900]) {
      const found = rWaveOf({ 1: beats(height) })!
      expect(found).toBeGreaterThan(890)
      expect(found).toBeLessThan(915)
    }
  })

  it('is in microvolts, whatever the unit of the file', () => {
    const recording = makeRecording(makeHeader([{ ...ECG, unit: 'mV' }], 60))
    expect(rWaveOf({ 0: (time) => beats(900)(time) / 1000 }, recording)).toBeCloseTo(905, -2)
  })

  it('is not decided by an artefact, or by a lead that is off for most of the night', () => {
    const withArtefact = (time: number) => (time > 300 && time < 302 ? 20_000 : beats(900)(time))
    expect(rWaveOf({ 1: withArtefact })).toBeCloseTo(905, -2)
    expect(rWaveOf({ 1: (time) => (time < 500 ? 0 : beats(900)(time)) })).toBeCloseTo(905, -2)
  })

  it('is that of the first ECG that beats, and null where none does', () => {
    const recording = makeRecording(makeHeader([ECG, ECG], 600))
    expect(rWaveOf({ 1: beats(500) }, recording)).toBeCloseTo(505, -2)
    expect(rWaveOf({}, recording)).toBeNull()
  })
})
