/** What of the recording the overview shows: a span that is zoomed, moved and follows the page. Pure. */
import { type Seconds, type Span, spanLength } from '../../shared/units.ts'

/** Shorter than that the strip would be a page itself. */
const SHORTEST: Seconds = 60
/** The page keeps company: what comes before and after it. */
const FEWEST_PAGES = 3
/** Between the page and the edge that it was turned across, in shares of the strip. */
const LEAD = 0.1
/** What is left out by rounding only. */
const WHOLE = 0.999
/** Of times that were rounded to the microsecond. */
const ROUNDING: Seconds = 1e-5

/** How short the overview may be, for pages of this length. */
export function shortestOverview(whole: Span, timebase: Seconds): Seconds {
  return Math.min(spanLength(whole), Math.max(SHORTEST, FEWEST_PAGES * timebase))
}

/** `factor` times as long, with `anchor` at its place; null: the whole recording. */
export function zoomed(
  { shown, whole, timebase }: { readonly shown: Span; readonly whole: Span; readonly timebase: Seconds },
  factor: number,
  anchor: Seconds,
): Span | null {
  const length = spanLength(shown)
  const next = Math.max(length * factor, shortestOverview(whole, timebase))
  if (next >= spanLength(whole) * WHOLE || length <= 0) return null
  return within(whole, anchor - ((anchor - shown.start) / length) * next, next)
}

/** A span of this length, from `start` on as far as the recording allows. */
export function within(whole: Span, start: Seconds, length: Seconds): Span {
  const latest = Math.max(whole.start, whole.end - length)
  const from = Math.min(Math.max(start, whole.start), latest)
  return { start: from, end: Math.min(whole.end, from + length) }
}

/**
 * The span with the page in it. A page that leaves across an edge is near the other one then, so that what comes next
 * is seen; one that is led far away stands in the middle. null: the whole recording.
 */
export function following(zoom: Span | null, whole: Span, page: Span): Span | null {
  if (zoom === null) return null
  const length = Math.max(spanLength(zoom), shortestOverview(whole, spanLength(page)))
  if (length >= spanLength(whole) * WHOLE) return null
  const start = zoom.start + (spanLength(zoom) - length) / 2
  // Where the recording ends, the last page may reach beyond it.
  const seen = { start: Math.max(page.start, whole.start), end: Math.min(page.end, whole.end) }
  if (seen.start >= start - ROUNDING && seen.end <= start + length + ROUNDING) {
    const isKept = length === spanLength(zoom) && zoom.start >= whole.start && zoom.end <= whole.end
    return isKept ? zoom : within(whole, start, length)
  }
  const beyond = seen.start < start ? start - seen.end : seen.start - (start + length)
  if (beyond > length) return within(whole, (seen.start + seen.end - length) / 2, length)
  const from = seen.start < start ? seen.end - (1 - LEAD) * length : seen.start - LEAD * length
  return within(whole, from, length)
}
