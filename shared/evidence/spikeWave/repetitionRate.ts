import type { Seconds } from '../../units.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import { intervalsOf, rateWithin } from './intervals.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'

/** Of the run at either end. */
const PART: Seconds = 1

export const repetitionRate = evidenceEntry({
  id: 'repetition-rate',
  side: 'spikeWave',
  label: 'Rate, first → last second',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const intervals = intervalsOf(run)
    const begin = run.times[0]!
    const end = run.times.at(-1)!
    const part = Math.min(PART, end - begin)
    const first = rateWithin(intervals, begin, begin + part)
    const last = rateWithin(intervals, end - part, end)
    const values = [
      { id: 'first', label: 'first second', value: first },
      { id: 'last', label: 'last second', value: last },
      { id: 'mean', label: 'whole run', value: rateWithin(intervals, begin, end) },
    ]
    const seconds = Array.from({ length: Math.floor(end - begin) }, (_, second) => [
      `${second + 1}`,
      `${rateWithin(intervals, begin + second, begin + second + 1).toFixed(1)} Hz`,
    ])
    return measured({
      text: `${first.toFixed(1)} → ${last.toFixed(1)} Hz`,
      values: values.map((value) => ({ ...value, unit: 'Hz', decimals: 1 })),
      where: { ...showOn(run), moments: run.times },
      ...(seconds.length < 3 ? {} : { table: { columns: ['Second of the run', 'Rate'], rows: seconds } }),
    })
  },
  criteria: [
    {
      text: '2.5 to 4 Hz in childhood absence epilepsy; below 2.5 Hz is an exclusion criterion of the ILAE.',
      sources: ['ilae-cae-eeg', 'ilae-cae'],
    },
    {
      text: 'The rate is taken where the run begins: a typical run slows gradually and regularly, and may end near 2.5 Hz or below.',
      sources: ['panayiotopoulos-2005', 'ilae-cae-eeg'],
    },
  ],
  algorithm:
    'The complexes are aligned with their own mean in what all EEG channels have in common (Woody 1967, doi:10.1007/BF02474247); the rate is how many fall in the first second of the run, and in its last, parts of intervals counted as such.',
  error: '±0.1 Hz with spikes, ±0.2 Hz of waves alone',
})
