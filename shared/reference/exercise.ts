/**
 * "Find the errors": a reader judges each claim, sees the correction, and gets a count at the end.
 * Pure: the state and an action give the next state.
 */
import type { Claim, ClaimHead, Verdict } from './schema.ts'

type Answer = { readonly claim: string; readonly verdict: Verdict }

export type ExerciseState =
  | { readonly phase: 'asking'; readonly index: number; readonly answers: readonly Answer[] }
  /** The correction of claim `index` is on show; its answer is the last. */
  | { readonly phase: 'answered'; readonly index: number; readonly answers: readonly Answer[] }
  | { readonly phase: 'finished'; readonly answers: readonly Answer[] }

type HeadCount = { readonly head: ClaimHead; readonly right: number; readonly of: number }

export type ExerciseCount = {
  readonly right: number
  readonly of: number
  /** In the order in which the claims bring the heads up. */
  readonly byHead: readonly HeadCount[]
  /** Claims judged otherwise than the sources do. */
  readonly missed: readonly { readonly claim: Claim; readonly said: Verdict }[]
}

export function startExercise(): ExerciseState {
  return { phase: 'asking', index: 0, answers: [] }
}

/** A first answer counts; a second one, while the correction is on show, changes nothing. */
export function answerClaim(state: ExerciseState, claims: readonly Claim[], verdict: Verdict): ExerciseState {
  if (state.phase !== 'asking') return state
  const claim = claims[state.index]
  if (claim === undefined) return { phase: 'finished', answers: state.answers }
  return { phase: 'answered', index: state.index, answers: [...state.answers, { claim: claim.id, verdict }] }
}

/** Goes on from a correction; from anywhere else nothing happens, so that no claim can be skipped. */
export function nextClaim(state: ExerciseState, claims: readonly Claim[]): ExerciseState {
  if (state.phase !== 'answered') return state
  const index = state.index + 1
  return index < claims.length
    ? { phase: 'asking', index, answers: state.answers }
    : { phase: 'finished', answers: state.answers }
}

/** The verdict given to a claim, or null before it was answered. */
export function answerTo(state: ExerciseState, claim: Claim): Verdict | null {
  return state.answers.find((answer) => answer.claim === claim.id)?.verdict ?? null
}

/** How many of the claims answered so far were judged as the sources judge them. */
export function countAnswers(state: ExerciseState, claims: readonly Claim[]): ExerciseCount {
  const judged = claims.flatMap((claim) => {
    const said = answerTo(state, claim)
    return said === null ? [] : [{ claim, said, right: said === claim.verdict }]
  })
  const heads = [...new Set(judged.map(({ claim }) => claim.head))]
  return {
    right: judged.filter((one) => one.right).length,
    of: judged.length,
    byHead: heads.map((head) => {
      const ofHead = judged.filter((one) => one.claim.head === head)
      return { head, right: ofHead.filter((one) => one.right).length, of: ofHead.length }
    }),
    missed: judged.filter((one) => !one.right).map(({ claim, said }) => ({ claim, said })),
  }
}
