/** The recordings that windows have open, each with its worker. */
import { randomUUID } from 'node:crypto'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import type { RecordingIdentity } from '../../shared/annotation/document.ts'
import { identityOf } from '../../shared/annotation/identity.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { Log } from './log.ts'
import { type RecordingWorker, startRecordingWorker } from './recordingWorker.ts'
import type { SetRecording } from './setStart.ts'
import type { KnownCodePage } from './settings.ts'
import { keepSpareThread } from './spareThread.ts'
import type { OpenedFile, ThreadNotice } from './workerMessages.ts'
import { guardRecording } from './writeGuard.ts'

export type OpenFile = {
  readonly recordingId: string
  readonly path: string
  readonly worker: RecordingWorker
  /** Read anew where the reader says another code page. */
  file: OpenedFile
  readonly identity: RecordingIdentity
  /** Until then nothing is written to it, see writeGuard. */
  readonly unguard: () => void
}

type Options = {
  readonly emit: (event: HostEvent) => void
  readonly log: Log
  /** Between looks at each file for growth, replacement or loss. */
  readonly watchEveryMs: number
  /** From an opening until a thread is made for the next one. */
  readonly spareAfterMs: number
  readonly startThread?: typeof startRecordingWorker
}

type CodePages = readonly KnownCodePage[]

export type OpenRecordings = {
  /**
   * With the code pages known of recordings. Rejects with the reader's ReviewError, or `not-found` where all were closed
   * meanwhile; nothing stays open then.
   */
  readonly open: (file: string, codePages: CodePages) => Promise<OpenFile>
  /** Begins what `open` of this file will end, before anybody asks; another one that was begun so is given up. */
  readonly openAhead: (file: string, codePages: Promise<CodePages>) => void
  /**
   * Opens the file of one anew in its place; who asks for the same while that is done gets the same answer. Rejects as
   * `open` does, and then the one before stays, or with `not-found` where that was closed meanwhile.
   */
  readonly reopen: (recordingId: string, codePages: CodePages) => Promise<OpenFile>
  readonly get: (recordingId: string) => OpenFile
  readonly isOpen: (recordingId: string) => boolean
  readonly isFileOpen: (file: string) => boolean
  /** Gives the path of what was closed, null where nothing was open. */
  readonly close: (recordingId: string) => Promise<string | null>
  readonly closeAll: () => Promise<void>
  /** Puts away what was begun and not asked for. */
  readonly giveUpAhead: () => void
}

/** A page is asked for as soon as a window has a recording; a window that is still to be made takes longer. */
const PAGE_COMES_WITHIN_MS = 1000
const WINDOW_COMES_WITHIN_MS = 6000

const NOT_OPEN = 'The recording is not open any more.'

type Ahead = {
  readonly file: string
  readonly opening: Promise<OpenFile>
  /** What the file was like just before. */
  readonly stamp: Promise<string | null>
}

export function createOpenRecordings({
  emit,
  log,
  watchEveryMs,
  spareAfterMs,
  startThread = startRecordingWorker,
}: Options): OpenRecordings {
  const open = new Map<string, OpenFile>()
  const spare = keepSpareThread({ log, watchEveryMs, afterMs: spareAfterMs, start: startThread })
  const reopening = new Map<string, Promise<OpenFile>>()
  /** How often all were closed: who was still opening one by then has no use for it any more. */
  let closings = 0
  let ahead: Ahead | null = null

  async function start(file: string, codePages: CodePages, waitMs: number): Promise<OpenFile> {
    const recordingId = randomUUID()
    const worker = spare.take((notice) => emit(eventOf(recordingId, notice)))
    try {
      const opened = await worker.ask('open', { path: file, codePages, waitMs })
      const identity = identityOf(opened.recording.header, opened.fingerprint, path.basename(file))
      return { recordingId, path: file, worker, file: opened, identity, unguard: guardRecording(file) }
    } catch (thrown) {
      await worker.close()
      throw thrown
    }
  }

  /** What was begun for this file, where it came to something and the file is still the same. */
  async function takeAhead(file: string): Promise<OpenFile | null> {
    if (ahead?.file !== file) {
      giveUpAhead()
      return null
    }
    const begun = ahead
    ahead = null
    const [opened, before, now] = await Promise.all([
      begun.opening.catch(() => null),
      begun.stamp,
      stampOf(file),
    ])
    if (opened === null || (before !== null && before === now)) return opened
    await putAway(opened)
    return null
  }

  /** Not waited for: its drive may never answer. */
  function giveUpAhead(): void {
    ahead?.opening.then(putAway).catch(() => {})
    ahead = null
  }

  async function putAway({ worker, unguard }: OpenFile): Promise<void> {
    await worker.close()
    unguard()
  }

  async function close(recordingId: string): Promise<string | null> {
    const file = open.get(recordingId)
    open.delete(recordingId)
    if (file !== undefined) await putAway(file)
    // With nothing open nothing waits either.
    if (open.size === 0) await spare.giveUp()
    return file?.path ?? null
  }

  function get(recordingId: string): OpenFile {
    const file = open.get(recordingId)
    if (file === undefined) throw new ReviewError('not-found', NOT_OPEN)
    return file
  }

  async function openAnother(file: string, codePages: CodePages): Promise<OpenFile> {
    const closingsBefore = closings
    const begun = await takeAhead(file)
    try {
      const entry = begun ?? (await start(file, codePages, PAGE_COMES_WITHIN_MS))
      if (closings !== closingsBefore) {
        await putAway(entry)
        throw new ReviewError('not-found', NOT_OPEN)
      }
      open.set(entry.recordingId, entry)
      return entry
    } finally {
      if (open.size > 0) spare.prepareSoon()
    }
  }

  async function openAnew(recordingId: string, codePages: CodePages): Promise<OpenFile> {
    const { path: place } = get(recordingId)
    const again = await openAnother(place, codePages)
    const wasOpen = open.has(recordingId)
    await close(wasOpen ? recordingId : again.recordingId)
    // Whoever closed it has had its last answer, and would leave this one open for good.
    if (!wasOpen) throw new ReviewError('not-found', NOT_OPEN)
    return again
  }

  return {
    open: openAnother,
    reopen: (recordingId, codePages) => {
      const begun = reopening.get(recordingId)
      if (begun !== undefined) return begun
      const again = openAnew(recordingId, codePages).finally(() => reopening.delete(recordingId))
      reopening.set(recordingId, again)
      return again
    },
    openAhead: (file, codePages) => {
      giveUpAhead()
      const stamp = stampOf(file)
      const opening = Promise.all([codePages, stamp]).then(([known]) =>
        start(file, known, WINDOW_COMES_WITHIN_MS),
      )
      ahead = { file, opening, stamp }
      // What is wrong with the file is said to the window that asks for it.
      opening.then(({ worker }) => worker.ask('practise', {})).catch(() => {})
    },
    get,
    isOpen: (recordingId) => open.has(recordingId),
    isFileOpen: (file) => [...open.values()].some(({ path: place }) => place === file),
    close,
    closeAll: async () => {
      closings += 1
      await Promise.all([...open.keys()].map(close))
    },
    giveUpAhead,
  }
}

async function stampOf(file: string): Promise<string | null> {
  const facts = await stat(file, { bigint: true }).catch(() => null)
  return facts === null ? null : `${facts.dev} ${facts.ino} ${facts.size} ${facts.mtimeNs}`
}

function eventOf(recordingId: string, notice: ThreadNotice): HostEvent {
  switch (notice.type) {
    case 'scan':
      return { type: 'scan', recordingId, progress: notice.progress, done: notice.done }
    case 'activity':
      return { type: 'activity', recordingId, activity: notice.activity }
    case 'timeline':
      return { type: 'timeline', recordingId, recording: notice.recording }
    case 'changed':
      return { type: 'recording-changed', recordingId, change: notice.change, message: notice.message }
  }
}

/** What its sets need to know of it. */
export function asSetRecording({ path: place, identity, worker }: OpenFile): SetRecording {
  return {
    path: place,
    identity,
    fingerprintOfFirst: (records) => worker.ask('fingerprint', { records }),
  }
}
