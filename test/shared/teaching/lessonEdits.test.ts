import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { invertEdit, joinEdits } from '../../../shared/annotation/applyEdit.ts'
import { record, stepBack, stepForward } from '../../../shared/annotation/history.ts'
import { lessonProblems } from '../../../shared/teaching/checkLesson.ts'
import { type Lesson, type LessonCase, MAX_CASES } from '../../../shared/teaching/lesson.ts'
import {
  addCase,
  applyLessonEdit,
  changeCase,
  changeHead,
  freeTitle,
  type LessonEdit,
  type LessonHistory,
  moveCase,
  NO_LESSON_HISTORY,
  newLesson,
  removeCases,
} from '../../../shared/teaching/lessonEdits.ts'
import { parseLesson, serializeLesson } from '../../../shared/teaching/lessonFormat.ts'
import { anyCase, anyLesson, CASE, LESSON } from '../../support/lessons.ts'

const at = (second: number, gesture?: string) => ({
  now: new Date(Date.UTC(2026, 5, 1) + second * 1000).toISOString(),
  ...(gesture !== undefined && { gesture }),
})
const THREE: Lesson = { ...LESSON, cases: ['a', 'b', 'c'].map((id) => ({ ...CASE, id })) }
const ids = ({ cases }: Lesson) => cases.map(({ id }) => id).join('')
const done = (lesson: Lesson, step: LessonEdit | null) =>
  applyLessonEdit(lesson, step ?? expect.fail('no edit'))
const contentOf = ({ changed, ...content }: Lesson) => content

/** A step of a random teacher; numbers pick the case, so that a sequence shrinks well. */
type Verb = (lesson: Lesson, pick: number, made: LessonCase, second: number) => LessonEdit | null
const pickOf = (lesson: Lesson, pick: number) =>
  lesson.cases[pick % Math.max(1, lesson.cases.length)]?.id ?? ''
const VERBS: readonly Verb[] = [
  (lesson, pick, made, second) =>
    addCase(lesson, { ...made, id: `n${second}` }, at(second), pickOf(lesson, pick)),
  (lesson, pick, _, second) => removeCases(lesson, [pickOf(lesson, pick)], at(second)),
  (lesson, pick, _, second) => moveCase(lesson, pickOf(lesson, pick), (pick * 7) % 9, at(second)),
  (lesson, pick, { question, rationale }, second) =>
    changeCase(
      lesson,
      pickOf(lesson, pick),
      { question, rationale },
      'edit',
      at(second, pick % 2 === 0 ? 'g' : undefined),
    ),
  (lesson, pick, _, second) => changeHead(lesson, { title: `Title ${pick}` }, 'rename', at(second)),
]
const steps = fc.array(fc.tuple(fc.nat({ max: VERBS.length - 1 }), fc.nat({ max: 20 }), anyCase), {
  maxLength: 12,
})

function walk(lesson: Lesson, list: readonly (readonly [number, number, LessonCase])[]) {
  let now = lesson
  let history: LessonHistory = NO_LESSON_HISTORY
  const edits: LessonEdit[] = []
  for (const [second, [verb, pick, made]] of list.entries()) {
    const step = VERBS[verb]?.(now, pick, made, second) ?? null
    if (step === null) continue
    now = applyLessonEdit(now, step)
    history = record(history, step)
    edits.push(step)
  }
  return { lesson: now, history, edits }
}

describe('the edits of a lesson', () => {
  it('are undone to where they began and redone to where they led, and always leave a sound lesson', () => {
    fc.assert(
      fc.property(anyLesson, steps, (lesson, list) => {
        const walked = walk(lesson, list)
        expect(lessonProblems(walked.lesson)).toEqual([])
        expect(parseLesson(serializeLesson(walked.lesson))).toEqual(walked.lesson)
        let { history } = walked
        let now = walked.lesson
        for (let step = stepBack(history); step !== null; step = stepBack(history)) {
          now = applyLessonEdit(now, step.edit)
          history = step.history
        }
        expect(contentOf(now)).toEqual(contentOf(lesson))
        for (let step = stepForward(history); step !== null; step = stepForward(history)) {
          now = applyLessonEdit(now, step.edit)
          history = step.history
        }
        expect(contentOf(now)).toEqual(contentOf(walked.lesson))
      }),
    )
  })

  it('come to the same joined to one as one after the other', () => {
    fc.assert(
      fc.property(anyLesson, steps, (lesson, list) => {
        const { lesson: after, edits } = walk(lesson, list)
        const [first, ...others] = edits
        if (first === undefined) return
        const joined = others.reduce(joinEdits, first)
        expect(contentOf(applyLessonEdit(lesson, joined))).toEqual(contentOf(after))
        expect(contentOf(applyLessonEdit(after, invertEdit(joined)))).toEqual(contentOf(lesson))
      }),
    )
  })

  it('put a case behind another one, else at the end', () => {
    const made = { ...CASE, id: 'x' }
    expect(ids(done(THREE, addCase(THREE, made, at(0), 'a')))).toBe('axbc')
    expect(ids(done(THREE, addCase(THREE, made, at(0))))).toBe('abcx')
    expect(ids(done(THREE, addCase(THREE, made, at(0), 'gone')))).toBe('abcx')
  })

  it('move a case within the order and no further', () => {
    expect(ids(done(THREE, moveCase(THREE, 'a', 1, at(0))))).toBe('bac')
    expect(ids(done(THREE, moveCase(THREE, 'c', -4, at(0))))).toBe('cab')
    expect(ids(done(THREE, moveCase(THREE, 'a', 99, at(0))))).toBe('bca')
    expect(moveCase(THREE, 'c', 5, at(0))).toBeNull()
    expect(moveCase(THREE, 'gone', 0, at(0))).toBeNull()
  })

  it('say nothing where nothing changes', () => {
    expect(changeCase(THREE, 'a', { question: CASE.question }, 'edit question', at(0))).toBeNull()
    expect(changeHead(THREE, { title: LESSON.title }, 'rename', at(0))).toBeNull()
    expect(removeCases(THREE, ['gone'], at(0))).toBeNull()
  })

  it('of one gesture are one step', () => {
    const one = changeCase(THREE, 'a', { question: 'W' }, 'edit question', at(1, 'typing'))
    const then = done(THREE, one)
    const two = changeCase(then, 'a', { question: 'Wh' }, 'edit question', at(2, 'typing'))
    const history = [one, two].reduce((all, step) => record(all, step ?? expect.fail()), NO_LESSON_HISTORY)
    expect(history.done).toHaveLength(1)
    expect(contentOf(done(done(then, two), stepBack(history)?.edit ?? null))).toEqual(contentOf(THREE))
  })

  it('that do not fit what is there are refused', () => {
    const step = removeCases(THREE, ['b'], at(0))
    const after = done(THREE, step)
    expect(() => done(after, step)).toThrow('“remove case” does not fit: the lesson has changed since.')
  })

  it('that would break the lesson are refused with field and value', () => {
    const outside = changeCase(THREE, 'a', { onset: CASE.duration }, 'move stretch', at(0))
    expect(() => done(THREE, outside)).toThrow(
      '“move stretch” cannot be done: cases[0].key.marks[0] lies outside the stretch of the case.',
    )
    const full = {
      ...LESSON,
      cases: Array.from({ length: MAX_CASES }, (_, index) => ({ ...CASE, id: `${index}` })),
    }
    expect(() => done(full, addCase(full, { ...CASE, id: 'x' }, at(0)))).toThrow(
      '“add case” cannot be done: a lesson holds at most 1000 cases; begin another lesson.',
    )
    const long = { ...CASE, rationale: 'é'.repeat(10_000) }
    const heavy = {
      ...LESSON,
      cases: Array.from({ length: 408 }, (_, index) => ({ ...long, id: `${index}` })),
    }
    expect(() => done(heavy, addCase(heavy, { ...long, id: 'x' }, at(0)))).toThrow('begin another lesson')
  })

  it('begin with a new lesson that can be saved', () => {
    const lesson = newLesson({ title: 'First week' }, at(0).now)
    expect(parseLesson(serializeLesson(lesson))).toEqual(lesson)
    expect(lesson.id).toMatch(/^[0-9a-f]{16}$/)
    expect(freeTitle('Lesson', ['lesson', 'Lesson 2'])).toBe('Lesson 3')
  })
})
