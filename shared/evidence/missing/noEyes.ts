import { evidenceEntry, measured } from '../common/entry.ts'

export const noEyes = evidenceEntry({
  id: 'no-eog',
  side: 'missing',
  about: 'state',
  label: 'EOG',
  criteria: [
    {
      text: 'Slow eye movements and alpha that drops out are the earliest signs of drowsiness.',
      sources: ['benbadis-2018-drowsiness'],
    },
  ],
  algorithm: 'By the kind of the signals that can be used.',
  error: '',
  needs: {},
  measure: ({ channels }) =>
    channels.some(({ kind, problem }) => kind === 'eog' && problem === null)
      ? null
      : measured({ text: 'No EOG: slow eye movements are not measured.', values: [], where: null }),
})
