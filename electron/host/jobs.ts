/** Long work on open recordings: started, followed, cancelled, and asked for its result once. */
import { randomUUID } from 'node:crypto'
import { answerOf, type JobAnswer, type JobRequest, type ThreadJobName } from '../../shared/contract/jobs.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { RecordingWorker } from './recordingWorker.ts'

export type JobControl = {
  readonly signal: AbortSignal
  readonly onProgress: (done: number) => void
}

type Work = (control: JobControl) => Promise<JobAnswer>

export type Jobs = {
  /** Gives the job's id. `onProgress` hears of it, from 0 to 1, until it ends. `beforeTold` may refuse its result. */
  readonly start: (work: Work, beforeTold?: () => Promise<void>) => string
  /** Rejects with what the work failed with, `cancelled` where it was cancelled, `not-found` the second time. */
  readonly result: (jobId: string) => Promise<JobAnswer>
  readonly cancel: (jobId: string) => void
}

type Job = {
  readonly answer: Promise<JobAnswer>
  readonly controller: AbortController
  readonly beforeTold: (() => Promise<void>) | undefined
}

/** Results that nobody has asked for; a window that is gone leaves some behind. */
const MOST_KEPT = 20

export function createJobs(onProgress: (jobId: string, done: number) => void): Jobs {
  const jobs = new Map<string, Job>()

  function get(jobId: string): Job {
    const job = jobs.get(jobId)
    if (job === undefined) throw new ReviewError('not-found', 'That work is not known here any more.')
    return job
  }

  return {
    start: (work, beforeTold) => {
      const jobId = randomUUID()
      const controller = new AbortController()
      const { signal } = controller
      const answer = work({ signal, onProgress: (done) => onProgress(jobId, done) })
      // It may end before its result is asked for.
      answer.catch(() => undefined)
      jobs.set(jobId, { answer, controller, beforeTold })
      const [oldest] = jobs
      if (jobs.size > MOST_KEPT && oldest !== undefined) {
        oldest[1].controller.abort()
        jobs.delete(oldest[0])
      }
      return jobId
    },
    result: async (jobId) => {
      const { answer, controller, beforeTold } = get(jobId)
      try {
        const done = await answer
        // Cancelled in its last moment, it is cancelled all the same.
        if (controller.signal.aborted) throw new ReviewError('cancelled', 'The work was cancelled.')
        await beforeTold?.()
        return done
      } finally {
        jobs.delete(jobId)
      }
    },
    cancel: (jobId) => jobs.get(jobId)?.controller.abort(),
  }
}

/** Work of the recording's own thread. */
export async function runOnThread<Name extends ThreadJobName>(
  worker: RecordingWorker,
  { name, input }: JobRequest<Name>,
  control: JobControl,
): Promise<JobAnswer> {
  return answerOf(name, await worker.ask(name, input, control))
}
