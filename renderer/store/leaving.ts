/**
 * What takes the open set away is asked for here: done at once, or after the reader has said what happens to marks that
 * were not saved. What is to be done waits as a plain value.
 */
import type { OpenRef, SetSummary } from '../../shared/contract/model.ts'
import type { Example } from '../../shared/reference/schema.ts'
import { findCase } from '../../shared/teaching/lesson.ts'
import { assertNever } from '../../shared/units.ts'
import { beginConsensus } from './deciding.ts'
import { isShownIn, openExample, returnFrom } from './examples.ts'
import { getHost } from './host.ts'
import { showAlone, showOwn } from './lanes.ts'
import { forNextReader, lessonKept } from './lessons.ts'
import { notify, reportFailure } from './notices.ts'
import { leaveRecording, openRecording, reopen } from './opening.ts'
import { discardUnsaved, openSet, openSetOf, returnToOwnSet } from './openingSets.ts'
import { showPack } from './packs.ts'
import { beginQuiz } from './quiz.ts'
import type { QuizRequest } from './quizState.ts'
import { keepPlace } from './remembering.ts'
import type { NextStep } from './reviewState.ts'
import { save } from './saving.ts'
import { hasUnsaved, isCaseOpen, isDeciding, isOwnOpen, openRecordingOf, recordingIdOf } from './selectors.ts'
import { takeCode } from './settings.ts'
import { openCase } from './showingCase.ts'
import { getState, patchUi } from './state.ts'

export function whenSaved(step: NextStep): void {
  // What is open belongs to the quiz, and so does the way back.
  if (getState().quiz !== null && step.to !== 'closeWindow') {
    return notify('info', 'A quiz is under way: end it first (Esc).')
  }
  if (hasUnsaved(getState())) patchUi({ dialog: 'unsaved', afterUnsaved: step })
  else void take(step)
}

export async function answerUnsaved(answer: 'save' | 'discard' | 'cancel'): Promise<void> {
  const step = getState().ui.afterUnsaved
  patchUi({ dialog: null, afterUnsaved: null })
  if (answer === 'cancel' || step === null) return
  if (answer === 'save' && !(await save())) return
  if (answer === 'discard') await discardUnsaved()
  void take(step)
}

async function take(step: NextStep): Promise<void> {
  switch (step.to) {
    case 'open':
      await openRecording(step.choice)
      return
    case 'reopen':
      return reopen()
    case 'close':
      return leaveRecording()
    case 'closeWindow':
      if (await lessonKept()) await closeWindow()
      return
    case 'openSet':
      return openSet(step.ref)
    case 'ownSet':
      return returnToOwnSet()
    case 'consensus':
      return beginConsensus()
    case 'changeReviewer':
      return forNextReader(() => openSetOf(step.reviewer))
    case 'openExample':
      return openExample(step.example)
    case 'goBack':
      return returnFrom(step.before)
    case 'showCase':
      return openCase(step.caseId)
    case 'quiz':
      return beginQuiz(step.request)
    default:
      return assertNever(step)
  }
}

/** Closes the window at once: what is not saved goes with it. */
export async function closeWindow(): Promise<void> {
  await keepPlace()
  await getHost().closeWindow({}).catch(reportFailure)
}

/** A pack takes nothing away: what it holds is shown. */
export function requestOpen(choice: OpenRef): void {
  if (showPack(choice)) return
  patchUi({ dialog: null })
  whenSaved({ to: 'open', choice })
}

/** New records of a growing file, or the file that now stands in its place. */
export function reload(): void {
  whenSaved({ to: 'reopen' })
}

export function closeRecording(): void {
  whenSaved({ to: 'close' })
}

export function requestSet(ref: OpenRef): void {
  if (recordingIdOf(getState()) === null) return
  patchUi({ dialog: null })
  whenSaved({ to: 'openSet', ref })
}

/** A set beside the recording: another's is shown alone, one's own is opened to mark in. */
export function requestListed(set: SetSummary): void {
  const { reviewer } = getState().shell.settings
  if (set.reviewer === reviewer && !set.isKey) return requestSet(set)
  patchUi({ dialog: null })
  void showAlone(set.ref)
}

/** Another reviewer's own set is opened. */
export function changeReviewer(reviewer: string): void {
  patchUi({ dialog: null })
  const { settings } = getState().shell
  // A set for reading is a key or another's; one's own that another window had may be free by now.
  if (reviewer === settings.reviewer && isOwnOpen(getState())) {
    void takeCode(reviewer)
    return showOwn()
  }
  whenSaved({ to: 'changeReviewer', reviewer })
}

/** From another's set, a key or the consensus back to one's own. */
export function requestOwnSet(): void {
  patchUi({ dialog: null })
  if (isOwnOpen(getState())) showOwn()
  else whenSaved({ to: 'ownSet' })
}

/** Deciding in a consensus set takes the place of one's own, which has to be on disk to be compared. */
export function requestConsensus(): void {
  if (isDeciding(getState())) void beginConsensus()
  else whenSaved({ to: 'consensus' })
}

export function requestQuiz(request: QuizRequest): void {
  patchUi({ dialog: null })
  whenSaved({ to: 'quiz', request })
}

export async function chooseRecording(): Promise<void> {
  if (getState().shell.facts.kind === 'browser') return patchUi({ dialog: 'open' })
  try {
    const chosen = await getHost().chooseRecording({})
    if (chosen !== null) requestOpen(chosen)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export async function chooseSet(): Promise<void> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return
  if (getState().shell.facts.kind === 'browser') return patchUi({ dialog: 'sets' })
  try {
    const chosen = await getHost().chooseSet({ recordingId })
    if (chosen !== null) requestSet(chosen)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

export function goToExample(example: Example): void {
  if (isShownIn(example, getState())) void openExample(example)
  else whenSaved({ to: 'openExample', example })
}

/** A case of the open lesson; its recording takes the place of what is open, where it is another. */
export function goToCase(caseId: string): void {
  const state = getState()
  const { open } = state.lessons
  const found = open === null ? null : findCase(open.lesson, caseId)
  if (open === null || found === null) return
  if (isCaseOpen(state, found)) return void openCase(caseId)
  if ((open.recordings.get(found.recording.fingerprint) ?? null) === null) return
  whenSaved({ to: 'showCase', caseId })
}

export function goBackFromExample(): void {
  const { before } = getState().ui
  if (before === null) return
  patchUi({ before: null })
  const target = before.source
  // The reference was read alone: it is again once the sample is closed.
  if (target === null) closeRecording()
  else if (target.ref === openRecordingOf(getState())?.source?.ref) void returnFrom(before)
  else whenSaved({ to: 'goBack', before })
}
