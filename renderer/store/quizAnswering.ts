/** What a learner says of the case that is asked, and what comes back for it. */
import { deleteMarks } from '../../shared/annotation/edits.ts'
import { EMPTY_HISTORY } from '../../shared/annotation/history.ts'
import { CONFIDENCES, type Confidence, type MarkKind, mimicOf } from '../../shared/annotation/kinds.ts'
import type { ProcedureInput } from '../../shared/contract/contract.ts'
import type { Answered } from '../../shared/contract/quizProcedures.ts'
import { type FailureCode, ReviewError } from '../../shared/failure.ts'
import type { CriterionAnswer, CriterionId } from '../../shared/teaching/quiz/criteria.ts'
import type { Judgement } from '../../shared/teaching/quiz/judgement.ts'
import { newSet } from './beginnings.ts'
import { dispatch, editContext } from './editing.ts'
import { getHost } from './host.ts'
import { messageOf } from './notices.ts'
import { passQuizCase } from './quiz.ts'
import { showPair } from './quizPair.ts'
import type { QuizAt, QuizDraft, QuizState } from './quizState.ts'
import type { ReviewState } from './reviewState.ts'
import { activeSet } from './selectors.ts'
import type { OpenSetState } from './setsState.ts'
import { getState, patchPane, patchQuiz, patchUi, setState } from './state.ts'

type Asked = Extract<QuizAt, { readonly phase: 'asked' }>

/** As the host takes it. */
type Said = ProcedureInput<'answerCase'>['judgement']

const ANSWER_SET = 'answer'

/** In the place of a mark's id, where the mimic that is asked about is the whole stretch. */
const WHOLE_CASE = 'whole case'

/** Judged before, its answer lost and something else said since; or its recording gone, or reviewed blind by now. */
const OVER: ReadonlySet<FailureCode> = new Set(['conflict', 'sealed'])

/** The case that is asked, while it is; null before and after. */
export function askedNow({ quiz }: Pick<ReviewState, 'quiz'>): Asked | null {
  return quiz?.at.phase === 'asked' ? quiz.at : null
}

/** What a digit says where the whole stretch is judged; the same again takes it back. */
export function labelCase(kind: MarkKind): void {
  const asked = askedNow(getState())
  if (asked === null) return
  const isTakenBack = asked.draft.label?.kind === kind
  say({ label: isTakenBack ? null : { kind, subtype: null }, isNothing: false })
  patchPane({ subtypeFor: kind === 'mimic' && !isTakenBack ? WHOLE_CASE : null })
}

export function nameMimic(subtype: string | null): void {
  patchPane({ subtypeFor: null })
  if (askedNow(getState())?.draft.label?.kind === 'mimic') say({ label: { kind: 'mimic', subtype } })
}

/** There is nothing to be marked, which is an answer too; marks made before go, as one step that can be undone. */
export function sayNothing(): void {
  const asked = askedNow(getState())
  if (asked === null) return
  const set = activeSet(getState())
  const marks = set?.document.marks ?? []
  if (set !== null && marks.length > 0) {
    dispatch(
      deleteMarks(
        set.document,
        marks.map(({ id }) => id),
        editContext(),
      ),
    )
    patchPane({ selectedMark: null })
  }
  say({ label: null, isNothing: marks.length > 0 || !asked.draft.isNothing })
}

export function chooseConfidence(confidence: Confidence): void {
  say({ confidence })
}

/** From the least sure to the most, and round. */
export function nextConfidence(): void {
  const asked = askedNow(getState())
  if (asked === null) return
  const steps = CONFIDENCES.map(({ code }) => code).toReversed()
  const { confidence } = asked.draft
  const at = confidence === null ? -1 : steps.indexOf(confidence)
  say({ confidence: steps[(at + 1) % steps.length] ?? null })
}

/** The same again takes it back. */
export function answerCriterion(id: CriterionId, answer: CriterionAnswer): void {
  const asked = askedNow(getState())
  if (asked === null) return
  const { [id]: before, ...others } = asked.draft.criteria
  say({ criteria: before === answer ? others : { ...others, [id]: answer } })
}

function say(change: Partial<QuizDraft>): void {
  const asked = askedNow(getState())
  if (asked === null || asked.isSending) return
  patchQuiz({ at: { ...asked, draft: { ...asked.draft, ...change }, problem: null } })
}

/** What is missing before it can be answered, in a sentence; null: nothing. */
export function missingNow(state: ReviewState): string | null {
  const asked = askedNow(state)
  if (state.quiz === null || asked === null) return null
  const { label, isNothing, confidence } = asked.draft
  const marks = activeSet(state)?.document.marks.length ?? 0
  if (marks === 0 && label === null && !isNothing) {
    return state.quiz.request.mode === 'locate'
      ? 'Mark what you see, or say with 4 that there is nothing.'
      : 'Say first what it is, or with 4 that it is none of these.'
  }
  return confidence === null ? 'Say how sure you are (C).' : null
}

export async function answerQuiz(): Promise<void> {
  const { quiz } = getState()
  const asked = askedNow(getState())
  if (quiz === null || asked === null || asked.isSending) return
  const problem = missingNow(getState())
  if (problem !== null) return patchQuiz({ at: { ...asked, problem } })
  const judgement = judgementOf(quiz, asked)
  patchQuiz({ at: { ...asked, isSending: true, problem: null } })
  const isSame = () => askedNow(getState())?.shown === asked.shown && getState().quiz?.start === quiz.start
  try {
    const { quizId } = quiz.start
    const answered = await getHost().answerCase({ quizId, showing: asked.shown.showing, judgement })
    if (isSame()) showAnswer({ asked, judgement, answered })
  } catch (thrown) {
    if (!isSame()) return
    if (thrown instanceof ReviewError && OVER.has(thrown.code)) return passQuizCase(thrown)
    // It stays as it was said, to be sent again.
    patchQuiz({ at: { ...asked, isSending: false, problem: messageOf(thrown) } })
  }
}

function judgementOf({ request }: QuizState, { draft, shown, since }: Asked): Said {
  const { label, confidence, criteria } = draft
  const { onset, duration } = shown
  const drawn = activeSet(getState())?.document.marks ?? []
  const marks =
    request.mode === 'locate'
      ? drawn.map(({ kind, subtype, onset, duration }) => ({
          kind,
          subtype: known(subtype),
          onset,
          duration,
        }))
      : label === null
        ? []
        : [{ kind: label.kind, subtype: known(label.subtype), onset, duration }]
  const seconds = since === null ? 0 : Math.max(0, (performance.now() - since) / 1000)
  return { marks, confidence: confidence ?? 'possible', criteria, seconds: Math.round(seconds * 10) / 10 }
}

function known(subtype: string | null): Said['marks'][number]['subtype'] {
  return mimicOf(subtype)?.code ?? null
}

type Shown = {
  readonly asked: Asked
  readonly judgement: Judgement
  readonly answered: Answered
}

/** The key is on the page, what the learner marked below it. */
function showAnswer({ asked, judgement, answered }: Shown): void {
  const { quiz } = getState()
  const own = activeSet(getState())
  if (quiz === null || own === null) return
  patchQuiz({
    at: { phase: 'answered', shown: asked.shown, judgement, answered, isPairShown: false },
    given: quiz.given + 1,
    right: quiz.right + (answered.judged.isRight ? 1 : 0),
  })
  const key = answerSet(own, answered)
  const yours: OpenSetState = { ...own, role: 'lane', readOnly: true }
  // Where nothing was marked there is nothing to be compared below the page.
  const below = own.document.marks.length === 0 ? {} : { [yours.setId]: yours }
  setState({ sets: { byId: { [key.setId]: key, ...below }, active: key.setId } })
  const first = key.document.marks[0] ?? null
  patchPane({
    selectedMark: first?.id ?? null,
    selection: null,
    armed: null,
    cursor: null,
    subtypeFor: null,
    caliper: null,
  })
  patchUi({ panel: 'evidence' })
  void showPair()
}

/** The key as a set for reading, so that it is drawn and measured as any other. */
function answerSet(own: OpenSetState, { key }: Answered): OpenSetState {
  const { created, changed } = own.document
  const marks = key.map((mark) => ({
    ...{ comment: '', created, changed, view: null },
    ...mark,
    type: 'mark' as const,
  }))
  const { outbox: _, role: __, ref: ___, copy: ____, ...opened } = own
  const document = { ...own.document, marks }
  return newSet(
    {
      ...opened,
      setId: ANSWER_SET,
      isKey: true,
      readOnly: true,
      document,
      history: EMPTY_HISTORY,
      unsaved: false,
    },
    null,
    'exercise',
  )
}
