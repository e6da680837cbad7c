/** Lessons and cases for tests: one of everything, and random ones. */
import fc from 'fast-check'
import { CONFIDENCES, codesOf, EVIDENCE, KINDS, MIMICS } from '../../shared/annotation/kinds.ts'
import {
  type CaseKey,
  DIFFICULTIES,
  type Lesson,
  type LessonCase,
  MAX_KEY_MARKS,
  MAX_VOTES,
} from '../../shared/teaching/lesson.ts'
import { ticks } from '../../shared/units.ts'
import { RECORDING, seconds, VIEW } from './annotations.ts'

export const CASE: LessonCase = {
  id: 'case-1',
  recording: {
    fingerprint: RECORDING.fingerprint,
    fileName: RECORDING.fileName,
    records: RECORDING.records,
    recordDuration: RECORDING.recordDuration,
  },
  onset: seconds(120),
  duration: seconds(10),
  view: VIEW,
  question: 'What is this burst?',
  key: {
    marks: [
      {
        id: 'mark-1',
        kind: 'hypnic_jerk',
        subtype: null,
        onset: seconds(123.45),
        duration: seconds(0.2),
        channels: ['EMG Chin'],
        confidence: 'probable',
        evidence: ['eeg', 'emg'],
        author: 'JS',
      },
    ],
    votes: [
      {
        reader: 'R-02',
        reviewed: true,
        marks: [
          {
            kind: 'mimic',
            subtype: 'emg_artifact',
            onset: seconds(123.5),
            duration: seconds(0.3),
            confidence: null,
          },
        ],
      },
      { reader: 'R-03', reviewed: true, marks: [] },
    ],
  },
  rationale: 'A single burst of 200 ms in drowsiness.\nNo discharge before it.',
  sources: [{ text: 'Fusco et al. 1999, Epileptic Disord 1:63–67', url: 'https://example.org/fusco' }],
  difficulty: 'medium',
  changed: '2026-01-31T08:05:00.000Z',
}

export const LESSON: Lesson = {
  id: 'lesson-1',
  title: 'Jerks at sleep onset',
  description: 'For the first week.',
  language: 'en',
  licence: 'CC BY 4.0, a department',
  created: '2026-01-31T08:00:00.000Z',
  changed: '2026-01-31T08:05:00.000Z',
  cases: [CASE],
}

/** As many marks and votes as a lesson may have, `apart` ticks from one another. */
export function largestKey(apart: number): CaseKey {
  const [mark] = CASE.key.marks
  const places = Array.from({ length: MAX_KEY_MARKS }, (_, index) => ticks(CASE.onset + index * apart))
  const voted = places.toReversed().map((onset) => ({
    ...{ kind: mark!.kind, subtype: null, confidence: null, onset, duration: ticks(1) },
  }))
  return {
    marks: places.map((onset, index) => ({ ...mark!, id: `m${index}`, onset, duration: ticks(1) })),
    votes: Array.from({ length: MAX_VOTES }, (_, index) => ({
      ...{ reader: `reader ${index}`, reviewed: true, marks: voted },
    })),
  }
}

const line = (least: number, most: number) =>
  fc
    .array(fc.constantFrom(...'aZ1-µé’"\\/<b> あ😀'), { minLength: least, maxLength: most })
    .map((letters) => letters.join('').trim())
    .map((text) => (text === '' && least > 0 ? 'x' : text))
const text = fc.array(line(0, 20), { maxLength: 3 }).map((lines) => lines.join('\n'))
const time = fc
  .integer({ min: 0, max: 10_000_000 })
  .map((ms) => new Date(Date.UTC(2026, 0, 1) + ms * 1000).toISOString())
const label = fc.oneof(
  fc
    .constantFrom(...codesOf(KINDS).filter((code) => code !== 'mimic'))
    .map((kind) => ({ kind, subtype: null })),
  fc.option(fc.constantFrom(...codesOf(MIMICS))).map((subtype) => ({ kind: 'mimic' as const, subtype })),
)
const span = (start: number, length: number) =>
  fc.record({
    onset: fc.integer({ min: start, max: start + length - 1 }).map(ticks),
    duration: fc.integer({ min: 1, max: length }).map(ticks),
  })
const confidence = fc.option(fc.constantFrom(...codesOf(CONFIDENCES)))

/** Sound cases; ids are left to who makes lessons of them. */
export const anyCase: fc.Arbitrary<LessonCase> = fc
  .record({
    onset: fc.integer({ min: -50_000_000, max: 36_000_000_000 }),
    duration: fc.integer({ min: 1_000_000, max: 600_000_000 }),
  })
  .chain(({ onset, duration }) =>
    fc.record({
      id: fc.constant('case'),
      recording: fc.record({
        fingerprint: fc.constantFrom('a'.repeat(64), 'b'.repeat(64)),
        fileName: line(0, 20),
        records: fc.nat({ max: 1_000_000 }),
        recordDuration: fc.constantFrom(0, 0.25, 1, 30),
      }),
      onset: fc.constant(ticks(onset)),
      duration: fc.constant(ticks(duration)),
      view: fc.record({
        ...{ montage: fc.constantFrom('longitudinal', 'average', 'own:Neonatal') },
        ...{ lowFrequency: fc.constantFrom(null, 0.5, 1), highFrequency: fc.constantFrom(null, 70) },
        ...{
          notch: fc.constantFrom(null, 50),
          sensitivity: fc.constantFrom(7, 10),
          timebase: fc.constantFrom(10, 9.87),
        },
      }),
      question: text,
      key: fc.record({
        marks: fc
          .array(
            fc.tuple(
              label,
              span(onset, duration),
              fc.record({
                channels: fc.uniqueArray(line(1, 8), { maxLength: 3 }),
                confidence,
                evidence: fc.uniqueArray(fc.constantFrom(...codesOf(EVIDENCE)), { maxLength: 3 }),
                author: line(1, 8),
              }),
            ),
            { maxLength: 4 },
          )
          .map((marks) => marks.map((parts, index) => Object.assign({ id: `m${index}` }, ...parts))),
        votes: fc.uniqueArray(
          fc.record({
            reader: line(1, 8),
            reviewed: fc.boolean(),
            marks: fc.array(
              fc
                .tuple(label, span(onset, duration), fc.record({ confidence }))
                .map((parts) => Object.assign({}, ...parts)),
              { maxLength: 3 },
            ),
          }),
          { maxLength: 3, selector: ({ reader }) => reader },
        ),
      }),
      rationale: text,
      sources: fc.array(
        fc.record({ text: line(1, 30), url: fc.constantFrom(null, 'https://example.org/a?b=c') }),
        { maxLength: 3 },
      ),
      difficulty: fc.option(fc.constantFrom(...codesOf(DIFFICULTIES))),
      changed: time,
    }),
  )

export const anyLesson: fc.Arbitrary<Lesson> = fc.record({
  id: line(1, 16),
  title: line(1, 30),
  description: text,
  language: fc.constantFrom('en', 'de', 'pt-BR'),
  licence: line(0, 30),
  created: time,
  changed: time,
  cases: fc
    .array(anyCase, { maxLength: 6 })
    .map((cases) => cases.map((each, index) => ({ ...each, id: `c${index}` }))),
})
