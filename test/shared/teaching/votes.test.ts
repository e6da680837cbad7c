/** Votes of strangers' lessons: told within a bound of steps, whatever a file holds. */
import { describe, expect, it } from 'vitest'
import { assignOneToOne } from '../../../shared/agreement/assign.ts'
import { votesOn } from '../../../shared/teaching/votes.ts'
import { largestKey } from '../../support/lessons.ts'

describe('the votes on a key', () => {
  it('are not told where all of the most that a lesson may have lie at one place, and that is said', () => {
    const key = largestKey(1000)
    const { marks, problem } = votesOn(key)
    expect(problem).toBe('Too many votes lie over one another to be told mark by mark: none is shown.')
    expect(marks).toEqual(key.marks.map((mark) => ({ mark, votes: [] })))
  })

  it('are all told where as many lie apart', () => {
    const { marks, problem } = votesOn(largestKey(10_000_000))
    expect(problem).toBeNull()
    expect(new Set(marks.map(({ votes }) => votes.length))).toEqual(new Set([100]))
    expect(marks.every(({ mark, votes }) => votes.every((vote) => vote.mark?.onset === mark.onset))).toBe(
      true,
    )
  })
})

describe('an assignment', () => {
  it('takes its steps from what others have left, and is refused beyond it', () => {
    const all = Array.from({ length: 10 }, (_, index) => index)
    const edges = all.flatMap((left) => all.map((right) => ({ left, right, cost: Math.abs(left - right) })))
    const budget = { left: 1000 }
    const assign = () => assignOneToOne({ left: 10, right: 10 }, edges, budget)
    expect(assign()).toEqual(all)
    // Each of ten looks at ten places and at none.
    expect(budget.left).toBe(1000 - 10 * 11)
    for (let others = 1; others < 9; others += 1) assign()
    expect(assign).toThrow('Too many marks lie over one another')
  })
})
