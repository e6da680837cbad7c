/**
 * A rhythmic stretch looked at closely: its cycles one by one, and whether a spike comes with each (`spikes.ts`). The
 * channels are summed by the weights of the wave they have in common, so that what they do not share (alpha, muscle)
 * averages out; for spikes they have weights of their own.
 */

import { medianOf, quantileOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { decimate, filterBoth, highPass, lowPass } from '../common/passBand.ts'
import { commonWave, summed } from './component.ts'
import { FASTEST, SLOWEST } from './rhythmicFrames.ts'
import { HARMONICS, measureSpikes, SPIKE_BAND, type Spikes } from './spikes.ts'

export type Run = {
  readonly onset: Seconds
  readonly duration: Seconds
  readonly cycles: number
  readonly rate: Hertz
  /** Of the first and of the last third of the cycles. */
  readonly firstRate: Hertz
  readonly lastRate: Hertz
  /** Spread of the cycle lengths about their trend, as a share of their length. */
  readonly irregularity: number
  /** Peak to peak of the middle cycle, of the channel where it is largest, in uV. */
  readonly size: number
  readonly channels: number
  /** Of these, by position, those that follow the common wave. */
  readonly following: readonly number[]
} & Spikes

/** At least, where there are so many: enough for what a spike is made of. */
const RATE: Hertz = 110
const SLOW = [1.8, 5.5] as const
/** Of a channel with the common wave. */
const FOLLOWS = 0.5
/** Of the run's middle cycle: a lower one is none of it. */
const LEAST_CYCLE = 0.35
const FEWEST_CYCLES = 4

type Input = {
  readonly sampleRate: Hertz
  /** Of the first sample. */
  readonly start: Seconds
  /** In uV, all of one length. */
  readonly channels: readonly Float64Array[]
  /** The rhythmic stretch within. */
  readonly from: Seconds
  readonly to: Seconds
}

/** null where no four cycles follow one another. */
export function measureRun({ sampleRate, start, channels, from, to }: Input): Run | null {
  const factor = Math.max(1, Math.floor(sampleRate / RATE))
  const rate = sampleRate / factor
  const broad = channels.map((values) => decimate(values, factor))
  const slowBand = [highPass(SLOW[0], rate), lowPass(SLOW[1], rate)]
  const slow = broad.map((values) => filterBoth(slowBand, values))
  const length = slow[0]?.length ?? 0
  const first = Math.max(0, Math.round((from - start) * rate))
  const last = Math.min(length, Math.round((to - start) * rate))
  if (last - first < rate) return null
  const common = commonWave(slow, first, last - first)
  const slowWave = summed(slow, common.weights)
  const crossings = cyclesOf(slowWave, rate, first, last)
  if (crossings === null) return null
  const periods = crossings.slice(1).map((at, k) => (at - crossings[k]!) / rate)
  const above = highPass(Math.max(SPIKE_BAND[0], HARMONICS / medianOf(periods)), rate)
  const spikeBand = [above, above, lowPass(SPIKE_BAND[1], rate)]
  const third = Math.max(2, Math.floor(periods.length / 3))
  const begin = Math.round(crossings[0]!)
  const end = Math.round(crossings.at(-1)!)
  const size = channels.map((_, c) => heightOf(broad[c]!, crossings))
  const spikes = measureSpikes({
    fast: broad.map((values) => filterBoth(spikeBand, values)),
    ...{ slow, weights: common.weights, crossings },
  })
  return {
    // A mean stands in the middle of its samples.
    onset: start + (factor - 1) / (2 * sampleRate) + begin / rate,
    duration: (end - begin) / rate,
    cycles: periods.length,
    rate: periods.length / ((end - begin) / rate),
    firstRate: 1 / mean(periods.slice(0, third)),
    lastRate: 1 / mean(periods.slice(-third)),
    irregularity: irregularityOf(periods),
    size: Math.max(...size),
    channels: channels.length,
    following: channels.flatMap((_, c) => (Math.abs(common.correlations[c]!) >= FOLLOWS ? [c] : [])),
    ...spikes,
  }
}

/**
 * Where the slow wave rises through zero, between samples, and how high each cycle is: the longest row of cycles of 2.3
 * to 4.8 a second about the stretch, none much lower than the middle one.
 */
function cyclesOf(wave: Float64Array, rate: Hertz, first: number, last: number): readonly number[] | null {
  const all: number[] = []
  for (let i = 1; i < wave.length; i++) {
    const a = wave[i - 1]!
    const b = wave[i]!
    if (a < 0 && b >= 0) all.push(i - 1 + a / (a - b))
  }
  const heights = all.slice(1).map((end, k) => peakToPeak(wave, Math.round(all[k]!), Math.round(end)))
  const inside = heights.filter((_, k) => all[k]! >= first && all[k + 1]! <= last)
  if (inside.length < 3) return null
  const least = LEAST_CYCLE * medianOf(inside)
  let best: readonly [number, number] = [0, 0]
  let begin = 0
  for (let k = 0; k <= heights.length; k++) {
    const period = k < heights.length ? (all[k + 1]! - all[k]!) / rate : 0
    const belongs =
      k < heights.length && heights[k]! >= least && period >= 1 / FASTEST && period <= 1.06 / SLOWEST
    if (belongs) continue
    const isHere = k > begin && all[begin]! < last && all[k]! > first
    if (isHere && k - begin > best[1] - best[0]) best = [begin, k]
    begin = k + 1
  }
  return best[1] - best[0] < FEWEST_CYCLES ? null : all.slice(best[0], best[1] + 1)
}

function peakToPeak(values: Float64Array, from: number, to: number): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let i = from; i < to; i++) {
    low = Math.min(low, values[i]!)
    high = Math.max(high, values[i]!)
  }
  return Math.max(0, high - low)
}

function heightOf(values: Float64Array, crossings: readonly number[]): number {
  return medianOf(
    crossings.slice(1).map((end, k) => peakToPeak(values, Math.round(crossings[k]!), Math.round(end))),
  )
}

/** Middle distance from the straight line through the cycle lengths. */
function irregularityOf(periods: readonly number[]): number {
  const n = periods.length
  const middle = mean(periods)
  let slope = 0
  let spread = 0
  for (let k = 0; k < n; k++) {
    slope += (k - (n - 1) / 2) * (periods[k]! - middle)
    spread += (k - (n - 1) / 2) ** 2
  }
  slope /= spread || 1
  return (
    quantileOf(
      periods.map((period, k) => Math.abs(period - middle - slope * (k - (n - 1) / 2))),
      0.5,
    ) / middle
  )
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
