import { describe, expect, it } from 'vitest'
import { planAhead } from '../../../renderer/page/planAhead.ts'

const anywhere = (start: number) => start
/** A recording of a minute. */
const inMinute = (start: number) => Math.min(Math.max(0, start), 50)

describe('the pages that may be turned to next', () => {
  it('are two more in the direction of the last turn, and the one that was left', () => {
    expect(planAhead(100, 10, 10, anywhere)).toEqual([110, 120, 90])
    expect(planAhead(100, 10, -10, anywhere)).toEqual([90, 80, 110])
  })

  it('after a step are two more steps, then a page to either side', () => {
    expect(planAhead(100, 10, 1, anywhere)).toEqual([101, 102, 110, 90])
    expect(planAhead(100, 10, -1, anywhere)).toEqual([99, 98, 110, 90])
  })

  it('after a jump, and at the beginning, are those beside it, forward first', () => {
    expect(planAhead(100, 10, 0, anywhere)).toEqual([110, 120, 90])
    expect(planAhead(100, 10, -4000, anywhere)).toEqual([110, 120, 90])
  })

  it('lie on the recording, each once, and none is the page itself', () => {
    expect(planAhead(50, 10, 10, inMinute)).toEqual([40])
    expect(planAhead(45, 10, 10, inMinute)).toEqual([50, 35])
    expect(planAhead(0, 10, -10, inMinute)).toEqual([10])
    expect(planAhead(0, 60, 0, () => 0)).toEqual([])
  })
})
