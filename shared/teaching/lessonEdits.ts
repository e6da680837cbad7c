/**
 * What a teacher can do to a lesson, one function a verb: lesson and arguments in, edit out; null where there is nothing
 * to change. The algebra is that of annotation edits: things by id, each as it was and as it is then, so that undoing,
 * joining a gesture and the history are the same code. For the reader: `applyLessonEdit`.
 */
import { randomId } from '../annotation/edits.ts'
import type { HistoryOf } from '../annotation/history.ts'
import { clipText, plainLine } from '../annotation/plainText.ts'
import { sameValue } from '../annotation/sameValue.ts'
import { ReviewError } from '../failure.ts'
import { lessonProblems } from './checkLesson.ts'
import {
  findCase,
  type Lesson,
  type LessonCase,
  type LessonHead,
  MAX_CASES,
  MAX_LESSON_BYTES,
} from './lesson.ts'
import { serializeLesson } from './lessonFormat.ts'

/** Things that an edit can put, replace or take away: the head, the order of the cases, a case. */
export type LessonItem =
  | ({ readonly type: 'head' } & LessonHead)
  | { readonly type: 'order'; readonly cases: readonly string[] }
  | { readonly type: 'case'; readonly case: LessonCase }

/** before null: it is new. after null: it goes. */
export type LessonChange = {
  readonly id: string
  readonly before: LessonItem | null
  readonly after: LessonItem | null
}

/** One step of undo. */
export type LessonEdit = {
  /** Shown with undo: "Undo move case". */
  readonly label: string
  readonly changes: readonly LessonChange[]
  /** Edits of one gesture, one after the other, are one step. */
  readonly gesture?: string
  /** ISO 8601, UTC. */
  readonly at: string
}

export type LessonHistory = HistoryOf<LessonEdit>

export const NO_LESSON_HISTORY: LessonHistory = { done: [], undone: [] }

/** When, as ISO 8601, UTC; `gesture` joins edits one after the other into one step, as typing into a field is one. */
export type LessonContext = { readonly now: string; readonly gesture?: string }

const HEAD = 'head'
const ORDER = 'order'

/** A lesson without cases. */
export function newLesson(
  head: Pick<LessonHead, 'title'> & Partial<LessonHead>,
  now: string,
  id = randomId(),
): Lesson {
  return {
    ...{ description: '', language: 'en', licence: '' },
    ...head,
    id,
    created: now,
    changed: now,
    cases: [],
  }
}

/** Puts a case behind the case `after`; at the end where that is null or gone. */
export function addCase(
  lesson: Lesson,
  added: LessonCase,
  context: LessonContext,
  after: string | null = null,
): LessonEdit {
  const ids = idsOf(lesson)
  const at = after === null ? -1 : ids.indexOf(after)
  const order = ids.toSpliced(at < 0 ? ids.length : at + 1, 0, added.id)
  return edit('add case', [caseChange(added.id, null, added), orderChange(ids, order)], context)
}

export function removeCases(
  lesson: Lesson,
  ids: readonly string[],
  context: LessonContext,
): LessonEdit | null {
  const gone = lesson.cases.filter(({ id }) => ids.includes(id))
  if (gone.length === 0) return null
  const order = idsOf(lesson)
  const kept = order.filter((id) => !ids.includes(id))
  const label = gone.length === 1 ? 'remove case' : `remove ${gone.length} cases`
  return edit(
    label,
    [...gone.map((each) => caseChange(each.id, each, null)), orderChange(order, kept)],
    context,
  )
}

/** Puts a case to a place in the order, counted from 0 and kept within it. */
export function moveCase(lesson: Lesson, id: string, to: number, context: LessonContext): LessonEdit | null {
  const order = idsOf(lesson)
  const from = order.indexOf(id)
  if (from < 0) return null
  const place = Math.max(0, Math.min(order.length - 1, to))
  if (place === from) return null
  const moved = order.toSpliced(from, 1).toSpliced(place, 0, id)
  return edit('move case', [orderChange(order, moved)], context)
}

/** Other fields of a case; `label` is what undo is called by: "edit question". */
export function changeCase(
  lesson: Lesson,
  id: string,
  fields: Partial<Omit<LessonCase, 'id' | 'changed'>>,
  label: string,
  context: LessonContext,
): LessonEdit | null {
  const before = findCase(lesson, id)
  if (before === null || sameValue(before, { ...before, ...fields })) return null
  const after: LessonCase = { ...before, ...fields, changed: context.now }
  return edit(label, [caseChange(id, before, after)], context)
}

export function changeHead(
  lesson: Lesson,
  fields: Partial<LessonHead>,
  label: string,
  context: LessonContext,
): LessonEdit | null {
  const before = headOf(lesson)
  const after = { ...before, ...fields }
  if (sameValue(before, after)) return null
  return edit(
    label,
    [{ id: HEAD, before: { type: 'head', ...before }, after: { type: 'head', ...after } }],
    context,
  )
}

/**
 * The lesson after the edit. Throws ReviewError `conflict` where the lesson is not as the edit found it, and
 * `bad-input`, with field and value, where it would be one that cannot be saved and read again.
 */
export function applyLessonEdit(lesson: Lesson, step: LessonEdit): Lesson {
  const cases = new Map(lesson.cases.map((each) => [each.id, each]))
  let head = headOf(lesson)
  let order = idsOf(lesson)
  for (const { before, after } of step.changes) {
    const item = after ?? before
    if (item?.type === 'head') {
      if (!sameValue(before, { type: 'head', ...head }) || after?.type !== 'head') throw conflict(step)
      const { type, ...next } = after
      head = next
    } else if (item?.type === 'order') {
      if (!sameValue(before, { type: 'order', cases: order }) || after?.type !== 'order') throw conflict(step)
      order = after.cases
    } else if (item?.type === 'case') {
      const { id } = item.case
      const found = cases.get(id)
      if (!sameValue(before, found === undefined ? null : { type: 'case', case: found })) throw conflict(step)
      if (after?.type === 'case') cases.set(id, after.case)
      else cases.delete(id)
    }
  }
  const listed = order.flatMap((id) => cases.get(id) ?? [])
  if (listed.length !== order.length || listed.length !== cases.size) throw conflict(step)
  const next: Lesson = {
    ...lesson,
    ...head,
    changed: step.at > lesson.changed ? step.at : lesson.changed,
    cases: listed,
  }
  refuseBroken(lesson, next, step)
  return next
}

function refuseBroken(before: Lesson, after: Lesson, step: LessonEdit): void {
  const refused = (reason: string) =>
    new ReviewError('bad-input', `“${step.label}” cannot be done: ${reason}.`)
  if (after.cases.length > MAX_CASES && after.cases.length > before.cases.length) {
    throw refused(`a lesson holds at most ${MAX_CASES} cases; begin another lesson`)
  }
  const [problem] = lessonProblems(after)
  if (problem !== undefined) throw refused(problem)
  if (bytesOf(after) > MAX_LESSON_BYTES && bytesOf(after) > bytesOf(before)) {
    throw refused(
      `the lesson would be longer than the ${MAX_LESSON_BYTES / 1024 / 1024} MB that one may be; begin another lesson`,
    )
  }
}

const sizes = new WeakMap<Lesson, number>()

function bytesOf(lesson: Lesson): number {
  const known = sizes.get(lesson)
  if (known !== undefined) return known
  const bytes = new TextEncoder().encode(serializeLesson(lesson)).length
  sizes.set(lesson, bytes)
  return bytes
}

export function headOf({ title, description, language, licence }: Lesson): LessonHead {
  return { title, description, language, licence }
}

/** `title`, or with the first number behind it that no other lesson has. */
export function freeTitle(title: string, others: readonly string[]): string {
  const base = clipText(plainLine(title), 190)
  const taken = new Set(others.map((other) => other.toLocaleLowerCase('en')))
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? base : `${base} ${number}`
    if (!taken.has(candidate.toLocaleLowerCase('en'))) return candidate
  }
}

function idsOf(lesson: Lesson): readonly string[] {
  return lesson.cases.map(({ id }) => id)
}

function caseChange(id: string, before: LessonCase | null, after: LessonCase | null): LessonChange {
  const item = (value: LessonCase | null): LessonItem | null =>
    value === null ? null : { type: 'case', case: value }
  return { id: `case:${id}`, before: item(before), after: item(after) }
}

function orderChange(before: readonly string[], after: readonly string[]): LessonChange {
  return { id: ORDER, before: { type: 'order', cases: before }, after: { type: 'order', cases: after } }
}

function edit(label: string, changes: readonly LessonChange[], { now, gesture }: LessonContext): LessonEdit {
  return gesture === undefined ? { label, changes, at: now } : { label, changes, at: now, gesture }
}

function conflict(step: LessonEdit): ReviewError {
  return new ReviewError('conflict', `“${step.label}” does not fit: the lesson has changed since.`)
}
