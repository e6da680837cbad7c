/** Ranges marked as reviewed, so that "nothing here" is a real negative. */
import type { Ticks } from '../units.ts'
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

function piece(range: ReviewedRange, start: Ticks, end: Ticks): ReviewedRange | null {
  return end > start ? { ...range, onset: start, duration: (end - start) as Ticks } : null
}

function itemOf(range: ReviewedRange | null) {
  return range === null ? null : rangeItem(range)
}
