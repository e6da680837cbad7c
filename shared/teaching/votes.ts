/** How the readers of a case had decided on each mark of its key: where first, then what, by the rules of agreement. */
import { assignOneToOne, type Edge } from '../agreement/assign.ts'
import { DEFAULT_RULES, type Extent, isSamePlace, type MatchRules, ruleIdOf } from '../agreement/rules.ts'
import type { Mark } from '../annotation/document.ts'
import type { Ticks } from '../units.ts'
import type { CaseKey, KeyMark, VotedMark } from './lesson.ts'

type Placed = Pick<Mark, 'kind' | 'subtype' | 'onset' | 'duration'>

/** `mark` null: had read all of the stretch and marked nothing at this place. */
export type VoteOnMark = { readonly reader: string; readonly mark: VotedMark | null }

/**
 * For each mark of the key, who of the readers marked what at its place, each of their marks counted once. A reader who
 * marked nothing there and had not read all of the stretch has not voted.
 */
export function votesOn(
  key: CaseKey,
  rules: MatchRules = DEFAULT_RULES,
): readonly { readonly mark: KeyMark; readonly votes: readonly VoteOnMark[] }[] {
  const byReader = key.votes.map((vote) => ({ vote, partners: partnersOf(key.marks, vote.marks, rules) }))
  return key.marks.map((mark, index) => ({
    mark,
    votes: byReader.flatMap(({ vote, partners }): readonly VoteOnMark[] => {
      const partner = partners[index] ?? null
      if (partner !== null) return [{ reader: vote.reader, mark: vote.marks[partner] ?? null }]
      return vote.reviewed ? [{ reader: vote.reader, mark: null }] : []
    }),
  }))
}

/** For each of ours the index of that of theirs which is at its place, or null: as many as can be, each once. */
export function partnersOf(
  ours: readonly Placed[],
  theirs: readonly Placed[],
  rules: MatchRules,
): readonly (number | null)[] {
  const edges = ours.flatMap((one, left) =>
    theirs.flatMap((other, right): readonly Edge[] => {
      const [a, b] = [extentOf(one), extentOf(other)]
      const near = isSamePlace(a, b, rules[ruleIdOf(one)]) || isSamePlace(a, b, rules[ruleIdOf(other)])
      return near ? [{ left, right, cost: Math.abs(a.onset - b.onset) }] : []
    }),
  )
  return assignOneToOne({ left: ours.length, right: theirs.length }, edges)
}

function extentOf({ onset, duration }: Pick<Mark, 'onset' | 'duration'>): Extent {
  return { onset, end: (onset + duration) as Ticks }
}
