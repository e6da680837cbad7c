import { describe, expect, it } from 'vitest'
import { isFiltered, listMarks, type MarkFilter, NO_FILTER } from '../../../renderer/sets/listMarks.ts'
import { newSet } from '../../../renderer/store/beginnings.ts'
import type { Mark } from '../../../shared/annotation/document.ts'
import { withMarks } from '../../support/annotations.ts'
import { openedSet } from '../../support/fakeHost.ts'

function setOf(setId: string, spans: readonly (readonly [number, number])[], change: Partial<Mark>[] = []) {
  const document = withMarks(spans)
  const marks = document.marks.map((mark, index) => ({ ...mark, ...change[index] }))
  return newSet(openedSet({ setId, document: { ...document, reviewer: setId, marks } }), null, 'lane')
}

const A = setOf(
  'A',
  [
    [1, 2],
    [5, 6],
    [9, 10],
  ],
  [{ comment: 'Vertex wave before' }, { confidence: 'sure' }, { kind: 'uncertain' }],
)
const B = setOf('B', [
  [4, 5],
  [1, 3],
])

const listed = (filter: Partial<MarkFilter> = {}, sets = [A, B]) =>
  listMarks(sets, { ...NO_FILTER, ...filter }).map(({ set, mark }) => `${set.setId} ${mark.onset / 1e7}`)

describe('the list of marks', () => {
  it('has those of every set that is shown, in the order of time, the longer first', () => {
    expect(listed()).toEqual(['B 1', 'A 1', 'B 4', 'A 5', 'A 9'])
  })

  it('has those of one set as they are', () => {
    expect(listed({}, [A])).toEqual(['A 1', 'A 5', 'A 9'])
    expect(listed({}, [])).toEqual([])
  })

  it.each<[string, Partial<MarkFilter>, string[]]>([
    ['kind', { hidden: new Set(['hypnic_jerk']) }, ['A 9']],
    ['reviewer', { reader: 'B' }, ['B 1', 'B 4']],
    ['words of the comment in any case', { comment: ' vertex WAVE' }, ['A 1']],
    ['confidence', { confidence: 'sure' }, ['A 5']],
    ['confidence that was not said', { confidence: 'unsaid', reader: 'A' }, ['A 1', 'A 9']],
    ['several at once', { comment: 'vertex', confidence: 'sure' }, []],
  ])('is filtered by %s', (_what, filter, left) => {
    expect(listed(filter)).toEqual(left)
  })

  it('knows whether more than kinds is filtered', () => {
    expect(isFiltered(NO_FILTER)).toBe(false)
    expect(isFiltered({ ...NO_FILTER, comment: '  ' })).toBe(false)
    expect(isFiltered({ ...NO_FILTER, confidence: 'unsaid' })).toBe(true)
  })
})
