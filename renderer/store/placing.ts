/** Where marks and the selection begin and end: by keys, with the mouse, and typed. Never off the recording. */
import type { Mark } from '../../shared/annotation/document.ts'
import { moveMark, resizeMark } from '../../shared/annotation/edits.ts'
import { type Seconds, type Span, type Ticks, ticksFromSeconds, toMicroseconds } from '../../shared/units.ts'
import {
  canEdit,
  checkInView,
  dispatch,
  editContext,
  markInView,
  NEEDS_TWO_EDGES,
  spanOfMark,
} from './editing.ts'
import { notify } from './notices.ts'
import { activePane, activeSet, selectedMarkOf } from './selectors.ts'
import { notesIn, openedIn } from './shownIn.ts'
import { getState, patchPane } from './state.ts'
import { cursorInView, spanToReview } from './viewing.ts'

const NO_CURSOR = 'Put the cursor on this page first: click, or Shift with the left and right arrows.'

/** [ and ]: the edge of the selected mark, else of the selection, goes to the cursor. */
export function setEdge(edge: 'start' | 'end'): void {
  const state = getState()
  if (openedIn(state) === null) return
  const cursor = cursorInView(state)
  if (cursor === null) return notify('info', NO_CURSOR)
  const mark = markInView()
  if (mark !== null) return commitResize(mark.id, edge, ticksFromSeconds(cursor))
  const { selection } = activePane(state)
  const other = selection === null ? cursor : edge === 'start' ? selection.end : selection.start
  patchPane({ selection: ordered(cursor, other) })
}

/** One held key is one step of undo. */
export function nudge(by: Seconds, gesture: string): void {
  const state = getState()
  const mark = markInView()
  if (mark !== null) return nudgeMark(mark, ticksFromSeconds(by), gesture)
  const { selection } = activePane(state)
  if (selection !== null) {
    if (checkInView('selection', selection)) patchPane({ selection: nudgedSelection(selection, by) })
    return
  }
  const cursor = cursorInView(state)
  if (cursor !== null) return patchPane({ cursor: clampTime(toMicroseconds(cursor + by)) })
  const elsewhere = selectedMarkOf(state)
  if (elsewhere !== null) checkInView('mark', spanOfMark(elsewhere))
}

function nudgeMark(mark: Mark, by: Ticks, gesture: string): void {
  const set = activeSet(getState())
  const { markPart } = activePane(getState())
  if (set === null || !canEdit()) return
  const { document } = set
  if (markPart === 'whole') {
    const onset = clampOnset(mark, (mark.onset + by) as Ticks)
    dispatch(moveMark(document, mark.id, { onset }, editContext(), gesture))
    return
  }
  const end = mark.onset + mark.duration
  const at = clampTicks(((markPart === 'start' ? mark.onset : end) + by) as Ticks)
  // A held key stops at the other edge: beyond it, it would pull the mark open again.
  if (markPart === 'start' ? at >= end : at <= mark.onset) return notify('info', NEEDS_TWO_EDGES)
  dispatch(resizeMark(document, mark.id, { edge: markPart, at }, editContext(), gesture))
}

function nudgedSelection(selection: Span, by: Seconds): Span {
  const { markPart } = activePane(getState())
  const start = clampTime(toMicroseconds(selection.start + by))
  const end = clampTime(toMicroseconds(selection.end + by))
  if (markPart === 'start') return ordered(start, selection.end)
  if (markPart === 'end') return ordered(selection.start, end)
  // At the recording's end all of it stops, rather than growing shorter.
  return toMicroseconds(end - start - (selection.end - selection.start)) === 0 ? { start, end } : selection
}

/** Which part Alt+arrows move: all of it, its start, its end. */
export function cyclePart(): void {
  const order = { whole: 'start', start: 'end', end: 'whole' } as const
  patchPane({ markPart: order[activePane(getState()).markPart] })
}

export function commitMove(id: string, onset: Ticks): void {
  const set = activeSet(getState())
  const mark = set?.document.marks.find((candidate) => candidate.id === id)
  if (set === null || mark === undefined || !canEdit()) return
  dispatch(moveMark(set.document, id, { onset: clampOnset(mark, onset) }, editContext()))
}

/** An edge put across the other turns the mark round; one put on the other is refused. */
export function commitResize(id: string, edge: 'start' | 'end', to: Ticks): void {
  const set = activeSet(getState())
  const mark = set?.document.marks.find((candidate) => candidate.id === id)
  if (set === null || mark === undefined || !canEdit()) return
  const at = clampTicks(to)
  if (at === (edge === 'start' ? mark.onset + mark.duration : mark.onset)) {
    return notify('info', NEEDS_TWO_EDGES)
  }
  dispatch(resizeMark(set.document, id, { edge, at }, editContext()))
}

/** An edge as typed. It stays on its side of the other: a number typed in two steps must not turn the mark. */
export function changeEdge(mark: Mark, edge: 'start' | 'end', to: Seconds): void {
  const at = clampTicks(ticksFromSeconds(to))
  const end = mark.onset + mark.duration
  if (edge === 'start' && at > end) {
    return notify(
      'problem',
      'The start was left as it was: it must lie before the end. Change the end first.',
    )
  }
  if (edge === 'end' && at < mark.onset) {
    return notify(
      'problem',
      'The end was left as it was: it must lie after the start. Change the start first.',
    )
  }
  commitResize(mark.id, edge, at)
}

/** Where a mark comes to lie that was moved there: all of it on the recording, where it is not longer. */
export function clampOnset(mark: Mark, onset: Ticks): Ticks {
  const { start, end } = limits()
  return Math.max(start, Math.min(onset, end - mark.duration)) as Ticks
}

export function clampTicks(at: Ticks): Ticks {
  const { start, end } = limits()
  return Math.max(start, Math.min(at, end)) as Ticks
}

function clampTime(time: Seconds): Seconds {
  const span = spanNow()
  if (span === null) return time
  return Math.max(span.start, Math.min(time, span.end))
}

function spanNow(): Span | null {
  const opened = openedIn(getState())
  return opened === null ? null : spanToReview(opened, notesIn(getState()))
}

/** The span in ticks; a mark never begins before the header's start. */
function limits(): { readonly start: number; readonly end: number } {
  const span = spanNow()
  if (span === null) return { start: 0, end: Number.MAX_SAFE_INTEGER }
  return { start: Math.max(0, ticksFromSeconds(span.start)), end: ticksFromSeconds(span.end) }
}

function ordered(a: Seconds, b: Seconds): Span {
  return { start: Math.min(a, b), end: Math.max(a, b) }
}
