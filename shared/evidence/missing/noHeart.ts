import { evidenceEntry, measured } from '../common/entry.ts'

export const noHeart = evidenceEntry({
  id: 'no-ecg',
  side: 'missing',
  about: 'jerk',
  label: 'ECG',
  criteria: [
    {
      text: 'The heart shows in other leads as an artifact with each beat; with an arousal it speeds up.',
      sources: ['hermes-2025', 'azarbarzin-2014'],
    },
  ],
  algorithm: 'By the kind of the signals that can be used.',
  error: '',
  needs: {},
  measure: ({ channels }) =>
    channels.some(({ kind, problem }) => kind === 'ecg' && problem === null)
      ? null
      : measured({
          text: 'No ECG: whether a burst comes with the heart, and how its rate changes, cannot be told.',
          values: [],
          where: null,
        }),
})
