import type { Region } from '../../montage/electrodes.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import type { MeanComplex } from './run.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'

export const frontalToOccipital = evidenceEntry({
  id: 'frontal-to-occipital',
  side: 'spikeWave',
  label: 'Frontal to occipital',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    if (run.lines.some(({ reference }) => reference === 'Avg'))
      return refused('It was recorded against an average, which puts a part of the front into the back.')
    const { channels } = run.means
    const front = sizeOf(channels, 'frontal')
    const back = sizeOf(channels, 'occipital')
    if (front === null || back === null)
      return refused('It needs a frontal and an occipital electrode, each against one reference.')
    if (!(back > 0)) return refused('Nothing of the run is seen over the occipital electrodes.')
    const ratio = front / back
    return measured({
      text: `${ratio.toFixed(1)} : 1`,
      values: [{ id: 'ratio', label: 'of amplitudes', value: ratio, unit: '', decimals: 1 }],
      where: { ...showOn(run), moments: run.times },
    })
  },
  criteria: [
    {
      text: 'OIRDA lies over the back of the head, FIRDA over the front; neither has spikes.',
      sources: ['hed-score-2025', 'ilae-cae-eeg'],
    },
    {
      text: 'Hypnagogic hypersynchrony is usually greatest frontally too: the field alone tells little.',
      sources: ['ofer-pien', 'hed-score-2025'],
    },
  ],
  algorithm:
    'RMS of the mean complex, averaged in power over the frontal electrodes, over that of the occipital ones, against the recorded reference. Near that reference amplitudes are smaller than they are.',
  error: '±20 % of the ratio',
})

/** Root of the mean power; null without such an electrode. */
function sizeOf(channels: readonly MeanComplex[], region: Region): number | null {
  const own = channels.filter(({ line }) => line.site?.region === region)
  if (own.length === 0) return null
  return Math.sqrt(own.reduce((sum, { power }) => sum + power, 0) / own.length)
}
