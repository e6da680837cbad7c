/** Where the journal of a recording and reviewer lies, whether an open one still does, and what it begins with. */
import { type FileHandle, stat } from 'node:fs/promises'
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import type { JournalLine } from '../../shared/annotation/journalEntry.ts'
import { hashOf } from './atomicFile.ts'
import { plainReviewer } from './setNames.ts'
import { codeOf } from './systemError.ts'

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

/** Whether an open file is still the one that has its name: one that was removed or moved away takes bytes all the same. */
export async function isStillAt(file: string, handle: FileHandle): Promise<boolean> {
  const [own, there] = await Promise.all([
    handle.stat({ bigint: true }),
    stat(file, { bigint: true }).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
      throw error
    }),
  ])
  if (there === null) return false
  // Some file systems number no files; then that there is one has to do.
  if (own.ino === 0n || there.ino === 0n) return true
  // Windows may tell a volume's number in two widths, one of a handle and one of a path (libuv pull request 4698).
  return own.ino === there.ino && (own.dev === there.dev || process.platform === 'win32')
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
