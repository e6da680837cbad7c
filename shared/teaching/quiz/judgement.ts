/** What a learner says of a case, and what it comes to beside the key. Plain values, as they cross processes and lie on disk. */
import type { Mark } from '../../annotation/document.ts'
import type { Confidence } from '../../annotation/kinds.ts'
import type { Seconds } from '../../units.ts'
import type { Called } from './called.ts'
import type { CriteriaGiven } from './criteria.ts'

/** Locate: draw each event where it is. Label: say what the stretch shows, as a whole. */
export const QUIZ_MODES = ['locate', 'label'] as const
export type QuizMode = (typeof QUIZ_MODES)[number]

export type GivenMark = Pick<Mark, 'kind' | 'subtype' | 'onset' | 'duration'>

export type Judgement = {
  /** In ticks; where the stretch is labelled only, at most one with all of it. None: nothing to be marked is here. */
  readonly marks: readonly GivenMark[]
  readonly confidence: Confidence
  /** Those that were answered. */
  readonly criteria: CriteriaGiven
  /** From the showing to the answer. */
  readonly seconds: Seconds
}

/** One place of a case: what is there, what the learner said of it, and by how much the onset was late (below 0: early). */
export type JudgedPlace = {
  readonly key: Called
  readonly given: Called
  /** null: not both had a mark there, or no place was asked for. */
  readonly onsetError: Seconds | null
}

export type Judged = {
  readonly isRight: boolean
  /** A mimic was called a mimic, though another one. */
  readonly isKindRight: boolean
  /** The first place at which the two differ, one where something is before one where nothing is; else the first of all. */
  readonly confusion: Pick<JudgedPlace, 'key' | 'given'>
  /** Of that place. */
  readonly onsetError: Seconds | null
  /** Every place of key and answer, in order of onset; a case without any has one, of nothing. */
  readonly places: readonly [JudgedPlace, ...JudgedPlace[]]
}
