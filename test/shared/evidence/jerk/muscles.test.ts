/** Muscle bursts of known onset and length, by trains of motor units, at many rates and sizes. */
import { describe, expect, it } from 'vitest'
import { orderMuscles } from '../../../../shared/evidence/jerk/muscleOrder.ts'
import { findMuscle, type MuscleBurst } from '../../../../shared/evidence/jerk/muscles.ts'
import { MEASURE_BANDS } from '../../../../shared/signal/measure.ts'
import { dice } from '../../../support/polygraphy/dice.ts'
import { lineOf, SEEDS, shareWithin, withGap } from '../../../support/polygraphy/line.ts'
import { muscleWith } from '../../../support/polygraphy/muscle.ts'

const SECONDS = 16
const REST = 3

function emg(values: Float64Array, rate: number, channel = 'Chin EMG') {
  return lineOf(values, rate, { kind: 'emg', channel, band: MEASURE_BANDS.emg })
}

function made(seed: number, rate: number, times: number) {
  const chance = dice(seed)
  const at = 12 + chance.between(0, 1)
  const length = chance.between(0.06, 0.4)
  const ramp = chance.between(0, 0.15)
  const bursts = [{ from: at, to: at + length, size: times * REST, ramp }]
  const line = emg(muscleWith(chance, { rate, seconds: SECONDS, rest: REST, bursts }), rate)
  const { values } = line.pieces[0]!
  const sizeOf = (from: number, to: number) => {
    const part = values.subarray(Math.round(from * rate), Math.round(to * rate))
    return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / part.length)
  }
  const trueRatio = sizeOf(at, at + length) / sizeOf(1, 11)
  return { at, length, trueRatio, found: findMuscle(line, { start: at - 0.25, end: at + length + 0.25 }) }
}

describe('a burst of a muscle', () => {
  it.each([100, 128, 200, 256, 500, 1000])('at %i Hz is timed within its stated error', (rate) => {
    const onsets: number[] = []
    const lengths: number[] = []
    const ratios: number[] = []
    for (const times of [10, 20, 40]) {
      for (const seed of SEEDS(14, 1000 * times + rate)) {
        const { at, length, trueRatio, found } = made(seed, rate, times)
        expect(found.is, `seed ${seed}`).toBe('active')
        if (found.is !== 'active') continue
        onsets.push((found.onset - at) / found.onsetError)
        lengths.push((found.duration - length) / (rate < 200 ? 0.09 : 0.045))
        ratios.push(found.ratio / trueRatio - 1)
      }
    }
    expect(shareWithin(onsets, 1)).toBeGreaterThanOrEqual(0.95)
    expect(shareWithin(lengths, 1)).toBeGreaterThanOrEqual(0.95)
    expect(shareWithin(ratios, 0.35)).toBeGreaterThanOrEqual(0.95)
  })

  it('of five times its rest is timed within 60 ms where it is found', () => {
    const errors = SEEDS(40, 77).flatMap((seed) => {
      const { at, found } = made(seed, 500, 5)
      return found.is === 'active' ? [(found.onset - at) / found.onsetError] : []
    })
    expect(errors.length).toBeGreaterThan(20)
    expect(shareWithin(errors, 1)).toBeGreaterThanOrEqual(0.9)
  })

  it('that a mark misses by less than 0.1 s is found all the same', () => {
    const bursts = [{ from: 12, to: 12.2, size: 60 }]
    const line = emg(muscleWith(dice(6), { rate: 256, seconds: SECONDS, rest: REST, bursts }), 256)
    expect(findMuscle(line, { start: 11.5, end: 12 }).is).toBe('active')
    expect(findMuscle(line, { start: 12.25, end: 12.5 }).is).toBe('active')
    expect(findMuscle(line, { start: 12.5, end: 13 }).is).toBe('quiet')
    expect(findMuscle(line, { start: 11.3, end: 11.8 }).is).toBe('quiet')
  })

  it('is not found in a muscle at rest', () => {
    const found = SEEDS(60).map((seed) => {
      const rate = [100, 256, 1000][seed % 3]!
      const line = emg(muscleWith(dice(seed), { rate, seconds: SECONDS, rest: REST }), rate)
      return findMuscle(line, { start: 10, end: 12 }).is
    })
    expect(found.filter((is) => is !== 'quiet')).toEqual([])
  })

  it('is not measured where the signal does not support it, and says why', () => {
    const rate = 256
    const bursts = [{ from: 12, to: 12.2, size: 60 }]
    const values = muscleWith(dice(5), { rate, seconds: SECONDS, rest: REST, bursts })
    const span = { start: 11.9, end: 12.3 }
    const problemOf = (line: Parameters<typeof findMuscle>[0]) => {
      const found = findMuscle(line, span)
      return found.is === 'unknown' ? found.problem : found.is
    }
    expect(problemOf(withGap(emg(values, rate), 12.05, 12.1))).toBe('has a gap here')
    expect(problemOf(withGap(emg(values, rate), 8, 9))).toMatch(/less than 5 s/)
    expect(problemOf(emg(new Float64Array(SECONDS * rate), rate))).toBe('is flat')
    expect(problemOf(emg(values.slice(0, 1000), 64))).toBe('has 64 samples a second; a burst needs 100')
  })
})

describe('the order of muscles', () => {
  it.each([100, 256, 1000])('at %i Hz is told only where the timing can tell it', (rate) => {
    let wrong = 0
    let told = 0
    const errors: number[] = []
    for (const seed of SEEDS(24, 3 * rate)) {
      const chance = dice(seed)
      const lag = [0, 0.03, 0.12][seed % 3]!
      const bursts = ['Neck EMG', 'LAT'].map((channel, k): MuscleBurst => {
        const from = 12.3 + k * lag
        const one = [{ from, to: from + 0.2, size: 60 }]
        const line = emg(
          muscleWith(chance, { rate, seconds: SECONDS, rest: REST, bursts: one }),
          rate,
          channel,
        )
        const found = findMuscle(line, { start: 12, end: 13 })
        if (found.is !== 'active') throw new Error(`seed ${seed}: ${found.is}`)
        return found
      })
      const [first, second] = orderMuscles(bursts)
      const measured = second!.channel === 'LAT' ? second!.lag : -second!.lag
      errors.push((measured - lag) / second!.error)
      if (lag === 0.12 && second!.isLater && first!.channel === 'Neck EMG') told += 1
      if (lag === 0 && second!.isLater) wrong += 1
    }
    expect(shareWithin(errors, 1)).toBeGreaterThanOrEqual(0.95)
    // Each error holds in 95 of 100.
    expect(wrong).toBeLessThanOrEqual(1)
    expect(told).toBe(8)
  })

  it('leaves out what begins half a second later', () => {
    const burst = { id: '', unit: 'uV', duration: 0.1, size: 60, rest: 3, ratio: 20, onsetError: 0.025 }
    const order = orderMuscles([
      { channel: 'b', onset: 2.1, ...burst },
      { channel: 'a', onset: 2, ...burst },
      { channel: 'c', onset: 2.8, ...burst },
    ])
    expect(order.map(({ channel, isLater }) => [channel, isLater])).toEqual([
      ['a', false],
      ['b', true],
    ])
    expect(order[1]!.error).toBeCloseTo(0.025 * Math.SQRT2, 9)
  })
})
