/** How the readers of a case had decided on each mark of its key: where first, then what, by the rules of agreement. */
import { assignOneToOne, type Edge, type StepBudget } from '../agreement/assign.ts'
import { DEFAULT_RULES, type Extent, isSamePlace, type MatchRules, ruleIdOf } from '../agreement/rules.ts'
import type { Mark } from '../annotation/document.ts'
import { ReviewError } from '../failure.ts'
import type { Ticks } from '../units.ts'
import type { CaseKey, KeyMark, VotedMark } from './lesson.ts'

type Placed = Pick<Mark, 'kind' | 'subtype' | 'onset' | 'duration'>

/** `mark` null: had read all of the stretch and marked nothing at this place. */
export type VoteOnMark = { readonly reader: string; readonly mark: VotedMark | null }

export type VotesOnKey = {
  readonly marks: readonly { readonly mark: KeyMark; readonly votes: readonly VoteOnMark[] }[]
  /** Why no vote is told, in a sentence; null: each is. */
  readonly problem: string | null
}

/** Of all readers of a case together, a quarter of a second: votes are told while a window draws, and lessons come from strangers. */
const MOST_STEPS = 2_000_000

/**
 * For each mark of the key, who of the readers marked what at its place, each of their marks counted once. A reader who
 * marked nothing there and had not read all of the stretch has not voted.
 */
export function votesOn(key: CaseKey, rules: MatchRules = DEFAULT_RULES): VotesOnKey {
  const byReader = partnersByReader(key, rules)
  const problem =
    byReader === null ? 'Too many votes lie over one another to be told mark by mark: none is shown.' : null
  const marks = key.marks.map((mark, index) => ({
    mark,
    votes: (byReader ?? []).flatMap(({ vote, partners }): readonly VoteOnMark[] => {
      const partner = partners[index] ?? null
      if (partner !== null) return [{ reader: vote.reader, mark: vote.marks[partner] ?? null }]
      return vote.reviewed ? [{ reader: vote.reader, mark: null }] : []
    }),
  }))
  return { marks, problem }
}

/** null: it would take too long. */
function partnersByReader({ marks, votes }: CaseKey, rules: MatchRules) {
  const budget = { left: MOST_STEPS }
  try {
    return votes.map((vote) => ({ vote, partners: partnersOf(marks, vote.marks, rules, budget) }))
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    return null
  }
}

/** For each of ours the index of that of theirs which is at its place, or null: as many as can be, each once. */
export function partnersOf(
  ours: readonly Placed[],
  theirs: readonly Placed[],
  rules: MatchRules,
  budget?: StepBudget,
): readonly (number | null)[] {
  const places = theirs.map((other) => ({ extent: extentOf(other), rule: rules[ruleIdOf(other)] }))
  const edges = ours.flatMap((one, left) => {
    const [extent, rule] = [extentOf(one), rules[ruleIdOf(one)]]
    return places.flatMap((other, right): readonly Edge[] => {
      const near =
        isSamePlace(extent, other.extent, rule) ||
        (other.rule !== rule && isSamePlace(extent, other.extent, other.rule))
      return near ? [{ left, right, cost: Math.abs(extent.onset - other.extent.onset) }] : []
    })
  })
  return assignOneToOne({ left: ours.length, right: theirs.length }, edges, budget)
}

function extentOf({ onset, duration }: Pick<Mark, 'onset' | 'duration'>): Extent {
  return { onset, end: (onset + duration) as Ticks }
}
