/** Which lessons there are, and which of them is open: made, opened, copied, put away, and noticed where another program changed it. */

import { randomId } from '../../shared/annotation/edits.ts'
import { plainLine } from '../../shared/annotation/plainText.ts'
import type { LessonSummary, OpenedLesson } from '../../shared/contract/lessonProcedures.ts'
import { type Lesson, MAX_LESSON_BYTES } from '../../shared/teaching/lesson.ts'
import { freeTitle, NO_LESSON_HISTORY, newLesson } from '../../shared/teaching/lessonEdits.ts'
import { LESSON_ENDING, parseLesson, serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { downloadFile } from './downloads.ts'
import { getHost } from './host.ts'
import { keepLesson } from './lessonEditing.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import type { OpenLesson } from './reviewState.ts'
import { hasSealedCase, isFixed, isLessonUnkept } from './selectors.ts'
import { getState, patchLesson, patchLessons, patchUi } from './state.ts'

/** Those that can be read; none before they were asked for. */
export function listedLessons(): readonly LessonSummary[] {
  const { list } = getState().lessons
  return list === null || 'problem' in list ? [] : list.filter(({ problem }) => problem === null)
}

/** Lists the lessons as they are now. The open one is read again where its file has changed and nothing of it waits. */
export async function refreshLessons(): Promise<void> {
  try {
    patchLessons({ list: await getHost().listLessons({}) })
  } catch (thrown) {
    return patchLessons({ list: { problem: messageOf(thrown) } })
  }
  const { open } = getState().lessons
  if (open === null) return
  // Its learner may have answered more of it in the quiz.
  if (open.pack !== null && open.sealed.size > 0) return lookForRecordings()
  if (open.isSaving || isFixed(open)) return
  const listed = listedLessons().find(({ ref }) => ref === open.ref)
  if (listed === undefined || listed.hash === open.hash || isLessonUnkept(getState())) return
  if (await openLesson(open.ref)) {
    notify('info', `${open.fileName} was changed by another program and has been read again.`)
  }
}

/** What waits of the one before is saved first. */
export async function openLesson(ref: string): Promise<boolean> {
  if (!(await leaveLesson(ref))) return false
  patchLessons({ opening: ref })
  const { reviewer } = getState().shell.settings
  try {
    const opened = await getHost().openLesson({ ref })
    // Asked for another reader, it may have answers that this one is not to know.
    if (getState().shell.settings.reviewer !== reviewer) return false
    // Something was changed in it while it was read: that stays.
    if (getState().lessons.open?.ref === ref && isLessonUnkept(getState())) return false
    showLesson(opened)
    return true
  } catch (thrown) {
    reportFailure(thrown)
    return false
  } finally {
    patchLessons({ opening: null })
  }
}

/**
 * What lies on disk takes the place of what was done here, which is kept as a lesson of its own. Where it cannot be, since
 * answers are sealed, nothing is taken.
 */
export async function takeOther(): Promise<void> {
  const { open } = getState().lessons
  if (open === null) return
  const isKept = isLessonUnkept(getState())
  if (isKept && hasSealedCase(open))
    return notify(
      'info',
      'What you did cannot be kept as a lesson of its own, since answers of it are sealed: keep yours.',
    )
  const title = freeTitle(`${open.lesson.title} (mine)`, titles())
  try {
    if (isKept) {
      await getHost().createLesson({ lesson: { ...open.lesson, id: randomId(), title } })
      patchLesson(open.ref, { saved: open.lesson, refusal: null })
    }
    const isOpen = await openLesson(open.ref)
    await refreshLessons()
    if (isOpen)
      notify('info', isKept ? `Read again. What you had done is kept as “${title}”.` : 'Read again.')
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export function closeLesson(): void {
  void leaveLesson(null).then(async (isLeft) => {
    if (!isLeft) return
    patchLessons({ open: null })
    await refreshLessons()
  })
}

/**
 * Around the change to another reader, who may not know the answers that this one was told: the open lesson is put away
 * before, and read again for the new one. Where it cannot be saved the reader stays, and is told why.
 */
export async function forNextReader(change: () => Promise<void>): Promise<void> {
  patchUi({ notices: getState().ui.notices.filter(({ action }) => action?.do !== 'bringBackLesson') })
  const { open } = getState().lessons
  if (open === null) return change()
  if (!(await leaveLesson(null))) return
  patchLessons({ open: null })
  await change()
  if (getState().lessons.open === null && (await openLesson(open.ref))) chooseCase(open.chosen)
}

/** false: something of the open lesson could not be saved, so that it stays. `next`: the one that follows it. */
async function leaveLesson(next: string | null): Promise<boolean> {
  const { open } = getState().lessons
  if (open === null) return true
  await kept()
  if (!isLessonUnkept(getState())) return true
  const refusal = getState().lessons.open?.refusal?.message ?? ''
  if (open.ref !== next)
    notify('problem', `“${open.lesson.title}” stays open, since it is not saved: ${refusal}`)
  return false
}

/** Until nothing of the lesson is under way. */
async function kept(): Promise<void> {
  await keepLesson()
  while (getState().lessons.open?.isSaving === true) await new Promise((resolve) => setTimeout(resolve, 50))
}

/** Before the window goes; false: what was done in the lesson is not saved, which was said with a way out. */
export async function lessonKept(): Promise<boolean> {
  await kept()
  if (!isLessonUnkept(getState())) return true
  const { open } = getState().lessons
  notify(
    'problem',
    `The lesson is not saved: ${open?.refusal?.message ?? ''}`,
    { do: 'closeUnkept' },
    { do: 'showLesson', caseId: null },
  )
  return false
}

export async function makeLesson(title: string): Promise<boolean> {
  const plain = plainLine(title)
  return keepNew(
    newLesson({ title: freeTitle(plain === '' ? 'Lesson' : plain, titles()) }, new Date().toISOString()),
  )
}

/** Of a lesson that came with the app, or that is to become another one: its learners begin anew with it. */
export async function copyLesson(): Promise<void> {
  const { open } = getState().lessons
  if (open === null) return
  if (open.sealed.size > 0) {
    return notify(
      'info',
      `Answers of this lesson are sealed until you have ${doneOf(open)}: it can be copied then.`,
    )
  }
  const title = freeTitle(`${open.lesson.title} (copy)`, titles())
  await keepNew({ ...open.lesson, id: randomId(), title, changed: new Date().toISOString() })
}

/** A lesson's file from elsewhere is copied into the app's folder. */
export async function importLesson(file: File): Promise<void> {
  try {
    const text = file.size > MAX_LESSON_BYTES ? ' '.repeat(MAX_LESSON_BYTES + 1) : await file.text()
    const lesson = parseLesson(text)
    // The same lesson once more is another one: what is done in one must not be taken for the other's.
    const title = freeTitle(lesson.title, titles())
    if (await keepNew(title === lesson.title ? lesson : { ...lesson, title, id: randomId() })) {
      notify('good', `Imported: “${title}”.`)
    }
  } catch (thrown) {
    notify('problem', `${file.name}: ${messageOf(thrown)}`)
  }
}

async function keepNew(lesson: Lesson): Promise<boolean> {
  if (!(await leaveLesson(null))) return false
  try {
    showLesson(await getHost().createLesson({ lesson }))
    await refreshLessons()
    return true
  } catch (thrown) {
    reportFailure(thrown)
    return false
  }
}

/** The desktop asks where to; a browser's reader gets a download. */
export async function exportLesson(): Promise<void> {
  const { open } = getState().lessons
  if (open === null) return
  await kept()
  try {
    if (getState().shell.facts.kind === 'browser') {
      if (open.sealed.size > 0) {
        return notify(
          'info',
          `Answers of this lesson are sealed until you have ${doneOf(open)}: it can be exported then.`,
        )
      }
      return downloadLesson(getState().lessons.open ?? open)
    }
    const written = await getHost().exportLesson({ ref: open.ref })
    if (written !== null) notify('good', `Exported as ${written.fileName}`)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** As this window has it, which is without the answers that are sealed. */
export function downloadLesson({ fileName, lesson }: OpenLesson): void {
  downloadFile(
    fileName.endsWith(LESSON_ENDING) ? fileName : `lesson${LESSON_ENDING}`,
    new Blob([serializeLesson(lesson)], { type: 'application/json' }),
  )
}

/** Takes the open lesson out of the list; it can be brought back at once. */
export async function removeLesson(): Promise<void> {
  const { open } = getState().lessons
  if (open === null) return
  await kept()
  try {
    await getHost().removeLesson({ ref: open.ref })
    patchLessons({ open: null })
    await refreshLessons()
    notify(
      'info',
      `“${open.lesson.title}” removed.`,
      open.sealed.size > 0 || open.pack !== null ? null : { do: 'bringBackLesson', lesson: open.lesson },
    )
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export async function bringBackLesson(lesson: Lesson): Promise<void> {
  await keepNew(lesson)
}

export function chooseCase(caseId: string | null): void {
  const { open } = getState().lessons
  if (open !== null) patchLesson(open.ref, { chosen: caseId })
}

/**
 * Where the recordings are is looked up again: one may have been put into a known folder meanwhile, or opened, and be
 * reviewed blind there.
 */
export async function lookForRecordings(): Promise<void> {
  const before = getState().lessons.open
  if (before === null) return
  try {
    const opened = await getHost().openLesson({ ref: before.ref })
    const { open } = getState().lessons
    if (open?.ref !== before.ref) return
    const isSame =
      opened.sealed.length === open.sealed.size && opened.sealed.every((id) => open.sealed.has(id))
    if (isSame) return patchLesson(open.ref, { recordings: placesOf(opened) })
    // From now on its answers are not for this reader, or are.
    await kept()
    if (await openLesson(open.ref)) chooseCase(open.chosen)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

function placesOf({ recordings }: OpenedLesson): OpenLesson['recordings'] {
  return new Map(recordings.map(({ fingerprint, recording }) => [fingerprint, recording]))
}

function showLesson(opened: OpenedLesson): void {
  const { ref, name, hash, isShipped, pack, lesson, sealed } = opened
  const open: OpenLesson = {
    ...{ ref, fileName: name, hash, isShipped, pack, lesson, saved: lesson, history: NO_LESSON_HISTORY },
    sealed: new Set(sealed),
    recordings: placesOf(opened),
    ...{ chosen: lesson.cases[0]?.id ?? null, isSaving: false, refusal: null },
  }
  patchLessons({ open })
}

/** What opens the answers that are sealed. */
function doneOf({ pack }: OpenLesson): string {
  return pack?.keys === 'sealed' ? 'answered its cases in the quiz' : 'signed off'
}

function titles(): readonly string[] {
  return listedLessons().map(({ title }) => title)
}
