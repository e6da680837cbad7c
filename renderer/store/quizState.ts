/** What the window holds of a quiz: what is asked, what the learner has said of it so far, and the answer once it was given. */
import type { Confidence, MarkKind } from '../../shared/annotation/kinds.ts'
import type { OpenRef } from '../../shared/contract/model.ts'
import type { Answered, QuizCase, QuizEnd, QuizStart } from '../../shared/contract/quizProcedures.ts'
import type { View } from '../../shared/signal/viewSettings.ts'
import type { Judgement, QuizMode } from '../../shared/teaching/quiz/judgement.ts'
import type { Seconds, Span } from '../../shared/units.ts'
import type { GuestRecording } from './guestRecording.ts'
import type { Panel } from './panels.ts'

/** What the learner wants to be asked. */
export type QuizRequest = { readonly lesson: OpenRef; readonly mode: QuizMode }

/** Where the reader was, to be there again afterwards; `source` null: nothing was open. */
export type BeforeQuiz = {
  readonly source: OpenRef | null
  readonly pageStart: Seconds
  readonly view: View
  readonly panel: Panel
  /** What was picked on the page. */
  readonly selection: Span | null
  readonly selectedMark: string | null
}

/** What the whole stretch is said to be, where no place is asked for. */
export type QuizLabel = { readonly kind: MarkKind; readonly subtype: string | null }

/** What the learner has said so far of the case that is asked. */
export type QuizDraft = {
  /** null where marks say it, or nothing was said yet. */
  readonly label: QuizLabel | null
  readonly isNothing: boolean
  readonly confidence: Confidence | null
  readonly criteria: Judgement['criteria']
}

export type QuizAt =
  /** The next case is being opened. */
  | { readonly phase: 'coming' }
  | {
      readonly phase: 'asked'
      readonly shown: QuizCase
      /** When its first page stood on the screen, by the window's clock in ms; null before. */
      readonly since: number | null
      readonly draft: QuizDraft
      readonly isSending: boolean
      /** What is missing, or why the answer was refused. */
      readonly problem: string | null
    }
  | {
      readonly phase: 'answered'
      readonly shown: QuizCase
      readonly judgement: Judgement
      readonly answered: Answered
      readonly isPairShown: boolean
    }

/** A typical event, to be seen beside the case. */
export type QuizReference = { readonly kind: MarkKind; readonly guest: GuestRecording }

export type QuizState = {
  readonly start: QuizStart
  readonly request: QuizRequest
  readonly before: BeforeQuiz
  readonly at: QuizAt
  /** null: not opened yet. A sentence: why there is none. */
  readonly references: readonly QuizReference[] | { readonly problem: string } | null
  /** The reference that is shown, where there is room for one alone. */
  readonly reference: number
  /** The window has room for both. */
  readonly hasRoom: boolean
  readonly given: number
  readonly right: number
}

/** `end`: why the quiz on it had nothing left to ask; null: it was ended, or there was none. */
export type ResultsOf = { readonly lesson: OpenRef; readonly end: QuizEnd | null }
