/** The recordings that windows have open, each with its worker. */
import { randomUUID } from 'node:crypto'
import path from 'node:path'
import type { RecordingIdentity } from '../../shared/annotation/document.ts'
import { identityOf } from '../../shared/annotation/identity.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { Log } from './log.ts'
import { type RecordingWorker, startRecordingWorker } from './recordingWorker.ts'
import type { KnownCodePage } from './settings.ts'
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
}

export type OpenRecordings = {
  /** With the code pages known of recordings. Rejects with the reader's ReviewError; nothing stays open then. */
  readonly open: (file: string, codePages: readonly KnownCodePage[]) => Promise<OpenFile>
  readonly get: (recordingId: string) => OpenFile
  readonly isOpen: (recordingId: string) => boolean
  /** Gives the path of what was closed, null where nothing was open. */
  readonly close: (recordingId: string) => Promise<string | null>
  readonly closeAll: () => Promise<void>
}

export function createOpenRecordings({ emit, log, watchEveryMs }: Options): OpenRecordings {
  const open = new Map<string, OpenFile>()

  async function close(recordingId: string): Promise<string | null> {
    const file = open.get(recordingId)
    open.delete(recordingId)
    await file?.worker.close()
    file?.unguard()
    return file?.path ?? null
  }

  return {
    open: async (file, codePages) => {
      const recordingId = randomUUID()
      const worker = startRecordingWorker({
        onNotice: (notice) => emit(eventOf(recordingId, notice)),
        log,
        watchEveryMs,
      })
      try {
        const opened = await worker.ask('open', { path: file, codePages })
        const identity = identityOf(opened.recording.header, opened.fingerprint, path.basename(file))
        const entry = {
          recordingId,
          path: file,
          worker,
          file: opened,
          identity,
          unguard: guardRecording(file),
        }
        open.set(recordingId, entry)
        return entry
      } catch (thrown) {
        await worker.close()
        throw thrown
      }
    },
    get: (recordingId) => {
      const file = open.get(recordingId)
      if (file === undefined) throw new ReviewError('not-found', 'The recording is not open any more.')
      return file
    },
    isOpen: (recordingId) => open.has(recordingId),
    close,
    closeAll: async () => {
      await Promise.all([...open.keys()].map(close))
    },
  }
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
