/** Ranges marked as reviewed, so that "nothing here" is a real negative: two verbs, and the share they cover. */
import type { Timeline } from '../edf/model.ts'
import { intersectSpans, mergeSpans, type Span, secondsFromTicks, spanLength, type Ticks } from '../units.ts'
import { rangeItem } from './applyEdit.ts'
import type { AnnotationDocument, Change, Edit, ReviewedRange, TickSpan } from './document.ts'
import { type EditContext, edit, freshId, takenIds } from './edits.ts'
import { spanOf } from './order.ts'

/** Marks a span as reviewed; ranges that touch or overlap it become one with it. */
export function addReviewed(document: AnnotationDocument, span: TickSpan, context: EditContext): Edit | null {
  const start = Math.max(0, span.start)
  if (span.end <= start) return null
  const touching = document.reviewed.filter((range) => range.onset <= span.end && spanOf(range).end >= start)
  const onset = Math.min(start, ...touching.map((range) => range.onset)) as Ticks
  const end = Math.max(span.end, ...touching.map((range) => spanOf(range).end))
  const [first, ...others] = touching
  const id = first?.id ?? freshId(context, takenIds(document))
  const joined: ReviewedRange = { ...first, id, onset, duration: (end - onset) as Ticks }
  if (first !== undefined && first.onset === joined.onset && first.duration === joined.duration) return null
  const changes: Change[] = others.map((range) => ({ id: range.id, before: rangeItem(range), after: null }))
  changes.push({ id, before: first === undefined ? null : rangeItem(first), after: rangeItem(joined) })
  return edit('mark reviewed', changes, context)
}

/** Takes a span out of what is marked as reviewed, cutting the ranges that reach over it. */
export function removeReviewed(
  document: AnnotationDocument,
  span: TickSpan,
  context: EditContext,
): Edit | null {
  const taken = takenIds(document)
  const changes: Change[] = []
  for (const range of document.reviewed) {
    const { start, end } = spanOf(range)
    if (end <= span.start || start >= span.end || span.end <= span.start) continue
    const left = piece(range, start, span.start)
    const right = piece(range, span.end, end)
    changes.push({ id: range.id, before: rangeItem(range), after: itemOf(left ?? right) })
    if (left === null || right === null) continue
    const id = freshId(context, taken)
    taken.add(id)
    changes.push({ id, before: null, after: rangeItem({ ...right, id }) })
  }
  return changes.length === 0 ? null : edit('mark not reviewed', changes, context)
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

function piece(range: ReviewedRange, start: Ticks, end: Ticks): ReviewedRange | null {
  return end > start ? { ...range, onset: start, duration: (end - start) as Ticks } : null
}

function itemOf(range: ReviewedRange | null) {
  return range === null ? null : rangeItem(range)
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
