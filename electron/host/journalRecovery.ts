/** What a crash left in journals: asked of files that nobody has open, and nothing is changed. */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { type JournalLine, parseJournal, sameContent } from '../../shared/annotation/journalEntry.ts'
import { type Replayed, replay } from '../../shared/annotation/replay.ts'
import { readBounded, statOrNull } from './atomicFile.ts'
import {
  isNamedFor,
  type JournalKey,
  journalPath,
  LARGEST_JOURNAL,
  lockPath,
  startOf,
} from './journalFile.ts'
import { isLocked } from './lockFile.ts'
import { loadSet } from './setReader.ts'

/** What a crash left. */
export type Recovery = Replayed & { readonly lines: readonly JournalLine[] }

export type RecoverySummary = JournalKey & {
  readonly fileName: string
  readonly unsaved: number
  readonly lastChange: string
}

/**
 * What a crash left unsaved of this recording and reviewer; null where there is nothing, or where a
 * living process has the journal open. Changes nothing.
 */
export async function recoverable(journalDir: string, key: JournalKey): Promise<Recovery | null> {
  return await recoverUnlocked(journalPath(journalDir, key))
}

/**
 * The same of a journal that this process has just opened and not written to yet: nobody can add to it any more, nor die
 * between this look and the first line.
 */
export async function leftInOwn(journalDir: string, key: JournalKey): Promise<Recovery | null> {
  return await recoverFrom(journalPath(journalDir, key))
}

/**
 * What crashes left unsaved of a reviewer, the latest change first. A journal that begins as another's, or for a
 * recording that is not asked for, is not read any further.
 */
export async function listRecoverable(
  journalDir: string,
  reviewer: string,
  isAsked: (begun: AnnotationDocument) => boolean = () => true,
): Promise<readonly RecoverySummary[]> {
  const names = await readdir(journalDir).catch(() => [])
  const summaries: RecoverySummary[] = []
  for (const name of names.filter((each) => isNamedFor(each, reviewer))) {
    const beginning = await readBeginning(path.join(journalDir, name)).catch(() => null)
    if (beginning?.reviewer !== reviewer || !isAsked(beginning)) continue
    const recovery = await recoverUnlocked(path.join(journalDir, name)).catch(() => null)
    if (recovery === null || recovery.lastChange === null) continue
    const { document, unsaved, lastChange } = recovery
    const { fingerprint, fileName: recordingName } = document.recording
    summaries.push({ fingerprint, reviewer, fileName: recordingName, unsaved, lastChange })
  }
  return summaries.sort((a, b) => (a.lastChange < b.lastChange ? 1 : -1))
}

async function recoverUnlocked(file: string): Promise<Recovery | null> {
  return (await isLocked(lockPath(file))) ? null : await recoverFrom(file)
}

async function recoverFrom(file: string): Promise<Recovery | null> {
  if ((await statOrNull(file)) === null) return null
  const { lines, problem } = parseJournal((await readBounded(file, LARGEST_JOURNAL)).bytes.toString('utf8'))
  const start = startOf(lines)
  if (start === null) return null
  const replayed = replay(start, lines)
  if (replayed.unsaved === 0) return null
  // A crash between a save and its line in the journal: the file already holds all of it.
  if (replayed.set !== null && (await holds(replayed.set.path, replayed.document))) return null
  return { ...replayed, lines: lines.slice(0, replayed.applied), problem: problem ?? replayed.problem }
}

/** The document that a journal begins with. */
async function readBeginning(file: string): Promise<AnnotationDocument | null> {
  const { bytes } = await readBounded(file, LARGEST_JOURNAL)
  const end = bytes.indexOf('\n')
  return end === -1 ? null : startOf(parseJournal(bytes.toString('utf8', 0, end + 1)).lines)
}

async function holds(setPath: string, document: AnnotationDocument): Promise<boolean> {
  const saved = await loadSet(setPath).catch(() => null)
  return saved !== null && sameContent(saved.document, document)
}
