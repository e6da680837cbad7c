/**
 * The journal of one open set, with what is done where it cannot be written: the steps stand in the set all the
 * same, it is tried again with each step and from time to time, and begins afresh with all of the set once it
 * can be written. For the reader: `createKeptJournal`.
 */
import type { JournalLine } from '../../shared/annotation/journalEntry.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import type { Journal } from './journal.ts'

const RETRY_EVERY_MS = 5000

export type KeptJournal = {
  /** Brings the journal up to what the set holds: by these lines, or by all of it. Returns why it could not. */
  readonly keep: (lines: readonly JournalLine[]) => Promise<string | null>
  /** What was written so far is not what the set holds. */
  readonly beginAfresh: () => void
  /** Whether all that was done is on the disk. */
  readonly isKept: () => boolean
  /** All of the set is in its file: what could not be brought up to that goes, so that it is never taken for newer. */
  readonly drop: () => Promise<void>
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

export function createKeptJournal(options: {
  /** As it was opened with the set; null where it could not be. */
  readonly journal: Journal | null
  /** Opens it again; `makeFolder`: also where its folder was taken away. */
  readonly openAgain: (makeFolder: boolean) => Promise<Journal>
  /** All that the set holds now. */
  readonly afresh: () => JournalLine
  /** Waits for its turn among the steps of the set. */
  readonly inTurn: (work: () => Promise<void>) => Promise<void>
  readonly onRecovered: () => void
  readonly retryEveryMs?: number
}): KeptJournal {
  const { openAgain, afresh, inTurn, onRecovered, retryEveryMs = RETRY_EVERY_MS } = options
  let { journal } = options
  /** Only a folder that there was can have gone. */
  let wasOpen = journal !== null
  let isBehind = true
  let retrying: NodeJS.Timeout | null = null
  let isClosed = false

  async function append(lines: readonly JournalLine[]): Promise<void> {
    const target = journal
    if (target === null) throw new Error('there is no journal')
    await Promise.all((isBehind ? [afresh()] : lines).map((line) => target.append(line)))
    isBehind = false
  }

  async function reopen(makeFolder: boolean): Promise<void> {
    await journal?.close().catch(() => {})
    journal = null
    isBehind = true
    journal = await openAgain(makeFolder || !wasOpen)
    wasOpen = true
  }

  async function write(lines: readonly JournalLine[], makeFolder: boolean): Promise<void> {
    if (journal === null) await reopen(makeFolder)
    try {
      await append(lines)
    } catch (thrown) {
      isBehind = true
      // Its lock or its folder is gone; where another window has it now, opening it tells so.
      if (!(thrown instanceof ReviewError) || !['conflict', 'not-found'].includes(thrown.code)) throw thrown
      await reopen(makeFolder).catch((again: unknown) => {
        throw again instanceof ReviewError && again.code === 'conflict' ? thrown : again
      })
      await append(lines)
    }
  }

  async function keep(lines: readonly JournalLine[], makeFolder: boolean): Promise<string | null> {
    try {
      await write(lines, makeFolder)
    } catch (thrown) {
      isBehind = true
      if (retrying === null && !isClosed) {
        retrying = setInterval(() => void inTurn(retry), retryEveryMs)
        retrying.unref()
      }
      return toFailure(thrown).message
    }
    if (retrying !== null) {
      stopRetrying()
      onRecovered()
    }
    return null
  }

  async function retry(): Promise<void> {
    // A folder that has just gone may be on its way back: one made in its place would stand in its way.
    if (retrying !== null) await keep([], true)
  }

  function stopRetrying(): void {
    if (retrying !== null) clearInterval(retrying)
    retrying = null
  }

  return {
    keep: (lines) => keep(lines, false),
    beginAfresh: () => {
      isBehind = true
    },
    isKept: () => !isBehind,
    drop: async () => {
      isBehind = true
      // A disk that refuses that, too, leaves steps that are older than the file: the reader is asked then.
      await journal?.clear().catch(() => {})
    },
    clear: async () => {
      stopRetrying()
      await journal?.clear()
    },
    close: async () => {
      isClosed = true
      stopRetrying()
      await journal?.close()
    },
  }
}
