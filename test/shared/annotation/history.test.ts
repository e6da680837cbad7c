import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyEdit, invertEdit, joinEdits } from '../../../shared/annotation/applyEdit.ts'
import { addMark, deleteMarks, moveMark, setComment } from '../../../shared/annotation/edits.ts'
import {
  EMPTY_HISTORY,
  record,
  redo,
  redoLabel,
  undo,
  undoLabel,
} from '../../../shared/annotation/history.ts'
import { checkInvariants } from '../../../shared/annotation/invariants.ts'
import { ReviewError } from '../../../shared/failure.ts'
import {
  applied,
  blankDocument,
  contentOf,
  makeContext,
  seconds,
  stepsArbitrary,
  VIEW,
  withMarks,
  work,
} from '../../support/annotations.ts'

function undoAll(state: ReturnType<typeof work>) {
  let { document, history } = state
  for (let next = undo(document, history); next !== null; next = undo(document, history)) {
    document = next.document
    history = next.history
  }
  return { document, history }
}

describe('whatever a reviewer does', () => {
  it('the document keeps its invariants after every step', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        let document = blankDocument()
        for (const edit of work(steps).edits) {
          document = applyEdit(document, edit)
          expect(checkInvariants(document)).toEqual([])
        }
      }),
    )
  })

  it('an edit followed by its inverse changes nothing', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        let document = blankDocument()
        for (const edit of work(steps).edits) {
          const after = applyEdit(document, edit)
          expect(contentOf(applyEdit(after, invertEdit(edit)))).toEqual(contentOf(document))
          expect(invertEdit(invertEdit(edit))).toEqual(edit)
          document = after
        }
      }),
    )
  })

  it('undoing everything gives the beginning back, redoing everything the end', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        const end = work(steps)
        let { document, history } = undoAll(end)
        expect(contentOf(document)).toEqual(contentOf(blankDocument()))
        for (let count = end.history.done.length; count > 0; count -= 1) {
          const next = redo(document, history)
          expect(next).not.toBeNull()
          document = next!.document
          history = next!.history
        }
        expect(contentOf(document)).toEqual(contentOf(end.document))
        expect(history.done).toEqual(end.history.done)
      }),
    )
  })

  it('joining two edits does what both do, one after the other', () => {
    fc.assert(
      fc.property(stepsArbitrary, (steps) => {
        let document = blankDocument()
        const { edits } = work(steps)
        edits.forEach((first, index) => {
          const middle = applyEdit(document, first)
          const second = edits[index + 1]
          if (second !== undefined) {
            const joined = applyEdit(document, joinEdits(first, second))
            expect(contentOf(joined)).toEqual(contentOf(applyEdit(middle, second)))
          }
          document = middle
        })
      }),
    )
  })
})

describe('steps of undo', () => {
  it('makes one step of one gesture, under its first name', () => {
    const context = makeContext()
    const start = withMarks([[10, 11]])
    let document = start
    let history = EMPTY_HISTORY
    for (const to of [10.5, 11, 11.5]) {
      const edit = moveMark(document, 'id-0001', { onset: seconds(to) }, context(), 'drag-7')
      document = applied(document, edit)
      history = record(history, edit!)
    }
    expect(history.done).toHaveLength(1)
    expect(undoLabel(history)).toBe('move mark')
    const back = undo(document, history)!
    expect(contentOf(back.document)).toEqual(contentOf(start))
    expect(undoLabel(back.history)).toBeNull()
    expect(redoLabel(back.history)).toBe('move mark')
    expect(redo(back.document, back.history)!.document.marks[0]!.onset).toBe(seconds(11.5))
  })

  it('keeps two gestures apart, and a gesture from what was done between', () => {
    const context = makeContext()
    let document = withMarks([[10, 11]])
    let history = EMPTY_HISTORY
    const act = (edit: ReturnType<typeof moveMark>) => {
      document = applied(document, edit)
      history = record(history, edit!)
    }
    act(moveMark(document, 'id-0001', { onset: seconds(12) }, context(), 'drag-1'))
    act(moveMark(document, 'id-0001', { onset: seconds(13) }, context(), 'drag-2'))
    act(setComment(document, 'id-0001', 'seen on video', context()))
    act(moveMark(document, 'id-0001', { onset: seconds(14) }, context(), 'drag-2'))
    expect(history.done.map((edit) => edit.label)).toEqual(['move mark', 'move mark', 'comment', 'move mark'])
  })

  it('leaves no step where a gesture makes a mark and takes it away again', () => {
    const context = makeContext()
    const start = blankDocument()
    const made = addMark(
      start,
      { kind: 'uncertain', onset: seconds(1), duration: seconds(1), view: VIEW },
      context(),
    )!
    const document = applyEdit(start, made)
    const gone = deleteMarks(document, [document.marks[0]!.id], context())!
    const history = record(record(EMPTY_HISTORY, { ...made, gesture: 'g' }), { ...gone, gesture: 'g' })
    expect(history.done).toEqual([])
  })

  it('forgets what was undone once something else is done', () => {
    const context = makeContext()
    const document = withMarks([[10, 11]])
    const first = moveMark(document, 'id-0001', { onset: seconds(20) }, context())!
    const undone = undo(applyEdit(document, first), record(EMPTY_HISTORY, first))!
    const other = setComment(undone.document, 'id-0001', 'no', context())!
    expect(redo(applyEdit(undone.document, other), record(undone.history, other))).toBeNull()
  })

  it('has nothing to undo or redo at the beginning', () => {
    expect(undo(blankDocument(), EMPTY_HISTORY)).toBeNull()
    expect(redo(blankDocument(), EMPTY_HISTORY)).toBeNull()
  })

  it('keeps the time of the newest edit when steps are undone', () => {
    const context = makeContext()
    const document = withMarks([[10, 11]])
    const edit = moveMark(document, 'id-0001', { onset: seconds(20) }, context())!
    const after = applyEdit(document, edit)
    expect(after.changed).toBe(edit.at > document.changed ? edit.at : document.changed)
    expect(applyEdit(after, invertEdit(edit)).changed).toBe(after.changed)
  })
})

describe('an edit that does not fit', () => {
  const context = makeContext()
  const document = withMarks([
    [10, 11],
    [20, 21],
  ])
  const move = moveMark(document, 'id-0001', { onset: seconds(12) }, context())!

  it.each([
    ['was already applied', applyEdit(document, move), move],
    ['finds its mark deleted', applied(document, deleteMarks(document, ['id-0001'], context())), move],
    ['finds its mark changed', applied(document, setComment(document, 'id-0001', 'x', context())), move],
    ['adds an id that is taken', document, { ...move, changes: [{ ...move.changes[0]!, before: null }] }],
    ['changes one id twice', document, { ...move, changes: [...move.changes, ...move.changes] }],
    [
      'names one id and changes another',
      document,
      { ...move, changes: [{ ...move.changes[0]!, id: 'id-0002' }] },
    ],
  ])('is refused where it %s', (_, target, edit) => {
    expect(() => applyEdit(target, edit)).toThrowError(
      new ReviewError('conflict', '"move mark" does not fit: the marks have changed since.'),
    )
  })
})
