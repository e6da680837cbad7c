/** Slow eye movements of known number; saccades, blinks, delta waves and quiet eyes, which are none. */
import { describe, expect, it } from 'vitest'
import { eyesOf, findSlowEyes } from '../../../../shared/evidence/state/slowEyes.ts'
import { addBackground, addWave } from '../../../support/polygraphy/brain.ts'
import { type Dice, dice } from '../../../support/polygraphy/dice.ts'
import { addMovements, amplified, type EyeMovement } from '../../../support/polygraphy/eyes.ts'
import { lineOf, SEEDS, withGap } from '../../../support/polygraphy/line.ts'

const SECONDS = 125

/** `lead` adds what both leads have in common. */
function eyes(
  rate: number,
  chance: Dice,
  movements: readonly EyeMovement[],
  lowFrequency = 0.16,
  lead: (values: Float64Array) => void = () => {},
) {
  return [1, -1].map((way, k) => {
    const values = new Float64Array(SECONDS * rate)
    addMovements(
      values,
      rate,
      movements.map((movement) => ({ ...movement, size: way * movement.size })),
    )
    lead(values)
    const recorded = amplified(values, rate, lowFrequency)
    addBackground(recorded, rate, 4, chance)
    return lineOf(recorded, rate, { kind: 'eog', channel: k === 0 ? 'EOG LOC' : 'EOG ROC' })
  }) as [ReturnType<typeof lineOf>, ReturnType<typeof lineOf>]
}

/** To and fro, with pauses. */
function slowOnes(chance: Dice, count: number): readonly EyeMovement[] {
  let at = 8
  return Array.from({ length: count }, (_, k) => {
    const seconds = chance.between(0.9, 2.2)
    const movement = { at, seconds, size: (k % 2 === 0 ? 1 : -1) * chance.between(50, 120) }
    at += seconds + chance.between(0, 1.2)
    return movement
  })
}

describe('slow eye movements', () => {
  it.each([64, 100, 256, 500])('at %i Hz are counted within the stated error', (rate) => {
    for (const seed of SEEDS(6, rate)) {
      const chance = dice(seed)
      const movements = slowOnes(chance, 12 + 4 * (seed % 5))
      const found = findSlowEyes(...eyes(rate, chance, movements), SECONDS, 0.16)
      if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
      const limit = Math.max(2, 0.15 * movements.length)
      expect(Math.abs(found.movements.length - movements.length), `seed ${seed}`).toBeLessThanOrEqual(limit)
      expect(found.isConjugate).toBe(true)
    }
  })

  it.each([
    [
      'quick movements, which an amplifier brings back',
      (chance: Dice) =>
        Array.from(
          { length: 25 },
          (_, k): EyeMovement => ({
            at: 5 + 4 * k + chance.between(0, 2),
            seconds: 0.05,
            size: (k % 2 === 0 ? 1 : -1) * 110,
          }),
        ),
    ],
    ['quiet eyes', () => []],
  ])('are not seen in %s', (_, movementsOf) => {
    for (const seed of SEEDS(10)) {
      const chance = dice(seed)
      for (const lowFrequency of [0.05, 0.16, 0.3]) {
        const found = findSlowEyes(
          ...eyes(128, chance, movementsOf(chance), lowFrequency),
          SECONDS,
          lowFrequency,
        )
        expect(
          typeof found === 'string' ? found : found.movements.length,
          `seed ${seed}, ${lowFrequency} Hz`,
        ).toBeLessThanOrEqual(2)
      }
    }
  })

  it('are not seen in blinks nor in delta waves that both leads have alike', () => {
    for (const seed of SEEDS(10)) {
      const chance = dice(seed)
      const blinks = Array.from({ length: 30 }, (_, k) => 4 + 4 * k + chance.between(0, 2))
      const blinking = eyes(
        128,
        chance,
        blinks.flatMap((at): EyeMovement[] => [
          { at, seconds: 0.1, size: 90 },
          { at: at + 0.12, seconds: 0.18, size: -90 },
        ]),
      )
      const delta = eyes(128, chance, [], 0.16, (values) => {
        for (const at of blinks) addWave(values, 128, at, 1.6, 130)
      })
      for (const pair of [blinking, delta]) {
        const found = findSlowEyes(...pair, SECONDS, 0.16)
        expect(
          typeof found === 'string' ? found : found.movements.length,
          `seed ${seed}`,
        ).toBeLessThanOrEqual(2)
      }
    }
  })

  it('are counted in one lead too, which is said, and in what a gap leaves', () => {
    const chance = dice(8)
    const movements = slowOnes(chance, 20)
    const [left, right] = eyes(128, chance, movements)
    const one = findSlowEyes(left, null, SECONDS, 0.16)
    if (typeof one === 'string') throw new Error(one)
    expect(one.isConjugate).toBe(false)
    expect(Math.abs(one.movements.length - 20)).toBeLessThanOrEqual(3)
    const cut = findSlowEyes(withGap(left, 60, 70), withGap(right, 60, 70), SECONDS, 0.16)
    if (typeof cut === 'string') throw new Error(cut)
    expect(cut.seconds).toBeCloseTo(110, 0)
    expect(findSlowEyes(left, right, 10)).toMatch(/Less than 20 s of EOG/)
    const flat = lineOf(new Float64Array(SECONDS * 128), 128, { kind: 'eog' })
    expect(findSlowEyes(flat, null, SECONDS)).toBe('The EOG is flat.')
    expect(findSlowEyes(lineOf(new Float64Array(1000), 10, { kind: 'eog' }), null, 90)).toMatch(
      /10 samples a second/,
    )
  })
})

it.each([
  [['EOG LOC', 'EOG ROC'], 'EOG LOC', 'EOG ROC'],
  [['ROC', 'LOC'], 'LOC', 'ROC'],
  [['E1-M2', 'E2-M2'], 'E1-M2', 'E2-M2'],
  [['EOG left', 'EOG right'], 'EOG left', 'EOG right'],
  [['EOG V', 'Horizontal EOG'], 'Horizontal EOG', undefined],
])('finds both eyes among %j', (names, left, right) => {
  const lines = names.map((channel) => lineOf(new Float64Array(10), 100, { kind: 'eog', channel }))
  const found = eyesOf(lines)
  expect([found?.[0].channel, found?.[1]?.channel]).toEqual([left, right])
})
