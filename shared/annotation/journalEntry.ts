/**
 * The journal: what was done to a document, one entry a step, so that a crash loses nothing and a
 * second process (the host) can follow the first (the window). For the reader: `advance` is one
 * step, `replay` is all of them.
 */
import * as v from 'valibot'
import { ReviewError } from '../failure.ts'
import { applyChecked } from './checkEdit.ts'
import type { AnnotationDocument, Edit } from './document.ts'
import { timeSchema } from './fieldSchemas.ts'
import { type History, type Marked, record, redo, undo } from './history.ts'
import { checkInvariants } from './invariants.ts'
import { sameValue } from './sameValue.ts'
import { documentSchema, editSchema } from './schemas.ts'

/** What a window tells while it is worked in. */
export type JournalEntry =
  | { readonly op: 'edit'; readonly edit: Edit }
  | { readonly op: 'undo' | 'redo'; readonly at: string; readonly author: string }

/** Where a set lies on disk (a full path: never in a message) and the hash of its bytes there. */
export type SetPlace = { readonly path: string; readonly hash: string }

/** What the host adds: where the entries begin, and where they reached the set's file. */
export type JournalLine =
  | JournalEntry
  | {
      readonly op: 'open'
      readonly at: string
      readonly document: AnnotationDocument
      readonly history: History
      /** The file it was read from, null for a set that was never saved. */
      readonly set: SetPlace | null
      /** Whether `document` holds changes that the file does not. */
      readonly unsaved: boolean
    }
  | { readonly op: 'saved'; readonly at: string; readonly set: SetPlace }

const who = { at: timeSchema, author: v.pipe(v.string(), v.minLength(1), v.maxLength(200)) }
const editEntry = v.object({ op: v.literal('edit'), edit: editSchema })
const undoEntry = v.object({ op: v.literal('undo'), ...who })
const redoEntry = v.object({ op: v.literal('redo'), ...who })

/** What the host accepts from a window. */
export const journalEntrySchema = v.variant('op', [editEntry, undoEntry, redoEntry])

export const historySchema = v.object({ done: v.array(editSchema), undone: v.array(editSchema) })

const place = v.object({ path: v.string(), hash: v.string() })
const journalLineSchema = v.variant('op', [
  editEntry,
  undoEntry,
  redoEntry,
  v.object({
    op: v.literal('open'),
    at: timeSchema,
    document: documentSchema,
    history: historySchema,
    set: v.nullable(place),
    unsaved: v.boolean(),
  }),
  v.object({ op: v.literal('saved'), at: timeSchema, set: place }),
])

/**
 * One step. Throws ReviewError `conflict` where the entry does not fit what is there, and `bad-input` where it
 * would break what always holds of a set.
 */
export function advance(marked: Marked, entry: JournalEntry): Marked {
  const { document, history } = marked
  if (entry.op === 'edit') {
    return { document: applyChecked(document, entry.edit), history: record(history, entry.edit) }
  }
  const next = entry.op === 'undo' ? undo(document, history) : redo(document, history)
  if (next === null) throw new ReviewError('conflict', `There is nothing to ${entry.op}.`)
  return { document: next.document, history: next.history }
}

/** Whether two documents hold the same marks, ranges and decisions, whenever they were changed. */
export function sameContent(a: AnnotationDocument, b: AnnotationDocument): boolean {
  return (
    sameValue(a.marks, b.marks) &&
    sameValue(a.reviewed, b.reviewed) &&
    sameValue(a.decisions ?? [], b.decisions ?? [])
  )
}

/** One line of a journal file: a checksum, a space, JSON, a line feed. */
export function formatJournalLine(line: JournalLine): string {
  const json = JSON.stringify(line)
  return `${computeChecksum(json)} ${json}\n`
}

export type ReadJournal = {
  readonly lines: readonly JournalLine[]
  /** Length of the part that was understood, in UTF-16 code units of the text. */
  readonly goodLength: number
  /** Whether the last line was cut off, as a crash in the middle of writing leaves it. */
  readonly torn: boolean
  /** A sentence where a whole line is damaged, the last one too: it and what follows were left out. Else null. */
  readonly problem: string | null
}

/** Reads the lines up to the first that is cut off or damaged. */
export function parseJournal(text: string): ReadJournal {
  const lines: JournalLine[] = []
  let start = 0
  while (start < text.length) {
    const end = text.indexOf('\n', start)
    if (end === -1) return { lines, goodLength: start, torn: true, problem: null }
    const line = parseLine(text.slice(start, end))
    if (line === null) {
      const rest = text.slice(end + 1).split('\n').length - 1
      const problem = `The journal is damaged after ${lines.length} entries; ${rest + 1} could not be read.`
      return { lines, goodLength: start, torn: false, problem }
    }
    lines.push(line)
    start = end + 1
  }
  return { lines, goodLength: start, torn: false, problem: null }
}

function parseLine(text: string): JournalLine | null {
  const json = text.slice(9)
  if (text.slice(0, 9) !== `${computeChecksum(json)} `) return null
  try {
    const checked = v.safeParse(journalLineSchema, JSON.parse(json), { abortEarly: true })
    if (!checked.success) return null
    const line: JournalLine = checked.output
    return line.op === 'open' && checkInvariants(line.document).length > 0 ? null : line
  } catch {
    return null
  }
}

/** The same, or null where the entry does not fit. */
export function tryAdvance(marked: Marked, entry: JournalEntry): Marked | null {
  try {
    return advance(marked, entry)
  } catch {
    return null
  }
}

/** FNV-1a, 32 bits, over UTF-16 code units, as 8 hexadecimal digits: finds damage, not malice. */
function computeChecksum(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return (hash >>> 0).toString(16).padStart(8, '0')
}
