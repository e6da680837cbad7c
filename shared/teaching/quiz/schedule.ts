/**
 * When a case comes back. A missed one at once (after some others, order.ts), a right one when it is about to be
 * forgotten, by FSRS (ts-fsrs, Ye et al. 2022, KDD, doi:10.1145/3534678.3539081), one that is mastered never. Computed
 * from the answers each time, so that it lies on no disk and cannot disagree with them.
 */
import { createEmptyCard, fsrs, type Grade, Rating } from 'ts-fsrs'
import type { Seconds } from '../../units.ts'
import type { Answer } from './progress.ts'

/** Limits of this program. */
const QUICK: Seconds = 20
const SLOW: Seconds = 90
/** Right in so many showings, the last ones, */
const MASTERED_IN_A_ROW = 3
/** the first and the last so far apart that a night lies between them: two days, wherever the learner's midnight is; */
const MASTERED_APART_MS = 12 * 3600 * 1000
/** or remembered by nine of ten learners after as many days, by FSRS. */
export const MASTERED_STABILITY_DAYS = 60

export type Standing =
  | { readonly type: 'fresh' }
  /** The last answer was wrong. */
  | { readonly type: 'missed'; readonly since: string }
  | { readonly type: 'scheduled'; readonly due: string }
  | { readonly type: 'retired' }

/** No chance in it, and no steps of minutes: what was just seen is known by its picture. */
const scheduler = fsrs({ enable_fuzz: false, enable_short_term: false })

/** Of the answers to one case, in order. */
export function standingOf(answers: readonly Answer[]): Standing {
  const last = answers.at(-1)
  if (last === undefined) return { type: 'fresh' }
  if (!last.judged.isRight) return { type: 'missed', since: last.at }
  let card = createEmptyCard(new Date(answers[0]!.at))
  for (const answer of answers) {
    // FSRS throws where time runs backwards, as clocks do that are set.
    const at = Math.max(Date.parse(answer.at), card.last_review?.getTime() ?? Number.NEGATIVE_INFINITY)
    card = scheduler.next(card, new Date(at), gradeOf(answer)).card
  }
  if (isMastered(answers) || card.stability >= MASTERED_STABILITY_DAYS) return { type: 'retired' }
  return { type: 'scheduled', due: card.due.toISOString() }
}

/** Whether it comes back by then; `at`: ISO 8601, UTC. */
export function isDue(standing: Standing, at: string): boolean {
  return standing.type === 'missed' || (standing.type === 'scheduled' && standing.due <= at)
}

/** Wrong, right with an effort, right, right at once and surely. */
function gradeOf({ judged, confidence, seconds }: Answer): Grade {
  if (!judged.isRight) return Rating.Again
  if (confidence === 'possible' || seconds > SLOW) return Rating.Hard
  return confidence === 'sure' && seconds <= QUICK ? Rating.Easy : Rating.Good
}

function isMastered(answers: readonly Answer[]): boolean {
  const last = answers.slice(-MASTERED_IN_A_ROW)
  if (last.length < MASTERED_IN_A_ROW || !last.every(({ judged }) => judged.isRight)) return false
  return Date.parse(last.at(-1)!.at) - Date.parse(last[0]!.at) >= MASTERED_APART_MS
}
