/**
 * The complexes of a run, one by one. What the channels have in common is one wave (the first principal component of the
 * slow part, applied to all of the band, on the side where the run is larger); its rhythmic stretch is cut into cycles, their mean is the template, and the template is moved
 * along the wave: where it fits lies a complex (Woody 1967, doi:10.1007/BF02474247: a filter that adapts to what it has
 * aligned). So shape does not matter, nor what is unlike from channel to channel. For the reader: `findRun`.
 */

import { decimate, filterBoth, highPass, lowPass } from '../../candidates/common/passBand.ts'
import { medianOf } from '../../candidates/common/statistics.ts'
import { commonWave } from '../../candidates/spikeWave/component.ts'
import type { Side } from '../../montage/derivation.ts'
import { measureRhythm } from '../../signal/rhythm.ts'
import type { Hertz, Seconds, Span } from '../../units.ts'
import { type Cut, stretchAround } from '../common/cutLine.ts'
import type { Line } from '../common/entry.ts'
import { between, farthestFrom0, topOf } from './curve.ts'
import { ofOneRate } from './scalpLines.ts'
import { fastPart, spikeTimes } from './spikeTimes.ts'

export type Run = {
  readonly lines: readonly Line[]
  /** Of each line, the stretch that holds the span. */
  readonly cuts: readonly Cut[]
  readonly sampleRate: Hertz
  /** Time of the first value of `wave` and of each cut. */
  readonly start: Seconds
  /** What the lines of the larger side and the midline have in common, as large as they are on average, at their full rate. */
  readonly wave: Float64Array
  /** A share of each line in it; 0 on the side where the run is smaller. */
  readonly weights: Float64Array
  /** Of each complex: its spike or, where none comes with every complex, the crest of its wave. */
  readonly times: readonly Seconds[]
  readonly hasSpikes: boolean
  /** Middle distance of two that follow one another. */
  readonly period: Seconds
}

export type RunAnswer = Run | { readonly problem: string }

/** Enough to place a complex to some milliseconds. */
const ENOUGH_RATE: Hertz = 250
const SLOW = [1.8, 5.5] as const
const WINDOW: Seconds = 1
const HOP: Seconds = 0.25
/** Of the template with what lies under it. */
const FITS = 0.5
/** Of the middle complex's size: less is none. */
const LEAST_SIZE = 0.3
/** Of a period: two complexes are not nearer. */
const NEAREST = 0.6
/** Of a period: a complex that begins this far outside of the edges still counts as within. */
const OVER_THE_EDGE = 0.2
const ROUNDS = 3
export const FEWEST_COMPLEXES = 3

const NO_EEG = 'Fewer than two EEG channels run through it without a gap.'
const NO_RHYTHM = 'No rhythm of 2 to 5 Hz runs through it.'

const known = new WeakMap<readonly Line[], RunAnswer>()

/** Once for all entries, which are handed the same lines. */
export function findRun(lines: readonly Line[], span: Span): RunAnswer {
  const answer = known.get(lines) ?? searchRun(lines, span)
  known.set(lines, answer)
  return answer
}

function searchRun(all: readonly Line[], span: Span): RunAnswer {
  const whole = ofOneRate(all).flatMap((line) => {
    const cut = stretchAround(line, span)
    return cut === null ? [] : [{ line, cut }]
  })
  const first = whole[0]
  if (first === undefined || whole.length < 2) return { problem: NO_EEG }
  const { sampleRate } = first.line
  const { start } = first.cut
  // Of one file and one rate they lie alike; one that does not would be added askew.
  const alike = whole.filter(
    ({ cut }) => Math.abs(cut.start - start) < 1e-6 && cut.values.length === first.cut.values.length,
  )
  const factor = Math.max(1, Math.floor(sampleRate / ENOUGH_RATE))
  const rate = sampleRate / factor
  const thin = alike.map(({ cut }) => decimate(cut.values, factor))
  const length = thin[0]!.length
  const from = Math.max(0, Math.round((span.start - start) * rate))
  const to = Math.min(length, Math.round((span.end - start) * rate))
  const rhythmic = rhythmicStretch(thin, rate, from, to)
  if (rhythmic === null) return { problem: NO_RHYTHM }
  const band = [highPass(SLOW[0], rate), lowPass(SLOW[1], rate)]
  const slow = thin.map((values) => filterBoth(band, values))
  const common = commonWave(slow, rhythmic.from, rhythmic.to - rhythmic.from)
  const weights = ofOneSide(
    common.weights,
    alike.map(({ line }) => line),
  )
  const wave = summed(thin, weights)
  const found = align(wave, summed(slow, weights), rate, rhythmic, { from, to })
  if (found === null) return { problem: NO_RHYTHM }
  // A mean stands in the middle of its samples.
  const origin = start + (factor - 1) / (2 * sampleRate)
  const cuts = alike.map(({ cut }) => cut)
  return {
    lines: alike.map(({ line }) => line),
    cuts,
    sampleRate,
    start,
    weights,
    wave:
      factor === 1
        ? wave
        : summed(
            cuts.map(({ values }) => values),
            weights,
          ),
    times: found.times.map((at) => origin + at / rate),
    hasSpikes: found.hasSpikes,
    period: medianOf(found.times.slice(1).map((at, k) => at - found.times[k]!)) / rate,
  }
}

type Part = { readonly from: number; readonly to: number }

/** The longest row of windows with a rhythm within the span, one without among them. In samples. */
function rhythmicStretch(
  channels: readonly Float64Array[],
  rate: Hertz,
  from: number,
  to: number,
): (Part & { readonly period: number }) | null {
  const window = Math.round(WINDOW * rate)
  const hop = Math.max(1, Math.round(HOP * rate))
  const length = channels[0]!.length
  const input = { sampleRate: rate, channels }
  const starts: number[] = []
  for (let at = from; at + window <= Math.max(to, from + window) && at + window <= length; at += hop)
    starts.push(at)
  if (to - from > window && starts.at(-1) !== to - window) starts.push(to - window)
  const rates = starts.map((at) => measureRhythm(input, at, window)?.frequency ?? null)
  let best: readonly [number, number] | null = null
  let begin: number | null = null
  let last = 0
  for (const [k, found] of [...rates, null, null, null].entries()) {
    if (found !== null && k < rates.length) {
      begin ??= k
      last = k
    } else if (begin !== null && k - last > 2) {
      if (best === null || last - begin > best[1] - best[0]) best = [begin, last]
      begin = null
    }
  }
  if (best === null) return null
  const inside = rates.slice(best[0], best[1] + 1).filter((each) => each !== null)
  return {
    from: starts[best[0]]!,
    to: Math.min(length, starts[best[1]]! + window),
    period: rate / medianOf(inside),
  }
}

/** So many of a side say as much as all. */
const ENOUGH_OF_A_SIDE = 3

/**
 * Without those of the side where the run is smaller: one side may lead the other by 5 to 15 ms, and spikes of both in one wave
 * would be as much longer, or twice as many.
 */
function ofOneSide(weights: Float64Array, lines: readonly Line[]): Float64Array {
  const sizeOf = (side: Side) =>
    lines.reduce((sum, { site }, c) => sum + (site?.side === side ? Math.abs(weights[c]!) : 0), 0)
  const larger: Side = sizeOf('left') >= sizeOf('right') ? 'left' : 'right'
  const other: Side = larger === 'left' ? 'right' : 'left'
  if (lines.filter(({ site }) => site?.side === larger).length < ENOUGH_OF_A_SIDE) return weights
  return weights.map((weight, c) => (lines[c]!.site?.side === other ? 0 : weight))
}

/** Each line less its mean, by its share, all shares together 1. */
function summed(channels: readonly Float64Array[], weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) || 1
  const wave = new Float64Array(channels[0]?.length ?? 0)
  for (const [c, values] of channels.entries()) {
    const weight = weights[c]! / total
    for (let i = 0; i < wave.length; i++) wave[i] = wave[i]! + weight * values[i]!
  }
  return wave
}

/** Of a complex about its anchor, in samples. */
type Window = { readonly before: number; readonly after: number }

/** Of a period: a spike stands early in its complex, a crest in the middle of its wave. */
const FROM_SPIKE = { before: 0.2, after: 0.75 }
const FROM_CREST = { before: 0.45, after: 0.45 }

/** Where the complexes of the span lie, in samples; null where fewer than three follow one another. */
function align(
  wave: Float64Array,
  slow: Float64Array,
  rate: Hertz,
  rhythmic: Part & { readonly period: number },
  span: Part,
): { readonly times: readonly number[]; readonly hasSpikes: boolean } | null {
  const { period } = rhythmic
  const shares = (of: { readonly before: number; readonly after: number }): Window => ({
    before: Math.round(of.before * period),
    after: Math.round(of.after * period),
  })
  const settle = (from: readonly number[], window: Window) => {
    const reach = Math.ceil(period)
    const within = {
      from: Math.max(window.before, span.from - reach),
      to: Math.min(wave.length - window.after - 1, span.to + reach),
    }
    let times = from
    for (let round = 0; round < ROUNDS && times.length > 0; round++) {
      times = fits(wave, meanAround(wave, times, window), window, within, period)
    }
    return times
  }
  // First cut anywhere in the cycle, then where a complex begins: else its first and last would be halves.
  const anywhere = shares({ before: 0.5, after: 0.5 })
  const rough = settle(risingCrossings(slow, rhythmic), anywhere)
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
      ? settle(
          rough.map((at) => at + crest),
          shares(FROM_CREST),
        )
      : settle(spikes, shares(FROM_SPIKE))
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
