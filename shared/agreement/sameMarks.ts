/** Marks of one kind that two versions of a set have at one place: one event, marked twice, until its reader says otherwise. */
import type { Mark } from '../annotation/document.ts'
import { ReviewError } from '../failure.ts'
import type { Ticks } from '../units.ts'
import { assignOneToOne, type Edge } from './assign.ts'
import { candidatesOf } from './candidates.ts'
import { labelOf } from './events.ts'
import { type Extent, farthestReach, isSamePlace, type MatchRules, ruleIdOf } from './rules.ts'

/**
 * For marks of the one its partner among those of the other, each of them once: of the same kind and mimic, at one place
 * by the rule of that kind, onsets as near as can be. Where so many lie over one another that no partner can be told,
 * none has one.
 */
export function pairSameMarks(
  ones: readonly Mark[],
  others: readonly Mark[],
  rules: MatchRules,
): ReadonlyMap<Mark, Mark> {
  const pairs = new Map<Mark, Mark>()
  for (const label of new Set(ones.map(labelOf))) {
    const left = inOrder(ones, label)
    const right = inOrder(others, label)
    for (const [at, to] of partnersOf(left, right, rules).entries()) {
      if (to !== null) pairs.set(left[at]!, right[to]!)
    }
  }
  return pairs
}

function inOrder(marks: readonly Mark[], label: string): readonly Mark[] {
  return marks.filter((mark) => labelOf(mark) === label).toSorted((a, b) => a.onset - b.onset)
}

function partnersOf(
  left: readonly Mark[],
  right: readonly Mark[],
  rules: MatchRules,
): readonly (number | null)[] {
  const [first] = left
  if (first === undefined || right.length === 0) return []
  const rule = rules[ruleIdOf(first)]
  const [a, b] = [left.map(extentOf), right.map(extentOf)]
  try {
    const edges = candidatesOf(a, b, farthestReach(rules)).flatMap((pair): readonly Edge[] => {
      const [one, other] = [a[pair.left]!, b[pair.right]!]
      return isSamePlace(one, other, rule) ? [{ ...pair, cost: Math.abs(one.onset - other.onset) }] : []
    })
    return assignOneToOne({ left: left.length, right: right.length }, edges)
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    return []
  }
}

function extentOf({ onset, duration }: Mark): Extent {
  return { onset, end: (onset + duration) as Ticks }
}
