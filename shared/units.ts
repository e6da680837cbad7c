/**
 * Units and spans. A time on the recording's axis is counted from the header's start second
 * (EDF "startdate" and "starttime"), so that it equals an EDF+ onset as written in the file.
 * Spans are half open, [start, end), everywhere.
 */
export type Seconds = number
export type Hertz = number
export type Microvolts = number
/** Counts one signal's samples in file order, gaps not counted. */
export type SampleIndex = number

declare const ticksBrand: unique symbol
/** A whole number of 100 ns: what a mark is stored in, so that nothing drifts. Safe to 28 years. */
export type Ticks = number & { readonly [ticksBrand]: true }

export const TICKS_PER_SECOND = 10_000_000

export type Span = { readonly start: Seconds; readonly end: Seconds }

/** Rounds to the nearest tick. */
export function ticksFromSeconds(seconds: Seconds): Ticks {
  return Math.round(seconds * TICKS_PER_SECOND) as Ticks
}

/** To the microsecond: hundreds of small steps must not add up to 9.999999999999998 s. */
export function toMicroseconds(time: Seconds): Seconds {
  return Math.round(time * 1e6) / 1e6
}

export function secondsFromTicks(ticks: Ticks): Seconds {
  return ticks / TICKS_PER_SECOND
}

/** Declares a whole number to be ticks; throws a RangeError if it is none. */
export function ticks(value: number): Ticks {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number of ticks`)
  return value as Ticks
}

export function spanLength(span: Span): Seconds {
  return span.end - span.start
}

export function spansOverlap(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end
}

/** The common part, or null where there is none. */
export function intersectSpans(a: Span, b: Span): Span | null {
  const start = Math.max(a.start, b.start)
  const end = Math.min(a.end, b.end)
  return start < end ? { start, end } : null
}

/** The same moments covered, sorted, touching and overlapping spans joined. */
export function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const sorted = spans.filter((span) => span.end > span.start).sort((a, b) => a.start - b.start)
  const merged: Span[] = []
  for (const span of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && span.start <= last.end) {
      merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    } else merged.push(span)
  }
  return merged
}

export function assertNever(value: never): never {
  throw new Error(`unexpected value ${JSON.stringify(value)}`)
}
