/**
 * The annotation sets that windows have open. The host follows every step in its own copy, so that what is
 * saved is what the journal holds, and a window that lost one is told instead of overwritten.
 */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { Marked } from '../../shared/annotation/history.ts'
import { checkInvariants } from '../../shared/annotation/invariants.ts'
import type { JournalEntry, JournalLine, SetPlace } from '../../shared/annotation/journalEntry.ts'
import { advanceAll } from '../../shared/annotation/workingCopy.ts'
import type { OpenedSet, SavedSet } from '../../shared/contract/model.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { fileVersion, matchSet, saveSet } from './annotationFiles.ts'
import { type FileVersion, refuseLongName } from './atomicFile.ts'
import { type Journal, listRecoverable, openJournal, type Recovery, recoverable } from './journal.ts'
import { findOwnSet, whoseSet } from './ownSet.ts'
import { setPlaces } from './setNames.ts'
import {
  exists,
  readForeign,
  readOwn,
  type SetRecording,
  type Start,
  unsavedPlace,
  withIdentity,
} from './setStart.ts'
import type { SettingsStore } from './settings.ts'
import { createTakenEntries, type TakenEntries } from './takenEntries.ts'
import { refuseRecording } from './writeGuard.ts'

export type OpenSets = {
  /** `file` null: the reviewer's own set, saved, recovered or new. */
  readonly open: (recording: SetRecording, reviewer: string, file: string | null) => Promise<OpenedSet>
  readonly journal: (setId: string, from: number, entries: readonly JournalEntry[]) => Promise<void>
  /** Takes a window's whole set for its own, where the two disagree; entries count from 0 again. */
  readonly restart: (setId: string, marked: Marked) => Promise<void>
  readonly save: (setId: string, overwrite: boolean) => Promise<SavedSet>
  readonly saveAs: (
    setId: string,
    chooseTarget: (suggestion: string) => Promise<string | null>,
  ) => Promise<SavedSet | null>
  readonly discard: (setId: string) => Promise<OpenedSet>
  readonly close: (setId: string) => Promise<void>
  readonly closeAll: () => Promise<void>
}

type OpenSet = {
  readonly recording: SetRecording
  readonly reviewer: string
  readonly readOnly: boolean
  readonly journal: Journal | null
  /** A line could not be written: the journal has to begin afresh. */
  journalBehind: boolean
  path: string
  /** What lay on disk when it was read or saved last; null: nothing. */
  version: FileVersion | null
  marked: Marked
  taken: TakenEntries
  /** Steps go one after the other. */
  turn: Promise<unknown>
}

export function createOpenSets(options: {
  readonly journalFolder: string
  readonly settings: () => Promise<SettingsStore>
  /** Hears a sentence whenever a step could not be made durable; the set itself can still be saved. */
  readonly journalFailed: (setId: string, message: string) => void
}): OpenSets {
  const { journalFolder, journalFailed } = options
  const sets = new Map<string, OpenSet>()

  async function open(recording: SetRecording, reviewer: string, file: string | null): Promise<OpenedSet> {
    const key = { fingerprint: recording.identity.fingerprint, reviewer }
    const other = file === null ? null : await readForeign(recording, reviewer, file)
    if (other !== null) return adopt(recording, reviewer, other, null, true)
    // Looked at before the journal is opened: opening it takes it over.
    // One that cannot be read is told of by opening it.
    const left = await recoverable(journalFolder, key).catch(() => null)
    const shorter = left === null ? await recoverGrown(recording, reviewer) : null
    const recovery = left ?? shorter?.recovery ?? null
    let journal: Journal | null = null
    let notice: string | null = null
    let readOnly = false
    try {
      journal = await openJournal(journalFolder, key)
      notice = journal.problem
    } catch (thrown) {
      if (!(thrown instanceof ReviewError)) throw thrown
      notice = thrown.message
      // Another window marks in this set: two writers would undo each other.
      readOnly = thrown.code === 'conflict'
    }
    try {
      const own = file ?? (await ownPath(recording, reviewer))
      const start =
        recovery === null
          ? await readOwn(recording, reviewer, own)
          : {
              path: recovery.set?.path ?? (await unsavedPlace(recording, reviewer, own)),
              version: recovery.set === null ? null : { hash: recovery.set.hash, modified: 0 },
              marked: {
                document: withIdentity(recovery.document, recording.identity),
                history: recovery.history,
              },
              recovered: { edits: recovery.unsaved, lastChange: recovery.lastChange ?? '' },
              // Opening the journal may have met the same damage, and says it already.
              notices: recovery.problem === null || recovery.problem === notice ? [] : [recovery.problem],
            }
      const opened = await adopt(recording, reviewer, start, journal, readOnly)
      // Only now that the new journal holds it on disk may the old one go.
      const isKept = journal !== null && sets.get(opened.setId)?.journalBehind === false
      if (shorter !== null && isKept) await retireJournal(shorter.fingerprint, reviewer)
      return { ...opened, notice: joinNotices([notice, opened.notice]) }
    } catch (thrown) {
      await journal?.close().catch(() => {})
      throw thrown
    }
  }

  /** What a crash left of this recording when it was shorter; its journal is taken over by the new one. */
  async function recoverGrown(
    recording: SetRecording,
    reviewer: string,
  ): Promise<{ readonly recovery: Recovery; readonly fingerprint: string } | null> {
    const { identity, fingerprintOfFirst } = recording
    for (const summary of await listRecoverable(journalFolder)) {
      const { fingerprint, fileName } = summary
      if (
        summary.reviewer !== reviewer ||
        fileName !== identity.fileName ||
        fingerprint === identity.fingerprint
      )
        continue
      const recovery = await recoverable(journalFolder, { fingerprint, reviewer })
      if (recovery === null) continue
      if ((await matchSet(recovery.document, identity, fingerprintOfFirst)) !== 'grown') continue
      return { recovery, fingerprint }
    }
    return null
  }

  async function retireJournal(fingerprint: string, reviewer: string): Promise<void> {
    const old = await openJournal(journalFolder, { fingerprint, reviewer })
    await old.clear()
    await old.close()
  }

  async function adopt(
    recording: SetRecording,
    reviewer: string,
    start: Start,
    journal: Journal | null,
    readOnly: boolean,
  ): Promise<OpenedSet> {
    const { marked, version, recovered } = start
    const unsaved = recovered !== null
    const setId = randomUUID()
    const set: OpenSet = {
      recording,
      reviewer,
      readOnly,
      journal,
      journalBehind: true,
      path: start.path,
      version,
      marked,
      taken: createTakenEntries(),
      turn: Promise.resolve(),
    }
    const problem = await keep(set, [], unsaved)
    sets.set(setId, set)
    return {
      setId,
      fileName: path.basename(start.path),
      readOnly,
      ...marked,
      recovered,
      notice: joinNotices([...start.notices, problem]),
      unsaved,
    }
  }

  async function ownPath(recording: SetRecording, reviewer: string): Promise<string> {
    const store = await options.settings()
    const elsewhere = store.setsElsewhere(recording.identity.fingerprint)
    for (const place of elsewhere) {
      if (place.reviewer === reviewer && (await whoseSet(place.path, reviewer)) === 'own') return place.path
    }
    return await findOwnSet(recording.path, reviewer)
  }

  function get(setId: string): OpenSet {
    const set = sets.get(setId)
    if (set === undefined) throw new ReviewError('not-found', 'The set is not open any more.')
    return set
  }

  function inTurn<Result>(set: OpenSet, work: () => Promise<Result>): Promise<Result> {
    const result = set.turn.then(work)
    set.turn = result.catch(() => {})
    return result
  }

  /**
   * Brings the journal up to what the set holds: by these lines, or by all of it where a line was missed
   * before. Returns why it could not; the steps stand all the same, so that they can be saved as a set.
   */
  async function keep(set: OpenSet, lines: readonly JournalLine[], unsaved: boolean): Promise<string | null> {
    const { journal, marked } = set
    if (journal === null) return null
    const place = placeOf(set.path, set.version)
    const afresh: JournalLine = { op: 'open', at: new Date().toISOString(), ...marked, set: place, unsaved }
    try {
      await Promise.all((set.journalBehind ? [afresh] : lines).map((line) => journal.append(line)))
      set.journalBehind = false
      return null
    } catch (thrown) {
      set.journalBehind = true
      return toFailure(thrown).message
    }
  }

  async function write(
    setId: string,
    set: OpenSet,
    target: string,
    expected: FileVersion | null,
  ): Promise<SavedSet> {
    if (set.readOnly) throw new ReviewError('read-only', 'This set is open for reading only.')
    const savedAt = new Date().toISOString()
    const document = { ...set.marked.document, changed: savedAt }
    set.version = await saveSet(target, document, { expected })
    set.path = target
    const place = { path: target, hash: set.version.hash }
    const problem = await keep(set, [{ op: 'saved', at: savedAt, set: place }], false)
    if (problem !== null) journalFailed(setId, problem)
    return { fileName: path.basename(target), savedAt }
  }

  async function close(setId: string): Promise<void> {
    const set = sets.get(setId)
    if (set === undefined) return
    sets.delete(setId)
    await inTurn(set, async () => set.journal?.close())
  }

  return {
    open,
    journal: (setId, from, entries) => {
      const set = get(setId)
      return inTurn(set, async () => {
        if (set.readOnly) throw new ReviewError('read-only', 'This set is open for reading only.')
        const added = set.taken.findNew(from, entries)
        if (added.length === 0) return
        set.marked = advanceAll(set.marked, added)
        set.taken.add(added)
        const problem = await keep(set, added, true)
        if (problem !== null) journalFailed(setId, problem)
      })
    },
    restart: (setId, marked) => {
      const set = get(setId)
      return inTurn(set, async () => {
        if (set.readOnly) throw new ReviewError('read-only', 'This set is open for reading only.')
        const { document } = marked
        const [problem] = checkInvariants(document)
        if (problem !== undefined) throw new ReviewError('bad-input', `The set cannot be taken: ${problem}.`)
        if (document.reviewer !== set.reviewer) {
          throw new ReviewError('bad-input', 'The set cannot be taken: it is another reviewer’s.')
        }
        // Which recording it belongs to is known here, and no window changes that.
        set.marked = { ...marked, document: { ...document, recording: set.marked.document.recording } }
        set.taken = createTakenEntries()
        set.journalBehind = true
        const failed = await keep(set, [], true)
        if (failed !== null) journalFailed(setId, failed)
      })
    },
    save: (setId, overwrite) => {
      const set = get(setId)
      return inTurn(set, async () => {
        await refuseRecording(set.path)
        const expected = overwrite ? await fileVersion(set.path) : set.version
        return write(setId, set, set.path, expected)
      })
    },
    saveAs: async (setId, chooseTarget) => {
      const set = get(setId)
      const target = await chooseTarget(set.path)
      if (target === null) return null
      refuseLongName(target)
      await refuseRecording(target)
      return inTurn(set, async () => {
        const saved = await write(setId, set, target, await fileVersion(target))
        if (!setPlaces(set.recording.path, set.reviewer).includes(target)) {
          const { fingerprint } = set.recording.identity
          const store = await options.settings()
          await store.rememberSetElsewhere({ fingerprint, reviewer: set.reviewer, path: target })
        }
        return saved
      })
    },
    discard: async (setId) => {
      const { recording, reviewer, journal, path: file } = get(setId)
      await inTurn(get(setId), async () => journal?.clear())
      await close(setId)
      return open(recording, reviewer, (await exists(file)) ? file : null)
    },
    close,
    closeAll: async () => {
      await Promise.all([...sets.keys()].map(close))
    },
  }
}

function placeOf(file: string, version: FileVersion | null): SetPlace | null {
  return version === null ? null : { path: file, hash: version.hash }
}

function joinNotices(notices: readonly (string | null)[]): string | null {
  const told = notices.filter((notice) => notice !== null)
  return told.length === 0 ? null : told.join(' ')
}
