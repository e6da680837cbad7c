/** Alpha, theta and tone that change by known amounts before a mark. */
import { describe, expect, it } from 'vitest'
import type { Line } from '../../../../shared/evidence/common/entry.ts'
import { compareAlpha } from '../../../../shared/evidence/state/alphaBefore.ts'
import { courseOf, densityOf, spectraBefore } from '../../../../shared/evidence/state/bandCourse.ts'
import { compareTone } from '../../../../shared/evidence/state/muscleTone.ts'
import { compareTheta } from '../../../../shared/evidence/state/thetaBefore.ts'
import { MEASURE_BANDS } from '../../../../shared/signal/measure.ts'
import { addBackground, addRhythm } from '../../../support/polygraphy/brain.ts'
import { dice } from '../../../support/polygraphy/dice.ts'
import { lineOf, SEEDS, shareWithin, withGap } from '../../../support/polygraphy/line.ts'
import { addMuscle } from '../../../support/polygraphy/muscle.ts'

const SECONDS = 180

/** `shareAt`: of its amplitude, by time. */
function withRhythm(
  seed: number,
  rate: number,
  hertz: number,
  height: number,
  shareAt: (time: number) => number,
  electrodes = ['O1', 'O2'],
): readonly Line[] {
  const chance = dice(seed)
  return electrodes.map((electrode) => {
    const values = new Float64Array(SECONDS * rate)
    addBackground(values, rate, 8, chance)
    addRhythm(values, rate, hertz, (time) => height * shareAt(time), chance)
    return lineOf(values, rate, { kind: 'eeg', electrode })
  })
}

function ok<Value>(found: Value | string): Value {
  if (typeof found === 'string') throw new Error(found)
  return found
}

it.each([100, 256, 1000])('has the power of a sine by arithmetic, at %i Hz', (rate) => {
  const values = Float64Array.from(
    { length: 10 * rate },
    (_, i) => 20 * Math.sin((2 * Math.PI * 10 * i) / rate),
  )
  const segments = spectraBefore([lineOf(values, rate, { kind: 'eeg' })], 10)
  expect(segments.map(({ start }) => start)).toEqual([0, 5])
  const of = (from: number, to: number) =>
    courseOf(segments, (spectrum) => densityOf(spectrum, from, to))[0]!.value
  // Half the square of its height, over the five hertz of the band; thinning takes half a hundredth at most.
  expect(of(8, 13) / (20 ** 2 / 2 / 5)).toBeCloseTo(1, 1)
  expect(of(4, 8)).toBeLessThan(0.1)
})

describe('the alpha rhythm', () => {
  it.each([100, 256, 500])('at %i Hz that falls before the mark does so by what is told', (rate) => {
    const errors: number[] = []
    for (const seed of SEEDS(8, rate)) {
      const share = [0, 0.3, 0.55, 1][seed % 4]!
      const lines = withRhythm(seed, rate, 9.2 + (seed % 3) * 0.8, 26, (time) => (time > 145 ? share : 1))
      errors.push(ok(compareAlpha(lines, SECONDS)).ratio - share ** 2)
    }
    // What lies under the rhythm stays.
    expect(shareWithin(errors, 0.12)).toBeGreaterThanOrEqual(0.9)
  })

  it('that is gone for 40 s is below half for 40 s', () => {
    for (const seed of SEEDS(8)) {
      const found = ok(
        compareAlpha(
          withRhythm(seed, 128, 10, 26, (time) => (time > 140 ? 0.1 : 1)),
          SECONDS,
        ),
      )
      expect(Math.abs(found.belowHalf - 40), `seed ${seed}`).toBeLessThanOrEqual(10)
      expect(Math.abs(found.belowShare - 40 / 120), `seed ${seed}`).toBeLessThan(0.1)
    }
  })

  it('that stays is not said to have gone, though it waxes and wanes', () => {
    for (const seed of SEEDS(8)) {
      const found = ok(
        compareAlpha(
          withRhythm(seed, 128, 10, 26, (time) => 1 + 0.25 * Math.sin(time / 3)),
          SECONDS,
        ),
      )
      expect(found.ratio, `seed ${seed}`).toBeGreaterThan(0.6)
      expect(found.belowHalf, `seed ${seed}`).toBe(0)
    }
  })

  it('is not told of somebody without one', () => {
    for (const seed of SEEDS(10)) {
      const lines = withRhythm(seed, 128, 10, 0, () => 1)
      expect(compareAlpha(lines, SECONDS), `seed ${seed}`).toMatch(/No alpha rhythm stands out/)
    }
  })

  it('compares the two minutes before with those before them where there are any', () => {
    const lines = withRhythm(3, 128, 10, 26, (time) => (time > 60 ? 0.5 : 1))
    const found = ok(compareAlpha(lines, SECONDS))
    expect(found.twoMinutes! / found.earlier!).toBeGreaterThan(0.2)
    expect(found.twoMinutes! / found.earlier!).toBeLessThan(0.36)
    expect(ok(compareAlpha(lines, 125)).earlier).toBeNull()
  })

  it('is not measured where there is too little', () => {
    const lines = withRhythm(4, 128, 10, 26, () => 1)
    expect(compareAlpha(lines, 40)).toMatch(/Only 40 s before it/)
    expect(compareAlpha(lines, 2.4)).toBe('Too little before it could be read to know what is usual.')
    expect(
      compareAlpha(
        lines.map((line) => withGap(line, 151, 179)),
        SECONDS,
      ),
    ).toMatch(/A gap just before/)
    expect(compareAlpha([], SECONDS)).toMatch(/No electrode at the back/)
    expect(
      compareAlpha([lineOf(new Float64Array(SECONDS * 40), 40, { kind: 'eeg', electrode: 'O1' })], SECONDS),
    ).toMatch(/40 samples a second/)
    expect(
      compareAlpha([lineOf(new Float64Array(SECONDS * 128), 128, { kind: 'eeg', electrode: 'O1' })], SECONDS),
    ).toMatch(/flat/)
  })
})

describe('theta', () => {
  it.each([100, 256])('at %i Hz rises by what is told', (rate) => {
    const errors: number[] = []
    for (const seed of SEEDS(8, rate)) {
      const times = [1, 1.5, 2, 2.5][seed % 4]!
      const lines = withRhythm(seed, rate, 5.5, 16, (time) => (time > 148 ? Math.sqrt(times) : 1), [
        'C3',
        'C4',
        'Cz',
      ])
      errors.push(ok(compareTheta(lines, SECONDS)).ratio / times - 1)
    }
    expect(shareWithin(errors, 0.25)).toBeGreaterThanOrEqual(0.9)
  })
})

describe('muscle tone', () => {
  it.each([128, 256, 500])('at %i Hz falls by what is told, whatever twitches', (rate) => {
    const errors: number[] = []
    for (const seed of SEEDS(6, rate)) {
      const chance = dice(seed)
      const share = [0.4, 0.7, 1][seed % 3]!
      const values = new Float64Array(120 * rate)
      addMuscle(values, rate, { from: 0, to: 88, size: 8 }, chance)
      addMuscle(values, rate, { from: 88, to: 120, size: 8 * share }, chance)
      for (const at of [94, 104, 113]) addMuscle(values, rate, { from: at, to: at + 0.3, size: 80 }, chance)
      const line = lineOf(values, rate, { kind: 'emg', band: MEASURE_BANDS.emg })
      errors.push(ok(compareTone([line], 120)).ratio / share - 1)
    }
    expect(shareWithin(errors, 0.15)).toBeGreaterThanOrEqual(0.9)
  })

  it('is not told of an envelope', () => {
    const line = lineOf(new Float64Array(300), 1, { kind: 'emg', channel: 'Submental EMG' })
    expect(compareTone([line], 200)).toBe('Submental EMG has 1 sample a second; tone needs 100.')
  })
})
