/** Keys of the quiz, while one is under way: they come before the commands. */
import { KINDS } from '../../shared/annotation/kinds.ts'
import { readKey } from '../../shared/contract/keys.ts'
import { type QuizVerb, quizVerbOf } from '../../shared/contract/quizKeys.ts'
import { nextQuizCase, requestEndOfQuiz } from '../store/quiz.ts'
import { answerQuiz, askedNow, labelCase, nextConfidence, sayNothing } from '../store/quizAnswering.ts'
import { nextReference, showExpertView, togglePair } from '../store/quizPair.ts'
import { activePane } from '../store/selectors.ts'
import { getState } from '../store/state.ts'
import { isTextField } from './textField.ts'
import { focusPage, isInPopup } from './whoseKeys.ts'

const VERBS: Readonly<Record<QuizVerb, () => void>> = {
  nothing: sayNothing,
  confidence: nextConfidence,
  criteria: focusCriteria,
  go: () => {
    if (askedNow(getState()) === null) void nextQuizCase()
    else void answerQuiz()
  },
  pair: togglePair,
  reference: nextReference,
  expert: showExpertView,
  leave: requestEndOfQuiz,
}

/** Whether the key was one of them; a held key does it once. */
export function runQuizKey(event: KeyboardEvent): boolean {
  const { quiz, ui } = getState()
  if (quiz === null || ui.dialog !== null) return false
  const target = event.target instanceof Element ? event.target : null
  if (isTextField(target) && !isChoice(target)) return false
  if (isInPopup(target)) return false
  if (quiz.at.phase === 'coming') {
    if (event.key !== 'Escape') return false
    requestEndOfQuiz()
    return true
  }
  const verb = quizVerbOf(event, quiz.at.phase)
  if (verb === null) return labelByDigit(event, target)
  if (target instanceof HTMLSelectElement && verb === 'leave') {
    focusPage()
    return true
  }
  if (target instanceof HTMLSelectElement && verb !== 'go') return false
  if (verb === 'go' && target?.closest('button, a, summary, [role="tab"]') != null) return false
  if (verb === 'leave' && isHolding()) return false
  if (!event.repeat) VERBS[verb]()
  return true
}

/** Where no place is asked for, a digit says what all of it is. */
function labelByDigit(event: KeyboardEvent, target: Element | null): boolean {
  const state = getState()
  if (askedNow(state) === null || state.quiz?.request.mode !== 'label') return false
  if (event.ctrlKey || event.metaKey || event.altKey || target instanceof HTMLSelectElement) return false
  const readings = readKey(event)
  const kind = KINDS.find(({ key }) => readings.includes(key))
  if (kind === undefined) return false
  if (!event.repeat) labelCase(kind.code)
  return true
}

function isChoice(target: Element | null): boolean {
  return target instanceof HTMLInputElement && target.type === 'radio'
}

/** Escape lets go of what is held on the page first. */
function isHolding(): boolean {
  const { selection, armed, selectedMark, drag, caliper, measuredAt, outlined } = activePane(getState())
  const inHand = [selection, armed, drag, caliper, measuredAt, outlined]
  // The key's mark is picked all the while after the answer.
  return [...inHand, ...(askedNow(getState()) === null ? [] : [selectedMark])].some((one) => one !== null)
}

/** From the page to the first criterion that is not answered, and back. */
function focusCriteria(): void {
  const list = document.querySelector('[data-quiz-criteria]')
  if (list?.contains(document.activeElement) === true) {
    focusPage()
    return
  }
  const rows = [...(list?.querySelectorAll('[data-criterion]') ?? [])]
  const row = rows.find((each) => each.querySelector('input:checked') === null) ?? rows[0]
  row?.querySelector<HTMLInputElement>('input:checked, input')?.focus()
}
