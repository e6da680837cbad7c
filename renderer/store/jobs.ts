/** Long work, on the open recording or on none: started, followed and cancelled as one call. */
import { type JobName, type JobOutput, type JobRequest, outputOf } from '../../shared/contract/jobs.ts'
import { getHost } from './host.ts'
import { getState } from './state.ts'

export type JobOptions = {
  /** null: it is work on none. */
  readonly recordingId: string | null
  /** From 0 to 1. */
  readonly onProgress: (done: number) => void
  readonly signal: AbortSignal
}

/** The host has told how far a job is. */
export function followJob(jobId: string, done: number): void {
  getState().tools.jobs.get(jobId)?.(done)
}

/** Rejects with ReviewError, `cancelled` once `signal` is aborted. */
export async function runJob<Name extends JobName>(
  request: JobRequest<Name> & JobRequest,
  { recordingId, onProgress, signal }: JobOptions,
): Promise<JobOutput<Name>> {
  const host = getHost()
  const { jobs } = getState().tools
  const { jobId } = await host.startJob({ recordingId, job: request })
  const cancel = () => void host.cancelJob({ jobId }).catch(() => {})
  signal.addEventListener('abort', cancel, { once: true })
  if (signal.aborted) cancel()
  jobs.set(jobId, onProgress)
  try {
    return outputOf(request.name, await host.jobResult({ jobId }))
  } finally {
    jobs.delete(jobId)
    signal.removeEventListener('abort', cancel)
  }
}
