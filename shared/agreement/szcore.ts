/**
 * SzCORE's scores of seizure annotations (Dan et al. 2025, Epilepsia 66 S3:14-24, doi:10.1111/epi.18113), as their
 * program timescoring computes them at commit 39ab223: for comparing with published figures, and under their own name
 * only. Tolerances of 30 and 60 s and merging within 90 s are made for seizures: three absences in a minute are one
 * event to it, and a jerk of 0.2 s may fall between two of its samples.
 * Written over intervals of whole samples, so that no mask is held however long a mark is.
 */
import { mergeSpans, type Seconds, type Span } from '../units.ts'

export type SzcoreParameters = {
  readonly toleranceStart: Seconds
  readonly toleranceEnd: Seconds
  /** Share of the extended reference that must be covered, and a little more. */
  readonly minOverlap: number
  readonly maxEventDuration: Seconds
  readonly minDurationBetweenEvents: Seconds
}

/** The parameters as published. */
export const SZCORE_DEFAULTS: SzcoreParameters = {
  toleranceStart: 30,
  toleranceEnd: 60,
  minOverlap: 0,
  maxEventDuration: 300,
  minDurationBetweenEvents: 90,
}

export type SzcoreScore = {
  readonly reference: number
  readonly truePositives: number
  readonly falsePositives: number
  /** null where it is not a number to them: no reference event, nothing marked. */
  readonly sensitivity: number | null
  readonly precision: number | null
  readonly f1: number | null
  readonly falsePositivesPerDay: number | null
}

const EVENT_RATE = 10
const SAMPLE_RATE = 1
const HAIR = 1e-6

type Recorded = {
  /** Where the recording ends. */
  readonly duration: Seconds
  /** How much of it was compared, which false positives are counted by. */
  readonly compared: Seconds
}

/** The scores by events; spans of one reader that overlap are one. */
export function scoreSzcoreEvents(
  reference: readonly Span[],
  other: readonly Span[],
  { duration, compared }: Recorded,
  parameters: SzcoreParameters = SZCORE_DEFAULTS,
): SzcoreScore {
  const prepare = (spans: readonly Span[]) =>
    split(mergeNear(mergeSpans(spans), parameters.minDurationBetweenEvents), parameters.maxEventDuration)
  const [marked, claimed] = [prepare(reference), prepare(other)]
  const samples = roundHalfEven(duration * EVENT_RATE)
  const claimedSamples = samplesOf(claimed, EVENT_RATE, samples)
  const extended = marked.map(({ start, end }) => ({
    start: Math.max(0, start - parameters.toleranceStart),
    end: Math.min(samples / EVENT_RATE, end + parameters.toleranceEnd),
  }))
  const found = extended.filter((span) => {
    const share = covered(claimedSamples, toSamples(span, EVENT_RATE)) / EVENT_RATE / (span.end - span.start)
    return share > parameters.minOverlap + HAIR
  })
  const foundSamples = samplesOf(found, EVENT_RATE, samples)
  const falsePositives = claimed.filter((span) => {
    const own = clip(toSamples(span, EVENT_RATE), samples)
    return covered(foundSamples, own) < own.end - own.start
  }).length
  return scoreOf(marked.length, found.length, falsePositives, compared)
}

/** The scores by samples of one second. */
export function scoreSzcoreSamples(
  reference: readonly Span[],
  other: readonly Span[],
  { duration, compared }: Recorded,
): SzcoreScore {
  const samples = roundHalfEven(duration * SAMPLE_RATE)
  const marked = samplesOf(reference, SAMPLE_RATE, samples)
  const claimed = samplesOf(other, SAMPLE_RATE, samples)
  const both = marked.reduce((total, span) => total + covered(claimed, span), 0)
  return scoreOf(total(marked), both, total(claimed) - both, compared)
}

function scoreOf(reference: number, both: number, falsePositives: number, compared: Seconds): SzcoreScore {
  const sensitivity = reference > 0 ? both / reference : null
  const precision = both + falsePositives > 0 ? both / (both + falsePositives) : null
  const f1 =
    sensitivity === null || precision === null
      ? null
      : sensitivity + precision === 0
        ? 0
        : (2 * sensitivity * precision) / (sensitivity + precision)
  const days = compared / 86_400
  return {
    reference,
    truePositives: both,
    falsePositives,
    sensitivity,
    precision,
    f1,
    falsePositivesPerDay: days > 0 ? falsePositives / days : null,
  }
}

function mergeNear(spans: readonly Span[], gap: Seconds): readonly Span[] {
  const merged: Span[] = []
  for (const span of spans) {
    const last = merged.at(-1)
    if (last !== undefined && span.start - last.end < gap) {
      merged[merged.length - 1] = { start: last.start, end: span.end }
    } else merged.push(span)
  }
  return merged
}

function split(spans: readonly Span[], longest: Seconds): readonly Span[] {
  return spans.flatMap((span) => {
    const pieces: Span[] = []
    let { start } = span
    while (span.end - start > longest) {
      pieces.push({ start, end: start + longest })
      start += longest
    }
    return [...pieces, { start, end: span.end }]
  })
}

function samplesOf(spans: readonly Span[], rate: number, samples: number): readonly Span[] {
  return mergeSpans(spans.map((span) => clip(toSamples(span, rate), samples)))
}

function toSamples(span: Span, rate: number): Span {
  return { start: roundHalfEven(span.start * rate), end: roundHalfEven(span.end * rate) }
}

function clip(span: Span, samples: number): Span {
  return { start: Math.min(span.start, samples), end: Math.min(span.end, samples) }
}

/** How many samples of a span lie in the spans, which are in order and apart. */
function covered(spans: readonly Span[], { start, end }: Span): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (spans[middle]!.end > start) high = middle
    else low = middle + 1
  }
  let sum = 0
  for (let at = low; at < spans.length && spans[at]!.start < end; at += 1) {
    sum += Math.min(spans[at]!.end, end) - Math.max(spans[at]!.start, start)
  }
  return sum
}

function total(spans: readonly Span[]): number {
  return spans.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** As Python rounds: a half goes to the even neighbour. */
function roundHalfEven(value: number): number {
  const below = Math.floor(value)
  if (value - below !== 0.5) return Math.round(value)
  return below % 2 === 0 ? below : below + 1
}
