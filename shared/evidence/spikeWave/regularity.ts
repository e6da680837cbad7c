import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import { intervalsOf } from './intervals.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'

/** With fewer a straight line goes through them. */
const FEWEST_INTERVALS = 4

export const regularity = evidenceEntry({
  id: 'regularity',
  side: 'spikeWave',
  label: 'Variation of the intervals',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const lengths = intervalsOf(run).flatMap(({ start, end, cycles }) => (cycles === 1 ? [end - start] : []))
    if (lengths.length < FEWEST_INTERVALS)
      return refused(`It needs ${FEWEST_INTERVALS + 1} complexes; there are ${run.times.length}.`)
    const { mean, deviation } = aboutTrend(lengths)
    const variation = (100 * deviation) / mean
    return measured({
      text: `${variation.toFixed(0)} %`,
      values: [
        { id: 'variation', label: 'about their trend', value: variation, unit: '%', decimals: 0 },
        { id: 'interval', label: 'mean interval', value: 1000 * mean, unit: 'ms', decimals: 0 },
      ],
      where: { ...showOn(run), moments: run.times },
    })
  },
  criteria: [
    {
      text: 'Regular in childhood absence epilepsy.',
      sources: ['ilae-cae', 'ilae-cae-eeg'],
    },
    {
      text: 'It slows gradually and regularly: this slowing is taken away before the variation is measured.',
      sources: ['panayiotopoulos-2005'],
    },
  ],
  algorithm:
    'Standard deviation of the intervals from complex to complex about the straight line through them, as a share of their mean.',
  error: '±2 percentage points with spikes, ±4 of waves alone',
})

/** Of values one after the other, about the straight line of least squares through them. */
function aboutTrend(values: readonly number[]): { readonly mean: number; readonly deviation: number } {
  const n = values.length
  const middle = (n - 1) / 2
  const mean = values.reduce((sum, value) => sum + value, 0) / n
  let slope = 0
  let spread = 0
  for (const [k, value] of values.entries()) {
    slope += (k - middle) * (value - mean)
    spread += (k - middle) ** 2
  }
  slope /= spread
  const squares = values.reduce((sum, value, k) => sum + (value - mean - slope * (k - middle)) ** 2, 0)
  return { mean, deviation: Math.sqrt(squares / (n - 2)) }
}
