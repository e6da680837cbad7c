/**
 * Whether a spike comes with each slow wave. What is faster than a slow wave's harmonics is looked at cycle by cycle:
 * where spikes are, it gathers at one place of the cycle; alpha and muscle are everywhere alike, and slowing leaves
 * nothing. Asked is where it gathers, not that it is the same to the millisecond: spikes of one run differ in height,
 * form and place by some hundredths of a second, and some are double.
 */

import { medianOf } from '../../signal/statistics.ts'
import type { Hertz } from '../../units.ts'
import { summed } from './component.ts'
import { BINS, momentOf, NEAR } from './cycles.ts'
import { spikeWeights } from './spikeWeights.ts'

export type Spikes = {
  /** Peak to peak about the place where it gathers, without what is there opposite to it, as a share of the slow wave's. */
  readonly spikeShare: number
  /** Power at that place, of the middle cycle, against the places far from it: 1.6 by chance, 2.5 in one of twenty. */
  readonly gathered: number
}

/** Of the fast part: above the third harmonic of the slowest wave, below most of a muscle. */
export const SPIKE_BAND: readonly [Hertz, Hertz] = [11, 32]
/** Times the rate: a notched wave has a second harmonic, a steep one a third, and neither has a spike. */
export const HARMONICS = 3.3

/** Of a channel's fast part: none is so quiet that it alone should be heard, uV. */
const QUIETEST = 0.5
/** Bins on either side of a spike, for its height: some 60 ms at 3 Hz. */
const REACH = 6
/** What is farther from the place is not of the spike. */
const FAR = 9

type Input = {
  /** Of each channel, uV: what lies in the spike's band, and what in the slow wave's. */
  readonly fast: readonly Float64Array[]
  readonly slow: readonly Float64Array[]
  /** Of the common slow wave. */
  readonly weights: Float64Array
  /** Ends of the cycles, in samples: four and more cycles. */
  readonly crossings: readonly number[]
}

/** The channels are summed for the spike and not for the wave, which has another field. */
export function measureSpikes({ fast, slow, weights, crossings }: Input): Spikes {
  const [begin, end] = [Math.round(crossings[0]!), Math.round(crossings.at(-1)!)]
  // The middle value: spikes are short, and hardly raise it.
  const usual = fast.map((values) =>
    Math.max(QUIETEST, medianOf(values.subarray(begin, end).map((value) => Math.abs(value)))),
  )
  const quiet = weights.map((weight, c) => weight / usual[c]! ** 2)
  const guess = placeOf(powersOf(summed(fast, quiet), crossings))
  const forSpikes = spikeWeights(fast, usual, crossings, guess)
  const { spike, gathered } = gather(summed(fast, forSpikes), crossings)
  // Channel by channel: the weights may let the waves of one take those of another away.
  const heights = slow.map((values) => middleHeight(values, crossings, 0, BINS - 1))
  const total = forSpikes.reduce((sum, weight) => sum + Math.abs(weight), 0) || 1
  const wave = heights.reduce((sum, height, c) => sum + (Math.abs(forSpikes[c]!) / total) * height, 0)
  return { spikeShare: spike / (wave || 1), gathered }
}

function gather(fast: Float64Array, crossings: readonly number[]) {
  const powers = powersOf(fast, crossings)
  const place = placeOf(powers)
  const far = powers.filter((_, bin) => {
    const distance = Math.abs(bin - place)
    return Math.min(distance, BINS - distance) >= FAR
  })
  const heightAt = (bin: number) => middleHeight(fast, crossings, bin - REACH, bin + REACH)
  const here = heightAt(place)
  const opposite = heightAt(place + (place < BINS / 2 ? BINS / 2 : -BINS / 2))
  return {
    spike: Math.sqrt(Math.max(0, here * here - opposite * opposite)),
    gathered: powers[place]! / (medianOf(far) || 1),
  }
}

/** Peak to peak from one bin to another, of the middle cycle. */
function middleHeight(
  values: Float64Array,
  crossings: readonly number[],
  first: number,
  last: number,
): number {
  return medianOf(crossings.slice(1).map((_, k) => peakToPeak(values, crossings, k, first, last)))
}

/** About each bin, of the middle cycle. */
function powersOf(fast: Float64Array, crossings: readonly number[]): readonly number[] {
  const squares = crossings
    .slice(1)
    .map((_, k) =>
      Array.from({ length: BINS + 2 * NEAR }, (_, i) => valueAt(fast, momentOf(crossings, k, i - NEAR)) ** 2),
    )
  return Array.from({ length: BINS }, (_, bin) =>
    medianOf(
      squares.map((values) => {
        let sum = 0
        for (let i = bin; i <= bin + 2 * NEAR; i++) sum += values[i]!
        return sum
      }),
    ),
  )
}

function placeOf(powers: readonly number[]): number {
  return powers.indexOf(Math.max(...powers))
}

/** Between samples. */
function valueAt(values: Float64Array, at: number): number {
  const i = Math.floor(at)
  const a = values[i] ?? 0
  return a + (at - i) * ((values[i + 1] ?? a) - a)
}

function peakToPeak(
  values: Float64Array,
  crossings: readonly number[],
  k: number,
  first: number,
  last: number,
): number {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (let bin = first; bin <= last; bin++) {
    const value = valueAt(values, momentOf(crossings, k, bin))
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  return high - low
}
