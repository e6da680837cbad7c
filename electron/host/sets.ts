/**
 * The annotation sets that windows have open. The host follows every step in its own copy, so that what is
 * saved is what the journal holds, and a window that lost one is told instead of overwritten.
 */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import { compareSets } from '../../shared/annotation/compareSets.ts'
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { serializeSet } from '../../shared/annotation/format.ts'
import type { Marked } from '../../shared/annotation/history.ts'
import { checkInvariants } from '../../shared/annotation/invariants.ts'
import type { JournalEntry, JournalLine } from '../../shared/annotation/journalEntry.ts'
import { MAX_SET_BYTES } from '../../shared/annotation/setSize.ts'
import { advanceAll } from '../../shared/annotation/workingCopy.ts'
import type { OpenedSet, SavedSet, SavedSetAs } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { fileVersion, saveSet } from './annotationFiles.ts'
import { moveAside, putAside } from './aside.ts'
import { type FileVersion, readBounded, refuseLongName, writeFileAtomically } from './atomicFile.ts'
import { type LeftOfShorter, takeLeftOfShorter } from './grownJournal.ts'
import { type Journal, openJournal } from './journal.ts'
import { leftInOwn, recoverable } from './journalRecovery.ts'
import { createKeptJournal } from './keptJournal.ts'
import { describe, inTurn, joinNotices, lineOf, type OpenSet, UNCHOSEN } from './openSet.ts'
import { findOwnPlace, type OwnPlace } from './ownSet.ts'
import { type RecoveredStart, startRecovered } from './recoveredStart.ts'
import { createSetClosing, type SetClosing } from './setClosing.ts'
import { rememberPlace } from './setElsewhere.ts'
import { type Closing, lastSaved, recordSave, signedOf, withFile, withRecord } from './setRecord.ts'
import { exists, freePath, readForeign, readOwn, type SetRecording } from './setStart.ts'
import type { SettingsStore } from './settings.ts'
import { createSetVersions, keepSeen, type SetVersions } from './setVersions.ts'
import { shownName } from './shownName.ts'
import { createTakenEntries } from './takenEntries.ts'
import { refuseRecording } from './writeGuard.ts'

export type OpenSets = SetClosing &
  SetVersions & {
    /** Where the reviewer's own set of a recording lies, or would. */
    readonly ownPlace: (recording: SetRecording, reviewer: string) => Promise<string>
    /** `file` null: the reviewer's own set, saved, recovered or new. */
    readonly open: (recording: SetRecording, reviewer: string, file: string | null) => Promise<OpenedSet>
    /** Any set of the recording as it lies on disk, for reading only: no journal is touched. */
    readonly openToRead: (recording: SetRecording, reviewer: string, file: string) => Promise<OpenedSet>
    readonly journal: (setId: string, from: number, entries: readonly JournalEntry[]) => Promise<void>
    /** Takes a window's whole set for its own, where the two disagree; entries count from 0 again. */
    readonly restart: (setId: string, marked: Marked) => Promise<void>
    /** `seen`: the hash of what the reader has compared on disk, and nothing else is replaced. */
    readonly save: (setId: string, overwrite: boolean, seen?: string) => Promise<SavedSet>
    readonly saveAs: (
      setId: string,
      chooseTarget: (suggestion: string) => Promise<string | null>,
    ) => Promise<SavedSetAs | null>
    /** Between what was saved and what was recovered; what is not kept is put aside. */
    readonly choose: (setId: string, keep: 'saved' | 'recovered' | 'both') => Promise<OpenedSet>
    /** The reader knows of damaged journals: they are told of no longer, and stay in the app's folder. */
    readonly putDamageAside: (setId: string) => Promise<void>
    readonly discard: (setId: string) => Promise<OpenedSet>
    /** Of which recording the set is. */
    readonly recordingOf: (setId: string) => SetRecording
    /** As it stands once what is under way is done. */
    readonly documentOf: (setId: string) => Promise<AnnotationDocument>
    readonly close: (setId: string) => Promise<void>
    readonly closeAll: () => Promise<void>
  }

export function createOpenSets(options: {
  readonly journalFolder: string
  readonly settings: () => Promise<SettingsStore>
  /** Hears a sentence whenever a step could not be made durable; the set itself can still be saved. */
  readonly journalFailed: (setId: string, message: string) => void
  /** Hears that all of the set is in its journal again. */
  readonly journalRecovered: (setId: string) => void
  readonly retryEveryMs?: number
}): OpenSets {
  const { journalFolder, journalFailed, journalRecovered, retryEveryMs } = options
  const sets = new Map<string, OpenSet>()

  async function open(recording: SetRecording, reviewer: string, file: string | null): Promise<OpenedSet> {
    const key = { fingerprint: recording.identity.fingerprint, reviewer }
    const other = file === null ? null : await readForeign(recording, reviewer, file)
    if (other !== null) return adopt(recording, reviewer, { ...other, choice: null }, null, true)
    let journal: Journal | null = null
    let shorter: LeftOfShorter | null = null
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
      // Looked at once the lock is here, and before the first line: a program that was at work until then may have died
      // meanwhile. What cannot be read was told of by opening it.
      const look = journal === null ? recoverable : leftInOwn
      const left = readOnly ? null : await look(journalFolder, key).catch(() => null)
      if (left === null && !readOnly) shorter = await takeLeftOfShorter(journalFolder, recording, reviewer)
      const recovery = left ?? shorter?.recovery ?? null
      const { path: own, tell } = await ownPlace(recording, reviewer, file)
      const start =
        recovery === null
          ? { ...(await readOwn(recording, reviewer, own)), choice: null }
          : await startRecovered(recording, reviewer, own, recovery)
      notice = joinNotices([notice, await tell(start.path)])
      const opened = await adopt(recording, reviewer, await withFile(start), journal, readOnly)
      // Only now that the new journal holds it on disk may the old one go.
      const isKept = sets.get(opened.setId)?.journal?.isKept() === true
      if (isKept) await shorter?.journal.clear()
      return { ...opened, notice: joinNotices([notice, opened.notice]) }
    } catch (thrown) {
      await journal?.close().catch(() => {})
      throw thrown
    } finally {
      await shorter?.journal.close().catch(() => {})
    }
  }

  async function openToRead(recording: SetRecording, reviewer: string, file: string): Promise<OpenedSet> {
    const start = await readForeign(recording, null, file)
    if (start === null) throw new ReviewError('not-found', 'The set cannot be read.')
    return adopt(recording, reviewer, { ...start, choice: null }, null, true)
  }

  async function adopt(
    recording: SetRecording,
    reviewer: string,
    start: RecoveredStart,
    journal: Journal | null,
    readOnly: boolean,
  ): Promise<OpenedSet> {
    const { marked, version, recovered, choice } = start
    const setId = randomUUID()
    const set: OpenSet = {
      recording,
      reviewer,
      readOnly,
      journal: readOnly
        ? null
        : createKeptJournal({
            journal,
            openAgain: (makeFolder) => openAgain(set, makeFolder),
            afresh: () => lineOf(set),
            inTurn: (work) => inTurn(set, work),
            onRecovered: () => journalRecovered(setId),
            ...(retryEveryMs === undefined ? {} : { retryEveryMs }),
          }),
      unsaved: recovered !== null,
      choice,
      damaged: journal?.damaged ?? [],
      path: start.path,
      saved: recovered === null ? (version === null ? null : marked.document) : undefined,
      version,
      marked,
      taken: createTakenEntries(),
      turn: Promise.resolve(),
    }
    const journalProblem = await inTurn(set, async () => (await set.journal?.keep([])) ?? null)
    sets.set(setId, set)
    const notice = joinNotices([...start.notices, journalProblem])
    const damaged = journal?.problem ?? null
    return { ...describe(setId, set), recovered, journalProblem, damaged, notice }
  }

  /** What another window has left in it meanwhile is not in this set: it is put aside. */
  async function openAgain(set: OpenSet, makeFolder: boolean): Promise<Journal> {
    const { recording, reviewer, marked } = set
    const key = { fingerprint: recording.identity.fingerprint, reviewer }
    const journal = await openJournal(journalFolder, key, { makeFolder })
    const left = await leftInOwn(journalFolder, key).catch(() => null)
    if (left === null) return journal
    const { document: recovered, lines, lastChange } = left
    const differences = compareSets({ saved: marked.document, recovered, lines, lastChange })
    if (differences.some(({ newer }) => newer !== 'saved')) {
      await putAside(journalFolder, path.basename(set.path), serializeSet(recovered)).catch(() => {})
    }
    return journal
  }

  async function ownPlace(recording: SetRecording, reviewer: string, file: string | null): Promise<OwnPlace> {
    if (file !== null) return { path: file, tell: async () => null }
    return findOwnPlace(await options.settings(), recording, reviewer)
  }

  function get(setId: string): OpenSet {
    const set = sets.get(setId)
    if (set === undefined) throw new ReviewError('not-found', 'The set is not open any more.')
    return set
  }

  /** The steps stand also where they cannot be kept, so that they can be saved as a set. */
  async function keep(setId: string, set: OpenSet, lines: readonly JournalLine[], unsaved: boolean) {
    set.unsaved = unsaved
    const problem = (await set.journal?.keep(lines)) ?? null
    if (problem !== null) journalFailed(setId, problem)
  }

  async function write(
    setId: string,
    set: OpenSet,
    target: string,
    expected: FileVersion | null,
    closing: Closing = {},
  ): Promise<SavedSet> {
    if (set.readOnly) throw new ReviewError('read-only', 'This set is open for reading only.')
    const savedAt = new Date().toISOString()
    const isKnown = set.saved !== undefined && target === set.path && expected?.hash === set.version?.hash
    const before = isKnown ? set.saved : await lastSaved([target, set.path], set.reviewer)
    const document = recordSave(before ?? null, set.marked.document, savedAt, closing)
    set.version = await saveSet(target, document, { expected, isOwn: isKnown })
    set.saved = document
    const { fingerprint } = set.recording.identity
    void (await options.settings()).rememberWritten({ fingerprint, reviewer: set.reviewer })
    set.marked = { ...set.marked, document: withRecord(set.marked.document, document) }
    set.path = target
    const place = { path: target, hash: set.version.hash }
    set.choice = null
    await keep(setId, set, [{ op: 'saved', at: savedAt, set: place }], false)
    return { fileName: shownName(target), savedAt, signed: signedOf(document) }
  }

  async function close(setId: string): Promise<void> {
    const set = sets.get(setId)
    if (set === undefined) return
    sets.delete(setId)
    await inTurn(set, async () => set.journal?.close())
  }

  return {
    ...createSetClosing({
      get,
      write: (setId, set, closing) => write(setId, set, set.path, set.version, closing),
    }),
    ...createSetVersions(get),
    ownPlace: async (recording, reviewer) => (await ownPlace(recording, reviewer, null)).path,
    open,
    openToRead,
    documentOf: (setId) => {
      const set = get(setId)
      return inTurn(set, async () => set.marked.document)
    },
    journal: (setId, from, entries) => {
      const set = get(setId)
      return inTurn(set, async () => {
        if (set.readOnly) throw new ReviewError('read-only', 'This set is open for reading only.')
        const added = set.taken.findNew(from, entries)
        if (added.length === 0) return
        set.marked = advanceAll(set.marked, added)
        set.taken.add(added)
        await keep(setId, set, added, true)
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
        // Which recording it belongs to, and what was signed off, is known here, and no window changes that.
        const { recording } = set.marked.document
        set.marked = { ...marked, document: withRecord({ ...document, recording }, set.marked.document) }
        set.taken = createTakenEntries()
        set.journal?.beginAfresh()
        await keep(setId, set, [], true)
      })
    },
    save: (setId, overwrite, seen) => {
      const set = get(setId)
      return inTurn(set, async () => {
        await refuseRecording(set.path)
        if (seen !== undefined && !set.readOnly) {
          await keepSeen(journalFolder, set.path, seen)
          return write(setId, set, set.path, { hash: seen, modified: 0 })
        }
        if (set.choice !== null && !set.readOnly) {
          if (!overwrite) throw new ReviewError('conflict', UNCHOSEN)
          // Told to overwrite without having chosen: what was saved is kept beside it.
          await keepBeside(set.path)
        }
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
        const store = await options.settings()
        return { ...saved, notice: await rememberPlace(store, set.recording, set.reviewer, target) }
      })
    },
    choose: async (setId, kept) => {
      const set = get(setId)
      const { recording, reviewer, path: file } = set
      await inTurn(set, async () => {
        if (set.choice === null) return
        const name = path.basename(file)
        if (kept === 'recovered') {
          const { bytes, version } = await readBounded(file, MAX_SET_BYTES)
          await putAside(journalFolder, name, bytes)
          set.version = version
          set.choice = null
          // The window begins anew with what it gets.
          set.taken = createTakenEntries()
          set.journal?.beginAfresh()
          return keep(setId, set, [], true)
        }
        const { document } = set.marked
        if (kept === 'both') await saveSet(await freePath(file), document, { expected: null })
        else await putAside(journalFolder, name, serializeSet(document))
        await set.journal?.clear()
      })
      if (kept === 'recovered') return describe(setId, set)
      await close(setId)
      return open(recording, reviewer, (await exists(file)) ? file : null)
    },
    putDamageAside: (setId) => {
      const set = get(setId)
      return inTurn(set, async () => {
        for (const file of set.damaged) await moveAside(journalFolder, file)
        set.damaged = []
      })
    },
    discard: async (setId) => {
      const { recording, reviewer, journal, path: file } = get(setId)
      await inTurn(get(setId), async () => journal?.clear())
      await close(setId)
      return open(recording, reviewer, (await exists(file)) ? file : null)
    },
    recordingOf: (setId) => get(setId).recording,
    close,
    closeAll: async () => {
      await Promise.all([...sets.keys()].map(close))
    },
  }
}

async function keepBeside(file: string): Promise<void> {
  const { bytes } = await readBounded(file, MAX_SET_BYTES)
  await writeFileAtomically(await freePath(file), bytes)
}
