import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../shared/annotation/applyEdit.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { addReviewed, removeReviewed } from '../../../shared/annotation/reviewed.ts'
import { applied, blankDocument, makeContext, seconds } from '../../support/annotations.ts'

type Range = readonly [start: number, end: number]

function rangesOf(document: AnnotationDocument): Range[] {
  return document.reviewed.map(({ onset, duration }) => [onset / 1e7, (onset + duration) / 1e7])
}

function reviewed(...ranges: readonly Range[]): AnnotationDocument {
  const context = makeContext()
  return ranges.reduce(
    (document, [start, end]) =>
      applied(document, addReviewed(document, { start: seconds(start), end: seconds(end) }, context())),
    blankDocument(),
  )
}

const span = ([start, end]: Range) => ({ start: seconds(start), end: seconds(end) })

describe('marking as reviewed', () => {
  it.each<[string, readonly Range[], readonly Range[]]>([
    [
      'keeps ranges apart that do not touch',
      [
        [0, 10],
        [20, 30],
      ],
      [
        [0, 10],
        [20, 30],
      ],
    ],
    [
      'joins ranges that touch',
      [
        [0, 10],
        [10, 20],
      ],
      [[0, 20]],
    ],
    [
      'joins what a range lies across',
      [
        [0, 10],
        [20, 30],
        [40, 50],
        [5, 45],
      ],
      [[0, 50]],
    ],
    ['cuts what lies before the recording', [[-10, 10]], [[0, 10]]],
  ])('%s', (_, ranges, expected) => {
    const document = reviewed(...ranges)
    expect(rangesOf(document)).toEqual(expected)
    expect(checkInvariants(document)).toEqual([])
  })

  it('is no edit where all of it has been reviewed, or there is nothing', () => {
    const document = reviewed([0, 30])
    expect(addReviewed(document, span([10, 20]), makeContext()())).toBeNull()
    expect(addReviewed(document, span([50, 50]), makeContext()())).toBeNull()
    expect(addReviewed(document, span([60, 50]), makeContext()())).toBeNull()
  })
})

describe('taking it back', () => {
  it.each<[string, Range, readonly Range[]]>([
    [
      'cuts a hole',
      [10, 20],
      [
        [0, 10],
        [20, 30],
        [40, 50],
      ],
    ],
    [
      'cuts ends',
      [20, 45],
      [
        [0, 20],
        [45, 50],
      ],
    ],
    ['takes a whole range', [35, 60], [[0, 30]]],
    ['takes all', [-10, 100], []],
  ])('%s', (_, range, expected) => {
    const document = reviewed([0, 30], [40, 50])
    const after = applied(
      document,
      removeReviewed(document, span(range), { ...makeContext()(), newId: () => 'new' }),
    )
    expect(rangesOf(after)).toEqual(expected)
    expect(checkInvariants(after)).toEqual([])
  })

  it('is no edit where nothing was reviewed', () => {
    expect(removeReviewed(reviewed([0, 30]), span([30, 40]), makeContext()())).toBeNull()
  })
})

it('reviewing is set arithmetic on moments, in any order', () => {
  const step = fc.record({ add: fc.boolean(), start: fc.nat(40), length: fc.nat(15) })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const context = makeContext()
      let document = blankDocument()
      const covered = new Set<number>()
      for (const { add, start, length } of steps) {
        const change = (add ? addReviewed : removeReviewed)(
          document,
          span([start, start + length]),
          context(),
        )
        if (change !== null) document = applyEdit(document, change)
        for (let second = start; second < start + length; second += 1) {
          if (add) covered.add(second)
          else covered.delete(second)
        }
        const listed = rangesOf(document).flatMap(([from, to]) =>
          Array.from({ length: to - from }, (_, index) => from + index),
        )
        expect(listed).toEqual([...covered].sort((a, b) => a - b))
        expect(checkInvariants(document)).toEqual([])
      }
    }),
  )
})
