/**
 * The history that a set carries: what each save has changed, one entry a mark or range, with who and when. It is
 * computed from what was there and what is there now, so that nothing that reaches the file goes by it unseen.
 * For the reader: `changesBetween`.
 */
import type { AnnotationDocument, Item, ItemFields, SetChange } from './document.ts'
import { itemsOf } from './replay.ts'
import { sameValue } from './sameValue.ts'
import { bytesOf, MAX_CHANGES, MAX_SET_BYTES, sizeOfSet } from './setSize.ts'

/** Told of an item that is new: what it is and where; its other fields stand in the set, or in a later change. */
const OF_NEW = ['kind', 'subtype', 'onset', 'duration'] as const
/** Follow from the change itself. */
const NOT_TOLD: ReadonlySet<string> = new Set(['type', 'id', 'changed'])

/**
 * In the order of time. `before` null: there was no set. `at`: the time of the save, which stands where a mark does
 * not say itself when it was changed.
 */
export function changesBetween(
  before: AnnotationDocument | null,
  after: AnnotationDocument,
  { by, at }: { readonly by: string; readonly at: string },
): readonly SetChange[] {
  const { old, now } = differingItems(before, after)
  const changes: SetChange[] = []
  for (const id of new Set([...old.keys(), ...now.keys()])) {
    const was = old.get(id) ?? null
    const is = now.get(id) ?? null
    const what = (is ?? was)?.type ?? 'mark'
    if (was === null && is !== null) {
      changes.push({ at: timeOf(is, at), by, what, id, before: null, after: pick(is, OF_NEW) })
    } else if (is === null && was !== null) {
      changes.push({ at, by, what, id, before: pick(was), after: null })
    } else if (was !== null && is !== null && !sameValue(was, is)) {
      const keys = fieldsThatDiffer(was, is)
      if (keys.length === 0) continue
      changes.push({ at: timeOf(is, at), by, what, id, before: pick(was, keys), after: pick(is, keys) })
    }
  }
  return changes.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
}

/**
 * The items of each that are not the very same in both: what nobody has touched since it was saved is one object, so
 * that the save of 10,000 marks compares the few that differ.
 */
function differingItems(before: AnnotationDocument | null, after: AnnotationDocument) {
  const same = new Set<unknown>(before === null ? [] : listedIn(before))
  const shared = new Set(listedIn(after).filter((item) => same.has(item)))
  const without = (document: AnnotationDocument): AnnotationDocument => ({
    ...document,
    marks: document.marks.filter((mark) => !shared.has(mark)),
    reviewed: document.reviewed.filter((range) => !shared.has(range)),
    decisions: (document.decisions ?? []).filter((decision) => !shared.has(decision)),
  })
  const none: ReadonlyMap<string, Item> = new Map()
  return { old: before === null ? none : itemsOf(without(before)), now: itemsOf(without(after)) }
}

function listedIn({ marks, reviewed, decisions = [] }: AnnotationDocument): readonly object[] {
  return [...marks, ...reviewed, ...decisions]
}

/** As many of the newest as a set may hold and its file has room for beside `document`, without its own changes. */
export function keepNewest(
  document: AnnotationDocument,
  changes: readonly SetChange[],
): readonly SetChange[] {
  const newest = changes.slice(-MAX_CHANGES)
  let room = MAX_SET_BYTES - sizeOfSet(document) + bytesOf(document.changes ?? []) - FOR_SIGN_OFFS
  if (bytesOf(newest) + BETWEEN * newest.length <= room) return newest
  for (let index = newest.length - 1; index >= 0; index -= 1) {
    room -= bytesOf(newest[index]) + BETWEEN
    if (room < 0) return newest.slice(index + 1)
  }
  return newest
}

/** What the sign-offs of this very save may add. */
const FOR_SIGN_OFFS = 65_536
/** Indentation, comma and line feed. */
const BETWEEN = 8

function timeOf(item: Item, at: string): string {
  return item.type === 'mark' && item.changed < at ? item.changed : at
}

/** Names of the fields that say something else in the two; when it was changed last is none of them. */
export function fieldsThatDiffer(was: Item, is: Item): readonly string[] {
  const [a, b] = [new Map(Object.entries(was)), new Map(Object.entries(is))]
  return [...new Set([...a.keys(), ...b.keys()])].filter(
    (key) => !NOT_TOLD.has(key) && !sameValue(a.get(key) ?? null, b.get(key) ?? null),
  )
}

/** All fields where none are named. */
function pick(item: Item, keys?: readonly string[]): ItemFields {
  const entries = Object.entries(item).filter(([key]) => keys?.includes(key) ?? !NOT_TOLD.has(key))
  return Object.fromEntries(entries)
}
