/** A thread in which large sets are read: tasks in, one after the other, and one answer to each. */
import { parentPort } from 'node:worker_threads'
import { type Failure, ReviewError, toFailure } from '../../shared/failure.ts'
import { READERS, type SetReadings } from './setContent.ts'

export type SetTask = { readonly file: string; readonly what: keyof SetReadings }

export type SetAnswer =
  | { readonly type: 'read'; readonly value: SetReadings[keyof SetReadings] }
  | { readonly type: 'refused'; readonly failure: Failure }

parentPort?.on('message', async (task: SetTask) => {
  parentPort?.postMessage(await answer(task))
})

async function answer({ file, what }: SetTask): Promise<SetAnswer> {
  try {
    return { type: 'read', value: await READERS[what](file) }
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    return { type: 'refused', failure: toFailure(thrown) }
  }
}
