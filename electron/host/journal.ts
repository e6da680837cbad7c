/**
 * The journal on disk: every step a reviewer takes, synced before it is acknowledged, so that a crash
 * loses none. One file per recording and reviewer, in the app's own folder. What the lines mean
 * stands in shared/annotation/journalEntry.ts.
 */
import { type FileHandle, mkdir, open, rm } from 'node:fs/promises'
import { formatJournalLine, type JournalLine, parseJournal } from '../../shared/annotation/journalEntry.ts'
import { replay } from '../../shared/annotation/replay.ts'
import { ReviewError } from '../../shared/failure.ts'
import { readBounded, removeAbandoned, writeFailure, writeFileAtomically } from './atomicFile.ts'
import {
  isStillAt,
  JOURNAL_NAME,
  type JournalKey,
  journalPath,
  LARGEST_JOURNAL,
  lockPath,
  startOf,
} from './journalFile.ts'
import { damagedBeside, repairJournal } from './journalRepair.ts'
import { acquireLock, type Lock } from './lockFile.ts'

export type Journal = {
  /**
   * Resolves when the line is on the disk, in the file of this name. Rejects with ReviewError `disk-full`, `read-only`,
   * `unreadable`, `not-found` where the file was taken away, or `conflict` where another window has taken the journal
   * over; the line is then not in the journal, and may be appended again. An `open` line starts the journal afresh;
   * unsaved steps before it stay beside it as `.bak`.
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

const COMPACT_AT = 16 * 1024 * 1024
const STEPS_KEPT = 1000
const DAMAGED_BEFORE =
  'The journal of an earlier session was damaged and could be read in part only; it was kept as it was.'
const TAKEN_OVER =
  'Another Hypnospike window has taken over this recording while this one slept. Save your set here.'
const TAKEN_AWAY = 'The journal was taken away while it was open, by a virus scanner perhaps. Save your set.'

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
  let lock: Lock | null
  try {
    if (options.makeFolder !== false) await mkdir(journalDir, { recursive: true, mode: 0o700 })
    await removeAbandoned(journalDir, Date.now())
    lock = await acquireLock(lockPath(file))
  } catch (error) {
    throw writeFailure(error, JOURNAL_NAME)
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
    throw writeFailure(error, JOURNAL_NAME)
  }
}

type Waiting = {
  readonly line: JournalLine
  readonly resolve: () => void
  readonly reject: (error: unknown) => void
}

async function startJournal(file: string, lock: Lock, compactAt: number): Promise<Journal> {
  const kept = await repairJournal(file, refuseUnlessHeld)
  let handle: FileHandle | null = null
  let length = kept.length
  let steps = kept.steps
  let compactNext = Math.max(compactAt, 2 * length)
  let waiting: Waiting[] = []
  let working: Promise<void> = Promise.resolve()
  let isClosed = false

  async function refuseUnlessHeld(): Promise<void> {
    if (!(await lock.isHeld())) throw new ReviewError('conflict', TAKEN_OVER)
  }

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
    await writeFileAtomically(file, text, {
      keepPrevious,
      mode: 0o600,
      calledName: JOURNAL_NAME,
      beforeRename: refuseUnlessHeld,
    })
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
    // Asked after every sync: what a scanner has put into quarantine is written to without an error.
    if (!(await isStillAt(file, target))) throw new ReviewError('not-found', TAKEN_AWAY)
    length += bytes.length
    for (const line of lines) steps = line.op === 'saved' ? 0 : steps + 1
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      const opens = waiting.findIndex(({ line }) => line.op === 'open')
      const batch = waiting.splice(0, opens === -1 ? waiting.length : Math.max(1, opens))
      try {
        await refuseUnlessHeld()
        if (opens === 0) await replaceWith(batch[0]!.line, steps > 0)
        else await writeLines(batch.map(({ line }) => line))
        for (const { resolve } of batch) resolve()
      } catch (error) {
        // Later lines build on these: none of them may be written where these are not.
        const failed = [...batch, ...waiting]
        waiting = []
        for (const { reject } of failed) reject(writeFailure(error, JOURNAL_NAME))
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
