/** Bursts against beats, and the rate of the heart around a jerk. */
import { describe, expect, it } from 'vitest'
import { beatsAround, lockToHeart } from '../../../../shared/evidence/jerk/heartLock.ts'
import { measureHeartRates } from '../../../../shared/evidence/jerk/heartRate.ts'
import { findMuscle } from '../../../../shared/evidence/jerk/muscles.ts'
import { findAlike } from '../../../../shared/evidence/jerk/repeatedBursts.ts'
import { MEASURE_BANDS } from '../../../../shared/signal/measure.ts'
import { dice } from '../../../support/polygraphy/dice.ts'
import { addHeart, beatsOf } from '../../../support/polygraphy/heart.ts'
import { lineOf, SEEDS } from '../../../support/polygraphy/line.ts'
import { addNoise, muscleWith } from '../../../support/polygraphy/muscle.ts'

const EVERY_SECOND = Array.from({ length: 41 }, (_, k) => k)

describe('locked to the ECG', () => {
  it('counts by hand what lies within 50 ms, and what would by chance', () => {
    const off = lockToHeart(10.5, [10.5], EVERY_SECOND)!
    expect([off.near, off.of, off.isLocked]).toEqual([0, 1, false])
    expect(Math.abs(off.lag)).toBeCloseTo(0.5, 9)
    // A tenth of each second lies within 50 ms of a beat.
    expect(off.expected).toBeCloseTo(0.1, 1)
    const middles = Array.from({ length: 12 }, (_, k) => 4 + 2 * k + 0.02)
    const on = lockToHeart(10.02, middles, EVERY_SECOND)!
    expect([on.near, on.of]).toEqual([12, 12])
    expect(on.lag).toBeCloseTo(0.02, 9)
    expect(lockToHeart(50, [50], EVERY_SECOND)).toBeNull()
  })

  it('is never said of a single burst, wherever it lies', () => {
    for (const seed of SEEDS(50)) {
      const chance = dice(seed)
      const beats = beatsOf(chance, 50, () => 62)
      const middle = chance.even() < 0.5 ? beats[20]! : chance.between(10, 40)
      expect(lockToHeart(middle, [middle], beats)!.isLocked, `seed ${seed}`).toBe(false)
    }
  })

  it.each([128, 256, 500])('is said of an ECG in a muscle lead at %i Hz', (rate) => {
    for (const seed of SEEDS(5, rate)) {
      const chance = dice(seed)
      const beats = beatsOf(chance, 50, () => 55 + (seed % 5) * 8)
      const values = muscleWith(chance, { rate, seconds: 50, rest: 2 })
      addHeart(values, rate, beats, 180)
      const line = lineOf(values, rate, { kind: 'emg', band: MEASURE_BANDS.emg })
      const beat = beats.find((each) => each > 30)!
      const burst = findMuscle(line, { start: beat - 0.1, end: beat + 0.1 })
      if (burst.is !== 'active') throw new Error(`seed ${seed}: ${burst.is}`)
      const middles = findAlike(line, burst, 30).map(({ start, end }) => (start + end) / 2)
      const lock = lockToHeart(burst.onset + burst.duration / 2, middles, beats)!
      expect(lock.isLocked, `seed ${seed}`).toBe(true)
      expect(lock.near / lock.of, `seed ${seed}`).toBeGreaterThan(0.9)
    }
  })

  it('is not said of bursts that come as they like', () => {
    const locked = SEEDS(200).filter((seed) => {
      const chance = dice(seed)
      const middles = Array.from({ length: 20 }, () => chance.between(2, 48)).sort((a, b) => a - b)
      return lockToHeart(
        middles[9]!,
        middles,
        beatsOf(chance, 50, () => 62),
      )!.isLocked
    })
    expect(locked).toEqual([])
  })
})

describe('the heart rate', () => {
  it('is that of the fastest interval on either side, by hand', () => {
    // 60 a minute with one interval of 0.9 s 10 s before, then 0.8 s three times from 19.9 on, then 60 again.
    const intervals = [
      ...Array<number>(9).fill(1),
      0.9,
      ...Array<number>(10).fill(1),
      0.8,
      0.8,
      0.8,
      ...Array<number>(6).fill(1),
    ]
    const beats = [0]
    for (const interval of intervals) beats.push(beats.at(-1)! + interval)
    const found = measureHeartRates(beats, 20, 20.2)
    if (typeof found === 'string') throw new Error(found)
    expect([found.before, found.intervals, found.leftOut]).toEqual([expect.closeTo(60, 6), 10, 0])
    expect(found.fastestBefore).toBeCloseTo(60 / 0.9, 6)
    expect(found.fastestAfter).toBeCloseTo(75, 6)
  })

  it('leaves out a beat that a movement made', () => {
    const beats = [...Array.from({ length: 40 }, (_, k) => k), 20.25].sort((a, b) => a - b)
    const found = measureHeartRates(beats, 20.1, 20.3)
    expect(found).toMatchObject({ before: 60, fastestBefore: 60, fastestAfter: 60 })
  })

  it('is refused with few beats', () => {
    expect(measureHeartRates([18, 19, 20, 21, 22, 23, 24, 25], 20.5, 20.6)).toMatch(/before it/)
    const ending = Array.from({ length: 21 }, (_, k) => k)
    expect(measureHeartRates(ending, 19.5, 19.6)).toMatch(/after it/)
  })

  it.each([
    [100, 4],
    [200, 2],
    [256, 2],
    [1000, 2],
  ])('at %i Hz lies within %i a minute of what the beats had', (rate, limit) => {
    for (const seed of SEEDS(6, rate)) {
      const chance = dice(seed)
      const rest = chance.between(48, 85)
      const beats = beatsOf(chance, 50, (t) => (t > 30 && t < 36 ? rest + 14 : rest))
      const values = new Float64Array(50 * rate)
      addHeart(values, rate, beats, seed % 2 === 0 ? 900 : -700)
      addNoise(values, 20, chance)
      const found = beatsAround([lineOf(values, rate, { kind: 'ecg' })], { start: 30, end: 30.2 })
      if (typeof found === 'string') throw new Error(found)
      const truth = measureHeartRates(beats, 30, 30.2)
      const measured = measureHeartRates(found.beats, 30, 30.2)
      if (typeof truth === 'string' || typeof measured === 'string') throw new Error(`seed ${seed}`)
      for (const key of ['before', 'fastestBefore', 'fastestAfter'] as const)
        expect(Math.abs(measured[key] - truth[key]), `seed ${seed}: ${key}`).toBeLessThan(limit)
      expect(truth.fastestAfter - truth.fastestBefore, `seed ${seed}`).toBeGreaterThan(6)
    }
  })

  it('is refused where nothing beats', () => {
    const noise = new Float64Array(50 * 256)
    addNoise(noise, 100, dice(4))
    const span = { start: 30, end: 31 }
    const reasonOf = (values: Float64Array, rate: number) =>
      beatsAround([lineOf(values, rate, { kind: 'ecg' })], span)
    expect(reasonOf(noise, 256)).toBe('No heart beats can be told in the ECG here.')
    expect(reasonOf(new Float64Array(50 * 256), 256)).toMatch(/No heart beats/)
    expect(reasonOf(new Float64Array(50 * 50), 50)).toMatch(/50 samples a second; beats need 100/)
    expect(beatsAround([], span)).toBe('There is no ECG here.')
  })
})
