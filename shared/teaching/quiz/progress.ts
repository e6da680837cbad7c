/** What a learner has done of a lesson: every answer in order, and nothing that follows from them. */
import type { Confidence } from '../../annotation/kinds.ts'
import type { Seconds } from '../../units.ts'
import type { CriterionAnswer } from './criteria.ts'
import type { GivenMark, Judged, QuizMode } from './judgement.ts'

export type Answer = {
  /** Of the showing. */
  readonly showing: string
  /** Id of the lesson's case. */
  readonly case: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly mode: QuizMode
  readonly marks: readonly GivenMark[]
  readonly confidence: Confidence
  /** By id of the criterion, one that is no longer asked among them. */
  readonly criteria: Readonly<Record<string, CriterionAnswer>>
  readonly seconds: Seconds
  /** By the key as it was then. */
  readonly judged: Judged
}

export type LessonProgress = {
  readonly lesson: { readonly id: string; readonly title: string }
  /** In the order in which they were given. */
  readonly answers: readonly Answer[]
}

export const MAX_ANSWERS = 20_000

/** The first answer to each case: what comes after has seen the page and its answer. */
export function firstAnswers(answers: readonly Answer[]): readonly Answer[] {
  const seen = new Set<string>()
  return answers.filter((answer) => {
    const isFirst = !seen.has(answer.case)
    seen.add(answer.case)
    return isFirst
  })
}
