/**
 * The journal on disk: every step a reviewer takes, synced before it is acknowledged, so that a crash
 * loses none. One file per recording and reviewer, in the app's own folder. What the lines mean
 * stands in shared/annotation/journalEntry.ts.
 */
import { type FileHandle, mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import {
  formatJournalLine,
  type JournalLine,
  parseJournal,
  sameContent,
} from '../../shared/annotation/journalEntry.ts'
import { type Replayed, replay } from '../../shared/annotation/replay.ts'
import { ReviewError } from '../../shared/failure.ts'
import {
  hashOf,
  readBounded,
  removeAbandoned,
  statOrNull,
  writeFailure,
  writeFileAtomically,
} from './atomicFile.ts'
import { acquireLock, isLocked, type Lock } from './lockFile.ts'
import { plainReviewer } from './setNames.ts'
import { loadSet } from './setReader.ts'

export type JournalKey = { readonly fingerprint: string; readonly reviewer: string }

export type Journal = {
  /**
   * Resolves when the line is on the disk. Rejects with ReviewError `disk-full`, `read-only`,
   * `unreadable`, or `conflict` where another window has taken the journal over; the line is then not in the journal, and may be appended again. An `open` line
   * starts the journal afresh; unsaved steps before it stay beside it as `.bak`.
   */
  readonly append: (line: JournalLine) => Promise<void>
  /** All lines, the oldest first, beginning with an `open`. */
  readonly entries: () => Promise<readonly JournalLine[]>
  /** Forgets everything. */
  readonly clear: () => Promise<void>
  /** Ends it; where nothing is unsaved the file goes too. */
  readonly close: () => Promise<void>
  /** A sentence where damage was found on opening (the good part is kept), now or before, else null. */
  readonly problem: string | null
  /** What was damaged, as it was: told of at every opening until it is taken away. */
  readonly damaged: readonly string[]
}

/** What a crash left. */
export type Recovery = Replayed & { readonly lines: readonly JournalLine[] }

export type RecoverySummary = JournalKey & {
  readonly fileName: string
  readonly unsaved: number
  readonly lastChange: string
}

const ENDING = '.journal'
/** In sentences: the name of its file says nothing to a reader. */
const CALLED = 'The journal'
/** Read at most this much; the journal is made compact long before. */
const LARGEST_JOURNAL = 256 * 1024 * 1024
const COMPACT_AT = 16 * 1024 * 1024
const STEPS_KEPT = 1000
const TAKEN_OVER =
  'Another Hypnospike window has taken over this recording while this one slept. Save your set here.'

/**
 * Opens or begins the journal of a recording and reviewer. Throws ReviewError `conflict` where a
 * living process, or this one, has it open; one left locked by a crash is taken over.
 */
export async function openJournal(
  journalDir: string,
  key: JournalKey,
  options: { readonly compactAt?: number; readonly makeFolder?: boolean } = {},
): Promise<Journal> {
  const file = journalPath(journalDir, key)
  const name = CALLED
  let lock: Lock | null
  try {
    if (options.makeFolder !== false) await mkdir(journalDir, { recursive: true, mode: 0o700 })
    await removeAbandoned(journalDir, Date.now())
    lock = await acquireLock(lockPath(file))
  } catch (error) {
    throw writeFailure(error, name)
  }
  if (lock === null) {
    throw new ReviewError(
      'conflict',
      'The same reviewer has this recording open in another Hypnospike window. Close it there first.',
    )
  }
  try {
    return await startJournal(file, lock, options.compactAt ?? COMPACT_AT)
  } catch (error) {
    await lock.release().catch(() => {})
    throw writeFailure(error, name)
  }
}

/**
 * What a crash left unsaved of this recording and reviewer; null where there is nothing, or where a
 * living process has the journal open. Changes nothing.
 */
export async function recoverable(journalDir: string, key: JournalKey): Promise<Recovery | null> {
  return await recoverFrom(journalPath(journalDir, key))
}

/**
 * What crashes left unsaved of a reviewer, the latest change first; of recordings with this file name only where
 * one is given. A journal that begins as another's is not read any further.
 */
export async function listRecoverable(
  journalDir: string,
  reviewer: string,
  fileName: string | null = null,
): Promise<readonly RecoverySummary[]> {
  const names = await readdir(journalDir).catch(() => [])
  const summaries: RecoverySummary[] = []
  for (const name of names.filter((each) => each.endsWith(`-${plainReviewer(reviewer)}${ENDING}`))) {
    const beginning = await readBeginning(path.join(journalDir, name)).catch(() => null)
    if (beginning?.reviewer !== reviewer) continue
    if (fileName !== null && beginning.recording.fileName !== fileName) continue
    const recovery = await recoverFrom(path.join(journalDir, name)).catch(() => null)
    if (recovery === null || recovery.lastChange === null) continue
    const { document, unsaved, lastChange } = recovery
    const { fingerprint, fileName: recordingName } = document.recording
    summaries.push({ fingerprint, reviewer, fileName: recordingName, unsaved, lastChange })
  }
  return summaries.sort((a, b) => (a.lastChange < b.lastChange ? 1 : -1))
}

function journalPath(journalDir: string, { fingerprint, reviewer }: JournalKey): string {
  const digest = hashOf(`${fingerprint}\0${reviewer}`).slice(0, 32)
  return path.join(journalDir, `${digest}-${plainReviewer(reviewer)}${ENDING}`)
}

function lockPath(file: string): string {
  return `${file}.lock`
}

async function recoverFrom(file: string): Promise<Recovery | null> {
  if ((await statOrNull(file)) === null || (await isLocked(lockPath(file)))) return null
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

function startOf(lines: readonly JournalLine[]): AnnotationDocument | null {
  const first = lines[0]
  return first?.op === 'open' ? first.document : null
}

type Waiting = {
  readonly line: JournalLine
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

async function startJournal(file: string, lock: Lock, compactAt: number): Promise<Journal> {
  const kept = await repair(file)
  let handle: FileHandle | null = null
  let length = kept.length
  let steps = kept.steps
  let compactNext = Math.max(compactAt, 2 * length)
  let waiting: Waiting[] = []
  let working: Promise<void> = Promise.resolve()
  let isClosed = false

  /** Everything that touches the file happens one after the other. */
  function inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const result = working.then(work)
    working = result.then(
      () => {},
      () => {},
    )
    return result
  }

  async function writableHandle(): Promise<FileHandle> {
    if (handle !== null) return handle
    handle = await open(file, 'r+')
    return handle
  }

  async function closeHandle(): Promise<void> {
    const closing = handle
    handle = null
    await closing?.close()
  }

  /** A file that another window has taken over is not ours to remove. */
  async function removeOwn(...files: readonly string[]): Promise<void> {
    await closeHandle()
    if (!(await lock.isHeld())) return
    for (const each of files) await rm(each, { force: true })
  }

  async function replaceWith(line: JournalLine, keepPrevious: boolean): Promise<void> {
    const text = formatJournalLine(line)
    await closeHandle()
    await writeFileAtomically(file, text, { keepPrevious, mode: 0o600, calledName: CALLED })
    length = Buffer.byteLength(text)
    steps = line.op === 'open' && line.unsaved ? 1 : 0
    compactNext = Math.max(compactAt, 2 * length)
  }

  /** Many lines, one write and one sync. What failed in the middle is taken off again. */
  async function writeLines(lines: readonly JournalLine[]): Promise<void> {
    if (length === 0) throw new Error('a journal begins with an open line')
    const bytes = Buffer.from(lines.map(formatJournalLine).join(''))
    const target = await writableHandle()
    try {
      let written = 0
      while (written < bytes.length) {
        written += (await target.write(bytes, written, bytes.length - written, length + written)).bytesWritten
      }
      await target.datasync()
    } catch (error) {
      await target.truncate(length).catch(() => {})
      throw error
    }
    length += bytes.length
    for (const line of lines) steps = line.op === 'saved' ? 0 : steps + 1
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const opens = waiting.findIndex(({ line }) => line.op === 'open')
      const batch = waiting.splice(0, opens === -1 ? waiting.length : Math.max(1, opens))
      try {
        if (!(await lock.isHeld())) throw new ReviewError('conflict', TAKEN_OVER)
        if (opens === 0) await replaceWith(batch[0]!.line, steps > 0)
        else await writeLines(batch.map(({ line }) => line))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        // Later lines build on these: none of them may be written where these are not.
        const failed = [...batch, ...waiting]
        waiting = []
        for (const { reject } of failed) reject(writeFailure(error, CALLED))
      }
    }
    if (length > compactNext) await compact()
  }

  async function readLines(): Promise<readonly JournalLine[]> {
    if (length === 0) return []
    return parseJournal((await readBounded(file, LARGEST_JOURNAL)).bytes.toString('utf8')).lines
  }

  async function compact(): Promise<void> {
    try {
      const lines = await readLines()
      const start = startOf(lines)
      if (start === null) return
      const { document, history, set, unsaved, lastChange } = replay(start, lines)
      const at = lastChange ?? document.changed
      const { done, undone } = history
      const recent = { done: done.slice(-STEPS_KEPT), undone: undone.slice(-STEPS_KEPT) }
      await replaceWith({ op: 'open', at, document, history: recent, set, unsaved: unsaved > 0 }, false)
    } catch {
      // It only grows: tried again when it has doubled.
      compactNext = 2 * length
    }
  }

  const damaged = await damagedBeside(file)
  return {
    problem: kept.problem ?? (damaged.length === 0 ? null : DAMAGED_BEFORE),
    damaged,
    append: (line) => {
      if (isClosed) return Promise.reject(new Error('the journal is closed'))
      return new Promise((resolve, reject) => {
        waiting.push({ line, resolve, reject })
        void inTurn(flush)
      })
    },
    entries: () => inTurn(readLines),
    clear: () =>
      inTurn(async () => {
        await removeOwn(file, `${file}.bak`)
        length = 0
        steps = 0
      }),
    close: () => {
      isClosed = true
      return inTurn(async () => {
        try {
          if (steps === 0) await removeOwn(file)
          else await closeHandle()
        } finally {
          await lock.release()
        }
      })
    },
  }
}

const DAMAGED_BEFORE =
  'The journal of an earlier session was damaged and could be read in part only; it was kept as it was.'

/** Journals that were damaged, as they were. */
async function damagedBeside(file: string): Promise<readonly string[]> {
  const start = `${path.basename(file)}.damaged`
  const names = await readdir(path.dirname(file)).catch(() => [])
  return names.filter((name) => name.startsWith(start)).map((name) => path.join(path.dirname(file), name))
}

/** One that is not dealt with yet is not replaced by the next. */
async function damagedName(file: string): Promise<string> {
  const taken = await damagedBeside(file)
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? `${file}.damaged` : `${file}.damaged-${count}`
    if (!taken.includes(name)) return name
  }
}

type Repaired = { readonly length: number; readonly steps: number; readonly problem: string | null }

/**
 * Leaves in the file only what can be read and followed, so that more can be added to it: a line cut
 * off by a crash goes, and where there is real damage the file as it was is kept as `.damaged`.
 */
async function repair(file: string): Promise<Repaired> {
  const facts = await statOrNull(file)
  if (facts === null || (facts.isFile() && facts.size === 0)) return { length: 0, steps: 0, problem: null }
  // What is too long or no file at all cannot be followed, and is put aside as it is.
  const bytes =
    facts.isFile() && facts.size <= LARGEST_JOURNAL
      ? (await readBounded(file, LARGEST_JOURNAL)).bytes
      : Buffer.alloc(0)
  const { lines, problem: damage } = parseJournal(bytes.toString('utf8'))
  const start = startOf(lines)
  if (start === null) {
    await rename(file, await damagedName(file))
    return {
      length: 0,
      steps: 0,
      problem: 'The journal of the last session could not be read; it was put aside.',
    }
  }
  const { applied, unsaved, problem: misfit } = replay(start, lines)
  const problem = damage ?? misfit
  const good = Buffer.from(lines.slice(0, applied).map(formatJournalLine).join(''))
  if (!good.equals(bytes)) {
    if (problem !== null)
      await writeFileAtomically(await damagedName(file), bytes, { mode: 0o600, calledName: CALLED })
    await writeFileAtomically(file, good, { mode: 0o600, calledName: CALLED })
  }
  return { length: good.length, steps: unsaved, problem }
}
