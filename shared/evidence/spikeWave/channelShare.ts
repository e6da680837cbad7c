import { formatNumber, unitText } from '../../text/numbers.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'

/** Of the largest channel's amplitude. */
const LEAST_SIZE = 0.1
/** Of a channel's power while the run lasts, what must be the same in every complex: a correlation of 0.4. */
const LEAST_SHARE = 0.16

export const channelShare = evidenceEntry({
  id: 'channels',
  side: 'spikeWave',
  label: 'Channels that take part',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const { channels } = run.means
    const sizes = channels.map(({ values }) => Math.max(...values) - Math.min(...values))
    const largest = Math.max(...channels.map(({ power }) => power))
    const takesPart = channels.map(
      ({ power, share }) => power >= LEAST_SIZE ** 2 * largest && share >= LEAST_SHARE,
    )
    const count = takesPart.filter(Boolean).length
    const percent = (100 * count) / channels.length
    return measured({
      text: `${count} of ${channels.length} (${percent.toFixed(0)} %)`,
      values: [
        { id: 'involved', label: 'channels', value: count, unit: '', decimals: 0 },
        { id: 'share', label: 'of those measured', value: percent, unit: '%', decimals: 0 },
      ],
      where: { ...showOn(run), moments: run.times },
      table: {
        columns: ['Channel', 'Peak to peak', 'Tied to the run'],
        rows: channels.map(({ line, share }, c) => [
          line.channel,
          `${formatNumber(sizes[c]!)} ${unitText(line.unit)}`.trim(),
          `${(100 * share).toFixed(0)} %`,
        ]),
      },
    })
  },
  criteria: [
    {
      text: 'Generalised in childhood absence epilepsy. A fragment in sleep may look focal, but not always in the same place.',
      sources: ['ilae-cae-eeg'],
    },
  ],
  algorithm:
    'The mean of all complexes in each channel against its recorded reference. A channel takes part with at least a tenth of the largest amplitude, where at least 16 % of its power is the same in every complex. A reference that the run reaches itself makes every channel take part.',
  error: '±1 channel',
})
