import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AnnotationDocument, Mark } from '../../../shared/annotation/document.ts'
import { importMarks } from '../../../shared/annotation/edits.ts'
import { KINDS } from '../../../shared/annotation/kinds.ts'
import {
  countsByKind,
  findMark,
  markAt,
  marksInSpan,
  nextMark,
  previousMark,
  shareReviewed,
} from '../../../shared/annotation/queries.ts'
import { addReviewed } from '../../../shared/annotation/reviewed.ts'
import { type Ticks, ticks } from '../../../shared/units.ts'
import { applied, blankDocument, makeContext, seconds, withMarks } from '../../support/annotations.ts'
import { cases } from '../../support/properties.ts'

function document(
  marks: readonly { kind: Mark['kind']; onset: number; duration: number }[],
): AnnotationDocument {
  const edit = importMarks(
    blankDocument(),
    marks.map(({ kind, onset, duration }) => ({
      kind,
      onset: ticks(onset),
      duration: ticks(duration),
      subtype: null,
      channels: [],
      confidence: null,
      evidence: [],
      comment: '',
      view: null,
    })),
    makeContext()(),
  )
  return edit === null ? blankDocument() : applied(blankDocument(), edit)
}

const marks = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS.map((facts) => facts.code)),
    onset: fc.nat(60),
    duration: fc.nat(20),
  }),
  { maxLength: 25 },
)
const time = fc.integer({ min: -5, max: 90 }).map(ticks)

describe('the answers are those of looking at every mark', () => {
  it('which marks a span shows', () => {
    fc.assert(
      fc.property(marks, time, fc.integer({ min: 1, max: 30 }), (made, start, length) => {
        const set = document(made)
        const end = start + length
        const expected = set.marks.filter(({ onset, duration }) =>
          duration === 0 ? onset >= start && onset < end : onset < end && onset + duration > start,
        )
        expect(marksInSpan(set, { start, end: ticks(end) })).toEqual(expected)
      }),
      cases(500),
    )
  })

  it('which mark comes next and which before', () => {
    fc.assert(
      fc.property(marks, time, fc.option(fc.constantFrom('hypnic_jerk', 'mimic')), (made, at, kind) => {
        const set = document(made)
        const wanted = (mark: Mark) => kind === null || mark.kind === kind
        const next = set.marks.find((mark) => mark.onset > at && wanted(mark)) ?? null
        const previous = set.marks.findLast((mark) => mark.onset < at && wanted(mark)) ?? null
        expect(nextMark(set, at, kind ?? undefined)).toBe(next)
        expect(previousMark(set, at, kind ?? undefined)).toBe(previous)
      }),
    )
  })

  it('from mark to mark every one is passed once, also where several begin together', () => {
    fc.assert(
      fc.property(marks, (made) => {
        const set = document(made)
        const passed: Mark[] = []
        for (let mark = nextMark(set, ticks(-1)); mark !== null; mark = nextMark(set, mark)) passed.push(mark)
        expect(passed).toEqual(set.marks)
        const back: Mark[] = []
        for (let mark = previousMark(set, ticks(1000)); mark !== null; mark = previousMark(set, mark))
          back.push(mark)
        expect(back.reverse()).toEqual(set.marks)
      }),
    )
  })
})

it('finds the shortest mark at a moment, which is drawn on top', () => {
  const set = withMarks([
    [0, 60],
    [10, 20],
    [12, 13],
  ])
  expect(markAt(set, seconds(12.5))?.id).toBe('id-0003')
  expect(markAt(set, seconds(13))?.id).toBe('id-0002')
  expect(markAt(set, seconds(30))?.id).toBe('id-0001')
  expect(markAt(set, seconds(60))).toBeNull()
})

it('counts every kind, those without a mark too', () => {
  const set = document([
    { kind: 'mimic', onset: 1, duration: 1 },
    { kind: 'mimic', onset: 2, duration: 1 },
    { kind: 'hypnic_jerk', onset: 3, duration: 1 },
  ])
  expect(countsByKind([set])).toEqual({ hypnic_jerk: 1, spike_wave_3hz: 0, mimic: 2, uncertain: 0 })
})

it('finds a mark by its id', () => {
  const set = withMarks([[0, 1]])
  expect(findMark(set, 'id-0001')?.onset).toBe(0)
  expect(findMark(set, 'id-0002')).toBeNull()
})

it('looks at few of 10,000 marks to answer for a page', () => {
  let looks = 0
  const watched = Array.from({ length: 10_000 }, (_, index) => {
    const mark = { ...withMarks([[0, 1]]).marks[0]!, id: `m${index}`, duration: seconds(1) }
    return Object.defineProperty(mark, 'onset', {
      enumerable: true,
      get: () => {
        looks += 1
        return seconds(index * 8) as Ticks
      },
    })
  })
  const set = { ...blankDocument(), marks: watched }
  marksInSpan(set, { start: seconds(0), end: seconds(1) })
  looks = 0
  expect(marksInSpan(set, { start: seconds(40_000), end: seconds(40_010) })).toHaveLength(2)
  nextMark(set, seconds(40_000))
  previousMark(set, seconds(40_000))
  expect(looks).toBeLessThan(100)
})

type Range = readonly [start: number, end: number]

function reviewed(...ranges: readonly Range[]): AnnotationDocument {
  const context = makeContext()
  return ranges.reduce(
    (set, [start, end]) =>
      applied(set, addReviewed(set, { start: seconds(start), end: seconds(end) }, context())),
    blankDocument(),
  )
}

describe('the share reviewed', () => {
  const timeline = { span: { start: 0, end: 100 }, gaps: [{ start: 20, end: 40 }] }

  it.each<[string, readonly Range[], number]>([
    ['is 0 at first', [], 0],
    ['does not count gaps', [[0, 40]], 20 / 80],
    [
      'is 1 when all signal was read',
      [
        [0, 20],
        [40, 100],
      ],
      1,
    ],
    ['is 1 when gaps were read too', [[0, 100]], 1],
    ['leaves out what lies beyond the end', [[90, 500]], 10 / 80],
    ['is 0 where only a gap was read', [[20, 40]], 0],
  ])('%s', (_, ranges, share) => {
    expect(shareReviewed(reviewed(...ranges), timeline)).toBeCloseTo(share, 12)
  })

  it('is 0 for a recording of nothing but gaps', () => {
    expect(shareReviewed(reviewed([0, 10]), { span: { start: 0, end: 0 }, gaps: [] })).toBe(0)
    expect(
      shareReviewed(reviewed([0, 10]), { span: { start: 0, end: 5 }, gaps: [{ start: 0, end: 9 }] }),
    ).toBe(0)
  })

  it('takes gaps that overlap and are out of order', () => {
    const gaps = [
      { start: 60, end: 80 },
      { start: 10, end: 30 },
      { start: 20, end: 40 },
    ]
    expect(shareReviewed(reviewed([0, 10]), { span: { start: 0, end: 100 }, gaps })).toBeCloseTo(10 / 50, 12)
  })
})
