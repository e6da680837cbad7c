/** The thread in which one pack is planned or made: what it is told when it starts, how far it is, and its answer. */
import { parentPort, workerData } from 'node:worker_threads'
import { type Failure, ReviewError, toFailure } from '../../shared/failure.ts'
import type { PackMade, PackPreview } from '../../shared/teaching/pack/packPreview.ts'
import { makePack, type PackOrder, planPack } from './packMaking.ts'

export type PackTask = {
  readonly order: PackOrder
  /** Where it goes; null: it is only planned. */
  readonly place: { readonly target: string; readonly workplace: string } | null
}

export type PackAnswer =
  | { readonly type: 'progress'; readonly done: number }
  | { readonly type: 'done'; readonly value: PackPreview | PackMade }
  | { readonly type: 'refused'; readonly failure: Failure }

/** Between two tellings of how far it is. */
const PROGRESS_EVERY_MS = 100

const { order, place } = workerData as PackTask
const controller = new AbortController()
parentPort?.on('message', () => controller.abort())

let nextTelling = 0
const control = {
  signal: controller.signal,
  onProgress: (done: number) => {
    if (done < 1 && performance.now() < nextTelling) return
    nextTelling = performance.now() + PROGRESS_EVERY_MS
    post({ type: 'progress', done })
  },
}

try {
  const value = place === null ? await planPack(order, control) : await makePack(order, place, control)
  post({ type: 'done', value })
} catch (thrown) {
  if (!(thrown instanceof ReviewError)) throw thrown
  post({ type: 'refused', failure: toFailure(thrown) })
} finally {
  parentPort?.close()
}

function post(answer: PackAnswer): void {
  parentPort?.postMessage(answer)
}
