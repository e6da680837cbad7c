/** "Add to lesson" on a mark, without leaving the page. */
import { identityOf } from '../../shared/annotation/identity.ts'
import { caseOf } from '../../shared/teaching/lesson.ts'
import { caseOfMark, stretchAround } from '../../shared/teaching/makeCase.ts'
import { ticksFromSeconds } from '../../shared/units.ts'
import { getHost } from './host.ts'
import { addToOpenLesson } from './lessonEditing.ts'
import { listedLessons, makeLesson, openLesson, refreshLessons } from './lessons.ts'
import { notify, reportFailure } from './notices.ts'
import { activeSet, isFixed, openedOf, selectedMarkOf, timelineOf } from './selectors.ts'
import { viewNow, withOwnMontage } from './showingCase.ts'
import { getState } from './state.ts'

/**
 * Makes a case of the stretch around the picked mark, in the view in which it was made: the mark is the key, its comment
 * the draft of the rationale, what others marked there are votes. It goes to the end of the open lesson, else of the own
 * lesson that was changed last, else of a new one. `place`: where on the page the mark comes to lie, 0 to 1.
 */
export async function addToLesson(place: number = Math.random()): Promise<void> {
  const state = getState()
  const mark = selectedMarkOf(state)
  const set = activeSet(state)
  const opened = openedOf(state)
  const whole = timelineOf(state)?.span
  if (mark === null || set === null) {
    return notify('info', 'Choose a mark first: click it, or . and , go through them.')
  }
  if (opened === null || whole === undefined) return
  const { recordingId, fingerprint, name } = opened
  try {
    const view = mark.view === null ? viewNow() : withOwnMontage(mark.view)
    const bounds = { start: ticksFromSeconds(whole.start), end: ticksFromSeconds(whole.end) }
    const stretch = stretchAround(mark, view.timebase, bounds, place)
    const { reviewer, marks } = set.document
    // Asked first: where the seal forbids a case, no lesson is begun for it.
    const votes = await getHost().stretchVotes({ recordingId, ...stretch, reviewer })
    if (!(await openSome())) return
    const { open } = getState().lessons
    if (open === null) return
    const before = caseOf(open.lesson, { fingerprint, markId: mark.id })
    if (before !== null) {
      const at = open.lesson.cases.indexOf(before) + 1
      return notify('info', `This mark is in case ${at} of “${open.lesson.title}” already.`, {
        do: 'showLesson',
        caseId: before.id,
      })
    }
    const identity = identityOf(opened.recording.header, fingerprint, name)
    const made = caseOfMark({
      ...{ identity, mark, marks, stretch, votes, view },
      now: new Date().toISOString(),
    })
    if (!addToOpenLesson(made)) return
    const { cases, title } = getState().lessons.open?.lesson ?? open.lesson
    notify(
      'good',
      `Added to “${title}” as case ${cases.length}.`,
      { do: 'undoLesson' },
      { do: 'showLesson', caseId: made.id },
    )
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** A lesson that can be added to is open afterwards. */
async function openSome(): Promise<boolean> {
  const { open } = getState().lessons
  if (open !== null && !isFixed(open)) return true
  await refreshLessons()
  const last = listedLessons().find((each) => !isFixed(each))
  return last === undefined ? makeLesson('My lesson') : openLesson(last.ref)
}
