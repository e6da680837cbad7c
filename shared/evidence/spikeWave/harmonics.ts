import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { between } from './curve.ts'
import { findRun } from './findRun.ts'
import { intervalsOf } from './intervals.ts'
import type { Run } from './run.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'

const MOST_HARMONICS = 15
/** Of a period, before the spike. */
const BEFORE = 0.25

export const harmonics = evidenceEntry({
  id: 'harmonics',
  side: 'spikeWave',
  label: 'Power in harmonics of the rate',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const powers = await harmonicPowers(run, input.giveWay)
    if (powers === null) return refused('It needs three complexes that follow one another.')
    const all = powers.reduce((sum, power) => sum + power, 0)
    const above = (100 * (all - powers[0]!)) / all
    const fromThird = (100 * (all - powers[0]! - powers[1]!)) / all
    return measured({
      text: `${above.toFixed(0)} %, from the third ${fromThird.toFixed(0)} %`,
      values: [
        { id: 'above', label: 'above the rate itself', value: above, unit: '%', decimals: 0 },
        { id: 'from-third', label: 'from the third on', value: fromThird, unit: '%', decimals: 0 },
      ],
      where: { ...showOn(run), moments: run.times },
      note: 'A sine has none; a notched wave has the second; spikes have many.',
    })
  },
  criteria: [
    {
      text: 'FIRDA: sinusoidal waves of 1.5 to 2.5 Hz.',
      sources: ['hed-score-2025', 'acns-2021'],
    },
    {
      text: 'Slowing in hyperventilation has no spikes; OIRDA is often notched, and the notch is not a spike.',
      sources: ['hed-score-2025', 'ilae-cae-eeg'],
    },
  ],
  algorithm:
    'Each complex over one middle interval about its spike (without spikes each interval), in what all EEG channels have in common, as a Fourier series; the power of each harmonic in their mean, less what unlike intervals leave of it by chance, over that of all fifteen.',
  error: '±10 percentage points, ±15 from the third',
})

/** Of the first harmonic on, those that the sampling rate carries; null where fewer than two complexes are whole. */
async function harmonicPowers(run: Run, giveWay: () => Promise<void>): Promise<readonly number[] | null> {
  const { sampleRate, start, period, aligned } = run
  const whole = stretchesOf(run)
    .map(({ from, length }) => ({ from: (from - start) * sampleRate, length: length * sampleRate }))
    .filter(({ from, length }) => from >= 0 && from + length + 1 < aligned.length)
  if (whole.length < 2) return null
  const most = Math.min(MOST_HARMONICS, Math.floor(0.4 * sampleRate * period))
  const powers: number[] = []
  for (let harmonic = 1; harmonic <= most; harmonic++) {
    const terms = whole.map(({ from, length }) => termOf(aligned, from, length, harmonic))
    const mean = {
      re: terms.reduce((sum, { re }) => sum + re, 0) / terms.length,
      im: terms.reduce((sum, { im }) => sum + im, 0) / terms.length,
    }
    const unlike = terms.reduce((sum, { re, im }) => sum + (re - mean.re) ** 2 + (im - mean.im) ** 2, 0)
    const chance = unlike / (terms.length - 1) / terms.length
    powers.push(Math.max(0, mean.re ** 2 + mean.im ** 2 - chance))
    await giveWay()
  }
  return powers
}

/** A spike lasts as long in a short interval as in a long one: with spikes all stretches are of one length, about them. */
function stretchesOf({ times, period, hasSpikes }: Run) {
  if (hasSpikes) return times.map((time) => ({ from: time - BEFORE * period, length: period }))
  return intervalsOf({ times, period }).flatMap(({ start, end, cycles }) =>
    cycles === 1 ? [{ from: start, length: end - start }] : [],
  )
}

/** In samples; a stretch seldom begins or ends at one, so it is read at as many places as it has samples, between them. */
function termOf(wave: Float64Array, from: number, length: number, harmonic: number) {
  const places = Math.max(2, Math.round(length))
  let [re, im] = [0, 0]
  for (let i = 0; i < places; i++) {
    const at = from + (i * length) / places
    const value = between(wave, at)
    const angle = (2 * Math.PI * harmonic * i) / places
    re += (2 * value * Math.cos(angle)) / places
    im += (2 * value * Math.sin(angle)) / places
  }
  return { re, im }
}
