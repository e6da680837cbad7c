/** How large a set becomes as a file, so that one that could not be read again never comes about. */
import type { AnnotationDocument, Edit, Item } from './document.ts'

/** Largest file read, in bytes, and longest text parsed. 10,000 marks take about 4 MB. */
export const MAX_SET_BYTES = 64 * 1024 * 1024
/** Deepest nesting of a file's values. */
export const MAX_DEPTH = 32
/** Most marks, and most reviewed ranges, that a set may hold. */
export const MAX_MARKS = 200_000

/** Most sign-offs that a set keeps, and most changes: the oldest go first. */
export const MAX_SIGN_OFFS = 100
export const MAX_CHANGES = 20_000

/** Indentation, comma and line feed of an item in its list. */
const BETWEEN = 8
/** The fixed texts of a file: format, statement, labels. */
const HEAD = 8192

const encoder = new TextEncoder()
const known = new WeakMap<AnnotationDocument, number>()

/** Bytes of the set's file, rounded up a little. Counted once; `carrySize` keeps it through edits. */
export function sizeOfSet(document: AnnotationDocument): number {
  const before = known.get(document)
  if (before !== undefined) return before
  const { marks, reviewed, decisions = [], ...rest } = document
  const size = HEAD + bytesOf(rest) + sizeOfList(marks) + sizeOfList(reviewed) + sizeOfList(decisions)
  known.set(document, size)
  return size
}

/** Tells the size of what an edit made of a document, where that of the document is known. */
export function carrySize(before: AnnotationDocument, after: AnnotationDocument, edit: Edit): void {
  const size = known.get(before)
  if (size !== undefined) known.set(after, size + growthOf(edit))
}

/** By how many bytes the edit makes a set's file longer. */
export function growthOf(edit: Edit): number {
  let growth = 0
  for (const { before, after } of edit.changes) growth += sizeOfItem(after) - sizeOfItem(before)
  return growth
}

/** As the sum of its items, by one text: ten thousand texts take three times as long. */
function sizeOfList(list: readonly Omit<Item, 'type'>[]): number {
  const around = list.length === 0 ? 2 : list.length + 1
  return bytesOf(list) - around + list.length * BETWEEN
}

function sizeOfItem(item: Item | null): number {
  if (item === null) return 0
  const { type: _, ...listed } = item
  return bytesOf(listed) + BETWEEN
}

/** Bytes of a value as JSON in UTF-8. */
export function bytesOf(value: unknown): number {
  return encoder.encode(JSON.stringify(value)).length
}
