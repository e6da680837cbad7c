import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { findRun } from './findRun.ts'
import { SCALP } from './scalpLines.ts'
import { showOn } from './showOn.ts'

export const complexCount = evidenceEntry({
  id: 'complexes',
  side: 'spikeWave',
  label: 'Complexes',
  needs: { eeg: SCALP },
  measure: async (input) => {
    const run = await findRun(input)
    if ('problem' in run) return refused(run.problem)
    const { times, hasSpikes } = run
    return measured({
      text: `${times.length}`,
      values: [{ id: 'count', label: 'from edge to edge', value: times.length, unit: '', decimals: 0 }],
      where: { ...showOn(run), moments: times },
      ...(hasSpikes ? {} : { note: 'Waves were counted: no spike comes with each of them.' }),
    })
  },
  criteria: [],
  algorithm:
    'Where the mean complex fits what all EEG channels have in common with a correlation of at least 0.5 and 30 % of the middle size.',
  error: '±1',
})
