import { describe, expect, test } from 'vitest'
import { findBursts } from '../../../../shared/candidates/jerk/bursts.ts'
import { type Chance, createChance } from '../../../support/heldApart/chance.ts'
import { addBurst, muscleNoise } from '../../../support/heldApart/muscles.ts'

const RATE = 500

function quiet(seconds: number, chance: Chance): Float64Array {
  return muscleNoise(seconds * RATE, RATE, chance).map((value) => 3 * value)
}

/** Resting tone of 3 uV for 40 s with bursts of 45 uV. */
function withBursts(bursts: readonly (readonly [at: number, seconds: number])[], seed = 5): Float64Array {
  const chance = createChance(seed)
  const values = quiet(40, chance)
  for (const [at, seconds] of bursts) addBurst(values, RATE, { at, seconds, size: 45, ramp: 0.1 }, chance)
  return values
}

test.each([0.08, 0.15, 0.25, 0.4, 1.2])('a burst of %s s is told by its onset and length', (seconds) => {
  const bursts = findBursts(withBursts([[20, seconds]]), 1000, RATE)
  expect(bursts).toHaveLength(1)
  expect(Math.abs(bursts[0]!.onset - 1020)).toBeLessThan(0.025)
  expect(Math.abs(bursts[0]!.duration - seconds)).toBeLessThan(0.04)
  expect(bursts[0]?.ratio).toBeGreaterThan(10)
  expect(bursts[0]?.company).toBe('none')
})

test('resting tone has none, whatever its size', () => {
  for (const gain of [0.1, 1, 20]) {
    const values = quiet(120, createChance(9)).map((value) => gain * value)
    expect(findBursts(values, 0, RATE)).toEqual([])
  }
})

describe('company', () => {
  test.each([
    ['four at even intervals are a row', [20, 20.7, 21.5, 22.2], 'row'],
    ['a heart is one', [18, 19, 20, 21, 22, 23], 'row'],
    ['two in short succession are none', [20, 20.8], 'none'],
    ['four at odd intervals are somebody who moves', [20, 20.5, 22.3, 22.9], 'many'],
    ['far from one another they are none', [5, 15, 25, 35], 'none'],
  ])('%s', (_, onsets, company) => {
    const bursts = findBursts(withBursts(onsets.map((at) => [at, 0.15])), 0, RATE)
    expect(bursts.map((burst) => burst.company)).toEqual(onsets.map(() => company))
  })

  test('a large burst among small ones of a row is none of theirs', () => {
    const chance = createChance(4)
    const values = quiet(40, chance)
    for (let k = 0; k < 12; k++)
      addBurst(values, RATE, { at: 15 + k, seconds: 0.08, size: 16, ramp: 0.1 }, chance)
    addBurst(values, RATE, { at: 20.5, seconds: 0.15, size: 90, ramp: 0.1 }, chance)
    const large = findBursts(values, 0, RATE).filter(({ size }) => size > 60)
    expect(large.map(({ company }) => company)).toEqual(['none'])
  })
})

test('a movement that flickers is one activity', () => {
  const values = withBursts([
    [20, 0.3],
    [20.5, 0.3],
    [21, 0.3],
  ])
  for (const { activity } of findBursts(values, 0, RATE)) expect(activity).toBeGreaterThan(1.2)
})

test.each([100, 128, 200, 256, 1000])('is found at %s samples a second', (rate) => {
  const chance = createChance(2)
  const values = muscleNoise(40 * rate, rate, chance).map((value) => 3 * value)
  addBurst(values, rate, { at: 20, seconds: 0.2, size: 45, ramp: 0.1 }, chance)
  const bursts = findBursts(values, 0, rate)
  expect(bursts).toHaveLength(1)
  expect(Math.abs(bursts[0]!.duration - 0.2)).toBeLessThan(0.06)
})

test('nothing is found in less than a second, in silence, or in nothing', () => {
  expect(findBursts(new Float64Array(0), 0, RATE)).toEqual([])
  expect(findBursts(new Float64Array(100), 0, RATE)).toEqual([])
  expect(findBursts(new Float64Array(20_000), 0, RATE)).toEqual([])
})
