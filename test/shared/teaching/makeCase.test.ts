import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Mark } from '../../../shared/annotation/document.ts'
import { spanOf } from '../../../shared/annotation/order.ts'
import { caseProblems } from '../../../shared/teaching/checkLesson.ts'
import { caseOf, type LessonCase, recordingsOf } from '../../../shared/teaching/lesson.ts'
import { caseOfMark, stretchAround, voteOf } from '../../../shared/teaching/makeCase.ts'
import { votesOn } from '../../../shared/teaching/votes.ts'
import { ticks } from '../../../shared/units.ts'
import { RECORDING, seconds, VIEW } from '../../support/annotations.ts'
import { CASE, LESSON } from '../../support/lessons.ts'

const BOUNDS = { start: seconds(0), end: seconds(600) }
const mark = (id: string, onset: number, duration: number, fields: Partial<Mark> = {}): Mark => ({
  ...{ id, kind: 'hypnic_jerk', subtype: null, onset: seconds(onset), duration: seconds(duration) },
  ...{
    channels: [],
    confidence: null,
    evidence: ['emg'],
    comment: 'Single burst.',
    view: VIEW,
    author: 'JS',
  },
  ...{ created: '2026-01-31T08:05:00.000Z', changed: '2026-01-31T08:05:00.000Z' },
  ...fields,
})
const set = (
  reviewer: string,
  marks: readonly Mark[],
  reviewed: readonly (readonly [number, number])[] = [],
) => ({
  reviewer,
  marks,
  reviewed: reviewed.map(([start, end], index) => ({
    id: `r${index}`,
    onset: seconds(start),
    duration: seconds(end - start),
  })),
})

describe('the stretch around a mark', () => {
  it('holds the mark and lies in the recording, wherever the mark is', () => {
    fc.assert(
      fc.property(
        fc.record({
          onset: fc.nat({ max: 5_900_000_000 }),
          duration: fc.integer({ min: 0, max: 100_000_000 }),
        }),
        fc.constantFrom(1, 9.87, 10, 30),
        fc.double({ min: 0, max: 1, noNaN: true }),
        ({ onset, duration }, page, place) => {
          const made = { onset: ticks(onset), duration: ticks(Math.min(duration, BOUNDS.end - onset)) }
          const stretch = stretchAround(made, page, BOUNDS, place)
          expect(stretch.onset).toBeGreaterThanOrEqual(BOUNDS.start)
          expect(stretch.onset + stretch.duration).toBeLessThanOrEqual(BOUNDS.end)
          expect(stretch.onset).toBeLessThanOrEqual(made.onset)
          expect(stretch.onset + stretch.duration).toBeGreaterThanOrEqual(made.onset + made.duration)
        },
      ),
    )
  })

  it('lets the mark lie anywhere in it but at the very edge', () => {
    const jerk = { onset: seconds(300), duration: seconds(0.2) }
    const places = [0, 0.5, 1].map((place) => {
      const { onset } = stretchAround(jerk, 10, BOUNDS, place)
      return (jerk.onset - onset) / 10_000_000
    })
    // (10 - 0.2) of 12, 50 and 88 %, on tenths of a second.
    expect(places).toEqual([1.2, 4.9, 8.7])
  })

  it('is longer than the page where the mark is', () => {
    const run = { onset: seconds(100), duration: seconds(20) }
    expect(stretchAround(run, 10, BOUNDS, 0.5)).toEqual({ onset: seconds(97.5), duration: seconds(25) })
  })
})

describe('a case of a mark', () => {
  const jerk = mark('m1', 300, 0.2)
  const others = [
    set('R-02', [mark('o1', 300.1, 0.3, { kind: 'mimic', subtype: 'emg_artifact' })]),
    set('R-03', [], [[290, 310]]),
    set('R-04', [mark('o2', 500, 1)]),
  ]
  const stretch = stretchAround(jerk, 10, BOUNDS, 0.5)
  const made: LessonCase = caseOfMark({
    ...{ identity: RECORDING, mark: jerk, marks: [jerk, mark('m2', 302, 0.1), mark('m3', 400, 1)], stretch },
    votes: others.flatMap((other) => voteOf(other, spanOf(stretch)) ?? []),
    ...{ view: VIEW, now: '2026-02-01T00:00:00.000Z', id: 'x' },
  })

  it('has the mark and what else its set has there for a key, its comment for a rationale', () => {
    expect(caseProblems(made)).toEqual([])
    expect(made.key.marks.map(({ id }) => id)).toEqual(['m1', 'm2'])
    expect(made).toMatchObject({
      rationale: 'Single burst.',
      view: VIEW,
      onset: seconds(295.1),
      duration: seconds(10),
    })
  })

  it('takes what others marked there for votes, and nothing for one where all of it was read', () => {
    expect(made.key.votes.map(({ reader }) => reader)).toEqual(['R-02', 'R-03'])
    expect(
      voteOf(
        set(
          'R-05',
          [],
          [
            [290, 296],
            [296, 306],
          ],
        ),
        { start: seconds(295), end: seconds(305) },
      ),
    ).toMatchObject({ reviewed: true })
    expect(voteOf(set('R-05', [], [[296, 306]]), { start: seconds(295), end: seconds(305) })).toBeNull()
  })

  it('counts votes on each mark of the key, where first and then what', () => {
    const { marks, problem } = votesOn(made.key)
    const [first, second] = marks
    expect(problem).toBeNull()
    expect(first?.votes).toEqual([
      {
        reader: 'R-02',
        mark: {
          kind: 'mimic',
          subtype: 'emg_artifact',
          onset: seconds(300.1),
          duration: seconds(0.3),
          confidence: null,
        },
      },
      { reader: 'R-03', mark: null },
    ])
    // R-02 had not read all of the stretch: no mark there is no vote.
    expect(second?.votes).toEqual([{ reader: 'R-03', mark: null }])
  })
})

describe('a lesson', () => {
  it('tells its recordings, each once, and the case that a mark was made into', () => {
    const other = { ...CASE, id: 'b', recording: { ...CASE.recording, fingerprint: 'b' } }
    const lesson = { ...LESSON, cases: [CASE, other, { ...CASE, id: 'c' }] }
    expect(recordingsOf(lesson).map(({ fingerprint }) => fingerprint)).toEqual([
      CASE.recording.fingerprint,
      'b',
    ])
    expect(caseOf(lesson, { fingerprint: CASE.recording.fingerprint, markId: 'mark-1' })?.id).toBe('case-1')
    expect(caseOf(lesson, { fingerprint: 'c', markId: 'mark-1' })).toBeNull()
  })
})
