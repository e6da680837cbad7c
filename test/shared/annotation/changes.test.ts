import { describe, expect, it } from 'vitest'
import { changesBetween, keepNewest } from '../../../shared/annotation/changes.ts'
import type { SetChange } from '../../../shared/annotation/document.ts'
import { deleteMarks, relabelMark, setComment } from '../../../shared/annotation/edits.ts'
import { addReviewed } from '../../../shared/annotation/reviewed.ts'
import { MAX_CHANGES, MAX_SET_BYTES } from '../../../shared/annotation/setSize.ts'
import { applied, blankDocument, makeContext, seconds, withMarks } from '../../support/annotations.ts'

const SAVE = { by: 'JS', at: '2026-02-01T00:00:00.000Z' }
const before = withMarks([
  [1, 2],
  [3, 4],
])

describe('what a save has changed', () => {
  it('is nothing where nothing differs, and all that is there where there was nothing', () => {
    expect(changesBetween(before, before, SAVE)).toEqual([])
    expect(changesBetween(before, { ...before, changed: SAVE.at }, SAVE)).toEqual([])
    expect(changesBetween(null, before, SAVE)).toHaveLength(2)
  })

  it('tells of a new mark what it is and where, with the time of its last change', () => {
    const [first] = changesBetween(blankDocument(), before, SAVE)
    expect(first).toEqual({
      at: before.marks[0]?.changed,
      by: 'JS',
      what: 'mark',
      id: 'id-0001',
      before: null,
      after: { kind: 'hypnic_jerk', subtype: null, onset: 10_000_000, duration: 10_000_000 },
    })
  })

  it('tells of a change the fields that differ, before and after', () => {
    const context = makeContext()
    let after = applied(
      before,
      relabelMark(before, 'id-0001', { kind: 'mimic', subtype: 'oirda' }, context()),
    )
    after = applied(after, setComment(after, 'id-0001', 'seen', context()))
    expect(changesBetween(before, after, SAVE)).toMatchObject([
      {
        id: 'id-0001',
        before: { kind: 'hypnic_jerk', subtype: null, comment: '' },
        after: { kind: 'mimic', subtype: 'oirda', comment: 'seen' },
      },
    ])
    expect(Object.keys(changesBetween(before, after, SAVE)[0]?.after ?? {})).toHaveLength(3)
  })

  it('tells of one that went all of it, and when the set was saved', () => {
    const after = applied(before, deleteMarks(before, ['id-0002'], makeContext()()))
    const { id, ...rest } = before.marks[1]!
    const { changed: _, ...told } = rest
    expect(changesBetween(before, after, SAVE)).toEqual([
      { ...SAVE, what: 'mark', id, before: told, after: null },
    ])
  })

  it('tells of reviewed ranges too', () => {
    const span = { start: seconds(0), end: seconds(10) }
    const after = applied(before, addReviewed(before, span, makeContext()()))
    expect(changesBetween(before, after, SAVE)).toMatchObject([
      { ...SAVE, what: 'reviewed', before: null, after: { onset: 0, duration: 100_000_000 } },
    ])
  })
})

describe('a long history', () => {
  const change = (id: string, comment = ''): SetChange => ({
    ...SAVE,
    what: 'mark',
    id,
    before: { comment },
    after: { comment: '' },
  })

  it('gives up its oldest changes where there are more than a set may hold', () => {
    const many = Array.from({ length: MAX_CHANGES + 3 }, (_, index) => change(`c${index}`))
    const kept = keepNewest(before, many)
    expect(kept).toHaveLength(MAX_CHANGES)
    expect(kept[0]?.id).toBe('c3')
  })

  it('gives up its oldest changes where the file has no room for them', () => {
    const long = 'x'.repeat(MAX_SET_BYTES / 4)
    const kept = keepNewest(
      before,
      ['a', 'b', 'c', 'd', 'e'].map((id) => change(id, long)),
    )
    expect(kept.map(({ id }) => id)).toEqual(['c', 'd', 'e'])
  })
})
