/** What the recording's own notes say of the state: what holds at the mark, and what began or ended shortly before. */
import type { FileAnnotation } from '../../edf/header/model.ts'
import type { Seconds, Span } from '../../units.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { type NoteTopic, TOPICS, topicOf } from './noteTopics.ts'

export type NoteBefore = {
  readonly topic: NoteTopic
  readonly onset: Seconds
  /** Before the mark; 0 where it reaches into it. */
  readonly before: Seconds
}

/** Slowing of hyperventilation is gone within minutes of its end; a stage holds until the next. */
const REACH: Seconds = 600
/** What answers the same question: a later one ends an earlier. */
const QUESTIONS: readonly (readonly NoteTopic[])[] = [
  ['hyperventilationBegins', 'hyperventilationEnds'],
  ['eyesOpen', 'eyesClosed'],
  ['lightsOff', 'lightsOn'],
  ['wake', 'drowsy', 'sleep', 'N1', 'N2', 'N3', 'REM'],
  ['photic'],
  ['movement'],
]

/** The last word on each question, the latest first. */
export function findNotesBefore(notes: readonly FileAnnotation[], span: Span): readonly NoteBefore[] {
  const told = notes.flatMap(({ onset, duration, text }) => {
    const topic = topicOf(text)
    if (topic === null || onset >= span.end) return []
    const end = onset + (duration ?? 0)
    const before = duration === null || end >= span.start ? Math.max(0, span.start - onset) : span.start - end
    const holds = end >= span.start
    return before <= REACH || holds ? [{ topic, onset, before: holds ? 0 : before }] : []
  })
  return QUESTIONS.flatMap((topics) =>
    told
      .filter(({ topic }) => topics.includes(topic))
      .toSorted((a, b) => b.onset - a.onset)
      .slice(0, 1),
  ).toSorted((a, b) => a.before - b.before || b.onset - a.onset)
}

export const notesBefore = evidenceEntry({
  id: 'notes-before',
  side: 'state',
  label: 'Notes in the recording',
  criteria: [
    {
      text: 'Hyperventilation brings out typical absences; slow waves of overbreathing are normal in children.',
      sources: ['ilae-cae-eeg', 'hed-score-2025'],
    },
    { text: 'A hypnic jerk comes as sleep begins.', sources: ['fusco-1999', 'chiaro-2016'] },
  ],
  algorithm:
    'The notes of the file up to 10 minutes before, by words of nine languages (hyperventilation, eyes, lights, stages, drowsy, asleep, photic stimulation, movement); of each question the last one. Their own words are not repeated here.',
  error: 'as exact as the notes',
  needs: {},
  measure: ({ span, notes, areNotesComplete }) => {
    const found = findNotesBefore(notes, span)
    const more = areNotesComplete ? undefined : 'The notes are still being read.'
    if (found.length === 0) {
      return notes.length === 0
        ? refused(
            areNotesComplete ? 'There are no notes in the recording.' : 'The notes are still being read.',
          )
        : measured({
            text: 'None on the state',
            values: [],
            where: null,
            ...(more !== undefined && { note: more }),
          })
    }
    return measured({
      text: found
        .map(({ topic, before }) => `${TOPICS[topic]}${before === 0 ? '' : `, ${sayBefore(before)}`}`)
        .join('; '),
      values: found.map(({ topic, before }) => ({
        id: kebab(topic),
        label: TOPICS[topic],
        value: before,
        unit: 's',
        decimals: 0,
      })),
      where: null,
      ...(more !== undefined && { note: more }),
    })
  },
})

function sayBefore(before: Seconds): string {
  const minutes = Math.floor(Math.round(before) / 60)
  const seconds = Math.round(before) - 60 * minutes
  return `${minutes === 0 ? '' : `${minutes} min `}${seconds} s before`
}

function kebab(topic: string): string {
  return topic.replace(/[A-Z]/g, (letter, at: number) => `${at === 0 ? '' : '-'}${letter.toLowerCase()}`)
}
