import { medianOf } from '../../signal/statistics.ts'
import type { Seconds } from '../../units.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import type { MeanComplex } from './run.ts'
import { SCALP } from './scalpLines.ts'
import { shiftOf, slopesOf } from './shiftOf.ts'
import { showOn } from './showOn.ts'

/** Milliseconds, with spikes and without; what is nearer is together. */
const ERROR = 2
const ERROR_OF_WAVES = 10
/** Farther apart two sides are not looked for: it is a sixth of a complex. */
const FARTHEST: Seconds = 0.05

export const leftRightLag = evidenceEntry({
  id: 'left-right-lag',
  side: 'spikeWave',
  label: 'Left against right',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const { sampleRate, channels } = run.means
    // Without a spike slopes are mostly noise.
    const curveOf = ({ values }: MeanComplex) => (run.hasSpikes ? slopesOf(values) : values)
    const pairs = channels.flatMap((left) => {
      const right = channels.find(({ line }) => isMirror(left, line.site?.name))
      const lag = right === undefined ? null : shiftOf(curveOf(left), curveOf(right), sampleRate, FARTHEST)
      return right === undefined || lag === null
        ? []
        : [{ name: `${left.line.channel} / ${right.line.channel}`, lag: 1000 * lag }]
    })
    if (pairs.length === 0) return refused('It needs an electrode and its mirror on the other side.')
    const lag = medianOf(pairs.map((pair) => pair.lag))
    const spread = medianOf(pairs.map((pair) => Math.abs(pair.lag - lag)))
    const error = run.hasSpikes ? ERROR : ERROR_OF_WAVES
    return measured({
      text:
        Math.abs(lag) < error
          ? `together, within ${error} ms`
          : `${lag > 0 ? 'left' : 'right'} leads by ${Math.abs(lag).toFixed(0)} ms`,
      values: [
        {
          ...{ id: 'lag', label: 'right after left', value: lag, unit: 'ms', decimals: 0 },
          spread,
        },
      ],
      where: { ...showOn(run), moments: run.times },
      table: {
        columns: ['Pair', 'Right after left'],
        rows: pairs.map((pair) => [pair.name, `${pair.lag.toFixed(0).replace('-', '−')} ms`]),
      },
    })
  },
  criteria: [
    {
      text: 'On both sides at once in childhood absence epilepsy, where the discharge is generalised.',
      sources: ['ilae-cae-eeg'],
    },
  ],
  algorithm:
    'For each electrode and its mirror the shift, to 50 ms, at which their mean complexes agree best, by their slopes where they have spikes; the middle of all pairs. Against one reference that both share a lag looks shorter than it is.',
  error: `±${ERROR} ms with spikes, ±${ERROR_OF_WAVES} ms of waves alone`,
})

/** F3 and F4, T7 and T8: of one row, as far from the midline. */
function isMirror({ line: { site } }: MeanComplex, name: string | undefined): boolean {
  if (site?.side !== 'left' || name === undefined) return false
  return name === site.name.replace(/\d+$/, (number) => String(Number(number) + 1))
}
