/**
 * What a crash left against what was saved: which of the two knows more of each mark. A journal that could not
 * be written for a while is older than a set saved since; a set that another computer saved is neither.
 * For the reader: `compareSets`.
 */
import type { AnnotationDocument, Edit, Item } from './document.ts'
import type { JournalLine } from './journalEntry.ts'
import { itemsOf } from './replay.ts'
import { sameValue } from './sameValue.ts'

export type SetDifference = {
  readonly id: string
  /** null: it is not in the set that was saved, or not in what was recovered. */
  readonly saved: Item | null
  readonly recovered: Item | null
  /** Which of them came after the other; 'unknown': one cannot tell. */
  readonly newer: 'saved' | 'recovered' | 'unknown'
}

/** What a journal knows of each mark and range. */
type Known = {
  /** Every value that it has had. */
  readonly values: ReadonlyMap<string, readonly Item[]>
  /** Changed since the journal last met the set's file. */
  readonly touched: ReadonlySet<string>
}

/**
 * The marks and ranges that differ, with which is newer. `lines` is the journal that led to `recovered`,
 * `lastChange` the time of its last step.
 */
export function compareSets(options: {
  readonly saved: AnnotationDocument
  readonly recovered: AnnotationDocument
  readonly lines: readonly JournalLine[]
  readonly lastChange: string | null
}): readonly SetDifference[] {
  const { lines, lastChange } = options
  const known = knownBy(lines)
  const saved = itemsOf(options.saved)
  const recovered = itemsOf(options.recovered)
  const savedLater = options.saved.changed > (lastChange ?? '')
  const differences: SetDifference[] = []
  for (const id of new Set([...saved.keys(), ...recovered.keys()])) {
    const pair = { id, saved: saved.get(id) ?? null, recovered: recovered.get(id) ?? null }
    if (sameValue(pair.saved, pair.recovered)) continue
    differences.push({ ...pair, newer: newerOf(pair, known, savedLater) })
  }
  return differences
}

function newerOf(
  { id, saved }: Pick<SetDifference, 'id' | 'saved'>,
  { values, touched }: Known,
  savedLater: boolean,
): SetDifference['newer'] {
  // The journal has seen what was saved, and has gone on from it; or it could not be written when that was gone back to.
  if (saved !== null && values.get(id)?.some((value) => sameValue(value, saved)) === true) {
    return savedLater ? 'unknown' : 'recovered'
  }
  if (saved !== null && !values.has(id)) return 'saved'
  if (!touched.has(id)) return 'saved'
  // Changed there and here, neither knowing of the other: no clock decides.
  // A mark that only the journal has: made after the save, or deleted before it.
  return saved === null && !savedLater ? 'recovered' : 'unknown'
}

function knownBy(lines: readonly JournalLine[]): Known {
  const values = new Map<string, Item[]>()
  const touched = new Set<string>()
  const add = (item: Item | null) => {
    if (item === null) return
    const before = values.get(item.id)
    if (before === undefined) values.set(item.id, [item])
    else before.push(item)
  }
  const follow = ({ changes }: Edit, touches: boolean) => {
    for (const { id, before, after } of changes) {
      add(before)
      add(after)
      if (touches) touched.add(id)
    }
  }
  for (const line of lines) {
    if (line.op === 'open') {
      for (const item of itemsOf(line.document).values()) add(item)
      for (const edit of [...line.history.done, ...line.history.undone]) follow(edit, line.unsaved)
    } else if (line.op === 'edit') follow(line.edit, true)
    else if (line.op === 'saved') touched.clear()
  }
  return { values, touched }
}
