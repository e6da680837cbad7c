/** What a reader does with marks. Each verb makes one edit; what an edit is stands in shared/annotation. */
import type { Mark } from '../../shared/annotation/document.ts'
import {
  addMark,
  deleteMarks,
  relabelMark,
  setChannels,
  setComment,
  setConfidence,
  setEvidence,
} from '../../shared/annotation/edits.ts'
import { redo, undo } from '../../shared/annotation/history.ts'
import { type Confidence, type Evidence, kindOf, type MarkKind } from '../../shared/annotation/kinds.ts'
import { nextMark, previousMark } from '../../shared/annotation/queries.ts'
import { addReviewed, removeReviewed } from '../../shared/annotation/reviewed.ts'
import {
  type Seconds,
  type Span,
  secondsFromTicks,
  type Ticks,
  ticksFromSeconds,
} from '../../shared/units.ts'
import { toOwnPage } from './activePage.ts'
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
import { queueEntry } from './outbox.ts'
import type { Pane } from './panesState.ts'
import type { ReviewState } from './reviewState.ts'
import { activePane, activeSet, selectedMarkOf, timelineOf } from './selectors.ts'
import { documentIn, guestName, pickedMarkIn } from './shownIn.ts'
import { alignAt, closeBeside } from './sideBySide.ts'
import { getState, patchPane, patchSet, patchUi } from './state.ts'
import { cursorInView, isInView, isWhollyIn, reveal, revealHere, startToShow, wantedSpan } from './viewing.ts'

/**
 * A label key: relabels the selected mark, else labels the selection, else waits for the next drag.
 * Pressed twice it lets go again.
 */
export function label(kind: MarkKind, subtype: string | null = null): void {
  if (!canEdit()) return
  const state = getState()
  const mark = markInView()
  if (mark !== null) {
    const set = activeSet(state)
    if (set !== null) dispatch(relabelMark(set.document, mark.id, { kind, subtype }, editContext()))
    patchPane({ subtypeFor: kind === 'mimic' && subtype === null ? mark.id : null })
    return
  }
  const { selection, armed } = activePane(state)
  if (selection !== null) {
    if (checkInView('selection', selection)) addMarkOver(selection, kind, subtype)
    return
  }
  patchPane({ armed: armed === kind ? null : kind })
}

/** Marks a span and picks the mark, so that keys and the editor speak of it. */
export function addMarkOver(span: Span, kind: MarkKind, subtype: string | null = null): void {
  const id = placeMark(span, kind, subtype)
  if (id !== null) patchPane({ selectedMark: id, markPart: 'whole' })
}

/** Marks a dragged span with the label that waited for it. Nothing stays picked: the next label is for the next drag. */
export function addArmedMark(span: Span, kind: MarkKind): void {
  if (placeMark(span, kind, null) !== null) patchPane({ selectedMark: null })
}

function placeMark(span: Span, kind: MarkKind, subtype: string | null): string | null {
  const set = activeSet(getState())
  // A paper speed belongs to the window: the mark keeps the page's seconds. The montage by its name: a set is no place
  // for how it is made.
  const { paperSpeed: _, own: __, ...view } = activePane(getState()).view
  if (!canEdit() || set === null) return null
  const start = ticksFromSeconds(span.start)
  const duration = (ticksFromSeconds(span.end) - start) as Ticks
  if (duration === 0) {
    notify('info', NEEDS_TWO_EDGES)
    return null
  }
  const edit = dispatch(addMark(set.document, { kind, subtype, onset: start, duration, view }, editContext()))
  const id = edit?.changes[0]?.id ?? null
  patchPane({
    selection: null,
    armed: null,
    subtypeFor: kind === 'mimic' && subtype === null ? id : null,
  })
  patchUi({ panel: 'marks' })
  return id
}

export function chooseSubtype(subtype: string): void {
  const set = activeSet(getState())
  const { subtypeFor } = activePane(getState())
  patchPane({ subtypeFor: null })
  if (set === null || subtypeFor === null || !canEdit()) return
  dispatch(relabelMark(set.document, subtypeFor, { kind: 'mimic', subtype }, editContext()))
}

/** The mimic stays without a name. */
export function leaveUnnamed(): void {
  patchPane({ subtypeFor: null })
}

/** `show`: brings it into view; on an aligned page it takes the place of what that was aligned at. */
export function selectMark(id: string | null, options: { readonly show?: boolean } = {}): void {
  if (id !== null && !documentIn(getState())?.marks.some((mark) => mark.id === id)) toOwnPage()
  patchPane({ selectedMark: id, markPart: 'whole', selection: null, subtypeFor: null, outlined: null })
  const mark = pickedMarkIn(getState())
  if (mark === null || options.show !== true) return
  const span = spanOfMark(mark)
  if (activePane(getState()).aligned === null) revealHere(span)
  else alignAt(mark.onset)
  patchPane({ cursor: span.start })
}

export function goToMark(direction: 'next' | 'previous', sameKind: boolean): void {
  const state = getState()
  const document = documentIn(state)
  if (document === null) {
    const guest = guestName(state)
    if (guest !== null) notify('info', `No marks of ${guest} are known: neither a set of yours nor a key.`)
    return
  }
  const kind = sameKind ? pickedMarkIn(state)?.kind : undefined
  const found = markBeside(state, direction, { kind })
  if (found === null) {
    notify('info', direction === 'next' ? 'No mark after this one.' : 'No mark before this one.')
    return
  }
  selectMark(found.id, { show: true })
}

type Beside = { readonly kind?: MarkKind | undefined; readonly pane?: Pane }

/** The mark after or before what is picked, else the cursor, else the page's start; null: there is none. */
function markBeside(state: ReviewState, direction: 'next' | 'previous', options: Beside): Mark | null {
  const { kind, pane = activePane(state) } = options
  const document = documentIn(state, pane)
  if (document === null) return null
  const from =
    pickedMarkIn(state, pane) ?? ticksFromSeconds(cursorInView(state, pane) ?? wantedSpan(state, pane).start)
  return (direction === 'next' ? nextMark : previousMark)(document, from, kind)
}

/** Starts of the pages that the keys to the next and the previous mark turn to; not of marks that are in view. */
export function pagesOfMarksBeside(state: ReviewState, pane: Pane): readonly Seconds[] {
  // What is aligned turns to other places.
  if (pane.aligned !== null) return []
  return (['next', 'previous'] as const).flatMap((direction) => {
    const mark = markBeside(state, direction, { pane })
    if (mark === null || isWhollyIn(spanOfMark(mark), wantedSpan(state, pane))) return []
    return [startToShow(spanOfMark(mark), pane.view.timebase)]
  })
}

export function changeComment(id: string, comment: string): void {
  const set = activeSet(getState())
  if (set !== null && canEdit()) dispatch(setComment(set.document, id, comment, editContext()))
}

export function changeConfidence(id: string, confidence: Confidence | null): void {
  const set = activeSet(getState())
  if (set !== null && canEdit()) dispatch(setConfidence(set.document, id, confidence, editContext()))
}

export function changeEvidence(id: string, evidence: readonly Evidence[]): void {
  const set = activeSet(getState())
  if (set !== null && canEdit()) dispatch(setEvidence(set.document, id, evidence, editContext()))
}

export function changeChannels(id: string, channels: readonly string[]): void {
  const set = activeSet(getState())
  if (set !== null && canEdit()) dispatch(setChannels(set.document, id, channels, editContext()))
}

export function relabel(id: string, kind: MarkKind, subtype: string | null): void {
  const set = activeSet(getState())
  if (set !== null && canEdit()) dispatch(relabelMark(set.document, id, { kind, subtype }, editContext()))
}

export function deleteSelected(): void {
  const state = getState()
  const set = activeSet(state)
  const mark = markInView()
  if (mark === null || set === null) {
    const elsewhere = activePane(state).selection === null ? selectedMarkOf(state) : null
    if (elsewhere !== null) checkInView('mark', spanOfMark(elsewhere))
    patchPane({ selection: null })
    return
  }
  if (!canEdit()) return
  const following = nextMark(set.document, mark)
  if (dispatch(deleteMarks(set.document, [mark.id], editContext())) === null) return
  patchPane({ selectedMark: null })
  notify('info', `${kindOf(mark.kind).label} deleted.`, { do: 'undo' })
  // The list keeps its place: the next mark in view takes the focus of the deleted one.
  if (following !== null && isInView(getState(), spanOfMark(following)))
    patchPane({ selectedMark: following.id })
}

/** V: the selection, else the page, has been read; where it all has been already, it has not. */
export function toggleReviewed(): void {
  const state = getState()
  const set = activeSet(state)
  const whole = timelineOf(state)?.span
  const { selection } = activePane(state)
  if (set === null || whole === undefined || !canEdit()) return
  if (selection !== null && !checkInView('selection', selection)) return
  const wanted = selection ?? wantedSpan(state)
  const span = {
    start: ticksFromSeconds(Math.max(wanted.start, whole.start)),
    end: ticksFromSeconds(Math.min(wanted.end, whole.end)),
  }
  const added = addReviewed(set.document, span, editContext())
  dispatch(added ?? removeReviewed(set.document, span, editContext()))
}

export function undoStep(): void {
  travel(undo, 'undo')
}

export function redoStep(): void {
  travel(redo, 'redo')
}

function travel(by: typeof undo, op: 'undo' | 'redo'): void {
  toOwnPage()
  const set = activeSet(getState())
  if (set === null || set.readOnly || !canEdit()) return
  const result = by(set.document, set.history)
  if (result === null) return
  patchSet(set.setId, { document: result.document, history: result.history })
  patchPane({ drag: null, subtypeFor: null })
  queueEntry(set.setId, { op, at: new Date().toISOString(), author: getState().shell.settings.reviewer }, set)
  // Show what changed: a step that happens off the page is a mark that moved by itself.
  const change = result.edit.changes.find(
    (candidate) => (candidate.after ?? candidate.before)?.type === 'mark',
  )
  const item = change?.after ?? change?.before
  if (item === undefined || item === null) return
  const start = secondsFromTicks(item.onset)
  reveal({ start, end: start + secondsFromTicks(item.duration) })
  patchPane({ selectedMark: change?.after?.id ?? null })
}

/** Lets go of what is held; where nothing is, the second page goes. */
export function cancel(): void {
  const { selection, armed, selectedMark, subtypeFor, drag, outlined, measuredAt } = activePane(getState())
  const held = [selection, armed, selectedMark, subtypeFor, drag, outlined, measuredAt]
  const isFree = held.every((one) => one === null)
  if (isFree) return closeBeside()
  patchPane({
    selection: null,
    armed: null,
    selectedMark: null,
    subtypeFor: null,
    drag: null,
    markPart: 'whole',
    outlined: null,
    measuredAt: null,
  })
}
