/**
 * Where the spikes of a run lie. The slow wave of a complex is longer or shorter with its interval, so what is aligned by the whole
 * complex is off by some of that; what is faster than any slow wave is aligned once more, by itself.
 */
import { filterBoth, highPass, lowPass } from '../../candidates/common/passBand.ts'
import { medianOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { between, farthestFrom0, topOf } from './curve.ts'

/** What a spike of 20 to 70 ms is made of, and a slow wave is not. */
const FAST = [9, 60] as const
/** About a spike, or a row of them. */
const AROUND: Seconds = 0.08
/** How far a spike may lie from where the whole complex has it. */
const APART: Seconds = 0.06
/** Of what is fast between the spikes: a mean spike that is no larger stands out from nothing. */
const STANDS_OUT = 2.5
/** Of the whole complex from peak to peak: the bend where a smooth wave begins is half as large. */
const LEAST_SHARE = 0.08
const ROUNDS = 3

/** When each spike is at its top, in samples; null where no spike comes with every complex. */
export function spikeTimes(
  wave: Float64Array,
  rate: Hertz,
  complexes: readonly number[],
): readonly number[] | null {
  const fast = fastPart(wave, rate)
  const half = Math.max(2, Math.round(AROUND * rate))
  const reach = Math.max(1, Math.round(APART * rate))
  const usable = complexes.every((at) => at - half - reach >= 1 && at + half + reach + 2 < fast.length)
  if (!usable) return null
  let times = complexes
  let mean: Float64Array = new Float64Array(0)
  for (let round = 0; round < ROUNDS; round++) {
    mean = meanOf(fast, times, half)
    times = complexes.map((at) => bestNear(fast, mean, Math.round(at), half, reach))
  }
  mean = meanOf(fast, times, half)
  const peak = farthestFrom0(mean)
  const least = Math.max(STANDS_OUT * restOf(fast, times), LEAST_SHARE * sizeOf(wave, complexes))
  if (Math.abs(mean[peak]!) < least) return null
  return times.map((at) => at + peak - half)
}

/** What is faster than a slow wave, without muscle. */
export function fastPart(wave: Float64Array, rate: Hertz): Float64Array {
  return filterBoth([highPass(FAST[0], rate), lowPass(Math.min(FAST[1], 0.4 * rate), rate)], wave)
}

function meanOf(fast: Float64Array, times: readonly number[], half: number): Float64Array {
  const mean = new Float64Array(2 * half + 1)
  for (const at of times) {
    for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + between(fast, at - half + i) / times.length
  }
  return mean
}

function bestNear(fast: Float64Array, mean: Float64Array, at: number, half: number, reach: number): number {
  const agreementAt = (shift: number) => {
    let product = 0
    for (let i = 0; i < mean.length; i++) product += mean[i]! * fast[at + shift - half + i]!
    return product
  }
  let best = -reach
  const all = Array.from({ length: 2 * reach + 1 }, (_, k) => agreementAt(k - reach))
  for (let k = 0; k < all.length; k++) if (all[k]! > all[best + reach]!) best = k - reach
  const [before, here, after] = [all[best + reach - 1], all[best + reach]!, all[best + reach + 1]]
  if (before === undefined || after === undefined) return at + best
  return at + best + topOf(before, here, after)
}

/** Parts of an interval: in two of them no spike is, however many there are in a row. */
const PARTS = 8

/**
 * Size of what is fast where it is least, in each interval at the same place: middle deviation, as of a normal
 * distribution.
 */
export function restOf(fast: Float64Array, times: readonly number[]): number {
  const parts = Array.from({ length: PARTS }, (_, part) => {
    const sizes = times.slice(1).flatMap((end, k) => {
      const begin = times[k]!
      const at = (share: number) => Math.round(begin + (share * (end - begin)) / PARTS)
      return [...fast.subarray(at(part), at(part + 1))].map(Math.abs)
    })
    return 1.4826 * medianOf(sizes)
  })
  return parts.sort((a, b) => a - b)[1]!
}

/** Of the middle complex, from peak to peak. */
function sizeOf(wave: Float64Array, complexes: readonly number[]): number {
  const sizes = complexes.slice(1).map((end, k) => {
    const part = wave.subarray(Math.round(complexes[k]!), Math.round(end))
    return Math.max(...part) - Math.min(...part)
  })
  return medianOf(sizes)
}
