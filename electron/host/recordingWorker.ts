/** One open recording, seen from the host: requests to its worker thread, answered in any order. */
import { setTimeout } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { ReviewError } from '../../shared/failure.ts'
import type { Log } from './log.ts'
import type {
  CallInput,
  CallName,
  CallOutput,
  ThreadMessage,
  ThreadNotice,
  ThreadRequest,
  ThreadSettings,
} from './workerMessages.ts'

export type AskOptions = {
  /** Ends the work in the thread; the answer is then a ReviewError `cancelled`. */
  readonly signal?: AbortSignal
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void
}

export type RecordingWorker = {
  readonly ask: <Name extends CallName>(
    name: Name,
    input: CallInput<Name>,
    options?: AskOptions,
  ) => Promise<CallOutput<Name>>
  /** Has what gives way in the thread wait for something else that a reader waits for; the returned function ends that. */
  readonly holdBack: () => () => void
  readonly close: () => Promise<void>
}

type Waiting = {
  readonly resolve: (value: CallOutput<CallName>) => void
  readonly reject: (reason: unknown) => void
  readonly onProgress: AskOptions['onProgress']
}

/** Sources run from .ts; a build puts every entry beside this one as .js. */
const WORKER_URL = new URL(import.meta.url.endsWith('.ts') ? './worker.ts' : './worker.js', import.meta.url)

/** What a thread makes is short-lived or lies outside of V8's heap: more room would hold garbage, 6 MB a thread. V8's least. */
const YOUNG_GENERATION_MB = 3

/** A thread in the middle of a long computation hears nothing: it is then ended from outside. */
const CLOSING_PATIENCE_MS = 100

type Options = ThreadSettings & {
  /** Hears what the thread tells unasked, until `close`. */
  readonly onNotice: (notice: ThreadNotice) => void
  /** Hears of the thread's end, whoever ended it. */
  readonly onEnd?: () => void
  readonly log: Log
  /** The built thread from outside of the build; else the one beside this file. */
  readonly url?: URL
}

export function startRecordingWorker({ onNotice, onEnd, log, watchEveryMs, url }: Options): RecordingWorker {
  const worker = new Worker(url ?? WORKER_URL, {
    workerData: { watchEveryMs } satisfies ThreadSettings,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_GENERATION_MB },
  })
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let ended = false
  const exited = new Promise<void>((resolve) => worker.once('exit', () => resolve()))

  worker.on('message', (message: ThreadMessage) => {
    if (message.type === 'notice') {
      if (!ended) onNotice(message.notice)
      return
    }
    const asker = waiting.get(message.id)
    if (message.type === 'progress') return asker?.onProgress?.(message.done)
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
  worker.on('exit', () => {
    end()
    onEnd?.()
  })

  function end(): void {
    ended = true
    for (const asker of waiting.values()) {
      asker.reject(new ReviewError('cancelled', 'The recording was closed before the answer came.'))
    }
    waiting.clear()
  }

  function send(request: ThreadRequest): void {
    worker.postMessage(request)
  }

  return {
    ask: (name, input, { signal, onProgress } = {}) => {
      if (ended) return Promise.reject(new ReviewError('not-found', 'The recording is not open any more.'))
      const id = nextId++
      return new Promise((resolve, reject) => {
        // The thread answers a request by the function of its name, so the answer is that call's.
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject, onProgress })
        send({ type: 'call', id, name, input } as ThreadRequest)
        const cancel = () => send({ type: 'cancel', id })
        if (signal?.aborted === true) cancel()
        else signal?.addEventListener('abort', cancel, { once: true })
      })
    },
    holdBack: () => {
      const id = nextId++
      send({ type: 'hold', id })
      return () => send({ type: 'release', id })
    },
    close: async () => {
      end()
      send({ type: 'close' })
      await Promise.race([exited, setTimeout(CLOSING_PATIENCE_MS, null, { ref: false })])
      await worker.terminate()
    },
  }
}

function causeOf(stack: string): Error {
  const error = new Error('in the worker')
  error.stack = stack
  return error
}
