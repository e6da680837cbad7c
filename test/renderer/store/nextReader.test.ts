/** Another reader takes over: the open lesson is theirs to read before anything of it is shown. */
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { changeReviewer } from '../../../renderer/store/leaving.ts'
import { changeQuestion } from '../../../renderer/store/lessonEditing.ts'
import { openLesson } from '../../../renderer/store/lessons.ts'
import { getState, useReview } from '../../../renderer/store/state.ts'
import type { OpenedLesson } from '../../../shared/contract/lessonProcedures.ts'
import { ReviewError } from '../../../shared/failure.ts'
import type { Asked } from '../../support/fakeHost.ts'
import { deferred, openedSet } from '../../support/fakeHost.ts'
import { type LessonShelf, lessonShelf } from '../../support/lessonHost.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { lastNotice, openEmptySet } from '../../support/openSetInStore.ts'

const NEXT_READER = 'R-02'

let shelf: LessonShelf
let asked: Asked

/** `openLesson`: where the lesson comes late. */
function begin(late: Partial<LessonShelf['answers']> = {}): void {
  asked = openEmptySet({
    ...shelf.answers,
    openSet: async () => openedSet(),
    closeSet: async () => null,
    listSets: async () => [],
    // Of the reader who comes, an answer is sealed from then on.
    saveSettings: async ({ reviewer }) => {
      if (reviewer === NEXT_READER) shelf.sealed.add('a')
      return null as never
    },
    ...late,
  })
}

beforeEach(() => {
  shelf = lessonShelf()
  shelf.files.set('mine', { ...LESSON, cases: ['a', 'b', 'c'].map((id) => ({ ...CASE, id })) })
  begin()
})

const openNow = () => getState().lessons.open ?? expect.fail('no lesson is open')
const first = () => openNow().lesson.cases[0] ?? expect.fail('there is no case')

describe('the next reader', () => {
  it('finds the open lesson read again, and nothing in the window of what the last one was told', async () => {
    await openLesson('mine')
    changeQuestion('b', 'Why?', 'one')
    let seen: readonly unknown[] = []
    const stop = useReview.subscribe(({ shell, lessons: { open } }) => {
      if (shell.settings.reviewer === NEXT_READER && open !== null)
        seen = [...seen, open.lesson.cases[0]?.key]
    })
    onTestFinished(stop)
    changeReviewer(NEXT_READER)
    await expect.poll(() => getState().lessons.open?.sealed.has('a')).toBe(true)
    expect(new Set(seen.map((key) => JSON.stringify(key)))).toEqual(
      new Set([JSON.stringify({ marks: [], votes: [] })]),
    )
    expect([first().rationale, openNow().history.done, shelf.files.get('mine')?.cases[1]?.question]).toEqual([
      '',
      [],
      'Why?',
    ])
  })

  it('does not come before what the last one did in the lesson is saved', async () => {
    await openLesson('mine')
    const { reviewer } = getState().shell.settings
    shelf.refusal = new ReviewError('disk-full', 'The disk is full.')
    changeQuestion('a', 'Why?', 'one')
    await expect.poll(() => openNow().refusal).not.toBeNull()
    shelf.refusal = new ReviewError('disk-full', 'The disk is full.')
    changeReviewer(NEXT_READER)
    await expect.poll(lastNotice).toMatch(/stays open, since it is not saved: The disk is full\.$/)
    expect([getState().shell.settings.reviewer, first().question]).toEqual([reviewer, 'Why?'])
  })

  it('is not shown a lesson that was asked for by the last one', async () => {
    const late = deferred<OpenedLesson>()
    begin({ openLesson: () => late.promise })
    const opening = openLesson('mine')
    await expect.poll(() => asked.openLesson).toHaveLength(1)
    changeReviewer(NEXT_READER)
    await expect.poll(() => getState().shell.settings.reviewer).toBe(NEXT_READER)
    late.resolve(await shelf.answers.openLesson!({ ref: 'mine' }))
    expect([await opening, getState().lessons.open]).toEqual([false, null])
  })
})
