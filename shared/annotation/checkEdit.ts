/**
 * What an edit may not do: break what always holds of a set, or make it one that cannot be saved and read
 * again. Asked before an edit is taken, in the window as in the host, so that a save never has to refuse.
 * For the reader: `applyChecked`.
 */

import { ReviewError } from '../failure.ts'
import { applyEdit } from './applyEdit.ts'
import type { AnnotationDocument, Edit, Item, ReviewedRange } from './document.ts'
import { DECISION_KEYS, MARK_KEYS, RANGE_KEYS } from './format.ts'
import { itemProblems } from './invariants.ts'
import { spanOf } from './order.ts'
import { clipText, plainLine } from './plainText.ts'
import { bytesOf, growthOf, MAX_DEPTH, MAX_MARKS, MAX_SET_BYTES, sizeOfSet } from './setSize.ts'

/** Most bytes of fields that only a later version knows, in one mark or range. */
const MAX_UNKNOWN_BYTES = 65_536
/** And most values in them: a set may hold so many in all. */
const MAX_UNKNOWN_VALUES = 500
/** A mark stands in a list in an object: so much less deep may its own values be. */
const VALUE_DEPTH = MAX_DEPTH - 3

const FIELDS: { readonly [Type in Item['type']]: ReadonlySet<string> } = {
  mark: new Set(['type', ...MARK_KEYS]),
  reviewed: new Set(['type', ...RANGE_KEYS]),
  decision: new Set(['type', ...DECISION_KEYS]),
}

/**
 * The document after the edit. Throws ReviewError `conflict` where the edit does not fit what is there, and
 * `bad-input`, with field and value, where what it puts there is not allowed.
 */
export function applyChecked(document: AnnotationDocument, edit: Edit): AnnotationDocument {
  checkItems(edit)
  // Before the edit, which carries it on: counting anew takes as long as writing all of the set.
  const size = sizeOfSet(document)
  const next = applyEdit(document, edit)
  if (edit.changes.some(({ before, after }) => (after ?? before)?.type === 'reviewed')) {
    checkRanges(next.reviewed, edit)
  }
  checkCount('marks', document.marks.length, next.marks.length, edit)
  checkCount('reviewed', document.reviewed.length, next.reviewed.length, edit)
  checkCount('decisions', document.decisions?.length ?? 0, next.decisions?.length ?? 0, edit)
  checkSize(size, growthOf(edit), edit)
  return next
}

/** The rules for each mark, range and decision alone. */
export function checkItems(edit: Edit): void {
  for (const { before, after } of edit.changes) {
    if (after === null) continue
    const [problem] = itemProblems(after)
    if (problem !== undefined) throw refused(edit, withValue(problem, after))
    checkUnknown(edit, before, after)
  }
}

/** Ranges never overlap or touch: those that do are to be one. */
export function checkRanges(ranges: readonly ReviewedRange[], edit: Edit): void {
  for (const [index, range] of ranges.entries()) {
    const before = ranges[index - 1]
    if (before === undefined || spanOf(before).end < range.onset) continue
    throw refused(
      edit,
      `reviewed: the range ${before.id} ends at ${spanOf(before).end} and ${range.id} begins at ${range.onset}, they have to be one range`,
    )
  }
}

/** A set that holds too much already may still be made smaller. */
export function checkCount(
  list: 'marks' | 'reviewed' | 'decisions',
  before: number,
  after: number,
  edit: Edit,
): void {
  if (after <= MAX_MARKS || after <= before) return
  const what = list === 'reviewed' ? 'reviewed ranges' : list
  throw refused(
    edit,
    `${list}: a set holds at most ${MAX_MARKS} ${what}, and this would be number ${after}; save it and go on in another set`,
  )
}

export function checkSize(size: number, growth: number, edit: Edit): void {
  if (growth <= 0 || size + growth <= MAX_SET_BYTES) return
  throw refused(
    edit,
    `the set would be longer than the ${MAX_SET_BYTES / 1024 / 1024} MB that a set may be; save it and go on in another set`,
  )
}

/** What a later version wrote stays as it is, however long; it may not be made longer here. */
function checkUnknown(edit: Edit, before: Item | null, after: Item): void {
  const unknown = unknownOf(after)
  if (unknown.length === 0) return
  const deep = unknown.find(([, value]) => isDeeper(value, VALUE_DEPTH))
  if (deep !== undefined) {
    throw refused(edit, `${nameOf(deep[0])} is nested deeper than the ${MAX_DEPTH} that a set may be`)
  }
  const values = countValues(unknown)
  if (values > MAX_UNKNOWN_VALUES && (before === null || values > countValues(unknownOf(before)))) {
    throw refused(
      edit,
      `${nameOf(unknown[0]?.[0] ?? '')} and what else is unknown here holds ${values} values, at most ${MAX_UNKNOWN_VALUES} are kept with a mark`,
    )
  }
  const bytes = bytesOf(unknown)
  if (bytes <= MAX_UNKNOWN_BYTES || (before !== null && bytes <= bytesOf(unknownOf(before)))) return
  throw refused(
    edit,
    `${nameOf(unknown[0]?.[0] ?? '')} and what else is unknown here takes ${bytes} bytes, at most ${MAX_UNKNOWN_BYTES} are kept with a mark`,
  )
}

function nameOf(field: string): string {
  return clipText(plainLine(field), 60)
}

function unknownOf(item: Item): readonly (readonly [string, unknown])[] {
  return Object.entries(item).filter(([key]) => !FIELDS[item.type].has(key))
}

/** Whether objects and lists lie deeper in each other than `depth`; never goes deeper itself. */
export function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth === 0) return true
  return Object.values(value).some((inner) => isDeeper(inner, depth - 1))
}

/** Values of any kind in a value that is not nested deeply. */
function countValues(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 1
  let count = 1
  for (const inner of Object.values(value)) count += countValues(inner)
  return count
}

/** "mark a1: subtype is for mimics only (subtype: firda)"; what a comment says is not repeated. */
function withValue(problem: string, item: Item): string {
  const [, field = ''] = /^.*: (\w+)/.exec(problem) ?? []
  if (field === 'end') return `${problem} (end: ${item.onset + item.duration})`
  if (field === 'comment' || field === 'reason' || !Object.hasOwn(item, field)) return problem
  const value: unknown = Object.entries(item).find(([key]) => key === field)?.[1]
  return `${problem} (${field}: ${clipText(plainLine(JSON.stringify(value)), 80)})`
}

function refused(edit: Edit, reason: string): ReviewError {
  return new ReviewError('bad-input', `“${edit.label}” cannot be done: ${reason}.`)
}
