/**
 * What the channels of a run have in common, once those that come early or late are put beside the others: a spike that is seen
 * some milliseconds later in a part of them would else look as much longer.
 */
import type { Seconds } from '../../units.ts'
import { farthestFrom0 } from './curve.ts'
import type { FoundRun, MeanComplexes } from './run.ts'
import { shiftOf, slopesOf } from './shiftOf.ts'

/** Of a line's power, what must be the same in every complex for its shift to be known. */
const LEAST_SHARE = 0.3

/** Farther off one spike of a row would be laid over the next. */
const FARTHEST: Seconds = 0.02

/** At the rate of the run's wave and from its start; as early as its largest line. */
export function alignedWave(run: FoundRun, { sampleRate, channels }: MeanComplexes): Float64Array {
  const { cuts, weights } = run
  const first = farthestFrom0(weights)
  const model = slopesOf(channels[first]!.values)
  const sign = Math.sign(weights[first]!)
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) || 1
  const wave = new Float64Array(run.wave.length)
  for (const [c, { values, share }] of channels.entries()) {
    if (weights[c] === 0) continue
    const turn = sign * Math.sign(weights[c]!)
    const slopes = slopesOf(values).map((slope) => turn * slope)
    const shift = share < LEAST_SHARE ? null : shiftOf(model, slopes, sampleRate, FARTHEST)
    const by = Math.round((shift ?? 0) * run.sampleRate)
    const from = Math.max(0, -by)
    const to = Math.min(wave.length, wave.length - by)
    const own = cuts[c]!.values
    const weight = weights[c]! / total
    for (let i = from; i < to; i++) wave[i] = wave[i]! + weight * own[i + by]!
  }
  return wave
}
