import { describe, expect, it } from 'vitest'
import { readFiner, shownActivity, shownSpectrogram } from '../../../renderer/store/finer.ts'
import { beginWindow } from '../../../renderer/store/host.ts'
import { moveOverview, wholeOverview, zoomOverview } from '../../../renderer/store/overview.ts'
import { getState, patchRecording } from '../../../renderer/store/state.ts'
import type { JobAnswer } from '../../../shared/contract/jobs.ts'
import type { Activity } from '../../../shared/contract/model.ts'
import type { Spectrogram } from '../../../shared/signal/spectrogram.ts'
import { deferred, makeHost, openedRecording } from '../../support/fakeHost.ts'
import { showOpened } from '../../support/reviewWindow.ts'

/** Of a day: a bin a minute, nearly. */
const OF_DAY: Activity = { start: 0, binLength: 57.6, eeg: Array.from({ length: 1500 }, () => 50) }
const SPECTROGRAM_OF_DAY: Spectrogram = {
  ...{ start: 0, columnLength: 57.6, columns: 1500, rows: 1, power: new Float32Array(1500) },
  ...{ unit: 'uV', channels: 19 },
}

/** A window that looks at a day; jobs answer with columns over the span they are asked for. */
function begin(answer?: () => Promise<JobAnswer>) {
  const jobs: { name: string; start: number; end: number }[] = []
  const { host, asked } = makeHost({
    startJob: async ({ job }) => {
      const { span = { start: 0, end: 0 } } = job.input as { span?: { start: number; end: number } }
      jobs.push({ name: job.name, ...span })
      return { jobId: String(jobs.length - 1) }
    },
    jobResult: async ({ jobId }) => {
      if (answer !== undefined) return answer()
      const { name, start, end } = jobs[Number(jobId)]!
      if (name === 'activity') {
        const eeg = Array.from({ length: 3000 }, () => 7)
        return { name, value: { start, binLength: (end - start) / 3000, eeg } }
      }
      const value = { ...SPECTROGRAM_OF_DAY, start, columnLength: (end - start) / 1500 }
      return { name: 'spectrogram', value }
    },
    cancelJob: async () => null,
  })
  beginWindow(host, async () => null)
  showOpened(openedRecording('day', 86_400))
  patchRecording({ activity: OF_DAY })
  return { jobs, asked }
}

const read = () => readFiner(new AbortController().signal)
const binLength = () => shownActivity(getState())?.binLength

describe('a part of the overview', () => {
  it('is read anew with what lies beside it, and drawn from that as long as it covers the part', async () => {
    const { jobs } = begin()
    zoomOverview(1 / 24, 43_200)
    await read()
    expect(jobs).toEqual([{ name: 'activity', start: 39_600, end: 46_800 }])
    expect(binLength()).toBeCloseTo(2.4)
    moveOverview(1700)
    expect(binLength()).toBeCloseTo(2.4)
    moveOverview(200)
    expect(binLength()).toBe(57.6)
    wholeOverview()
    expect(binLength()).toBe(57.6)
  })

  it('is not read again where what was read is as fine', async () => {
    const { jobs } = begin()
    zoomOverview(1 / 24, 43_200)
    await read()
    moveOverview(60)
    await read()
    expect(jobs).toHaveLength(1)
    zoomOverview(1 / 4, 43_200)
    await read()
    expect(jobs).toHaveLength(2)
  })

  it('is not read anew where it is large, or where nothing can be finer', async () => {
    const { jobs } = begin()
    await read()
    zoomOverview(1 / 2, 43_200)
    await read()
    wholeOverview()
    zoomOverview(1 / 24, 43_200)
    patchRecording({ activity: { start: 0, binLength: 1, eeg: Array.from({ length: 86_400 }, () => 1) } })
    await read()
    expect(jobs).toEqual([])
  })

  it('takes the spectrogram along where that is shown, for the same electrodes alone', async () => {
    const { jobs } = begin()
    const built = { at: 'built', value: SPECTROGRAM_OF_DAY, bad: '' } as const
    patchRecording({ spectrogram: { isShown: true, work: built } })
    zoomOverview(1 / 24, 43_200)
    await read()
    expect(jobs.map(({ name }) => name)).toEqual(['activity', 'spectrogram'])
    expect(shownSpectrogram(getState())?.columnLength).toBeCloseTo(4.8)
    patchRecording({ spectrogram: { isShown: true, work: { ...built, bad: '3' } } })
    expect(shownSpectrogram(getState())?.columnLength).toBe(57.6)
  })

  it('is given up with what asked for it', async () => {
    const waits = deferred<JobAnswer>()
    const { asked } = begin(() => waits.promise)
    zoomOverview(1 / 24, 43_200)
    const gone = new AbortController()
    const reading = readFiner(gone.signal)
    await expect.poll(() => asked.jobResult.length).toBe(1)
    gone.abort()
    await expect.poll(() => asked.cancelJob).toEqual([{ jobId: '0' }])
    waits.resolve({ name: 'activity', value: { start: 39_600, binLength: 2.4, eeg: Array(3000).fill(7) } })
    await reading
    expect(binLength()).toBe(57.6)
  })

  it('stays as it is, without a word, where it cannot be read', async () => {
    begin(async () => {
      throw new Error('gone')
    })
    zoomOverview(1 / 24, 43_200)
    await read()
    expect(binLength()).toBe(57.6)
    expect(getState().ui.notices).toEqual([])
  })
})
