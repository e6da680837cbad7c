import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countMerge,
  countSame,
  type Keep,
  listDifferences,
  planMerge,
  type VersionDifference,
} from '../../../shared/agreement/mergeVersions.ts'
import { applyEdit, invertEdit } from '../../../shared/annotation/applyEdit.ts'
import { applyChecked } from '../../../shared/annotation/checkEdit.ts'
import type { AnnotationDocument, Mark } from '../../../shared/annotation/document.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import {
  blankDocument,
  contentOf,
  makeContext,
  seconds,
  stepsArbitrary,
  withMarks,
  work,
} from '../../support/annotations.ts'

const context = makeContext()
const LATER = '2026-02-01T00:00:00.000Z'

/** Jerks `a`, `b`, `c` at 1, 2 and 3 s. */
const base = withMarks([
  [1, 1.2],
  [2, 2.2],
  [3, 3.2],
])
const [A, B, C] = base.marks as readonly [Mark, Mark, Mark]

const having = (marks: readonly Mark[], reviewed: readonly (readonly [number, number])[] = []) => ({
  ...base,
  marks,
  reviewed: reviewed.map(([start, end], index) => ({
    id: `r${index}`,
    onset: seconds(start),
    duration: seconds(end - start),
  })),
})

const all = (differences: readonly VersionDifference[], keep: Keep) =>
  new Map(differences.map(({ key, choices }) => [key, choices.includes(keep) ? keep : 'mine'] as const))

function merged(mine: AnnotationDocument, theirs: AnnotationDocument, keep: Keep | null): AnnotationDocument {
  const differences = listDifferences(mine, theirs)
  const step = planMerge(mine, differences, keep === null ? new Map() : all(differences, keep), context())
  return step === null ? mine : applyChecked(mine, step)
}

const spans = ({ reviewed }: AnnotationDocument) =>
  reviewed.map(({ onset, duration }) => [onset / 1e7, (onset + duration) / 1e7])

describe('differences of two versions', () => {
  it('are marks that only one has, and marks whose fields differ, in the order of time', () => {
    const moved = { ...B, onset: seconds(2.5), changed: LATER }
    const mine = having([A, B])
    const theirs = having([moved, C])
    expect(
      listDifferences(mine, theirs).map(({ key, mine, theirs, fields, proposed, choices }) => [
        key,
        mine?.onset ?? null,
        theirs?.onset ?? null,
        fields,
        proposed,
        choices.length,
      ]),
    ).toEqual([
      [`mark ${A.id}`, 1e7, null, [], 'mine', 2],
      [`mark ${B.id}`, 2e7, 2.5e7, ['onset'], 'theirs', 3],
      [`mark ${C.id}`, null, 3e7, [], 'theirs', 2],
    ])
    expect(countSame(mine, listDifferences(mine, theirs))).toBe(0)
  })

  it('leave out what was only changed at another time', () => {
    expect(listDifferences(having([A]), having([{ ...A, changed: LATER }]))).toEqual([])
  })

  it('propose one’s own where the other was changed earlier or at the same time', () => {
    const mine = having([{ ...A, comment: 'here', changed: LATER }])
    expect(listDifferences(mine, having([{ ...A, comment: 'there' }]))).toMatchObject([
      { proposed: 'mine', fields: ['comment'] },
    ])
  })

  it('do not propose to double a mark that was imported in both places under two ids', () => {
    const [difference] = listDifferences(having([A]), having([A, { ...A, id: 'another', comment: 'x' }]))
    expect(difference).toMatchObject({ overlaps: { id: A.id }, proposed: 'mine', mine: null })
  })

  it('do not propose to keep one event twice that was marked by hand in both places', () => {
    // Within a quarter of a second a jerk is one; the one at 2.2 s is another than that at 2 s, which has its own.
    const twin = { ...B, id: 'twin', onset: seconds(2.04), channels: [] }
    const later = { ...B, id: 'later', onset: seconds(2.2) }
    const differences = listDifferences(having([A, B]), having([A, twin, later]))
    expect(differences.map(({ key, proposed, overlaps }) => [key, proposed, overlaps?.id])).toEqual([
      [`mark ${B.id}`, 'mine', undefined],
      ['mark twin', 'mine', B.id],
      ['mark later', 'theirs', undefined],
    ])
    // Of another kind it is a disagreement with oneself, and kept for the reader to see.
    const other = { ...twin, kind: 'uncertain' as const }
    expect(listDifferences(having([B]), having([other]))).toMatchObject([
      { proposed: 'mine' },
      { proposed: 'theirs', overlaps: null },
    ])
    // What both have under one id is paired already.
    expect(listDifferences(having([B]), having([B, twin]))).toMatchObject([{ proposed: 'theirs' }])
  })

  it('of reviewed time are the stretches that only one has', () => {
    const mine = having(
      [],
      [
        [0, 10],
        [20, 30],
      ],
    )
    const theirs = having([], [[5, 25]])
    expect(
      listDifferences(mine, theirs).map(({ mine, theirs }) => [
        mine === null ? 'theirs' : 'mine',
        (mine ?? theirs)!.onset / 1e7,
        ((mine ?? theirs)!.onset + (mine ?? theirs)!.duration) / 1e7,
      ]),
    ).toEqual([
      ['mine', 0, 5],
      ['theirs', 10, 20],
      ['mine', 25, 30],
    ])
  })
})

describe('a merge', () => {
  it('keeps what only one has, and of what differs the later one, unless the reader says otherwise', () => {
    const moved = { ...B, onset: seconds(2.5), changed: LATER }
    const document = merged(having([A, B], [[0, 10]]), having([moved, C], [[5, 20]]), null)
    expect(document.marks).toEqual([A, moved, C])
    expect(spans(document)).toEqual([[0, 20]])
  })

  it('with both keeps one’s own under its id and puts the other beside it', () => {
    const mine = having([A])
    const differences = listDifferences(mine, having([{ ...A, comment: 'there' }]))
    const step = planMerge(mine, differences, all(differences, 'both'), context())!
    const { marks } = applyChecked(mine, step)
    expect(marks.map(({ id, comment }) => [id === A.id, comment]).sort()).toEqual([
      [false, 'there'],
      [true, A.comment],
    ])
    expect(countMerge(step)).toEqual({ added: 1, changed: 0, deleted: 0 })
  })

  it('takes a mark whose id one’s own has for a range under another id', () => {
    const mine = { ...having([]), reviewed: [{ id: A.id, onset: seconds(0), duration: seconds(1) }] }
    const document = merged(mine, having([A]), null)
    expect(document.marks.map(({ id }) => id)).not.toContain(A.id)
    expect(document.marks).toMatchObject([{ onset: A.onset }])
    expect(checkInvariants(document)).toEqual([])
  })

  it('cuts a reviewed range in two where its middle is left out', () => {
    const mine = having([], [[0, 30]])
    const differences = listDifferences(
      mine,
      having(
        [],
        [
          [0, 10],
          [20, 30],
        ],
      ),
    )
    const step = planMerge(mine, differences, all(differences, 'theirs'), context())!
    expect(spans(applyChecked(mine, step))).toEqual([
      [0, 10],
      [20, 30],
    ])
  })

  it('decides each alone', () => {
    const mine = having([A, B])
    const differences = listDifferences(mine, having([C]))
    const chosen = new Map<string, Keep>([
      [`mark ${A.id}`, 'theirs'],
      [`mark ${C.id}`, 'mine'],
    ])
    const step = planMerge(mine, differences, chosen, context())!
    expect(applyChecked(mine, step).marks).toEqual([B])
    expect(countMerge(step)).toEqual({ added: 0, changed: 0, deleted: 1 })
  })

  it('of any two versions is what was chosen, holds together, and is undone in one step', () => {
    // Ids of two hands may be the same for different things; what they name is compared.
    const told = ({ marks, decisions = [] }: AnnotationDocument) =>
      [
        ...marks.map(({ id: _, changed: __, ...mark }) => mark),
        ...decisions.map(({ onset, mark }) => ({ onset, mark })),
      ]
        .map((each) => JSON.stringify(each))
        .sort()
    fc.assert(
      fc.property(
        ...[stepsArbitrary, stepsArbitrary, stepsArbitrary],
        fc.constantFrom<Keep>('mine', 'theirs', 'both'),
        (common, here, there, keep) => {
          const start = work(common)
          const mine = work(here, start).document
          const theirs = work(there, start).document
          const differences = listDifferences(mine, theirs)
          const step = planMerge(mine, differences, all(differences, keep), context())
          if (keep === 'mine') expect(step).toBeNull()
          const document = step === null ? mine : applyChecked(mine, step)
          expect(checkInvariants(document)).toEqual([])
          if (keep === 'theirs')
            expect([told(document), spans(document)]).toEqual([told(theirs), spans(theirs)])
          if (step !== null) expect(contentOf(applyEdit(document, invertEdit(step)))).toEqual(contentOf(mine))
        },
      ),
    )
  })

  it('of empty sets is nothing', () => {
    expect(listDifferences(blankDocument(), blankDocument())).toEqual([])
  })
})
