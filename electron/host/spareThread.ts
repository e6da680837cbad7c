/**
 * One thread that waits, warm, for the next recording: a thread begun when a recording is chosen takes longer to load its
 * code than to open the file. For the reader: `keepSpareThread`.
 */
import type { Log } from './log.ts'
import type { RecordingWorker, startRecordingWorker } from './recordingWorker.ts'
import type { ThreadNotice, ThreadSettings } from './workerMessages.ts'

export type SpareThread = {
  /** The one that waits, else a new one; from now on it is its taker's to close, who hears what it tells. */
  readonly take: (onNotice: (notice: ThreadNotice) => void) => RecordingWorker
  /** Has one wait after a while, where none does; a second call puts that off. */
  readonly prepareSoon: () => void
  /** Ends the one that waits. */
  readonly giveUp: () => Promise<void>
}

type Options = ThreadSettings & {
  readonly log: Log
  /** What was just opened is drawn and read meanwhile, and needs both cores. */
  readonly afterMs: number
  readonly start: typeof startRecordingWorker
}

type Waiting = { readonly worker: RecordingWorker; onNotice: (notice: ThreadNotice) => void }

export function keepSpareThread({ log, watchEveryMs, afterMs, start }: Options): SpareThread {
  let spare: Waiting | null = null
  let timer: NodeJS.Timeout | undefined

  function prepare(): void {
    if (spare !== null) return
    const worker = start({
      onNotice: (notice) => begun.onNotice(notice),
      // One that has come to its end by itself is of no use to the next recording.
      onEnd: () => forget(begun),
      log,
      watchEveryMs,
    })
    const begun: Waiting = { worker, onNotice: () => {} }
    spare = begun
    // Cold, it still serves; that it was closed meanwhile is no failure either.
    worker.ask('warmUp', {}).catch(() => {})
  }

  function forget(one: Waiting): void {
    if (spare === one) spare = null
  }

  return {
    take: (onNotice) => {
      const taken = spare
      if (taken === null) return start({ onNotice, log, watchEveryMs })
      spare = null
      taken.onNotice = onNotice
      return taken.worker
    },
    prepareSoon: () => {
      clearTimeout(timer)
      timer = setTimeout(prepare, afterMs)
      timer.unref()
    },
    giveUp: async () => {
      clearTimeout(timer)
      const given = spare
      spare = null
      await given?.worker.close()
    },
  }
}
