/** Rows of bursts of known rate, and bursts that are none. */
import { describe, expect, it } from 'vitest'
import { findMuscle } from '../../../../shared/evidence/jerk/muscles.ts'
import { findRepetition } from '../../../../shared/evidence/jerk/repeatedBursts.ts'
import { MEASURE_BANDS } from '../../../../shared/signal/measure.ts'
import { type Dice, dice } from '../../../support/polygraphy/dice.ts'
import { lineOf, SEEDS } from '../../../support/polygraphy/line.ts'
import { muscleWith } from '../../../support/polygraphy/muscle.ts'

function repetitionOf(seed: number, rate: number, starts: readonly number[], length: number) {
  const chance = dice(seed)
  const bursts = starts.map((from) => ({ from, to: from + length, size: 45 * chance.between(0.8, 1.2) }))
  const values = muscleWith(chance, { rate, seconds: 42, rest: 2, bursts })
  const line = lineOf(values, rate, { kind: 'emg', band: MEASURE_BANDS.emg })
  const at = starts.find((start) => start >= 30)!
  const found = findMuscle(line, { start: at - 0.1, end: at + length + 0.1 })
  if (found.is !== 'active') throw new Error(`seed ${seed}: ${found.is}`)
  return findRepetition(line, found)
}

function row(hertz: number, { between }: Dice): readonly number[] {
  return Array.from(
    { length: Math.ceil(6 * hertz) },
    (_, k) => 30.2 + (k - Math.floor(3 * hertz)) / hertz + between(-0.02, 0.02),
  )
}

describe('bursts like it', () => {
  it.each([
    ['foot tremor', 1.5, 0.35],
    ['chewing', 1.1, 0.25],
    ['alternating legs', 0.7, 0.3],
    ['a fast tremor', 3, 0.12],
  ])('of %s at %f Hz are a row of that rate', (_, hertz, length) => {
    for (const seed of SEEDS(8)) {
      const rate = [128, 256, 500][seed % 3]!
      const found = repetitionOf(seed, rate, row(hertz, dice(seed)), length)
      expect(found.isRow, `seed ${seed}`).toBe(true)
      expect(Math.abs(found.rate! - hertz), `seed ${seed}`).toBeLessThan(0.2)
    }
  })

  it('are none where a burst is single', () => {
    for (const seed of SEEDS(12))
      expect(repetitionOf(seed, 256, [30.5], 0.15).onsets, `seed ${seed}`).toHaveLength(1)
  })

  it('are no row where somebody moves now and then', () => {
    const found = repetitionOf(3, 256, [23.1, 24.6, 30.5, 31, 35.9], 0.15)
    expect(found.isRow).toBe(false)
    expect(found.onsets).toHaveLength(5)
  })
})
