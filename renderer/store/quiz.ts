/**
 * A quiz from its beginning to its end: the cases one after the other, and the reader back where they were. What the
 * learner says of a case stands in quizAnswering.ts, what is seen after the answer in quizPair.ts. The key is not here:
 * the host gives it in return for a judgement.
 */
import { emptyDocument } from '../../shared/annotation/emptyDocument.ts'
import { EMPTY_HISTORY } from '../../shared/annotation/history.ts'
import { identityOf } from '../../shared/annotation/identity.ts'
import type { OpenedRecording, OpenedSet } from '../../shared/contract/model.ts'
import type { QuizCase, QuizEnd } from '../../shared/contract/quizProcedures.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { defaultMontage } from '../../shared/montage/planMontage.ts'
import { DEFAULT_VIEW } from '../../shared/signal/viewSettings.ts'
import { secondsFromTicks, type Ticks } from '../../shared/units.ts'
import { closed, newRecording, newSet, openedWith } from './beginnings.ts'
import { returnFrom } from './examples.ts'
import { getHost } from './host.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import { leaveRecording } from './opening.ts'
import { closeReferences } from './quizPair.ts'
import { showQuizResults } from './quizResults.ts'
import type { BeforeQuiz, QuizDraft, QuizRequest, QuizState } from './quizState.ts'
import { readRWave } from './rWave.ts'
import { openRecordingOf, ownPane, ownSet, recordingIdOf } from './selectors.ts'
import type { SetId } from './setsState.ts'
import { showStretch } from './showingCase.ts'
import { getState, patchPane, patchQuiz, patchUi, setState } from './state.ts'

/** The set in which a learner marks: of this window alone. */
const EXERCISE: SetId = 'exercise'

const NOTHING_SAID: QuizDraft = { label: null, isNothing: false, confidence: null, criteria: {} }

/** At once: unsaved marks are asked for before (leaving.ts). What is open stays where there is nothing to be asked. */
export async function beginQuiz(request: QuizRequest): Promise<void> {
  patchUi({ dialog: 'quiz', startingQuiz: request })
  try {
    const start = await getHost().startQuiz({ ref: request.lesson.ref, mode: request.mode })
    const first = await getHost().nextCase({ quizId: start.quizId })
    if (getState().ui.startingQuiz !== request) return
    patchUi({ dialog: null, startingQuiz: null })
    if (first.type === 'end') return showQuizResults(request.lesson, first)
    const { pageStart, view, selection, selectedMark } = ownPane(getState())
    const source = openRecordingOf(getState())?.source ?? null
    const before = { source, pageStart, view, panel: getState().ui.panel, selection, selectedMark }
    await leaveRecording()
    const quiz: QuizState = {
      ...{ start, request, before, at: { phase: 'coming' }, references: null, reference: 0 },
      ...{ hasRoom: true, given: 0, right: 0 },
    }
    setState({ quiz })
    await showQuizCase(first)
  } catch (thrown) {
    await failQuiz(thrown)
  }
}

/** Before it has begun: what is open stays. */
export function giveUpStarting(): void {
  patchUi({ dialog: null, startingQuiz: null })
}

export async function nextQuizCase(): Promise<void> {
  const { quiz } = getState()
  if (quiz?.at.phase === 'answered') await goOn(quiz)
}

/** Where the host takes no judgement of it any more. */
export async function passQuizCase(why: unknown): Promise<void> {
  const { quiz } = getState()
  if (quiz?.at.phase !== 'asked') return
  notify('problem', messageOf(why))
  await goOn(quiz)
}

async function goOn(quiz: QuizState): Promise<void> {
  patchQuiz({ at: { phase: 'coming' } })
  try {
    const next = await getHost().nextCase({ quizId: quiz.start.quizId })
    // It was ended meanwhile.
    if (getState().quiz?.start !== quiz.start) return
    if (next.type === 'end') await endQuiz(next)
    else await showQuizCase(next)
  } catch (thrown) {
    // A host that is gone is told of above the page, and so is its return.
    if (thrown instanceof ReviewError && thrown.code === 'host-gone')
      patchQuiz({ at: quiz.at.phase === 'asked' ? { ...quiz.at, isSending: false } : quiz.at })
    else await failQuiz(thrown)
  }
}

/** Its first page stands: the time to the answer is counted from here. */
export function quizCaseShown(): void {
  const at = getState().quiz?.at
  if (at?.phase === 'asked' && at.since === null) patchQuiz({ at: { ...at, since: performance.now() } })
}

/** Asks first where something that was said would be lost. */
export function requestEndOfQuiz(): void {
  const { quiz } = getState()
  if (quiz === null) return
  if (quiz.at.phase === 'asked' && hasDraft()) patchUi({ dialog: 'endQuiz' })
  else void endQuiz(null)
}

/** `end`: why nothing is left to be asked; null: the learner has ended it. */
export async function endQuiz(end: QuizEnd | null): Promise<void> {
  const { quiz } = getState()
  if (quiz === null) return
  await leaveQuiz()
  if (end !== null || quiz.given > 0) showQuizResults(quiz.request.lesson, end)
}

/** The reader is where they were, with what can be undone beginning anew; nothing of the quiz stays in the window. */
export async function leaveQuiz(): Promise<void> {
  const { quiz } = getState()
  if (quiz === null) return
  closeReferences()
  closeCase(recordingIdOf(getState()))
  setState({ ...closed(null), quiz: null })
  const { source, panel } = quiz.before
  patchUi({ dialog: null, panel })
  if (source === null) return
  await returnFrom({ ...quiz.before, source })
  pickAgain(quiz.before)
}

/** Where the recording is there again, with what was picked on it. */
function pickAgain({ source, selection, selectedMark }: BeforeQuiz): void {
  const state = getState()
  if (openRecordingOf(state)?.source?.ref !== source?.ref) return
  const isThere = ownSet(state)?.document.marks.some(({ id }) => id === selectedMark) ?? false
  patchPane({ selection, selectedMark: isThere ? selectedMark : null }, ownPane(state).id)
}

async function failQuiz(thrown: unknown): Promise<void> {
  if (getState().quiz === null) {
    patchUi({ startingQuiz: null })
    return reportFailure(thrown)
  }
  const message = messageOf(thrown)
  await leaveQuiz()
  notify('problem', `The quiz has ended: ${message} What was answered is kept.`)
}

/** Whether something of the case that is asked was marked or chosen. */
function hasDraft(): boolean {
  const { quiz, sets } = getState()
  if (quiz?.at.phase !== 'asked') return false
  const { draft } = quiz.at
  const marks = sets.byId[EXERCISE]?.document.marks.length ?? 0
  return marks > 0 || draft !== NOTHING_SAID
}

async function showQuizCase(shown: QuizCase): Promise<void> {
  const { quiz } = getState()
  if (quiz === null) return
  const last = recordingIdOf(getState())
  const opened = await openCaseRecording(shown)
  if (getState().quiz?.start !== quiz.start) return closeCase(opened.recordingId)
  const { header } = opened.recording
  const { bad } = shown.view
  const view = {
    ...{ ...DEFAULT_VIEW, montage: defaultMontage(header) },
    ...(bad === undefined ? {} : { bad }),
  }
  setState(
    openedWith(newRecording(opened, null, []), { view, pageStart: opened.recording.timeline.span.start }),
  )
  takeUpExercise(opened)
  showStretch(shown)
  closeCase(last)
  patchQuiz({
    at: { phase: 'asked', shown, since: null, draft: NOTHING_SAID, isSending: false, problem: null },
  })
  void readRWave(opened.recordingId)
}

/** Read as one beside the window's own, so that no list of recordings and no next window begins with it. */
async function openCaseRecording(shown: QuizCase): Promise<OpenedRecording> {
  const opened = await getHost().openRecording({ ref: shown.recording.ref, beside: true, unlisted: true })
  try {
    // The file's own notes stay where they are: they may tell.
    const { recording } = await getHost().scanned({ recordingId: opened.recordingId })
    // Sets beside it may tell as well, by their names alone, and so may its own.
    return { ...opened, recording: onlyCase(recording, shown), name: 'Quiz', sets: [], remembered: null }
  } catch (thrown) {
    closeCase(opened.recordingId)
    throw thrown
  }
}

/** All there is to go through is the stretch: what lies around it is no part of the case. */
function onlyCase(
  recording: Recording,
  { onset, duration }: Pick<QuizCase, 'onset' | 'duration'>,
): Recording {
  const span = { start: secondsFromTicks(onset), end: secondsFromTicks((onset + duration) as Ticks) }
  return { ...recording, timeline: { ...recording.timeline, span } }
}

/** A set that no journal and no file knows: what is marked in it stays in this window. */
function takeUpExercise(opened: OpenedRecording): void {
  const { reviewer } = getState().shell.settings
  const identity = identityOf(opened.recording.header, opened.fingerprint, '')
  const blank: OpenedSet = {
    ...{ setId: EXERCISE, fileName: '', isKey: false, recovered: null, choice: null, damaged: null },
    ...{ journalProblem: null, notice: null, unsaved: false, signed: null, history: EMPTY_HISTORY },
    document: emptyDocument({ recording: identity, reviewer, now: new Date().toISOString() }),
    // Where no place is asked for, nothing is marked.
    readOnly: getState().quiz?.request.mode === 'label',
  }
  setState({ sets: { byId: { [EXERCISE]: newSet(blank, null, 'exercise') }, active: EXERCISE } })
}

function closeCase(recordingId: string | null): void {
  if (recordingId === null) return
  void getHost()
    .closeRecording({ recordingId })
    .catch(() => {})
}
