/** Candidates against what was put in: one found wherever a candidate of its kind overlaps it. */
import type { Candidate, CandidateKind } from '../../../shared/candidates/common/candidate.ts'
import type { Truth } from './heldApart.ts'

export type Score = {
  readonly put: number
  readonly found: number
  /** Candidates that overlap nothing of their kind. */
  readonly wrong: readonly Candidate[]
  readonly missed: readonly Truth[]
}

/** Within so much of an event, a candidate is of it. */
const TOLERANCE = 0.1

export function scoreCandidates(
  candidates: readonly Candidate[],
  truth: readonly Truth[],
  kind: CandidateKind,
): Score {
  const own = candidates.filter((candidate) => candidate.kind === kind)
  const wanted = truth.filter((each) => each.kind === kind)
  const touches = ({ onset, duration }: Candidate, { start, end }: Truth) =>
    onset < end + TOLERANCE && onset + duration > start - TOLERANCE
  const missed = wanted.filter((each) => !own.some((candidate) => touches(candidate, each)))
  return {
    put: wanted.length,
    found: wanted.length - missed.length,
    wrong: own.filter((candidate) => !wanted.some((each) => touches(candidate, each))),
    missed,
  }
}
