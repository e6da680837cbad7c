/** Vertex waves and K-complexes of known shape after an onset, and backgrounds without. */
import { describe, expect, it } from 'vitest'
import { findVertexWave, STANDS_OUT } from '../../../../shared/evidence/jerk/waveAfter.ts'
import { addBackground, addWave } from '../../../support/polygraphy/brain.ts'
import { type Dice, dice } from '../../../support/polygraphy/dice.ts'
import { lineOf, SEEDS, shareWithin, withGap } from '../../../support/polygraphy/line.ts'

const ONSET = 22
const BAND = { lowFrequency: 0.5, highFrequency: 35, notch: null }
const FIELD = { Cz: 1, C3: 0.6, C4: 0.55, Fz: 0.7, O1: 0.1 }

function headOf(
  rate: number,
  chance: Dice,
  add: (values: Float64Array, share: number) => void,
  reference = 'Ref',
) {
  return Object.entries(FIELD).map(([electrode, share]) => {
    const values = new Float64Array(30 * rate)
    addBackground(values, rate, 9, chance)
    add(values, share)
    return lineOf(values, rate, { kind: 'eeg', electrode, reference, band: BAND })
  })
}

describe('the wave after', () => {
  it.each([100, 256, 500, 1000])('at %i Hz: a vertex wave within the stated error', (rate) => {
    const errors = { at: [] as number[], size: [] as number[], width: [] as number[] }
    for (const seed of SEEDS(12, rate)) {
      const chance = dice(seed)
      const at = chance.between(0.12, 0.8)
      const seconds = chance.between(0.14, 0.26)
      const height = chance.between(80, 200)
      const lines = headOf(rate, chance, (values, share) =>
        addWave(values, rate, ONSET + at, seconds, -share * height),
      )
      const found = findVertexWave(lines, ONSET)
      if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
      expect(found.ratio, `seed ${seed}`).toBeGreaterThanOrEqual(STANDS_OUT)
      expect(found.largest, `seed ${seed}`).toBe('Cz')
      errors.at.push(found.at - at)
      errors.size.push((found.negative - height) / Math.max(20, 0.2 * height))
      // A raised cosine is above a fifth of its height for 0.705 of its length.
      errors.width.push(found.width - 0.705 * seconds)
    }
    expect(shareWithin(errors.at, 0.025)).toBeGreaterThanOrEqual(0.95)
    expect(shareWithin(errors.size, 1)).toBeGreaterThanOrEqual(0.9)
    expect(shareWithin(errors.width, 0.06)).toBeGreaterThanOrEqual(0.9)
  })

  it.each([128, 256, 500])(
    'at %i Hz: a K-complex has its positive wave and is longer than half a second',
    (rate) => {
      const errors: number[] = []
      for (const seed of SEEDS(12, rate)) {
        const chance = dice(seed)
        const at = chance.between(0.3, 0.7)
        const lines = headOf(rate, chance, (values, share) => {
          addWave(values, rate, ONSET + at, 0.3, -150 * share)
          addWave(values, rate, ONSET + at + 0.4, 0.6, 95 * share)
        })
        const found = findVertexWave(lines, ONSET)
        if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
        expect(found.positive, `seed ${seed}`).toBeGreaterThan(50)
        expect(found.duration, `seed ${seed}`).toBeGreaterThan(0.5)
        // From a fifth of the negative to a fifth of the positive wave.
        errors.push(found.duration - (0.4 + 0.705 * 0.15 + 0.705 * 0.3))
      }
      expect(shareWithin(errors, 0.15)).toBeGreaterThanOrEqual(0.9)
    },
  )

  it('seldom stands out where there is none', () => {
    const outstanding = SEEDS(60).filter((seed) => {
      const found = findVertexWave(
        headOf(256, dice(seed), () => {}),
        ONSET,
      )
      return typeof found !== 'string' && found.ratio >= STANDS_OUT
    })
    expect(outstanding.length).toBeLessThanOrEqual(1)
  })

  it('is not measured where it cannot be', () => {
    const lines = headOf(256, dice(2), () => {})
    expect(
      findVertexWave(
        lines.filter(({ channel }) => !/z/.test(channel)),
        ONSET,
      ),
    ).toMatch(/No electrode near the vertex/)
    expect(
      findVertexWave(
        headOf(256, dice(2), () => {}, 'Cz'),
        ONSET,
      ),
    ).toMatch(/against the vertex itself/)
    expect(
      findVertexWave(
        lines.map((line) => withGap(line, 22.5, 22.6)),
        ONSET,
      ),
    ).toMatch(/A gap/)
    expect(
      findVertexWave(
        headOf(50, dice(2), () => {}),
        ONSET,
      ),
    ).toMatch(/50 samples a second/)
  })
})
