/** The thread of one open recording: requests in, answers, progress and notices out. What it does: `recordingThread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import { isJobName } from '../../shared/contract/jobs.ts'
import { toFailure } from '../../shared/failure.ts'
import { createRecordingThread } from './recordingThread.ts'
import { createTurns } from './turns.ts'
import type { CallName, CallRequest, ThreadMessage, ThreadRequest, ThreadSettings } from './workerMessages.ts'

/** What is read in the background is missed sooner than a drive that does not answer may take. */
const LONGEST_HOLD_MS = 1500
/** Between two tellings of how far a call is. */
const PROGRESS_EVERY_MS = 100

const port = parentPort
if (port === null) throw new Error('worker.ts runs as a worker thread')

const turns = createTurns()
const { watchEveryMs } = workerData as ThreadSettings
const thread = createRecordingThread({
  notify: (notice) => post({ type: 'notice', notice }),
  turns,
  watchEveryMs,
})
const underWay = new Map<number, AbortController>()
const holds = new Map<number, () => void>()

port.on('message', (request: ThreadRequest) => {
  switch (request.type) {
    case 'call':
      return void answer(request)
    case 'cancel':
      return underWay.get(request.id)?.abort()
    case 'hold':
      return hold(request.id)
    case 'release':
      return holds.get(request.id)?.()
    case 'close':
      return void close()
  }
})

async function answer<Name extends CallName>({ id, name, input }: CallRequest<Name>): Promise<void> {
  const controller = new AbortController()
  underWay.set(id, controller)
  const transfer: ArrayBuffer[] = []
  const endTurn = givesWay(name) ? null : turns.begin()
  let nextTelling = 0
  try {
    const value = await thread.calls[name](input, {
      signal: controller.signal,
      give: (buffer) => transfer.push(buffer),
      onProgress: (done) => {
        if (done < 1 && performance.now() < nextTelling) return
        nextTelling = performance.now() + PROGRESS_EVERY_MS
        post({ type: 'progress', id, done })
      },
    })
    post({ type: 'reply', id, value }, transfer)
  } catch (thrown) {
    const cause = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)
    post({ type: 'failure', id, failure: toFailure(thrown), cause })
  } finally {
    underWay.delete(id)
    endTurn?.()
  }
}

/** Long work goes behind what is short. */
function givesWay(name: CallName): boolean {
  return isJobName(name) || name === 'writeClip' || ['warmUp', 'evidence', 'measure'].includes(name)
}

function hold(id: number): void {
  const endTurn = turns.begin()
  const release = () => {
    if (holds.delete(id)) endTurn()
  }
  holds.set(id, release)
  setTimeout(release, LONGEST_HOLD_MS).unref()
}

async function close(): Promise<void> {
  for (const controller of underWay.values()) controller.abort()
  await thread.close()
  port?.close()
}

function post(message: ThreadMessage, transfer: readonly ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer)
}
