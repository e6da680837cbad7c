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
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { fileVersion, saveSet } from './annotationFiles.ts'
import { moveAside, putAside } from './aside.ts'
import { type FileVersion, readBounded, refuseLongName, writeFileAtomically } from './atomicFile.ts'
import { type LeftOfShorter, takeLeftOfShorter } from './grownJournal.ts'
import { type Journal, openJournal } from './journal.ts'
import { leftInOwn, type Recovery, recoverable } from './journalRecovery.ts'
import { createKeptJournal } from './keptJournal.ts'
import { describe, inTurn, joinNotices, lineOf, type OpenSet, UNCHOSEN } from './openSet.ts'
import { findOwnPlace, type OwnPlace } from './ownSet.ts'
import { NO_CHOICE, type RecoveredStart, startRecovered } from './recoveredStart.ts'
import { createSetClosing, type SetClosing } from './setClosing.ts'
import { rememberPlace } from './setElsewhere.ts'
import { type Closing, lastSaved, recordSave, signedOf, withFile, withRecord } from './setRecord.ts'
import { exists, freePath, readForeign, readOwn, type SetRecording } from './setStart.ts'
import type { SettingsStore } from './settings.ts'
import { createSetVersions, keepSeen, type SetVersions } from './setVersions.ts'
import { shownName } from './shownName.ts'
import { createTakenEntries } from './takenEntries.ts'
import { refuseRecording } from './writeGuard.ts'

const CHANGED_MEANWHILE = 'What was saved has been changed since you were asked: compare and choose again.'

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
  /** Hears where steps are that were found in the journal of a set that a window has long had open. */
  readonly keptBeside: (setId: string, message: string) => void
  readonly retryEveryMs?: number
}): OpenSets {
  const { journalFolder, journalFailed, journalRecovered, keptBeside, retryEveryMs } = options
  const sets = new Map<string, OpenSet>()

  async function open(recording: SetRecording, reviewer: string, file: string | null): Promise<OpenedSet> {
    const key = { fingerprint: recording.identity.fingerprint, reviewer }
    const other = file === null ? null : await readForeign(recording, reviewer, file)
    if (other !== null) return adopt(recording, reviewer, { ...other, ...NO_CHOICE }, null, true)
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
      const left = readOnly
        ? null
        : await look(journalFolder, key).catch(async (thrown: unknown) => {
            // Nobody knows what it holds: nothing is written over it, and it is opened again later.
            await journal?.close().catch(() => {})
            journal = null
            notice ??= toFailure(thrown).message
            return null
          })
      if (left === null && !readOnly) shorter = await takeLeftOfShorter(journalFolder, recording, reviewer)
      const recovery = left ?? shorter?.recovery ?? null
      const { path: own, tell } = await ownPlace(recording, reviewer, file)
      const start =
        recovery === null
          ? { ...(await readOwn(recording, reviewer, own)), ...NO_CHOICE }
          : await startRecovered(recording, reviewer, own, recovery)
      notice = joinNotices([notice, await tell(start.path)])
      const damage = shorter === null ? [] : [shorter.journal]
      const opened = await adopt(recording, reviewer, await withFile(start), journal, readOnly, damage)
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
    return adopt(recording, reviewer, { ...start, ...NO_CHOICE }, null, true)
  }

  async function adopt(
    recording: SetRecording,
    reviewer: string,
    start: RecoveredStart,
    journal: Journal | null,
    readOnly: boolean,
    others: readonly Journal[] = [],
  ): Promise<OpenedSet> {
    const { marked, version, recovered, choice, compared } = start
    const journals = journal === null ? others : [journal, ...others]
    const set: OpenSet = {
      id: randomUUID(),
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
            onRecovered: () => journalRecovered(set.id),
            ...(retryEveryMs === undefined ? {} : { retryEveryMs }),
          }),
      unsaved: recovered !== null,
      choice,
      compared,
      damaged: journals.flatMap(({ damaged }) => damaged),
      path: start.path,
      saved: recovered === null ? (version === null ? null : marked.document) : undefined,
      version,
      marked,
      taken: createTakenEntries(),
      turn: Promise.resolve(),
    }
    const journalProblem = await inTurn(set, async () => (await set.journal?.keep([])) ?? null)
    sets.set(set.id, set)
    const notice = joinNotices([...start.notices, journalProblem])
    const damaged = joinNotices(journals.map(({ problem }) => problem))
    return { ...describe(set), recovered, journalProblem, damaged, notice }
  }

  /**
   * What another window, or a crash, has left in it meanwhile is not in this set: it is kept beside it, and told of. Throws
   * where it cannot be read or kept; nothing is written over it then.
   */
  async function openAgain(set: OpenSet, makeFolder: boolean): Promise<Journal> {
    const { recording, reviewer } = set
    const key = { fingerprint: recording.identity.fingerprint, reviewer }
    const journal = await openJournal(journalFolder, key, { makeFolder })
    try {
      const left = await leftInOwn(journalFolder, key)
      if (left === null || holdsLeft(set, left)) return journal
      keptBeside(set.id, await keepLeft(set.path, left.document))
      return journal
    } catch (thrown) {
      await journal.close().catch(() => {})
      throw thrown
    }
  }

  /** As a set beside the own one; in the app's folder where it cannot be written there. Says where. */
  async function keepLeft(file: string, left: AnnotationDocument): Promise<string> {
    const found = 'The journal held steps that are not in your set, of a crash or of another window.'
    try {
      const beside = await freePath(file)
      await saveSet(beside, left, { expected: null })
      return `${found} They are kept beside it as ${shownName(beside)}: Open set… shows them.`
    } catch {
      const kept = await putAside(journalFolder, path.basename(file), serializeSet(left))
      return `${found} They are kept as ${shownName(kept)} in the folder “aside” of the app’s journals.`
    }
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
  async function keep(set: OpenSet, lines: readonly JournalLine[], unsaved: boolean): Promise<void> {
    set.unsaved = unsaved
    const problem = (await set.journal?.keep(lines)) ?? null
    if (problem === null) return
    if (!unsaved) await set.journal?.drop()
    journalFailed(set.id, problem)
  }

  /** In turn, as long as it has this name by then. */
  function withSet<Result>(setId: string, work: (set: OpenSet) => Promise<Result>): Promise<Result> {
    const set = get(setId)
    return inTurn(set, () => work(get(setId)))
  }

  /** The window begins anew with what it gets: a step that it sends for what it had before is refused. */
  function beginAnew(set: OpenSet): void {
    sets.delete(set.id)
    set.id = randomUUID()
    sets.set(set.id, set)
    set.taken = createTakenEntries()
    set.journal?.beginAfresh()
  }

  /** What was recovered, as a set beside the saved one or in the app's folder. */
  async function putRecoveredAway(set: OpenSet, where: 'saved' | 'both'): Promise<void> {
    const { document } = set.marked
    if (where === 'both') await saveSet(await freePath(set.path), document, { expected: null })
    else await putAside(journalFolder, path.basename(set.path), serializeSet(document))
    await set.journal?.clear()
  }

  async function reopen(set: OpenSet): Promise<OpenedSet> {
    const { recording, reviewer, path: file } = set
    await close(set.id)
    return open(recording, reviewer, (await exists(file)) ? file : null)
  }

  async function write(
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
    await keep(set, [{ op: 'saved', at: savedAt, set: place }], false)
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
      write: (set, closing) => write(set, set.path, set.version, closing),
    }),
    ...createSetVersions(get),
    ownPlace: async (recording, reviewer) => (await ownPlace(recording, reviewer, null)).path,
    open,
    openToRead,
    documentOf: (setId) => {
      const set = get(setId)
      return inTurn(set, async () => set.marked.document)
    },
    journal: (setId, from, entries) =>
      withSet(setId, async (set) => {
        if (set.readOnly) throw new ReviewError('read-only', 'This set is open for reading only.')
        const added = set.taken.findNew(from, entries)
        if (added.length === 0) return
        set.marked = advanceAll(set.marked, added)
        set.taken.add(added)
        await keep(set, added, true)
      }),
    restart: (setId, marked) =>
      withSet(setId, async (set) => {
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
        await keep(set, [], true)
      }),
    save: (setId, overwrite, seen) =>
      withSet(setId, async (set) => {
        await refuseRecording(set.path)
        if (seen !== undefined && !set.readOnly) {
          await keepSeen(journalFolder, set.path, seen)
          return write(set, set.path, { hash: seen, modified: 0 })
        }
        if (set.choice !== null && !set.readOnly) {
          if (!overwrite) throw new ReviewError('conflict', UNCHOSEN)
          // Told to overwrite without having chosen: what was saved is kept beside it.
          await keepBeside(set.path)
        }
        const expected = overwrite ? await fileVersion(set.path) : set.version
        return write(set, set.path, expected)
      }),
    saveAs: async (setId, chooseTarget) => {
      const set = get(setId)
      const target = await chooseTarget(set.path)
      if (target === null) return null
      refuseLongName(target)
      await refuseRecording(target)
      return withSet(setId, async () => {
        const saved = await write(set, target, await fileVersion(target))
        const store = await options.settings()
        return { ...saved, notice: await rememberPlace(store, set.recording, set.reviewer, target) }
      })
    },
    choose: async (setId, kept) => {
      const set = get(setId)
      const isChosen = await withSet(setId, async () => {
        if (set.choice === null) return true
        if (kept !== 'recovered') {
          await putRecoveredAway(set, kept)
          return false
        }
        const { bytes, version } = await readBounded(set.path, MAX_SET_BYTES)
        // The reader has chosen against what lay there by then.
        if (version.hash !== set.compared?.hash) return false
        await putAside(journalFolder, path.basename(set.path), bytes)
        set.version = version
        set.choice = null
        beginAnew(set)
        await keep(set, [], true)
        return true
      })
      if (isChosen && kept === 'recovered') return describe(set)
      const opened = await reopen(set)
      if (kept !== 'recovered' || opened.choice === null) return opened
      return { ...opened, notice: joinNotices([opened.notice, CHANGED_MEANWHILE]) }
    },
    putDamageAside: (setId) =>
      withSet(setId, async (set) => {
        for (const file of set.damaged) await moveAside(journalFolder, file)
        set.damaged = []
      }),
    discard: async (setId) => {
      const set = get(setId)
      await withSet(setId, async () => set.journal?.clear())
      return reopen(set)
    },
    recordingOf: (setId) => get(setId).recording,
    close,
    closeAll: async () => {
      await Promise.all([...sets.keys()].map(close))
    },
  }
}

/** Whether a set has all that was left in its journal: as it is now, or as it was before a step of its own. */
function holdsLeft(set: OpenSet, { document: left, lines, lastChange }: Recovery): boolean {
  const { document } = set.marked
  const own = [lineOf(set)]
  const before = compareSets({ saved: left, recovered: document, lines: own, lastChange: document.changed })
  const passed = before.filter(({ saved, newer }) => saved !== null && newer === 'recovered')
  const ids = new Set(passed.map(({ id }) => id))
  const differences = compareSets({ saved: document, recovered: left, lines, lastChange })
  return differences.every(({ id, newer }) => newer === 'saved' || ids.has(id))
}

async function keepBeside(file: string): Promise<void> {
  const { bytes } = await readBounded(file, MAX_SET_BYTES)
  await writeFileAtomically(await freePath(file), bytes)
}
