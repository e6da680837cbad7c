import { evidenceEntry, measured } from '../common/entry.ts'

export const noHeart = evidenceEntry({
  id: 'no-ecg',
  side: 'missing',
  about: 'jerk',
  label: 'ECG',
  criteria: [
    {
      text: 'The heart in another lead is told by coming with each QRS of the ECG; with an arousal it speeds up.',
      sources: ['benbadis-2019-ecg', 'azarbarzin-2014'],
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
