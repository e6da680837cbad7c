import { describe, expect, it } from 'vitest'
import { groupBy } from '../../shared/groupBy.ts'

describe('grouping', () => {
  it('keeps groups and members in the order in which they come', () => {
    expect([...groupBy([5, 2, 7, 4, 1], (value) => value % 2)]).toEqual([
      [1, [5, 7, 1]],
      [0, [2, 4]],
    ])
  })

  it('gives nothing for nothing', () => {
    expect(groupBy([], () => 1).size).toBe(0)
  })
})
