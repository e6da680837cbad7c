/**
 * What a teacher changes in the open lesson. Each verb makes one edit, applied at once and saved by itself soon after;
 * undo and redo are the lesson's own, apart from those of the marks. What an edit is stands in shared/teaching.
 */
import { record, stepBack, stepForward } from '../../shared/annotation/history.ts'
import type { MarkKind } from '../../shared/annotation/kinds.ts'
import { clipText, plainLine, plainText } from '../../shared/annotation/plainText.ts'
import type { ProcedureInput } from '../../shared/contract/contract.ts'
import { ReviewError } from '../../shared/failure.ts'
import type { LessonCase } from '../../shared/teaching/lesson.ts'
import {
  type CaseSource,
  type Difficulty,
  findCase,
  type KeyMark,
  type Lesson,
  type LessonHead,
  MAX_LINE,
  MAX_QUESTION,
  MAX_TEXT,
  MAX_TITLE,
} from '../../shared/teaching/lesson.ts'
import {
  addCase,
  applyLessonEdit,
  changeCase,
  changeHead,
  type LessonContext,
  type LessonEdit,
  type LessonHistory,
  moveCase,
  removeCases,
} from '../../shared/teaching/lessonEdits.ts'
import { getHost } from './host.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import type { OpenLesson } from './reviewState.ts'
import { isFixed, isLessonUnkept } from './selectors.ts'
import { getState, patchLesson } from './state.ts'

/** What is typed in one go is one write: well within the second after which nothing may be lost. */
const REST_MS = 300

function lessonContext(gesture?: string): LessonContext {
  const now = new Date().toISOString()
  return gesture === undefined ? { now } : { now, gesture }
}

/**
 * Applies an edit of the open lesson, remembers it and has it saved; false: there was none, or it was refused, which
 * was said.
 */
function dispatch(make: (lesson: Lesson) => LessonEdit | null): boolean {
  const { open } = getState().lessons
  if (open === null || !canChange(open)) return false
  try {
    const step = make(open.lesson)
    if (step === null) return false
    take(open, applyLessonEdit(open.lesson, step), record(open.history, step))
    return true
  } catch (thrown) {
    reportFailure(thrown)
    return false
  }
}

function take(open: OpenLesson, lesson: Lesson, history: OpenLesson['history']): void {
  const isThere = open.chosen !== null && findCase(lesson, open.chosen) !== null
  patchLesson(open.ref, { lesson, history, chosen: isThere ? open.chosen : null })
  void keepLesson()
}

function canChange(open: OpenLesson): boolean {
  if (!isFixed(open)) return true
  const from = open.isShipped ? 'with Hypnospike' : 'in a pack'
  notify('info', `This lesson came ${from}: make a copy to change it.`)
  return false
}

/** Of a case whose answer is sealed only its place in the order may be changed, and whether it is there. */
function canChangeCase(id: string): boolean {
  const isSealed = getState().lessons.open?.sealed.has(id) ?? false
  if (isSealed) notify('info', 'The answer of this case is sealed until you have signed off your own set.')
  return !isSealed
}

/** Saves what waits, unless that is under way: then it goes along or follows. Resolves when nothing is under way. */
export async function keepLesson({ overwrite = false } = {}): Promise<void> {
  const before = getState().lessons.open
  if (before === null || before.isSaving || before.saved === before.lesson) return
  const { ref } = before
  patchLesson(ref, { isSaving: true })
  await new Promise((resolve) => setTimeout(resolve, REST_MS))
  const open = getState().lessons.open
  if (open?.ref !== ref) return
  const { lesson, hash: seen } = open
  try {
    const call = { ref, lesson, seen, overwrite, sealed: [...open.sealed] }
    const { hash } = await saveOnce(call)
    patchLesson(ref, { hash, saved: lesson, refusal: null })
  } catch (thrown) {
    const isConflict = thrown instanceof ReviewError && thrown.code === 'conflict'
    patchLesson(ref, { refusal: { message: messageOf(thrown), isConflict } })
  } finally {
    patchLesson(ref, { isSaving: false })
  }
  const after = getState().lessons.open
  if (after?.ref === ref && after.refusal === null && isLessonUnkept(getState())) await keepLesson()
}

/** A host that has started anew knows the lessons again once it has listed them. */
async function saveOnce(call: ProcedureInput<'saveLesson'>): Promise<{ readonly hash: string }> {
  try {
    return await getHost().saveLesson(call)
  } catch (thrown) {
    if (!(thrown instanceof ReviewError && thrown.code === 'not-found')) throw thrown
    await getHost().listLessons({})
    return getHost().saveLesson(call)
  }
}

export function undoLesson(): void {
  travel(stepBack)
}

export function redoLesson(): void {
  travel(stepForward)
}

function travel(
  by: (history: LessonHistory) => { readonly edit: LessonEdit; readonly history: LessonHistory } | null,
): void {
  const { open } = getState().lessons
  if (open === null) return
  const step = by(open.history)
  if (step === null) return
  try {
    take(open, applyLessonEdit(open.lesson, { ...step.edit, at: lessonContext().now }), step.history)
    const changed = step.edit.changes.find(({ after }) => after?.type === 'case')?.after
    if (changed?.type === 'case') patchLesson(open.ref, { chosen: changed.case.id })
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** Puts a case at the end of the lesson, and chooses it there. */
export function addToOpenLesson(added: LessonCase): boolean {
  const isAdded = dispatch((lesson) => addCase(lesson, added, lessonContext()))
  const { open } = getState().lessons
  if (isAdded && open !== null) patchLesson(open.ref, { chosen: added.id })
  return isAdded
}

/** The one after it takes its place in the list, and the choice. */
export function removeCase(id: string): void {
  const { open } = getState().lessons
  if (open === null) return
  const at = open.lesson.cases.findIndex((each) => each.id === id)
  if (!dispatch((lesson) => removeCases(lesson, [id], lessonContext()))) return
  const cases = getState().lessons.open?.lesson.cases ?? []
  patchLesson(open.ref, { chosen: (cases[at] ?? cases.at(-1))?.id ?? null })
  notify('info', `Case ${at + 1} removed.`, { do: 'undoLesson' })
}

/** To a place in the order, counted from 0. */
export function moveCaseTo(id: string, to: number): void {
  dispatch((lesson) => moveCase(lesson, id, to, lessonContext()))
}

export function moveCaseBy(id: string, by: number): void {
  const at = getState().lessons.open?.lesson.cases.findIndex((each) => each.id === id) ?? -1
  if (at >= 0) moveCaseTo(id, at + by)
}

/** `gesture`: what is typed while a field has the focus is one step. */
export function changeTitle(title: string, gesture: string): void {
  const plain = clipText(plainLine(title), MAX_TITLE)
  if (plain === '') return
  dispatch((lesson) => changeHead(lesson, { title: plain }, 'rename lesson', lessonContext(gesture)))
}

export function changeLessonFacts(facts: Partial<Omit<LessonHead, 'title'>>, gesture: string): void {
  const { description, language, licence } = facts
  const plain = {
    ...(description !== undefined && { description: clipText(plainText(description), MAX_TEXT) }),
    ...(language !== undefined && { language }),
    ...(licence !== undefined && { licence: clipText(plainLine(licence), MAX_LINE) }),
  }
  dispatch((lesson) => changeHead(lesson, plain, 'edit lesson', lessonContext(gesture)))
}

type CaseFields = Partial<Omit<LessonCase, 'id' | 'changed'>>

function change(id: string, fields: CaseFields, label: string, gesture?: string): boolean {
  if (!canChangeCase(id)) return false
  return dispatch((lesson) => changeCase(lesson, id, fields, label, lessonContext(gesture)))
}

export function changeQuestion(id: string, question: string, gesture: string): void {
  change(id, { question: clipText(plainText(question), MAX_QUESTION) }, 'edit question', gesture)
}

export function changeRationale(id: string, rationale: string, gesture: string): void {
  change(id, { rationale: clipText(plainText(rationale), MAX_TEXT) }, 'edit rationale', gesture)
}

export function changeSources(id: string, sources: readonly CaseSource[], gesture?: string): void {
  change(id, { sources }, 'edit sources', gesture)
}

export function changeDifficulty(id: string, difficulty: Difficulty | null): void {
  change(id, { difficulty }, 'change difficulty')
}

/** The stretch and how it is shown; `label`: what undo is called by. */
export function changeShown(
  id: string,
  shown: Partial<Pick<LessonCase, 'onset' | 'duration' | 'view'>>,
  label: string,
): boolean {
  return change(id, shown, label)
}

export function changeKey(id: string, key: LessonCase['key'], label: string): boolean {
  return change(id, { key }, label)
}

export function relabelKeyMark(id: string, markId: string, kind: MarkKind, subtype: string | null): void {
  changeMarks(id, 'relabel key', (marks) =>
    marks.map((mark) =>
      mark.id === markId ? { ...mark, kind, subtype: kind === 'mimic' ? subtype : null } : mark,
    ),
  )
}

export function removeKeyMark(id: string, markId: string): void {
  changeMarks(id, 'remove from key', (marks) => marks.filter((mark) => mark.id !== markId))
}

function changeMarks(
  id: string,
  label: string,
  make: (marks: readonly KeyMark[]) => readonly KeyMark[],
): void {
  const { open } = getState().lessons
  const found = open === null ? null : findCase(open.lesson, id)
  if (found !== null) changeKey(id, { ...found.key, marks: make(found.key.marks) }, label)
}
