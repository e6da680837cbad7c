import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { markItem, rangeItem } from '../../../shared/annotation/applyEdit.ts'
import { applyChecked } from '../../../shared/annotation/checkEdit.ts'
import type { AnnotationDocument, Edit, Item } from '../../../shared/annotation/document.ts'
import { deleteMarks } from '../../../shared/annotation/edits.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { EMPTY_HISTORY } from '../../../shared/annotation/history.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { advance } from '../../../shared/annotation/journalEntry.ts'
import { MAX_MARKS, MAX_SET_BYTES, sizeOfSet } from '../../../shared/annotation/setSize.ts'
import { advanceAll, createWorkingCopy } from '../../../shared/annotation/workingCopy.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { ticks } from '../../../shared/units.ts'
import { blankDocument, makeContext, stepsArbitrary, withMarks, work } from '../../support/annotations.ts'

const sound = withMarks([[10, 11]])
const [mark] = sound.marks

function put(...items: readonly Item[]): Edit {
  const changes = items.map((after) => ({ id: after.id, before: null, after }))
  return { label: 'put', changes, author: 'JS', at: '2026-01-31T10:00:00.000Z' }
}

function another(fields: object): Edit {
  return put({ ...markItem({ ...mark!, id: 'other' }), ...fields })
}

function range(id: string, onset: number, duration: number): Item {
  return rangeItem({ id, onset: ticks(onset), duration: ticks(duration) })
}

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let count = 0; count < depth; count += 1) value = [value]
  return value
}

/** Why it was refused; the same by one step and by many. */
function refusal(edit: Edit, document: AnnotationDocument = sound): string | null {
  const marked = { document, history: EMPTY_HISTORY }
  const nothing: Edit = { ...edit, changes: [] }
  const ways = [
    () => applyChecked(document, edit),
    () => advance(marked, { op: 'edit', edit }),
    () =>
      advanceAll(
        marked,
        [nothing, edit].map((each) => ({ op: 'edit', edit: each }) as const),
      ),
  ]
  const said = ways.map((way) => {
    try {
      way()
      return null
    } catch (thrown) {
      expect(thrown).toBeInstanceOf(ReviewError)
      expect(thrown).toMatchObject({ code: 'bad-input' })
      return thrown instanceof Error ? thrown.message : ''
    }
  })
  expect(new Set(said).size).toBe(1)
  return said[0]!
}

describe('an edit is refused, with field and value,', () => {
  it.each<[string, Edit, RegExp]>([
    [
      'a subtype on a jerk',
      another({ subtype: 'firda' }),
      /^“put” cannot be done: mark other: subtype .* \(subtype: "firda"\)\.$/,
    ],
    [
      'a channel twice',
      another({ channels: ['a', 'a'] }),
      /channels hold a label twice \(channels: \["a","a"\]\)/,
    ],
    ['evidence twice', another({ evidence: ['eeg', 'eeg'] }), /evidence is named twice \(evidence: /],
    [
      'an end that ticks cannot count',
      another({ onset: 2 ** 53 - 2, duration: 10 }),
      /end is beyond .* \(end: 9007199254741000\)/,
    ],
    ['a range of no length', put(range('r', 5, 0)), /range r: duration is not above 0 \(duration: 0\)/],
    ['ranges that overlap', put(range('a', 0, 10), range('b', 5, 10)), /a ends at 10 and b begins at 5/],
    ['ranges that touch', put(range('a', 0, 10), range('b', 10, 10)), /a ends at 10 and b begins at 10/],
    [
      'a range inside another',
      put(range('a', 0, 100), range('b', 10, 10)),
      /a ends at 100 and b begins at 10/,
    ],
    [
      'an unknown field deeper than a set may be',
      another({ later: nested(30) }),
      /later is nested deeper than the 32/,
    ],
    [
      'an unknown field that is large',
      another({ later: 'x'.repeat(70_000) }),
      /later and what else .* at most 65536/,
    ],
    [
      'an unknown field of many values',
      another({ later: Array(2000).fill(0) }),
      /later and what else .* holds \d+ values, at most 500/,
    ],
    [
      'a comment that is too long',
      another({ comment: 'x'.repeat(10_001) }),
      /comment is too long or not plain text\.$/,
    ],
  ])('that brings %s', (_what, edit, said) => {
    expect(refusal(edit)).toMatch(said)
  })

  it('that overlaps a range which is there', () => {
    const document = applyChecked(sound, put(range('a', 0, 10)))
    expect(refusal(put(range('b', 9, 10)), document)).toMatch(/a ends at 10 and b begins at 9/)
    expect(refusal(put(range('b', 11, 10)), document)).toBeNull()
  })

  it(`that brings mark number ${MAX_MARKS + 1}; taking one away is always possible`, () => {
    const marks = Array.from({ length: MAX_MARKS }, (_, index) => ({
      ...mark!,
      view: null,
      id: `m${String(index).padStart(6, '0')}`,
    }))
    const full = { ...sound, marks }
    expect(refusal(another({ onset: mark!.onset + 1, view: null }), full)).toMatch(
      /marks: a set holds at most 200000 marks/,
    )
    expect(refusal(deleteMarks(full, ['m000007'], makeContext()())!, full)).toBeNull()
  })

  it('that makes the set longer than one that can be read; making it shorter is always possible', () => {
    const comment = '–'.repeat(9000)
    const long = Array.from({ length: 2445 }, (_, index) => ({
      ...mark!,
      comment,
      id: `m${String(index).padStart(6, '0')}`,
    }))
    const full = { ...sound, marks: long }
    expect(sizeOfSet(full)).toBeGreaterThan(MAX_SET_BYTES - 500_000)
    let document: AnnotationDocument = full
    let said: string | null = null
    for (let count = 0; said === null; count += 1) {
      const edit = another({ comment, id: `n${count}` })
      const changes = edit.changes.map((change) => ({ ...change, id: `n${count}` }))
      said = refusal({ ...edit, changes }, document)
      if (said === null) document = applyChecked(document, { ...edit, changes })
    }
    expect(said).toMatch(/longer than the 64 MB/)
    expect(Buffer.byteLength(serializeSet(document))).toBeLessThanOrEqual(MAX_SET_BYTES)
    expect(refusal(deleteMarks(document, ['m000007'], makeContext()())!, document)).toBeNull()
  })
})

describe('an edit is taken', () => {
  it('that keeps what a later version wrote, as deep as a file may be, and the set can be read again', () => {
    const edit = another({ later: nested(29), x: 'y'.repeat(60_000) })
    expect(refusal(edit)).toBeNull()
    expect(parseSet(serializeSet(applyChecked(sound, edit))).marks).toHaveLength(2)
  })

  it('that moves a mark with more unknown content than could be added, which came from a file', () => {
    const later = 'x'.repeat(100_000)
    const heavy = { ...mark!, later }
    const document = { ...sound, marks: [heavy] }
    const change = { id: heavy.id, before: markItem(heavy), after: markItem({ ...heavy, onset: ticks(7) }) }
    const edit: Edit = { ...put(), changes: [change] }
    expect(refusal(edit, document)).toBeNull()
    const longer: Item = { ...change.after, ...{ later: `${later}y` } }
    expect(refusal({ ...edit, changes: [{ ...change, after: longer }] }, document)).toMatch(/at most 65536/)
  })
})

describe('many steps at once', () => {
  it('end as one after the other does, whatever is refused between them', () => {
    const bad = fc.constantFrom(
      another({ subtype: 'firda' }),
      put(range('a', 0, 10), range('b', 5, 10)),
      put(range('id-0001', 0, 10)),
      put({ ...markItem(mark!), id: 'id-0002' }),
      put(range('x', 1, 2), { ...markItem(mark!), id: 'y' }),
      { ...put(), changes: [{ id: 'gone', before: markItem({ ...mark!, id: 'gone' }), after: null }] },
    )
    fc.assert(
      fc.property(stepsArbitrary, fc.array(fc.tuple(fc.nat(40), bad)), (steps, inserted) => {
        const { entries } = work(steps)
        const all = [...entries]
        for (const [place, edit] of inserted) all.splice(place, 0, { op: 'edit', edit })
        let marked = { document: blankDocument(), history: EMPTY_HISTORY }
        const copy = createWorkingCopy(marked)
        for (const entry of all) {
          const next = tried(() => advance(marked, entry))
          expect(tried(() => copy.step(entry)) === null).toBe(next === null)
          if (next !== null) marked = next
        }
        expect(copy.marked()).toEqual(marked)
        expect(checkInvariants(marked.document)).toEqual([])
        expect(sizeOfSet(marked.document)).toBe(sizeOfSet({ ...marked.document }))
        expect(sizeOfSet(marked.document)).toBeGreaterThanOrEqual(
          Buffer.byteLength(serializeSet(marked.document)),
        )
      }),
    )
  })
})

function tried<Result>(run: () => Result): Result | null {
  try {
    return run()
  } catch {
    return null
  }
}

it('counts the size of a set once, and carries it through every step', () => {
  const large = withMarks(Array.from({ length: 500 }, (_, index) => [index, index + 0.5] as const))
  let reads = 0
  const counted = new Proxy(large.marks[0]!, {
    get: (target, key) => {
      if (key === 'comment') reads += 1
      return Reflect.get(target, key)
    },
  })
  let document: AnnotationDocument = { ...large, marks: [counted, ...large.marks.slice(1)] }
  const context = makeContext()
  for (const { id } of large.marks.slice(1, 20))
    document = applyChecked(document, deleteMarks(document, [id], context())!)
  expect(reads).toBe(1)
  expect(sizeOfSet(document)).toBe(sizeOfSet({ ...document }))
})
