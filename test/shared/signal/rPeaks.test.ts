/** R waves of known times: none missed, none invented, each within milliseconds. */
import { expect, it } from 'vitest'
import { findRPeaks } from '../../../shared/signal/rPeaks.ts'
import { dice } from '../../support/polygraphy/dice.ts'
import { addHeart, beatsOf } from '../../support/polygraphy/heart.ts'
import { SEEDS } from '../../support/polygraphy/line.ts'
import { addMuscle, addNoise } from '../../support/polygraphy/muscle.ts'

it.each([100, 200, 256, 500, 1000])(
  'at %i Hz every beat is found within 10 ms, in drift, noise and muscle',
  (rate) => {
    for (const seed of SEEDS(6, rate)) {
      const chance = dice(seed)
      const seconds = 30
      const beats = beatsOf(chance, seconds, () => 45 + 13 * (seed % 6))
      const values = new Float64Array(seconds * rate)
      addHeart(values, rate, beats, seed % 2 === 0 ? 900 : -600)
      values.forEach((value, i) => {
        values[i] = value + 300 * Math.sin((2 * Math.PI * 0.2 * i) / rate)
      })
      addNoise(values, 40, chance)
      addMuscle(values, rate, { from: 15, to: 15.3, size: 150 }, chance)
      const found = findRPeaks(values, 100, rate)
      if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
      const inner = beats.filter((beat) => beat > 0.5 && beat < seconds - 0.5)
      const times = found.map((time) => time - 100)
      for (const beat of inner)
        expect(Math.min(...times.map((time) => Math.abs(time - beat))), `seed ${seed}`).toBeLessThan(0.01)
      const invented = times.filter((time) => !beats.some((beat) => Math.abs(beat - time) < 0.05))
      expect(invented.length, `seed ${seed}`).toBeLessThanOrEqual(rate < 200 ? 1 : 0)
    }
  },
)

it('is refused for noise, for silence, and for too few samples', () => {
  for (const seed of SEEDS(10)) {
    const noise = new Float64Array(30 * 256)
    addNoise(noise, 50, dice(seed))
    expect(findRPeaks(noise, 0, 256), `seed ${seed}`).toMatch(/No heart beats/)
  }
  expect(findRPeaks(new Float64Array(30 * 256), 0, 256)).toMatch(/No heart beats/)
  expect(findRPeaks(new Float64Array(100), 0, 256)).toMatch(/too short/)
  expect(findRPeaks(new Float64Array(3000), 0, 64)).toMatch(/64 samples a second/)
})
