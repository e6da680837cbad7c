/** Questions to the marks of a document; each is a few binary searches, also with 10,000 marks. */
import type { Timeline } from '../edf/header/model.ts'
import { intersectSpans, mergeSpans, type Span, secondsFromTicks, spanLength, type Ticks } from '../units.ts'
import type { AnnotationDocument, Mark, TickSpan } from './document.ts'
import { codesOf, KINDS, type MarkKind } from './kinds.ts'
import { compareMarks, spanOf } from './order.ts'

/** Marks of which a part lies in the span, in order. A moment (0 long) lies where its onset lies. */
export function marksInSpan(document: AnnotationDocument, span: TickSpan): readonly Mark[] {
  const { marks } = document
  const ends = latestEnds(marks)
  const first = firstIndex(marks.length, (index) => ends[index]! >= span.start)
  const past = firstIndex(marks.length, (index) => marks[index]!.onset >= span.end)
  return marks
    .slice(first, past)
    .filter((mark) => spanOf(mark).end > span.start || (mark.duration === 0 && mark.onset === span.start))
}

/** The mark that lies at the moment; of several the shortest, which is drawn on top. */
export function markAt(document: AnnotationDocument, time: Ticks): Mark | null {
  let found: Mark | null = null
  for (const mark of marksInSpan(document, { start: time, end: (time + 1) as Ticks })) {
    if (found === null || mark.duration <= found.duration) found = mark
  }
  return found
}

/** The next mark in order after a mark, or that begins after a moment; of `kind` only where it is given. */
export function nextMark(document: AnnotationDocument, from: Mark | Ticks, kind?: MarkKind): Mark | null {
  const { marks } = document
  const start = firstIndex(marks.length, (index) => placeOf(marks[index]!, from) > 0)
  for (let index = start; index < marks.length; index += 1) {
    if (kind === undefined || marks[index]!.kind === kind) return marks[index]!
  }
  return null
}

/** The mark in order before a mark, or the last that begins before a moment; of `kind` only where it is given. */
export function previousMark(document: AnnotationDocument, from: Mark | Ticks, kind?: MarkKind): Mark | null {
  const { marks } = document
  const end = firstIndex(marks.length, (index) => placeOf(marks[index]!, from) >= 0)
  for (let index = end - 1; index >= 0; index -= 1) {
    if (kind === undefined || marks[index]!.kind === kind) return marks[index]!
  }
  return null
}

export function findMark(document: AnnotationDocument, id: string): Mark | null {
  return document.marks.find((mark) => mark.id === id) ?? null
}

/** How many marks of each kind all the documents have together. */
export function countsByKind(documents: readonly AnnotationDocument[]): Readonly<Record<MarkKind, number>> {
  const counts = Object.fromEntries(codesOf(KINDS).map((kind) => [kind, 0])) as Record<MarkKind, number>
  for (const { marks } of documents) for (const mark of marks) counts[mark.kind] += 1
  return counts
}

/** Share of the signal marked as reviewed, 0 to 1; gaps have nothing to review and do not count. */
export function shareReviewed(
  document: AnnotationDocument,
  timeline: Pick<Timeline, 'span' | 'gaps'>,
): number {
  const signal = withoutGaps(timeline.span, timeline.gaps)
  const total = sum(signal)
  if (total <= 0) return 0
  const reviewed = document.reviewed.map((range) => {
    const { start, end } = spanOf(range)
    return { start: secondsFromTicks(start), end: secondsFromTicks(end) }
  })
  return Math.min(1, sum(commonParts(signal, mergeSpans(reviewed))) / total)
}

/** Negative: `mark` comes before `from`. */
function placeOf(mark: Mark, from: Mark | Ticks): number {
  return typeof from === 'number' ? mark.onset - from : compareMarks(mark, from)
}

/** The first index in [0, length) that holds, or length; `holds` is false up to somewhere and true from there. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (holds(middle)) high = middle
    else low = middle + 1
  }
  return low
}

// Lists of marks are never changed in place, so what was computed for one holds as long as it lives.
const endsByMarks = new WeakMap<readonly Mark[], Float64Array>()

/** For each mark the latest end among it and all before it, which binary search can use: it never falls. */
function latestEnds(marks: readonly Mark[]): Float64Array {
  const known = endsByMarks.get(marks)
  if (known !== undefined) return known
  const ends = new Float64Array(marks.length)
  let latest = Number.NEGATIVE_INFINITY
  marks.forEach((mark, index) => {
    latest = Math.max(latest, mark.onset + mark.duration)
    ends[index] = latest
  })
  endsByMarks.set(marks, ends)
  return ends
}

function withoutGaps(span: Span, gaps: readonly Span[]): readonly Span[] {
  const pieces: Span[] = []
  let start = span.start
  for (const gap of mergeSpans(gaps)) {
    if (gap.start > start) pieces.push({ start, end: Math.min(gap.start, span.end) })
    start = Math.max(start, gap.end)
  }
  if (start < span.end) pieces.push({ start, end: span.end })
  return pieces.filter((one) => one.end > one.start)
}

/** Both lists sorted and without overlaps. */
function commonParts(a: readonly Span[], b: readonly Span[]): readonly Span[] {
  const common: Span[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const both = intersectSpans(a[i]!, b[j]!)
    if (both !== null) common.push(both)
    if (a[i]!.end < b[j]!.end) i += 1
    else j += 1
  }
  return common
}

function sum(spans: readonly Span[]): number {
  return spans.reduce((total, span) => total + spanLength(span), 0)
}
