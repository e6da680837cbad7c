/** Shifts of frequency of known length after an onset, and what is none. */
import { describe, expect, it } from 'vitest'
import { findFrequencyShift } from '../../../../shared/evidence/jerk/arousalAfter.ts'
import { MEASURE_BANDS } from '../../../../shared/signal/measure.ts'
import { addBackground, addRhythm } from '../../../support/polygraphy/brain.ts'
import { type Dice, dice } from '../../../support/polygraphy/dice.ts'
import { lineOf, SEEDS, shareWithin, withGap } from '../../../support/polygraphy/line.ts'
import { addMuscle } from '../../../support/polygraphy/muscle.ts'

const ONSET = 14

function headOf(rate: number, chance: Dice, add: (values: Float64Array) => void) {
  return ['C3', 'C4', 'O1', 'O2'].map((electrode) => {
    const values = new Float64Array(32 * rate)
    addBackground(values, rate, 14, chance, 1.6)
    add(values)
    return lineOf(values, rate, { kind: 'eeg', electrode, band: MEASURE_BANDS.eeg })
  })
}

const during = (from: number, seconds: number, height: number) => (time: number) =>
  time >= from && time < from + seconds ? height : 0

describe('faster activity after', () => {
  it.each([100, 256, 500, 1000])('at %i Hz has its length within the stated error', (rate) => {
    const errors: number[] = []
    for (const seed of SEEDS(10, rate)) {
      const chance = dice(seed)
      const from = ONSET + chance.between(0.3, 2)
      const seconds = chance.between(2, 8)
      const hertz = seed % 3 === 0 ? 20 : 9.5
      const height = hertz > 15 ? 14 : 26
      const lines = headOf(rate, chance, (values) =>
        addRhythm(values, rate, hertz, during(from, seconds, height), chance),
      )
      const found = findFrequencyShift(lines, ONSET, ONSET + 0.2)
      if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
      errors.push(found.duration - seconds)
    }
    expect(shareWithin(errors, 0.7)).toBeGreaterThanOrEqual(0.95)
  })

  it('is not there where nothing changes, for spindles, nor for the muscles of the jerk itself', () => {
    for (const seed of SEEDS(12)) {
      const chance = dice(seed)
      const lines = headOf(256, chance, (values) => {
        if (seed % 3 === 1) addRhythm(values, 256, 13.2, during(ONSET + 1, 1, 30), chance)
        if (seed % 3 === 2) addMuscle(values, 256, { from: ONSET, to: ONSET + 0.25, size: 60 }, chance)
      })
      const found = findFrequencyShift(lines, ONSET, ONSET + 0.25)
      if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
      expect(found.duration, `seed ${seed}`).toBeLessThan(1)
    }
  })

  it('is not there where alpha was there before', () => {
    for (const seed of SEEDS(8)) {
      const chance = dice(seed)
      const lines = headOf(256, chance, (values) => addRhythm(values, 256, 9.7, () => 26, chance))
      const found = findFrequencyShift(lines, ONSET, ONSET + 0.2)
      expect(typeof found === 'string' ? found : found.duration, `seed ${seed}`).toBeLessThan(1)
    }
  })

  it('is not looked for across a gap, or without ten seconds before', () => {
    const lines = headOf(256, dice(3), () => {})
    expect(
      findFrequencyShift(
        lines.map((line) => withGap(line, 8, 9)),
        ONSET,
        ONSET,
      ),
    ).toMatch(/less than 10 s before/)
    expect(
      findFrequencyShift(
        lines.map((line) => withGap(line, 18, 19)),
        ONSET,
        ONSET,
      ),
    ).toMatch(/less than 6 s after/)
    expect(findFrequencyShift([], ONSET, ONSET)).toMatch(/No central or occipital electrode/)
    expect(
      findFrequencyShift(
        headOf(64, dice(3), () => {}),
        ONSET,
        ONSET,
      ),
    ).toMatch(/64 samples a second/)
  })
})
