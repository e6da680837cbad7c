import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { moveMark } from '../../../shared/annotation/edits.ts'
import { EMPTY_HISTORY } from '../../../shared/annotation/history.ts'
import {
  advance,
  formatJournalLine,
  type JournalLine,
  journalEntrySchema,
  parseJournal,
} from '../../../shared/annotation/journalEntry.ts'
import { replay } from '../../../shared/annotation/replay.ts'
import { ReviewError } from '../../../shared/failure.ts'
import {
  blankDocument,
  makeContext,
  seconds,
  stepsArbitrary,
  withMarks,
  work,
} from '../../support/annotations.ts'
import { sampleOf } from '../../support/properties.ts'

const at = '2026-01-31T10:00:00.000Z'
const set = { path: '/data/night.JS.hypnospike.json', hash: 'f'.repeat(64) }

function opening(document = blankDocument()): JournalLine {
  return { op: 'open', at, document, history: EMPTY_HISTORY, set: null, unsaved: false }
}

function written(lines: readonly JournalLine[]): string {
  return lines.map(formatJournalLine).join('')
}

describe('replaying a journal', () => {
  it('gives the document and the history that the window had', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        const live = work(steps)
        const { lines, problem, torn } = parseJournal(written([opening(), ...live.entries]))
        expect({ problem, torn }).toEqual({ problem: null, torn: false })
        const replayed = replay(blankDocument(), lines)
        expect(replayed.problem).toBeNull()
        expect(replayed.document).toEqual(live.document)
        expect(replayed.history).toEqual(live.history)
      }),
    )
  })

  it('gives the state of some moment wherever the file was cut off', () => {
    fc.assert(
      fc.property(stepsArbitrary, fc.double({ min: 0, max: 1, noNaN: true }), (steps, share) => {
        const { entries } = work(steps)
        const text = written([opening(), ...entries])
        const whole = formatJournalLine(opening()).length
        const cut = whole + Math.floor((text.length - whole) * share)
        const { lines, problem, goodLength } = parseJournal(text.slice(0, cut))
        expect(problem).toBeNull()
        expect(lines.slice(1)).toEqual(entries.slice(0, lines.length - 1))
        expect(goodLength).toBe(written(lines).length)
        expect(replay(blankDocument(), lines).problem).toBeNull()
      }),
    )
  })

  it('counts what was not saved, and nothing where all was taken back', () => {
    const context = makeContext()
    const document = withMarks([[10, 11]])
    const edit = moveMark(document, 'id-0001', { onset: seconds(20) }, context())!
    const undo: JournalLine = { op: 'undo', at, author: 'JS' }
    const saved: JournalLine = { op: 'saved', at, set }
    const move: JournalLine = { op: 'edit', edit }
    const unsaved = (...lines: JournalLine[]) => replay(document, [opening(document), ...lines]).unsaved
    expect(unsaved()).toBe(0)
    expect(unsaved(move)).toBe(1)
    expect(unsaved(move, undo)).toBe(0)
    expect(unsaved(move, saved)).toBe(0)
    expect(unsaved(move, saved, undo)).toBe(1)
    expect(replay(document, [opening(document), move, saved, undo])).toMatchObject({
      set,
      lastChange: at,
      applied: 4,
    })
  })

  it('stops at a step that does not fit and keeps what came before', () => {
    const context = makeContext()
    const document = withMarks([[10, 11]])
    const first = moveMark(document, 'id-0001', { onset: seconds(20) }, context())!
    const lines: JournalLine[] = [opening(document), { op: 'edit', edit: first }, { op: 'edit', edit: first }]
    const replayed = replay(document, [...lines, { op: 'undo', at, author: 'JS' }])
    expect(replayed).toMatchObject({
      applied: 2,
      problem: 'A step of the journal did not fit; the marks are as they were before it.',
    })
    expect(replayed.document.marks[0]!.onset).toBe(seconds(20))
  })

  it('begins anew at an opening, unsaved where it says so', () => {
    const document = withMarks([[10, 11]])
    const line: JournalLine = { op: 'open', at, document, history: EMPTY_HISTORY, set, unsaved: true }
    expect(replay(blankDocument(), [opening(), line])).toMatchObject({
      document,
      set,
      unsaved: 1,
      lastChange: at,
    })
  })
})

describe('a damaged journal', () => {
  const longWork = stepsArbitrary.filter((steps) => work(steps).entries.length > 5)
  const live = work(sampleOf(longWork, 7))
  const lines = [opening(), ...live.entries].map(formatJournalLine)

  it('keeps the part before the damage and says so', () => {
    const text = [...lines.slice(0, 3), lines[3]!.replace(/\d(?=[^\d]*$)/, '#'), ...lines.slice(4)].join('')
    const read = parseJournal(text)
    expect(read.lines).toHaveLength(3)
    expect(read.goodLength).toBe(lines.slice(0, 3).join('').length)
    expect(read).toMatchObject({
      torn: false,
      problem: `The journal is damaged after 3 entries; ${lines.length - 3} could not be read.`,
    })
  })

  it('is damaged, and says so, where its last line was written whole and reads no more', () => {
    const last = lines.at(-1) ?? ''
    const text = `${lines.slice(0, -1).join('')}${last.replace(/"op"/, '"oq"')}`
    expect(parseJournal(text)).toMatchObject({
      torn: false,
      problem: `The journal is damaged after ${lines.length - 1} entries; 1 could not be read.`,
    })
  })

  it('notices a single digit that is another one', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 9 }), (place, by) => {
        const text = lines.join('')
        const digits = [...text.matchAll(/\d/g)].map((match) => match.index)
        const index = digits[place % digits.length]!
        const flipped = String((Number(text[index]) + by) % 10)
        const read = parseJournal(text.slice(0, index) + flipped + text.slice(index + 1))
        expect(read.lines.length).toBeLessThan(lines.length)
        expect(read.problem !== null || read.torn).toBe(true)
      }),
    )
  })

  it.each([
    ['zeros, as some file systems leave them', '\0'.repeat(300)],
    ['text', 'not a journal at all\nnor this\n'],
    ['JSON without a checksum', `${JSON.stringify(opening())}\n\n`],
  ])('of %s has no entries', (_, text) => {
    const read = parseJournal(text)
    expect(read).toMatchObject({ lines: [], goodLength: 0 })
    expect(read.torn || read.problem !== null).toBe(true)
  })

  it('with a right checksum over wrong content is damaged all the same', () => {
    const bad = { ...opening(), document: { ...withMarks([[1, 2]]), reviewer: '' } } as JournalLine
    expect(parseJournal(`${formatJournalLine(bad)}${formatJournalLine(opening())}`).lines).toEqual([])
  })
})

describe('what a window may send', () => {
  it('is every entry of a reviewer at work', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        for (const entry of work(steps).entries) expect(v.parse(journalEntrySchema, entry)).toEqual(entry)
      }),
    )
  })

  it.each([
    ['an opening', opening()],
    ['a save', { op: 'saved', at, set }],
    ['another word', { op: 'format-disk', at, author: 'JS' }],
    ['an undo without a time', { op: 'undo', author: 'JS' }],
    [
      'an edit of something else',
      { op: 'edit', edit: { label: 'x', changes: [{ id: 'a', before: null, after: 5 }], author: 'JS', at } },
    ],
  ])('is not %s', (_, entry) => {
    expect(v.safeParse(journalEntrySchema, entry).success).toBe(false)
  })

  it('advances the host by the same steps, and refuses one that does not fit', () => {
    expect(() =>
      advance({ document: blankDocument(), history: EMPTY_HISTORY }, { op: 'redo', at, author: 'JS' }),
    ).toThrowError(new ReviewError('conflict', 'There is nothing to redo.'))
  })
})
