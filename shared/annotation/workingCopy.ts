/**
 * Many steps one after the other, in a time that grows with their number and no faster: the marks stand in a
 * map and the history in lists that are changed in place, where `advance` (journalEntry.ts) copies both for
 * every step. What comes out is the same. For the reader: `advanceAll`.
 */
import { ReviewError } from '../failure.ts'
import { applyEdit, conflict, invertEdit, joinEdits } from './applyEdit.ts'
import { checkCount, checkItems, checkRanges, checkSize } from './checkEdit.ts'
import type { AnnotationDocument, Change, Edit, Mark } from './document.ts'
import type { Marked } from './history.ts'
import { advance, type JournalEntry } from './journalEntry.ts'
import { sortMarks } from './order.ts'
import { sameValue } from './sameValue.ts'
import { growthOf, sizeOfSet } from './setSize.ts'

export type WorkingCopy = {
  /**
   * One step; returns the edit that it was to the document. Throws ReviewError as `advance` does, and is then
   * as before the step.
   */
  readonly step: (entry: JournalEntry) => Edit
  readonly marked: () => Marked
}

/** Steps one after the other, all or none; throws as `advance` does. */
export function advanceAll(marked: Marked, entries: readonly JournalEntry[]): Marked {
  const [only] = entries
  if (only === undefined) return marked
  if (entries.length === 1) return advance(marked, only)
  const copy = createWorkingCopy(marked)
  for (const entry of entries) copy.step(entry)
  return copy.marked()
}

export function createWorkingCopy(start: Marked): WorkingCopy {
  const marks = new Map<string, Mark>(start.document.marks.map((mark) => [mark.id, mark]))
  /** All but the marks: reviewed ranges join when they touch, so there are few, and decisions are made one by one. */
  let rest: AnnotationDocument = { ...start.document, marks: [] }
  let rangeIds = idsOf(rest)
  const done = [...start.history.done]
  const undone = [...start.history.undone]
  let size = sizeOfSet(start.document)

  function checkMark(edit: Edit, { id, before }: Change): void {
    const present = marks.get(id)
    const found = present === undefined ? null : { type: 'mark', ...present }
    // An absent mark whose id a range or a decision has is not absent.
    if (!sameValue(before, found) || (before === null && rangeIds.has(id))) throw conflict(edit)
  }

  function apply(edit: Edit, isNew: boolean): void {
    const ofRanges = edit.changes.filter(({ before, after }) => (after ?? before)?.type !== 'mark')
    const ofMarks = ofRanges.length === 0 ? edit.changes : []
    if (edit.changes.some(isMixed) || (ofRanges.length > 0 && ofRanges.length < edit.changes.length)) {
      return applyWhole(edit, isNew)
    }
    // Throws where the changes contradict themselves; the marks are compared here.
    const next = applyEdit(rest, { ...edit, changes: ofRanges })
    if (new Set(edit.changes.map(({ id }) => id)).size !== edit.changes.length) throw conflict(edit)
    for (const change of ofMarks) {
      const { id, before, after } = change
      if ((before ?? after)?.id !== id || (after ?? before)?.id !== id) throw conflict(edit)
      checkMark(edit, change)
    }
    if (ofRanges.some(({ id, before }) => before === null && marks.has(id))) throw conflict(edit)
    const growth = growthOf(edit)
    if (isNew) {
      if (ofRanges.length > 0) checkRanges(next.reviewed, edit)
      const added = ofMarks.reduce(
        (sum, { before, after }) => sum + Number(after !== null) - Number(before !== null),
        0,
      )
      checkCount('marks', marks.size, marks.size + added, edit)
      checkCount('reviewed', rest.reviewed.length, next.reviewed.length, edit)
      checkCount('decisions', rest.decisions?.length ?? 0, next.decisions?.length ?? 0, edit)
      checkSize(size, growth, edit)
    }
    for (const { id, after } of ofMarks) {
      if (after === null) marks.delete(id)
      else {
        const { type: _, ...mark } = after
        marks.set(id, mark as Mark)
      }
    }
    rest = next
    if (ofRanges.length > 0) rangeIds = idsOf(rest)
    size += growth
  }

  /** Marks and others in one edit, which only a decision of a consensus set makes: by way of the document. */
  function applyWhole(edit: Edit, isNew: boolean): void {
    const before = document()
    const next = applyEdit(before, edit)
    const growth = growthOf(edit)
    if (isNew) {
      checkRanges(next.reviewed, edit)
      checkCount('marks', before.marks.length, next.marks.length, edit)
      checkCount('reviewed', before.reviewed.length, next.reviewed.length, edit)
      checkCount('decisions', before.decisions?.length ?? 0, next.decisions?.length ?? 0, edit)
      checkSize(size, growth, edit)
    }
    marks.clear()
    for (const mark of next.marks) marks.set(mark.id, mark)
    rest = { ...next, marks: [] }
    rangeIds = idsOf(rest)
    size += growth
  }

  function remember(edit: Edit): void {
    undone.length = 0
    const last = done.at(-1)
    if (last === undefined || edit.gesture === undefined || last.gesture !== edit.gesture) {
      done.push(edit)
      return
    }
    done.pop()
    const joined = joinEdits(last, edit)
    if (joined.changes.length > 0) done.push(joined)
  }

  function document(): AnnotationDocument {
    return { ...rest, marks: sortMarks([...marks.values()]) }
  }

  return {
    step: (entry) => {
      if (entry.op === 'edit') {
        checkItems(entry.edit)
        apply(entry.edit, true)
        remember(entry.edit)
        return entry.edit
      }
      const last = (entry.op === 'undo' ? done : undone).at(-1)
      if (last === undefined) throw new ReviewError('conflict', `There is nothing to ${entry.op}.`)
      const edit = entry.op === 'undo' ? invertEdit(last) : last
      apply(edit, false)
      if (entry.op === 'undo') undone.push(done.pop()!)
      else done.push(undone.pop()!)
      return edit
    },
    marked: () => ({ document: document(), history: { done: [...done], undone: [...undone] } }),
  }
}

/** A range in the place of a mark, or the other way round. */
function isMixed({ before, after }: Change): boolean {
  return before !== null && after !== null && before.type !== after.type
}

function idsOf(document: AnnotationDocument): ReadonlySet<string> {
  return new Set([...document.reviewed, ...(document.decisions ?? [])].map(({ id }) => id))
}
