import { evidenceEntry, measured } from '../common/entry.ts'
import { topicOf } from '../state/noteTopics.ts'

export const noVideo = evidenceEntry({
  id: 'no-video',
  side: 'missing',
  about: 'jerk',
  label: 'Video',
  criteria: [
    {
      text: 'Hypnic jerks were described by video and polysomnography together.',
      sources: ['chiaro-2016'],
    },
  ],
  algorithm: 'Whether a note of the file speaks of video.',
  error: '',
  needs: {},
  measure: ({ notes, areNotesComplete }) =>
    !areNotesComplete || notes.some(({ text }) => topicOf(text) === 'video')
      ? null
      : measured({
          text: 'No video is noted in the file: what was seen is not known here.',
          values: [],
          where: null,
        }),
})
