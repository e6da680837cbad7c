/** How far a learner is in a lesson, as a list of lessons tells it before a quiz begins. */
import { expect, it } from 'vitest'
import { createQuizProgress } from '../../../electron/host/quizProgress.ts'
import type { Answer } from '../../../shared/teaching/quiz/progress.ts'

function answer(of: string, day: number, isRight: boolean): Answer {
  const place = { key: 'hypnic_jerk', given: isRight ? 'hypnic_jerk' : 'nothing', onsetError: null }
  return {
    ...{ showing: `${of} ${day}`, case: of, at: new Date(Date.UTC(2026, 10, day, 12)).toISOString() },
    ...{ mode: 'label', marks: [], confidence: 'probable', criteria: {}, seconds: 30 },
    judged: { isRight, isKindRight: isRight, confusion: place, onsetError: null, places: [place] },
  }
}

it('tells how many cases were seen, come back by now, and are mastered', async () => {
  const answers = [
    // Right three times, over days: mastered.
    ...[1, 2, 3].map((day) => answer('mastered', day, true)),
    // Right once long ago, and just now: the one is due by now, the other is not.
    answer('long ago', 1, true),
    answer('just now', 20, true),
    // Missed: it comes back at once.
    answer('missed', 20, false),
  ]
  const kept = {
    file: 'progress',
    progress: { lesson: { id: 'l', title: 'Lesson' }, answers },
    problem: null,
  }
  const unreadable = { file: 'other', progress: null, problem: 'It cannot be read.' }
  const refuse = async () => {
    throw new Error('not asked for')
  }
  const { listProgress } = createQuizProgress({
    lessons: { refs: async () => [{ lessonId: 'l', ref: 'lesson ref' }] },
    progress: {
      list: async () => [kept, unreadable],
      read: refuse,
      append: refuse,
      remove: refuse,
      fileOf: () => '',
    },
    learner: async () => 'JS',
    register: (file: string) => ({ ref: `ref of ${file}` }),
    shell: { facts: { kind: 'browser', platform: 'linux', version: '' }, chooseExportTarget: refuse },
    now: () => new Date(Date.UTC(2026, 10, 20, 13)),
  } as unknown as Parameters<typeof createQuizProgress>[0])
  expect(await listProgress({})).toEqual([
    {
      ...{ ref: 'ref of progress', lesson: 'lesson ref', title: 'Lesson', answered: 6, right: 5 },
      ...{ seen: 4, due: 2, retired: 1, last: '2026-11-20T12:00:00.000Z', problem: null },
    },
    {
      ...{ ref: 'ref of other', lesson: null, title: '', answered: 0, right: 0 },
      ...{ seen: 0, due: 0, retired: 0, last: null, problem: 'It cannot be read.' },
    },
  ])
})
