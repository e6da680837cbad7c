/** The thread in which one large set is read: what it is told when it starts, and its one answer. */
import { parentPort, workerData } from 'node:worker_threads'
import { type Failure, ReviewError, toFailure } from '../../shared/failure.ts'
import { READERS, type SetReadings } from './setContent.ts'

export type SetTask = { readonly file: string; readonly what: keyof SetReadings }

export type SetAnswer =
  | { readonly type: 'read'; readonly value: SetReadings[keyof SetReadings] }
  | { readonly type: 'refused'; readonly failure: Failure }

const { file, what } = workerData as SetTask

parentPort?.postMessage(await answer())

async function answer(): Promise<SetAnswer> {
  try {
    return { type: 'read', value: await READERS[what](file) }
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    return { type: 'refused', failure: toFailure(thrown) }
  }
}
