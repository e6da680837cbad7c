/** Asks the thread that compares; where there can be none, the window compares by itself. */
import { compareAll } from '../../shared/agreement/compareAll.ts'
import { packReading, unpackCompared } from '../../shared/agreement/packed.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { AgreementAnswer, AgreementRequest } from './agreementThread.ts'
import type { CompareSets } from './reviewState.ts'

/** The thread is started with the first sets that are large enough for it. */
export function createCompareInThread(): CompareSets {
  const waiting = new Map<number, (answer: AgreementAnswer | null) => void>()
  let worker: Worker | null = null
  let isBroken = false
  let number = 0

  function startWorker(): Worker {
    const started = new Worker(new URL('./agreementThread.ts', import.meta.url), { type: 'module' })
    started.onmessage = ({ data }: MessageEvent<AgreementAnswer>) => {
      waiting.get(data.number)?.(data)
      waiting.delete(data.number)
    }
    started.onerror = () => {
      isBroken = true
      for (const give of waiting.values()) give(null)
      waiting.clear()
    }
    return started
  }

  return async (readings, rules) => {
    if (isBroken) return compareAll(readings, rules)
    worker ??= startWorker()
    number += 1
    const request: AgreementRequest = { number, readings: readings.map(packReading), rules }
    const answered = new Promise<AgreementAnswer | null>((resolve) => waiting.set(request.number, resolve))
    worker.postMessage(request)
    const answer = await answered
    if (answer === null) return compareAll(readings, rules)
    if ('failure' in answer) throw new ReviewError(answer.failure.code, answer.failure.message)
    return unpackCompared(answer.compared, readings, rules)
  }
}
