import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdit } from '../../../shared/annotation/applyEdit.ts'
import type { Edit, Item, Mark } from '../../../shared/annotation/document.ts'
import { addMark, deleteMarks, type EditContext, setComment } from '../../../shared/annotation/edits.ts'
import { type OwnChanges, planHandover } from '../../../shared/annotation/handover.ts'
import { EMPTY_HISTORY, type Marked } from '../../../shared/annotation/history.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { advance, type JournalEntry, sameContent } from '../../../shared/annotation/journalEntry.ts'
import { addReviewed } from '../../../shared/annotation/reviewed.ts'
import { type Ticks, ticksFromSeconds } from '../../../shared/units.ts'
import { blankDocument } from '../../support/annotations.ts'

const EMPTY: Marked = { document: blankDocument(), history: EMPTY_HISTORY }

let clock = 0
/** Ids never meet by chance: each context makes its own. */
function by(author: string): EditContext {
  clock += 1
  const now = new Date(1_800_000_000_000 + clock * 1000).toISOString()
  return { author, now, newId: () => `${author}-${String(clock++).padStart(6, '0')}` }
}

function span(second: number) {
  return { start: ticksFromSeconds(second), end: ticksFromSeconds(second + 1) }
}

function add(marked: Marked, second: number, author = 'JS'): Edit {
  const { start } = span(second)
  const duration = ticksFromSeconds(1) as Ticks
  return addMark(
    marked.document,
    { kind: 'uncertain', subtype: null, onset: start, duration, view: null },
    by(author),
  )!
}

/** A window: what it shows, and what it knows of its own doings. */
function windowOn(start: Marked) {
  let shown = start
  const forms = new Map<string, (Item | null)[]>()
  const entries: JournalEntry[] = []
  const states: Marked[] = [start]
  const touched: string[][] = []
  return {
    shown: () => shown,
    states,
    entries,
    does(entry: JournalEntry) {
      const changes =
        entry.op === 'edit'
          ? entry.edit.changes
          : ((entry.op === 'undo' ? shown.history.done : shown.history.undone).at(-1)?.changes ?? [])
      for (const { id, before, after } of changes) forms.set(id, [...(forms.get(id) ?? []), before, after])
      touched.push(changes.map(({ id }) => id))
      shown = advance(shown, entry)
      entries.push(entry)
      states.push(shown)
    },
    /** `kept` of its entries were confirmed. */
    changes: (kept: number): OwnChanges => ({ forms, unkept: new Set(touched.slice(kept).flat()) }),
  }
}

const edited = (edit: Edit | null): JournalEntry => ({ op: 'edit', edit: edit! })
const comments = ({ document }: Marked) => document.marks.map(({ comment }) => comment).toSorted()
const firstMark = ({ document }: Marked): Mark => document.marks[0]!

describe('a window whose host comes back', () => {
  it('hands over what the journal lacks, once, whichever of its entries had arrived', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('add', 'comment', 'delete', 'review', 'undo', 'redo'), { maxLength: 25 }),
        fc.nat(),
        fc.nat(),
        (doings, arrivedSeed, confirmedSeed) => {
          const window = windowOn(EMPTY)
          for (const [index, doing] of doings.entries()) {
            const { document, history } = window.shown()
            const mark = document.marks[index % Math.max(1, document.marks.length)]
            if (doing === 'add') window.does(edited(add(window.shown(), index)))
            if (doing === 'review') {
              const step = addReviewed(document, span(index), by('JS'))
              if (step !== null) window.does(edited(step))
            }
            if (doing === 'comment' && mark !== undefined) {
              window.does(edited(setComment(document, mark.id, `${index}`, by('JS'))))
            }
            if (doing === 'delete' && mark !== undefined) {
              window.does(edited(deleteMarks(document, [mark.id], by('JS'))))
            }
            const at = by('JS').now
            if (doing === 'undo' && history.done.length > 0) window.does({ op: 'undo', at, author: 'JS' })
            if (doing === 'redo' && history.undone.length > 0) window.does({ op: 'redo', at, author: 'JS' })
          }
          const arrived = arrivedSeed % (window.entries.length + 1)
          // What was confirmed has arrived; of the rest nobody knows.
          const confirmed = confirmedSeed % (arrived + 1)
          const found = window.states[arrived]!
          const { marked, owes, doubled } = planHandover(
            found,
            window.shown(),
            window.changes(confirmed),
            by('JS'),
          )
          expect(sameContent(marked.document, window.shown().document)).toBe(true)
          expect(doubled).toBe(0)
          expect(owes).toBe(!sameContent(found.document, window.shown().document))
          if (owes) expect(marked.history).toEqual(window.shown().history)
        },
      ),
    )
  })

  it('hands over again what the journal had lost, though it was confirmed', () => {
    const window = windowOn(EMPTY)
    for (const second of [1, 3, 5]) window.does(edited(add(window.shown(), second)))
    const { marked, owes } = planHandover(window.states[1]!, window.shown(), window.changes(3), by('JS'))
    expect(owes).toBe(true)
    expect(marked.document.marks).toHaveLength(3)
  })

  it('also where the set on disk was opened, without its steps', () => {
    const window = windowOn(EMPTY)
    for (const second of [1, 3]) window.does(edited(add(window.shown(), second)))
    const found = { document: window.states[1]!.document, history: EMPTY_HISTORY }
    const { marked } = planHandover(found, window.shown(), window.changes(1), by('JS'))
    expect(marked).toEqual(window.shown())
  })
})

describe('where another window was at work meanwhile', () => {
  /** Two windows on one mark that both have seen. */
  function two() {
    const base = advance(EMPTY, edited(add(EMPTY, 1)))
    return { here: windowOn(base), there: windowOn(base), id: firstMark(base).id }
  }

  it('what either has added is there', () => {
    const { here, there } = two()
    here.does(edited(add(here.shown(), 5)))
    there.does(edited(add(there.shown(), 9, 'KM')))
    const { marked, doubled } = planHandover(there.shown(), here.shown(), here.changes(0), by('JS'))
    expect(marked.document.marks.map(({ onset }) => onset / 1e7)).toEqual([1, 5, 9])
    expect(doubled).toBe(0)
    // The other window's steps can be undone, and what was brought over as one.
    expect(marked.history.done).toHaveLength(there.shown().history.done.length + 1)
  })

  it('what only the other one has changed or taken away stays so', () => {
    const { here, there, id } = two()
    here.does(edited(add(here.shown(), 5)))
    there.does(edited(setComment(there.shown().document, id, 'there', by('KM'))))
    expect(comments(planHandover(there.shown(), here.shown(), here.changes(0), by('JS')).marked)).toEqual([
      '',
      'there',
    ])
    there.does(edited(deleteMarks(there.shown().document, [id], by('KM'))))
    const { marked } = planHandover(there.shown(), here.shown(), here.changes(0), by('JS'))
    expect(marked.document.marks).toHaveLength(1)
  })

  it('an older form of this window is not put over a newer one of the other', () => {
    const { here, there, id } = two()
    const step = edited(setComment(here.shown().document, id, 'first', by('JS')))
    here.does(step)
    there.does(step)
    there.does(edited(setComment(there.shown().document, id, 'newer', by('KM'))))
    const { marked, owes } = planHandover(there.shown(), here.shown(), here.changes(1), by('JS'))
    expect([owes, comments(marked)]).toEqual([false, ['newer']])
  })

  it('a mark that both have changed is kept twice, once as each has it', () => {
    const { here, there, id } = two()
    here.does(edited(setComment(here.shown().document, id, 'here', by('JS'))))
    there.does(edited(setComment(there.shown().document, id, 'there', by('KM'))))
    const { marked, doubled } = planHandover(there.shown(), here.shown(), here.changes(0), by('JS'))
    expect(doubled).toBe(1)
    expect(comments(marked)).toEqual(['here', 'there'])
    expect(new Set(marked.document.marks.map((mark) => mark.id)).size).toBe(2)
  })

  it('a mark that one has changed and the other taken away stays', () => {
    const { here, there, id } = two()
    here.does(edited(deleteMarks(here.shown().document, [id], by('JS'))))
    there.does(edited(setComment(there.shown().document, id, 'there', by('KM'))))
    expect(comments(planHandover(there.shown(), here.shown(), here.changes(0), by('JS')).marked)).toEqual([
      'there',
    ])
    const other = two()
    other.here.does(edited(setComment(other.here.shown().document, other.id, 'here', by('JS'))))
    other.there.does(edited(deleteMarks(other.there.shown().document, [other.id], by('KM'))))
    const { marked } = planHandover(other.there.shown(), other.here.shown(), other.here.changes(0), by('JS'))
    expect(comments(marked)).toEqual(['here'])
  })

  it('reviewed ranges are joined, and never touch', () => {
    const { here, there } = two()
    here.does(edited(addReviewed(here.shown().document, span(10), by('JS'))))
    there.does(
      edited(addReviewed(there.shown().document, { ...span(10), end: ticksFromSeconds(14) }, by('KM'))),
    )
    here.does(edited(addReviewed(here.shown().document, span(20), by('JS'))))
    const { marked } = planHandover(there.shown(), here.shown(), here.changes(0), by('JS'))
    expect(marked.document.reviewed.map(({ onset, duration }) => [onset / 1e7, duration / 1e7])).toEqual([
      [10, 4],
      [20, 1],
    ])
    expect(checkInvariants(marked.document)).toEqual([])
  })

  it('what is handed over is one step of undo on what the host had', () => {
    const { here, there } = two()
    here.does(edited(add(here.shown(), 5)))
    there.does(edited(add(there.shown(), 9, 'KM')))
    const { marked } = planHandover(there.shown(), here.shown(), here.changes(0), by('JS'))
    const step = marked.history.done.at(-1)!
    expect(sameContent(applyEdit(there.shown().document, step), marked.document)).toBe(true)
  })
})
