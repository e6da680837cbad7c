/**
 * The run that a span holds. What the channels have in common is one wave (the first principal component of the slow part,
 * applied to all of the band, on the side where the run is larger); in its rhythmic stretch the complexes are found one by
 * one (complexes.ts). So shape does not matter, nor what is unlike from channel to channel.
 */
import { decimate, filterBoth, highPass, lowPass } from '../../candidates/common/passBand.ts'
import { commonWave } from '../../candidates/spikeWave/component.ts'
import type { Side } from '../../montage/derivation.ts'
import { measureRhythm } from '../../signal/rhythm.ts'
import { medianOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds, Span } from '../../units.ts'
import { stretchAround } from '../common/cutLine.ts'
import type { Line, MeasureInput } from '../common/entry.ts'
import { alignedWave } from './alignedWave.ts'
import { type Part, placeComplexes } from './complexes.ts'
import { meanComplexes } from './meanComplexes.ts'
import type { FoundRun, RunAnswer } from './run.ts'
import { ofOneRate, type SCALP } from './scalpLines.ts'

/** Enough to place a complex to some milliseconds. */
const ENOUGH_RATE: Hertz = 250
const SLOW = [1.8, 5.5] as const
const WINDOW: Seconds = 1
const HOP: Seconds = 0.25
/** Windows looked at before who waits goes first. */
const WINDOWS_AT_ONCE = 8

/** Share of the span in which complexes must lie for it to be a run: figures of the rest would be of the background. */
const THROUGHOUT = 0.7
/** Which of the complexes by size are the run's own, and how large another must be beside them. */
const LARGE = 0.9
const OF_SOME_SIZE = 0.3

const NO_EEG = 'Fewer than two EEG channels run through it without a gap.'
const NO_RHYTHM = 'No rhythm of 2 to 5 Hz runs through it.'

type Input = Pick<MeasureInput<{ readonly eeg: typeof SCALP }>, 'span' | 'lines' | 'giveWay'>

const known = new WeakMap<readonly Line[], Promise<RunAnswer>>()

/** Once for all entries, which are handed the same lines. */
export function findRun({ lines: { eeg }, span, giveWay }: Input): Promise<RunAnswer> {
  const answer = known.get(eeg) ?? searchRun(eeg, span, giveWay)
  known.set(eeg, answer)
  return answer
}

async function searchRun(all: readonly Line[], span: Span, giveWay: Input['giveWay']): Promise<RunAnswer> {
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
  const rhythmic = await rhythmicStretch(thin, rate, { from, to }, giveWay)
  if (rhythmic === null) return { problem: NO_RHYTHM }
  const band = [highPass(SLOW[0], rate), lowPass(SLOW[1], rate)]
  const slow: Float64Array[] = []
  for (const values of thin) {
    slow.push(filterBoth(band, values))
    await giveWay()
  }
  const common = commonWave(slow, rhythmic.from, rhythmic.to - rhythmic.from)
  const weights = ofOneSide(
    common.weights,
    alike.map(({ line }) => line),
  )
  const wave = summed(thin, weights)
  const found = await placeComplexes(wave, summed(slow, weights), rate, rhythmic, { from, to }, giveWay)
  if (found === null) return { problem: NO_RHYTHM }
  const part = partWithComplexes(wave, found.times)
  if (part.to - part.from < THROUGHOUT * (to - from)) return { problem: inPartOnly(part, from, rate) }
  // A mean stands in the middle of its samples.
  const origin = start + (factor - 1) / (2 * sampleRate)
  const cuts = alike.map(({ cut }) => cut)
  const run: FoundRun = {
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
  const means = await meanComplexes(run, giveWay)
  return { ...run, means, aligned: alignedWave(run, means) }
}

/**
 * From the first to the last complex of some size, in samples: what fits the template between waves of the background is
 * small beside those of the run.
 */
function partWithComplexes(wave: Float64Array, times: readonly number[]): Part {
  const half = medianOf(times.slice(1).map((at, k) => at - times[k]!)) / 2
  const sizes = times.map((at) => {
    const around = wave.subarray(Math.max(0, Math.round(at - half)), Math.round(at + half))
    return (
      around.reduce((most, value) => Math.max(most, value), -Infinity) -
      around.reduce((least, value) => Math.min(least, value), Infinity)
    )
  })
  const large = [...sizes].sort((a, b) => a - b)[Math.floor(LARGE * (sizes.length - 1))]!
  const own = times.filter((_, k) => sizes[k]! >= OF_SOME_SIZE * large)
  return { from: own[0]! - half, to: own.at(-1)! + half }
}

function inPartOnly({ from, to }: Part, begin: number, rate: Hertz): string {
  const seconds = (at: number) => (Math.max(0, at - begin) / rate).toFixed(1)
  return `Complexes lie in a part of it only, about ${seconds(from)} to ${seconds(to)} s after its beginning: set its edges there to have them measured.`
}

/** The longest row of windows with a rhythm within the span, one without among them. In samples. */
async function rhythmicStretch(
  channels: readonly Float64Array[],
  rate: Hertz,
  { from, to }: Part,
  giveWay: Input['giveWay'],
): Promise<(Part & { readonly period: number }) | null> {
  const window = Math.round(WINDOW * rate)
  const hop = Math.max(1, Math.round(HOP * rate))
  const length = channels[0]!.length
  const input = { sampleRate: rate, channels }
  const starts: number[] = []
  for (let at = from; at + window <= Math.max(to, from + window) && at + window <= length; at += hop)
    starts.push(at)
  if (to - from > window && starts.at(-1) !== to - window) starts.push(to - window)
  const rates: (Hertz | null)[] = []
  for (const at of starts) {
    rates.push(measureRhythm(input, at, window)?.frequency ?? null)
    if (rates.length % WINDOWS_AT_ONCE === 0) await giveWay()
  }
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
