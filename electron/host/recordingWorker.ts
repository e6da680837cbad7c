/** One open recording, seen from the host: requests to its worker thread, answered in any order. */
import { Worker } from 'node:worker_threads'
import { ReviewError } from '../../shared/failure.ts'
import type { Log } from './log.ts'
import type {
  WorkerMessage,
  WorkerNotice,
  WorkerProcedures,
  WorkerRequest,
  WorkerSettings,
} from './workerMessages.ts'

export type RecordingWorker = {
  readonly ask: <Name extends keyof WorkerProcedures>(
    name: Name,
    input: WorkerProcedures[Name]['input'],
  ) => Promise<WorkerProcedures[Name]['output']>
  readonly close: () => Promise<void>
}

type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (reason: unknown) => void }

/** Sources run from .ts; a build puts every entry beside this one as .js. */
const WORKER_URL = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

type Options = WorkerSettings & {
  /** Hears what the thread tells unasked, until `close`. */
  readonly onNotice: (notice: WorkerNotice) => void
  readonly log: Log
}

export function startRecordingWorker({ onNotice, log, watchEveryMs }: Options): RecordingWorker {
  const worker = new Worker(WORKER_URL, { workerData: { watchEveryMs } satisfies WorkerSettings })
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let ended = false

  worker.on('message', (message: WorkerMessage) => {
    if (message.type === 'notice') {
      if (!ended) onNotice(message.notice)
      return
    }
    const asker = waiting.get(message.id)
    waiting.delete(message.id)
    if (asker === undefined) return
    if (message.type === 'reply') return asker.resolve(message.value)
    if (message.failure.code === 'internal') log('recording worker', causeOf(message.cause))
    asker.reject(new ReviewError(message.failure.code, message.failure.message))
  })
  worker.on('error', (thrown) => {
    log('recording worker', thrown)
    end()
  })
  worker.on('exit', end)

  function end(): void {
    ended = true
    for (const asker of waiting.values()) {
      asker.reject(new ReviewError('cancelled', 'The recording was closed before the answer came.'))
    }
    waiting.clear()
  }

  return {
    ask: (name, input) => {
      if (ended) return Promise.reject(new ReviewError('not-found', 'The recording is not open any more.'))
      const id = nextId++
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve: resolve as (value: unknown) => void, reject })
        worker.postMessage({ id, name, input } as WorkerRequest)
      })
    },
    close: async () => {
      ended = true
      await worker.terminate()
    },
  }
}

function causeOf(stack: string): Error {
  const error = new Error('in the worker')
  error.stack = stack
  return error
}
