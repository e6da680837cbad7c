/**
 * Which entries of a window are held already. An answer may be lost on its way, so that the window sends again
 * what was taken: that is no fault, as long as it is the same.
 */
import type { JournalEntry } from '../../shared/annotation/journalEntry.ts'
import { ReviewError } from '../../shared/failure.ts'
import { hashOf } from './atomicFile.ts'

export type TakenEntries = {
  /**
   * What of `entries`, the first of which is the window's number `from`, is not held yet. Throws ReviewError
   * `conflict` where there is a gap, or where what is held is another entry.
   */
  readonly findNew: (from: number, entries: readonly JournalEntry[]) => readonly JournalEntry[]
  readonly add: (entries: readonly JournalEntry[]) => void
}

export function createTakenEntries(): TakenEntries {
  /** A hash an entry: the entries themselves, with what they replaced, would be held for a whole day. */
  const hashes: string[] = []
  return {
    findNew: (from, entries) => {
      const held = hashes.length - from
      if (held < 0) throw parted()
      if (entries.slice(0, held).some((entry, index) => hashes[from + index] !== hashOfEntry(entry))) {
        throw parted()
      }
      return entries.slice(held)
    },
    add: (entries) => {
      for (const entry of entries) hashes.push(hashOfEntry(entry))
    },
  }
}

function hashOfEntry(entry: JournalEntry): string {
  return hashOf(JSON.stringify(entry, inOneOrder)).slice(0, 32)
}

/** The same entry has the same text, in whatever order a client writes its keys. */
function inOneOrder(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function parted(): ReviewError {
  return new ReviewError(
    'conflict',
    'The window and its host disagree on what was done: save the set under another name, or open the recording again.',
  )
}
