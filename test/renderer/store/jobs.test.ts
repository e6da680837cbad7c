import { describe, expect, it } from 'vitest'
import { beginWindow } from '../../../renderer/store/host.ts'
import { followJob, runJob } from '../../../renderer/store/jobs.ts'
import type { CheckReport } from '../../../shared/edf/check.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { deferred, makeHost } from '../../support/fakeHost.ts'

const REPORT: CheckReport = { verdict: 'conforming', format: 'EDF', deviations: [], refusal: null }

/** A host with one job, `job`, whose result is in the test's hand. */
function begin() {
  const result = deferred<{ readonly name: 'check'; readonly value: CheckReport }>()
  const { host, asked } = makeHost({
    startJob: async () => ({ jobId: 'job' }),
    jobResult: () => result.promise,
    cancelJob: async () => {
      result.reject(new ReviewError('cancelled', 'The work was cancelled.'))
      return null
    },
  })
  beginWindow(host, async () => null)
  const controller = new AbortController()
  const told: number[] = []
  const run = () =>
    runJob(
      { name: 'check', input: {} },
      { recordingId: 'recording', onProgress: (done) => told.push(done), signal: controller.signal },
    )
  return { asked, result, told, controller, run }
}

describe('long work', () => {
  it('tells how far it is, and gives its result', async () => {
    const { asked, result, told, run } = begin()
    const running = run()
    await expect.poll(() => asked.jobResult).toHaveLength(1)
    followJob('another', 0.1)
    followJob('job', 0.5)
    result.resolve({ name: 'check', value: REPORT })
    expect(await running).toEqual(REPORT)
    followJob('job', 0.9)
    expect(told).toEqual([0.5])
    expect(asked.startJob).toEqual([{ recordingId: 'recording', job: { name: 'check', input: {} } }])
    expect(asked.cancelJob).toEqual([])
  })

  it.each(['before it has begun', 'while it runs'])('is cancelled at the host %s', async (when) => {
    const { asked, controller, run } = begin()
    if (when === 'before it has begun') controller.abort()
    const running = run()
    if (when === 'while it runs') {
      await expect.poll(() => asked.jobResult).toHaveLength(1)
      controller.abort()
    }
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    expect(asked.cancelJob).toEqual([{ jobId: 'job' }])
  })
})
