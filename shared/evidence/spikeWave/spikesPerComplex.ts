import { filterBoth, highPass } from '../../candidates/common/passBand.ts'
import { findPeaks } from '../../signal/peaks.ts'
import { medianOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import type { Run } from './run.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'
import { spikeSign } from './spikeSign.ts'
import { restOf } from './spikeTimes.ts'

/** Spikes of 20 ms that follow one another cannot be told apart with fewer samples a second. */
const LOWEST_RATE: Hertz = 200
/** Of the middle one of the largest spikes, and of what is fast between complexes. */
const LEAST_SHARE = 0.35
const STANDS_OUT = 4
/** Before and after the spike that a complex was aligned by, as shares of the period. */
const BEFORE = 0.5
const AFTER = 0.5
const NEAREST: Seconds = 0.015
const ABOVE: Hertz = 9

export const spikesPerComplex = evidenceEntry({
  id: 'spikes-per-complex',
  side: 'spikeWave',
  label: 'Spikes per complex',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const where = { ...showOn(run), moments: run.times }
    if (run.sampleRate < LOWEST_RATE)
      return refused(`${run.sampleRate} samples a second are too few: it needs ${LOWEST_RATE}.`)
    if (!run.hasSpikes) {
      const values = [{ id: 'mean', label: 'mean', value: 0, unit: '', decimals: 1 }]
      return measured({ text: 'none that stands out', values, where })
    }
    const counts = countSpikes(run)
    const mean = counts.reduce((sum, count) => sum + count, 0) / counts.length
    const least = Math.min(...counts)
    const most = Math.max(...counts)
    const usual = medianOf(counts)
    const rows = [...new Set(counts)]
      .sort((a, b) => a - b)
      .map((count) => [String(count), String(counts.filter((each) => each === count).length)])
    return measured({
      text: least === most ? `${usual}` : `${usual} mostly, ${least} to ${most}`,
      values: [
        { id: 'mean', label: 'mean', value: mean, unit: '', decimals: 1 },
        { id: 'usual', label: 'middle', value: usual, unit: '', decimals: 0 },
        { id: 'most', label: 'most', value: most, unit: '', decimals: 0 },
      ],
      where,
      table: { columns: ['Spikes', 'Complexes'], rows },
    })
  },
  criteria: [
    {
      text: 'One or two a wave, three now and then; more speak against childhood absence epilepsy by strict criteria. The ILAE accepts polyspike-and-wave.',
      sources: ['panayiotopoulos-2005', 'ilae-cae-eeg'],
    },
    {
      text: 'In hypnagogic hypersynchrony sharp components are only superimposed: no spike belongs to each wave.',
      sources: ['hed-score-2025', 'ofer-pien'],
    },
  ],
  algorithm:
    'Peaks above 9 Hz in what all EEG channels have in common, of the polarity of the mean spike, with a prominence of at least 35 % of the usual largest one and four times what is fast between complexes (peaks and prominence as scipy.signal.find_peaks has them).',
  error: 'mean ±0.5, of spikes at least six times as large as the EEG around them',
})

export function countSpikes(run: Run): readonly number[] {
  const { sampleRate, start, times, period } = run
  const sign = spikeSign(run)
  const fast = filterBoth([highPass(ABOVE, sampleRate)], run.aligned).map((value) => sign * value)
  const samples = times.map((time) => (time - start) * sampleRate)
  const windows = samples.map((at) => {
    const from = Math.max(0, Math.round(at - BEFORE * period * sampleRate))
    return fast.subarray(from, Math.round(at + AFTER * period * sampleRate))
  })
  const found = windows.map((window) =>
    findPeaks(window, { prominence: 0, distance: Math.max(1, NEAREST * sampleRate) }),
  )
  const largest = medianOf(found.map((peaks) => Math.max(0, ...peaks.map(({ prominence }) => prominence))))
  const least = Math.max(LEAST_SHARE * largest, STANDS_OUT * restOf(fast, samples))
  return found.map((peaks) => peaks.filter(({ prominence }) => prominence >= least).length)
}
