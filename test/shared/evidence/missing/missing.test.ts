/** What cannot be told of a recording, by its labels, its header and its times. */
import { describe, expect, it } from 'vitest'
import type { SignalKind } from '../../../../shared/edf/header/model.ts'
import type { Channel } from '../../../../shared/evidence/common/entry.ts'
import { findBlunted } from '../../../../shared/evidence/missing/blunted.ts'
import { sayMissingMuscles } from '../../../../shared/evidence/missing/noMuscles.ts'
import { sayMissingContext } from '../../../../shared/evidence/missing/shortContext.ts'

function channel(kind: SignalKind, name: string, facts: Partial<Channel> = {}): Channel {
  return { channel: name, kind, sampleRate: 256, problem: null, prefilter: '', ...facts }
}

const muscles = (...names: readonly string[]) => names.map((name) => channel('emg', name))

describe('muscles that were not recorded', () => {
  it.each([
    [[], 'No EMG: a jerk cannot be established from scalp EEG alone.'],
    [muscles('Intercostal EMG'), 'No EMG: a jerk cannot be established from scalp EEG alone.'],
    [
      [channel('emg', 'Chin EMG', { problem: 'marked bad' })],
      'No EMG: a jerk cannot be established from scalp EEG alone.',
    ],
    [
      [channel('other', 'Submental EMG', { sampleRate: 1 })],
      'No EMG that shows a burst: Submental EMG has 1 value a second. A jerk cannot be established from scalp EEG alone.',
    ],
    [muscles('Chin EMG'), 'No EMG but the chin, which misses most jerks of the neck.'],
    [muscles('Chin EMG', 'Neck EMG'), 'No EMG of a limb.'],
    [muscles('Chin EMG', 'LAT', 'RAT'), 'No EMG of the neck.'],
    [muscles('Chin EMG', 'Neck EMG', 'LAT', 'RAT'), null],
    [muscles('SCM EMG', 'R deltoid'), null],
    [muscles('EMG1'), null],
  ] as const)('%j', (channels, said) => {
    expect(sayMissingMuscles(channels)).toBe(said)
  })
})

describe('signals too slow or too much filtered, by their header', () => {
  it.each([
    ['emg', [channel('emg', 'Chin EMG', { prefilter: 'HP:10Hz LP:100Hz' })], []],
    [
      'emg',
      [channel('emg', 'Chin EMG', { sampleRate: 200 }), channel('emg', 'LAT', { sampleRate: 200 })],
      ['sampled at 200 Hz: Chin EMG, LAT'],
    ],
    [
      'emg',
      [channel('emg', 'Chin EMG', { prefilter: 'HP:16Hz Rectification LP:0.7Hz' })],
      ['recorded as an envelope: Chin EMG'],
    ],
    [
      'emg',
      [channel('emg', 'Chin EMG', { prefilter: 'HP:1.6Hz LP:35Hz' })],
      ['filtered above 35 Hz: Chin EMG'],
    ],
    ['eeg', [channel('eeg', 'C3', { prefilter: 'HP:0.1Hz LP:75Hz N:50Hz' })], []],
    [
      'eeg',
      [channel('eeg', 'C3', { prefilter: 'HP:0.1Hz LP:30Hz', sampleRate: 100 })],
      ['sampled at 100 Hz: C3', 'filtered above 30 Hz: C3'],
    ],
    [
      'eeg',
      ['C3', 'C4', 'O1', 'O2', 'Cz'].map((name) => channel('eeg', name, { prefilter: 'HP:5Hz' })),
      ['filtered below 5 Hz: 5 signals'],
    ],
    ['eog', [channel('eog', 'LOC', { prefilter: 'HP:0.5Hz LP:100Hz' })], ['filtered below 0.5 Hz: LOC']],
    ['eog', [channel('eog', 'LOC', { prefilter: 'HP:0.3Hz LP:35Hz' })], []],
    ['emg', [channel('emg', 'Chin EMG', { problem: 'marked bad', sampleRate: 50 })], []],
  ] as const)('of %s: %j', (kind, channels, parts) => {
    expect(findBlunted(channels, kind)).toEqual(parts)
  })
})

describe('what lies before a mark', () => {
  const span = { start: 0, end: 600 }

  it('is said to be short where the recording begins, or has a gap', () => {
    expect(sayMissingContext({ span, gaps: [] }, { start: 300, end: 301 })).toBeNull()
    expect(sayMissingContext({ span, gaps: [] }, { start: 68.4, end: 68.6 })).toBe(
      'The recording begins 68 s before it: the state is known from less than two minutes.',
    )
    expect(sayMissingContext({ span, gaps: [{ start: 250, end: 280 }] }, { start: 300, end: 301 })).toBe(
      '30 s of the two minutes before are a gap, the last 20 s before it: the state is known from less than two minutes.',
    )
    expect(
      sayMissingContext({ span, gaps: [{ start: 300.2, end: 300.4 }] }, { start: 300, end: 301 }),
    ).toMatch(/^There is a gap in it/)
  })
})
