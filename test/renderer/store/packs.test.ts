/** Packs in the window: shown before anything is taken in, and made of the lesson that is open. */
import { beforeEach, describe, expect, it } from 'vitest'
import { requestOpen } from '../../../renderer/store/leaving.ts'
import { openLesson } from '../../../renderer/store/lessons.ts'
import { askForPack, planPack, showPack, takePack } from '../../../renderer/store/packs.ts'
import { getState } from '../../../renderer/store/state.ts'
import type { JobRequest } from '../../../shared/contract/jobs.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { type LessonShelf, lessonShelf } from '../../support/lessonHost.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { lastNotice, openEmptySet } from '../../support/openSetInStore.ts'
import { HEAD } from '../../support/packs.ts'

const PACK = { ref: 'p', name: 'week.hypnopack' }
const TOLD = {
  ...{ ...PACK, ...HEAD, title: 'Week', lessonId: 'x', cases: 1, clips: 1, made: '2026-01-31T08:05:00.000Z' },
  ...{ bytes: 1000, sha256: 'a'.repeat(64), lesson: null },
}

let shelf: LessonShelf
let jobs: JobRequest[]
let refusal: ReviewError | null

beforeEach(() => {
  shelf = lessonShelf()
  jobs = []
  refusal = null
  openEmptySet({
    ...shelf.answers,
    addPack: async () => {
      if (refusal !== null) throw refusal
      shelf.files.set('packed', { ...LESSON, cases: [CASE] })
      return { lesson: { ref: 'packed', name: 'lesson.lesson.json' }, isNew: true }
    },
    startJob: async ({ job, recordingId }) => {
      expect(recordingId).toBe(null)
      jobs.push(job as JobRequest)
      return { jobId: 'job' }
    },
    jobResult: async () => ({
      name: 'planPack',
      value: { cases: 1, clips: [], bytes: 1, texts: [], lessonTexts: [] },
    }),
  })
})

describe('a pack', () => {
  it('is shown where a recording would be opened, and takes nothing away', () => {
    const before = getState().recording
    requestOpen(PACK)
    expect(getState().ui).toMatchObject({ dialog: 'openPack', pack: PACK })
    expect(getState().recording).toBe(before)
    expect(showPack({ ref: 'r', name: 'night.edf' })).toBe(false)
  })

  it('is taken among the lessons and opened', async () => {
    requestOpen(PACK)
    await takePack(TOLD)
    expect(getState().lessons.open).toMatchObject({ ref: 'packed' })
    expect(getState().ui).toMatchObject({ dialog: null, panel: 'lesson' })
    expect(lastNotice()).toBe('“Week” is among your lessons.')
  })

  it('that was changed since it was looked at is refused, and the dialog stays to say so', async () => {
    requestOpen(PACK)
    refusal = new ReviewError('bad-pack', 'This pack cannot be opened: it is cut off.')
    await expect(takePack(TOLD)).rejects.toBe(refusal)
    expect(getState().ui.dialog).toBe('openPack')
    expect(getState().lessons.open).toBe(null)
  })

  it('is made of the open lesson as its file is, and of none where none is open', async () => {
    const control = { onProgress: () => {}, signal: new AbortController().signal }
    const choice = { head: HEAD, channels: 'shown', keep: [] } as const
    askForPack()
    expect(lastNotice()).toContain('open one in the Lesson tab first')
    expect(await planPack(choice, control)).toBe(null)
    shelf.files.set('mine', { ...LESSON, cases: [CASE] })
    await openLesson('mine')
    askForPack()
    expect(getState().ui.dialog).toBe('pack')
    expect(await planPack(choice, control)).toMatchObject({ cases: 1 })
    const { hash } = getState().lessons.open!
    expect(jobs).toEqual([{ name: 'planPack', input: { ref: 'mine', seen: hash, ...choice } }])
  })
})
