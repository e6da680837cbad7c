/** When a case comes back. Intervals of FSRS are its library's own affair: here is what is asked of it, and mastery. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer } from '../../../../shared/teaching/quiz/progress.ts'
import { standingOf } from '../../../../shared/teaching/quiz/schedule.ts'
import { answer, given } from '../../../support/quiz.ts'

const JERK = given('hypnic_jerk')
const START = Date.UTC(2026, 0, 1, 8)
const HOUR = 3600 * 1000

/** Days after the start, and whether it was right then. */
function at(days: number, isRight: boolean, facts: Partial<Omit<Answer, 'judged'>> = {}): Answer {
  const time = new Date(START + days * 24 * HOUR).toISOString()
  return answer({ case: 'one', at: time, key: [JERK], marks: isRight ? [JERK] : [], ...facts })
}

function dueDays(...answers: readonly Answer[]): number {
  const standing = standingOf(answers)
  if (standing.type !== 'scheduled') throw new Error(`it is ${standing.type}`)
  return (Date.parse(standing.due) - Date.parse(answers.at(-1)!.at)) / (24 * HOUR)
}

describe('a case', () => {
  it('that was never judged is fresh, one whose last answer was wrong is missed', () => {
    expect(standingOf([])).toEqual({ type: 'fresh' })
    expect(standingOf([at(0, true), at(3, false)])).toEqual({ type: 'missed', since: at(3, false).at })
  })

  it('comes back later the surer and the quicker it was right', () => {
    const slow = dueDays(at(0, true, { confidence: 'possible' }))
    const plain = dueDays(at(0, true))
    const quick = dueDays(at(0, true, { confidence: 'sure', seconds: 8 }))
    expect(slow).toBeGreaterThanOrEqual(1)
    expect(plain).toBeGreaterThan(slow)
    expect(quick).toBeGreaterThan(plain)
    expect(dueDays(at(0, true, { confidence: 'sure', seconds: 120 }))).toBe(slow)
    expect(dueDays(at(0, true, { confidence: 'sure', seconds: 21 }))).toBe(plain)
  })

  it('waits longer each time it is remembered, and less once it was missed', () => {
    const first = dueDays(at(0, true))
    const second = dueDays(at(0, true), at(3, true))
    expect(second).toBeGreaterThan(2 * first)
    expect(dueDays(at(0, true), at(3, false), at(3.01, true))).toBeLessThan(second)
  })

  it('is mastered by three right answers over two days, not by three of one sitting', () => {
    expect(standingOf([at(0, true), at(0.01, true), at(0.02, true)]).type).toBe('scheduled')
    expect(standingOf([at(0, true), at(0.01, true), at(0.6, true)]).type).toBe('retired')
    expect(standingOf([at(0, true), at(0.1, false), at(0.2, true), at(0.6, true)]).type).toBe('scheduled')
    expect(standingOf([at(0, true), at(3, true)]).type).toBe('scheduled')
  })

  it('or by being remembered for two months, by FSRS', () => {
    const sure = { confidence: 'sure', seconds: 5 } as const
    expect(standingOf([at(0, true, sure), at(8, true, sure)]).type).toBe('retired')
    expect(standingOf([at(0, true, sure), at(8, false), at(8.01, true)]).type).toBe('scheduled')
  })

  it('has a standing whatever the clock of the machine did between two answers', () => {
    const anyAnswers = fc.array(fc.tuple(fc.integer({ min: -400, max: 4000 }), fc.boolean()), {
      minLength: 1,
      maxLength: 12,
    })
    fc.assert(
      fc.property(anyAnswers, (steps) => {
        const answers = steps.map(([days, isRight]) => at(days / 10, isRight))
        const standing = standingOf(answers)
        expect(standing.type === 'missed').toBe(!steps.at(-1)![1])
        if (standing.type === 'scheduled') expect(standing.due > answers.at(-1)!.at).toBe(true)
      }),
    )
  })
})
