/** Spikes and sharp waves of known place and size around an onset; what is none; what is muscle. */
import { describe, expect, it } from 'vitest'
import { findSharpWave, STANDS_OUT } from '../../../../shared/evidence/jerk/sharpTransient.ts'
import { MEASURE_BANDS } from '../../../../shared/signal/measure.ts'
import { addBackground, addRhythm, addWave } from '../../../support/polygraphy/brain.ts'
import { type Dice, dice } from '../../../support/polygraphy/dice.ts'
import { lineOf, SEEDS, shareWithin, withGap } from '../../../support/polygraphy/line.ts'
import { addMuscle } from '../../../support/polygraphy/muscle.ts'

const ONSET = 22
const CHANNELS = ['F3', 'F4', 'C3', 'C4', 'O1', 'O2']

function headOf(
  rate: number,
  chance: Dice,
  add: (values: Float64Array, channel: string) => void = () => {},
  size = 12,
) {
  return CHANNELS.map((electrode) => {
    const values = new Float64Array(26 * rate)
    addBackground(values, rate, size, chance)
    add(values, electrode)
    return lineOf(values, rate, { kind: 'eeg', electrode, band: MEASURE_BANDS.eeg })
  })
}

describe('a sharp wave at the onset', () => {
  it.each([200, 256, 500, 1000])('at %i Hz is found within its stated error', (rate) => {
    const errors = { at: [] as number[], size: [] as number[], duration: [] as number[] }
    for (const seed of SEEDS(16, rate)) {
      const chance = dice(seed)
      const at = chance.between(-0.08, 0.03)
      const duration = chance.between(0.045, 0.1)
      const height = (chance.even() < 0.7 ? -1 : 1) * chance.between(110, 200)
      const lines = headOf(rate, chance, (values, channel) => {
        if (channel === 'C3') addWave(values, rate, ONSET + at, duration, height)
        if (channel === 'F3') addWave(values, rate, ONSET + at, duration, 0.5 * height)
      })
      const found = findSharpWave(lines, ONSET)
      if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
      expect(found.ratio, `seed ${seed}`).toBeGreaterThanOrEqual(STANDS_OUT)
      expect(found.channel, `seed ${seed}`).toBe('C3')
      errors.at.push(found.at - at)
      errors.size.push(found.size / height - 1)
      errors.duration.push(found.duration - duration)
    }
    expect(shareWithin(errors.at, 0.01)).toBeGreaterThanOrEqual(0.95)
    expect(shareWithin(errors.size, 0.25)).toBeGreaterThanOrEqual(0.95)
    expect(shareWithin(errors.duration, 0.02)).toBeGreaterThanOrEqual(0.95)
  })

  it('is counted with those that come with it, as polyspikes do', () => {
    for (const seed of SEEDS(8)) {
      const times = [-0.085, -0.04, 0.01]
      const lines = headOf(500, dice(seed), (values, channel) => {
        if (channel === 'C4') for (const at of times) addWave(values, 500, ONSET + at, 0.035, -160)
      })
      const found = findSharpWave(lines, ONSET)
      if (typeof found === 'string') throw new Error(`seed ${seed}: ${found}`)
      expect(found.peaks, `seed ${seed}`).toHaveLength(3)
      found.peaks.forEach((peak, k) => {
        expect(Math.abs(peak - times[k]!), `seed ${seed}`).toBeLessThan(0.01)
      })
    }
  })

  it('is seldom seen in mere background, alpha or sharp alpha', () => {
    const windows = SEEDS(60).map((seed) => {
      const chance = dice(seed)
      const rate = [200, 256, 500][seed % 3]!
      const lines = headOf(rate, chance, (values) => {
        if (seed % 2 === 0) addRhythm(values, rate, 9.5, () => 25, chance)
      })
      const found = findSharpWave(lines, ONSET)
      return typeof found === 'string' ? 0 : found.ratio
    })
    expect(windows.filter((ratio) => ratio >= STANDS_OUT).length).toBeLessThanOrEqual(2)
  })

  it('is not a vertex wave that comes later, nor a slow wave', () => {
    for (const seed of SEEDS(8)) {
      const lines = headOf(256, dice(seed), (values, channel) => {
        if (channel.startsWith('C')) addWave(values, 256, ONSET + 0.32, 0.18, -140)
        addWave(values, 256, ONSET, 0.7, 60)
      })
      const found = findSharpWave(lines, ONSET)
      expect(typeof found === 'string' || found.ratio < STANDS_OUT, `seed ${seed}`).toBe(true)
    }
  })

  it('says where muscle is active in the same lead', () => {
    for (const seed of SEEDS(8)) {
      const chance = dice(seed)
      const lines = headOf(500, chance, (values) => {
        addMuscle(values, 500, { from: ONSET, to: ONSET + 0.2, size: 80 }, chance)
      })
      const found = findSharpWave(lines, ONSET)
      if (typeof found !== 'string' && found.ratio >= STANDS_OUT)
        expect(found.isInMuscle, `seed ${seed}`).toBe(true)
    }
    // A spike in a lead without muscle goes before what muscle makes elsewhere.
    const chance = dice(99)
    const lines = headOf(500, chance, (values, channel) => {
      if (channel === 'C3') addWave(values, 500, ONSET - 0.03, 0.06, -120)
      else addMuscle(values, 500, { from: ONSET, to: ONSET + 0.2, size: 150 }, chance)
    })
    expect(findSharpWave(lines, ONSET)).toMatchObject({ channel: 'C3', isInMuscle: false })
  })

  it('is not looked for where the signal does not support it', () => {
    expect(findSharpWave([], ONSET)).toBe('There is no EEG here.')
    expect(findSharpWave(headOf(100, dice(1)), ONSET)).toMatch(/needs 150 samples a second; the EEG has 100/)
    const gaps = headOf(256, dice(1)).map((line) => withGap(line, 16, 17))
    expect(findSharpWave(gaps, ONSET)).toMatch(/less than 8 s before/)
  })
})
