/** Where the journal of a recording and reviewer lies, and what it begins with. */
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { JournalLine } from '../../shared/annotation/journalEntry.ts'
import { hashOf } from './atomicFile.ts'
import { plainReviewer } from './setNames.ts'

export type JournalKey = { readonly fingerprint: string; readonly reviewer: string }

const ENDING = '.journal'
/** In sentences: the name of its file says nothing to a reader. */
export const JOURNAL_NAME = 'The journal'
/** Read at most this much; the journal is made compact long before. */
export const LARGEST_JOURNAL = 256 * 1024 * 1024

export function journalPath(journalDir: string, { fingerprint, reviewer }: JournalKey): string {
  const digest = hashOf(`${fingerprint}\0${reviewer}`).slice(0, 32)
  return path.join(journalDir, `${digest}-${plainReviewer(reviewer)}${ENDING}`)
}

export function lockPath(file: string): string {
  return `${file}.lock`
}

/** Whether a file of this name would be a journal of the reviewer, as far as a name tells. */
export function isNamedFor(name: string, reviewer: string): boolean {
  return name.endsWith(`-${plainReviewer(reviewer)}${ENDING}`)
}

/** The set as it was when the journal began; null: the lines are none of a journal. */
export function startOf(lines: readonly JournalLine[]): AnnotationDocument | null {
  const first = lines[0]
  return first?.op === 'open' ? first.document : null
}
