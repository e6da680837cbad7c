/**
 * The complexes of a rhythmic wave, one by one. It is cut into cycles, their mean is the template, and the template is moved
 * along the wave: where it fits lies a complex (Woody 1967, doi:10.1007/BF02474247: a filter that adapts to what it has
 * aligned). For the reader: `placeComplexes`.
 */
import { medianOf } from '../../signal/statistics.ts'
import type { Hertz } from '../../units.ts'
import { between, farthestFrom0, topOf } from './curve.ts'
import { fastPart, spikeTimes } from './spikeTimes.ts'

/** In samples, [from, to). */
export type Part = { readonly from: number; readonly to: number }

/** Of the template with what lies under it. */
const FITS = 0.5
/** Of the middle complex's size: less is none. */
const LEAST_SIZE = 0.3
/** Of a period: two complexes are not nearer. */
const NEAREST = 0.6
/** Of a period: a complex that begins this far outside of the edges still counts as within. */
const OVER_THE_EDGE = 0.2
const ROUNDS = 3
const FEWEST_COMPLEXES = 3

/** Of a complex about its anchor, in samples. */
type Window = { readonly before: number; readonly after: number }

/** Of a period: a spike stands early in its complex, a crest in the middle of its wave. */
const FROM_SPIKE = { before: 0.2, after: 0.75 }
const FROM_CREST = { before: 0.45, after: 0.45 }

/** Where the complexes of the span lie, in samples; null where fewer than three follow one another. */
export async function placeComplexes(
  wave: Float64Array,
  slow: Float64Array,
  rate: Hertz,
  rhythmic: Part & { readonly period: number },
  span: Part,
  giveWay: () => Promise<void>,
): Promise<{ readonly times: readonly number[]; readonly hasSpikes: boolean } | null> {
  const { period } = rhythmic
  const shares = (of: { readonly before: number; readonly after: number }): Window => ({
    before: Math.round(of.before * period),
    after: Math.round(of.after * period),
  })
  const settle = async (from: readonly number[], window: Window) => {
    const reach = Math.ceil(period)
    const within = {
      from: Math.max(window.before, span.from - reach),
      to: Math.min(wave.length - window.after - 1, span.to + reach),
    }
    let times = from
    for (let round = 0; round < ROUNDS && times.length > 0; round++) {
      times = fits(wave, meanAround(wave, times, window), window, within, period)
      await giveWay()
    }
    return times
  }
  // First cut anywhere in the cycle, then where a complex begins: else its first and last would be halves.
  const anywhere = shares({ before: 0.5, after: 0.5 })
  const rough = await settle(risingCrossings(slow, rhythmic), anywhere)
  if (rough.length < FEWEST_COMPLEXES) return null
  const template = meanAround(wave, rough, anywhere)
  const sharp = sharpest(template, rate) - anywhere.before
  const spikes = spikeTimes(
    wave,
    rate,
    rough.map((at) => at + sharp),
  )
  const crest = farthestFrom0(template) - anywhere.before
  const settled =
    spikes === null
      ? await settle(
          rough.map((at) => at + crest),
          shares(FROM_CREST),
        )
      : await settle(spikes, shares(FROM_SPIKE))
  const edge = OVER_THE_EDGE * period
  const times = ((spikes === null ? null : spikeTimes(wave, rate, settled)) ?? settled).filter(
    (at) => at >= span.from - edge && at < span.to + edge,
  )
  return times.length < FEWEST_COMPLEXES ? null : { times, hasSpikes: spikes !== null }
}

function risingCrossings(slow: Float64Array, { from, to, period }: Part & { readonly period: number }) {
  const found: number[] = []
  for (let i = Math.max(1, from); i < to; i++) {
    const [a, b] = [slow[i - 1]!, slow[i]!]
    if (a < 0 && b >= 0) found.push(i - 1 + a / (a - b))
  }
  return found.filter(
    (at, k) => k + 1 >= found.length || Math.abs(found[k + 1]! - at - period) < 0.4 * period,
  )
}

/** Less its own mean. */
function meanAround(wave: Float64Array, times: readonly number[], { before, after }: Window): Float64Array {
  const mean = new Float64Array(before + after + 1)
  let count = 0
  for (const at of times) {
    if (at - before < 1 || at + after + 2 >= wave.length) continue
    count += 1
    for (let i = 0; i < mean.length; i++) mean[i] = mean[i]! + between(wave, at - before + i)
  }
  let sum = 0
  for (let i = 0; i < mean.length; i++) {
    mean[i] = mean[i]! / Math.max(1, count)
    sum += mean[i]!
  }
  return mean.map((value) => value - sum / mean.length)
}

/** Where the template fits, between samples, none nearer to another than complexes can be. */
function fits(
  wave: Float64Array,
  template: Float64Array,
  { before: lead }: Window,
  { from, to }: Part,
  period: number,
): readonly number[] {
  let energy = 0
  for (const value of template) energy += value * value
  if (!(energy > 0) || to <= from) return []
  const size = new Float64Array(to - from)
  const peaks: { readonly at: number; readonly size: number }[] = []
  const correlation = new Float64Array(to - from)
  for (let at = from; at < to; at++) {
    let product = 0
    let sum = 0
    let squares = 0
    for (let i = 0; i < template.length; i++) {
      const value = wave[at - lead + i]!
      product += value * template[i]!
      sum += value
      squares += value * value
    }
    const power = squares - (sum * sum) / template.length
    size[at - from] = product / energy
    correlation[at - from] = power > 0 ? product / Math.sqrt(energy * power) : 0
  }
  for (let k = 1; k + 1 < size.length; k++) {
    const [before, here, after] = [size[k - 1]!, size[k]!, size[k + 1]!]
    if (here < before || here <= after || correlation[k]! < FITS) continue
    peaks.push({ at: from + k + topOf(before, here, after), size: here })
  }
  const kept: { readonly at: number; readonly size: number }[] = []
  for (const peak of peaks.sort((a, b) => b.size - a.size)) {
    if (kept.every(({ at }) => Math.abs(at - peak.at) >= NEAREST * period)) kept.push(peak)
  }
  const least = LEAST_SIZE * medianOf(kept.map((peak) => peak.size))
  return kept
    .filter((peak) => peak.size >= least)
    .map(({ at }) => at)
    .sort((a, b) => a - b)
}

/** Where what is faster than a slow wave is largest in it. */
function sharpest(template: Float64Array, rate: Hertz): number {
  const row = Float64Array.from([...template, ...template, ...template])
  return farthestFrom0(fastPart(row, rate).subarray(template.length, 2 * template.length))
}
