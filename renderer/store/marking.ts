/** What a reader does with marks. Each verb makes one edit; what an edit is stands in shared/annotation. */
import { applyEdit } from '../../shared/annotation/applyEdit.ts'
import type { Confidence, Edit, Evidence, Mark } from '../../shared/annotation/document.ts'
import {
  addMark,
  deleteMarks,
  type EditContext,
  moveMark,
  relabelMark,
  resizeMark,
  setChannels,
  setComment,
  setConfidence,
  setEvidence,
} from '../../shared/annotation/edits.ts'
import { record, redo, undo } from '../../shared/annotation/history.ts'
import { KINDS, type MarkKind } from '../../shared/annotation/kinds.ts'
import { nextMark, previousMark } from '../../shared/annotation/queries.ts'
import { addReviewed, removeReviewed } from '../../shared/annotation/reviewed.ts'
import {
  type Seconds,
  type Span,
  secondsFromTicks,
  type Ticks,
  ticksFromSeconds,
} from '../../shared/units.ts'
import { notify, reportFailure } from './notices.ts'
import { queueEntry } from './saving.ts'
import { getState, selectedMarkOf, setState } from './state.ts'
import { cursorInView, reveal, wantedSpan } from './viewing.ts'

function context(): EditContext {
  return { author: getState().settings.reviewer, now: new Date().toISOString() }
}

/** Applies an edit, remembers it and sends it to the journal; null is "nothing to change". */
function dispatch(edit: Edit | null): Edit | null {
  const { set } = getState()
  if (edit === null || set === null) return null
  try {
    const document = applyEdit(set.document, edit)
    setState({ set: { ...set, document, history: record(set.history, edit) } })
    queueEntry({ op: 'edit', edit })
    return edit
  } catch (thrown) {
    reportFailure(thrown)
    return null
  }
}

/** true where marks can be changed; says why not, once, where they cannot. */
function canEdit(): boolean {
  const { set } = getState()
  if (set === null) return false
  if (set.readOnly) notify('info', 'This set is for reading only. Open your own set to mark.')
  return !set.readOnly
}

/** The selected mark while a part of it is in view: a key never changes a mark that is out of sight. */
function markInView(): Mark | null {
  const mark = selectedMarkOf(getState())
  return mark !== null && isInView(mark) ? mark : null
}

/**
 * A label key: relabels the selected mark, else labels the selection, else waits for the next drag.
 * Pressed twice it lets go again.
 */
export function label(kind: MarkKind, subtype: string | null = null): void {
  if (!canEdit()) return
  const state = getState()
  const mark = markInView()
  if (mark !== null) {
    const { set } = state
    if (set !== null) dispatch(relabelMark(set.document, mark.id, { kind, subtype }, context()))
    setState({ subtypeFor: kind === 'mimic' && subtype === null ? mark.id : null })
    return
  }
  if (state.selection !== null) {
    addMarkOver(state.selection, kind, subtype)
    return
  }
  setState({ armed: state.armed === kind ? null : kind })
}

export function addMarkOver(span: Span, kind: MarkKind, subtype: string | null = null): void {
  const { set, view } = getState()
  if (!canEdit() || set === null) return
  const start = ticksFromSeconds(span.start)
  const duration = (ticksFromSeconds(span.end) - start) as Ticks
  const edit = dispatch(addMark(set.document, { kind, subtype, onset: start, duration, view }, context()))
  const id = edit?.changes[0]?.id ?? null
  setState({
    selection: null,
    armed: null,
    selectedMark: id,
    markPart: 'whole',
    panel: 'marks',
    subtypeFor: kind === 'mimic' && subtype === null ? id : null,
  })
}

export function chooseSubtype(subtype: string): void {
  const { set, subtypeFor } = getState()
  setState({ subtypeFor: null })
  if (set === null || subtypeFor === null || !canEdit()) return
  dispatch(relabelMark(set.document, subtypeFor, { kind: 'mimic', subtype }, context()))
}

export function selectMark(id: string | null, options: { readonly show?: boolean } = {}): void {
  setState({ selectedMark: id, markPart: 'whole', selection: null, subtypeFor: null })
  const mark = selectedMarkOf(getState())
  if (mark === null || options.show !== true) return
  const start = secondsFromTicks(mark.onset)
  reveal({ start, end: start + secondsFromTicks(mark.duration) })
  setState({ cursor: start })
}

export function goToMark(direction: 'next' | 'previous', sameKind: boolean): void {
  const state = getState()
  if (state.set === null) return
  const mark = selectedMarkOf(state)
  const page = wantedSpan(state)
  const from = mark ?? ticksFromSeconds(cursorInView(state) ?? page.start)
  const find = direction === 'next' ? nextMark : previousMark
  const found = find(state.set.document, from, sameKind && mark !== null ? mark.kind : undefined)
  if (found === null) {
    notify('info', direction === 'next' ? 'No mark after this one.' : 'No mark before this one.')
    return
  }
  selectMark(found.id, { show: true })
}

/** [ and ]: the edge of the selected mark, else of the selection, goes to the cursor. */
export function setEdge(edge: 'start' | 'end'): void {
  const state = getState()
  const cursor = state.cursor
  if (state.recording === null) return
  if (cursor === null) {
    notify('info', 'Put the cursor somewhere first: click, or Shift with the left and right arrows.')
    return
  }
  const mark = markInView()
  if (mark !== null && state.set !== null) {
    if (!canEdit()) return
    dispatch(resizeMark(state.set.document, mark.id, { edge, at: ticksFromSeconds(cursor) }, context()))
    return
  }
  const { selection } = state
  const other = selection === null ? cursor : edge === 'start' ? selection.end : selection.start
  setState({ selection: { start: Math.min(cursor, other), end: Math.max(cursor, other) } })
}

/** One held key is one step of undo. */
export function nudge(by: Seconds, gesture: string): void {
  const state = getState()
  const mark = markInView()
  const ticks = ticksFromSeconds(by)
  if (mark !== null && state.set !== null) {
    if (!canEdit()) return
    const { document } = state.set
    const edge = state.markPart
    const end = (mark.onset + mark.duration) as Ticks
    dispatch(
      edge === 'whole'
        ? moveMark(document, mark.id, { onset: (mark.onset + ticks) as Ticks }, context(), gesture)
        : resizeMark(
            document,
            mark.id,
            { edge, at: ((edge === 'start' ? mark.onset : end) + ticks) as Ticks },
            context(),
            gesture,
          ),
    )
    return
  }
  const { selection, cursor } = state
  if (selection !== null) {
    const part = state.markPart
    setState({
      selection: ordered(
        selection.start + (part === 'end' ? 0 : by),
        selection.end + (part === 'start' ? 0 : by),
      ),
    })
  } else if (cursor !== null) setState({ cursor: Math.round((cursor + by) * 1e6) / 1e6 })
}

function ordered(a: Seconds, b: Seconds): Span {
  return { start: Math.min(a, b), end: Math.max(a, b) }
}

/** Which part Alt+arrows move: all of it, its start, its end. */
export function cyclePart(): void {
  const order = { whole: 'start', start: 'end', end: 'whole' } as const
  setState({ markPart: order[getState().markPart] })
}

export function commitMove(id: string, onset: Ticks): void {
  const { set } = getState()
  if (set !== null && canEdit()) dispatch(moveMark(set.document, id, { onset }, context()))
}

export function commitResize(id: string, edge: 'start' | 'end', at: Ticks): void {
  const { set } = getState()
  if (set !== null && canEdit()) dispatch(resizeMark(set.document, id, { edge, at }, context()))
}

export function changeComment(id: string, comment: string): void {
  const { set } = getState()
  if (set !== null && canEdit()) dispatch(setComment(set.document, id, comment, context()))
}

export function changeConfidence(id: string, confidence: Confidence | null): void {
  const { set } = getState()
  if (set !== null && canEdit()) dispatch(setConfidence(set.document, id, confidence, context()))
}

export function changeEvidence(id: string, evidence: readonly Evidence[]): void {
  const { set } = getState()
  if (set !== null && canEdit()) dispatch(setEvidence(set.document, id, evidence, context()))
}

export function changeChannels(id: string, channels: readonly string[]): void {
  const { set } = getState()
  if (set !== null && canEdit()) dispatch(setChannels(set.document, id, channels, context()))
}

export function relabel(id: string, kind: MarkKind, subtype: string | null): void {
  const { set } = getState()
  if (set !== null && canEdit()) dispatch(relabelMark(set.document, id, { kind, subtype }, context()))
}

export function changeTimes(mark: Mark, times: { readonly start?: Seconds; readonly end?: Seconds }): void {
  if (times.start !== undefined) commitResize(mark.id, 'start', ticksFromSeconds(times.start))
  if (times.end !== undefined) commitResize(mark.id, 'end', ticksFromSeconds(times.end))
}

export function deleteSelected(): void {
  const state = getState()
  const mark = markInView()
  if (mark === null || state.set === null) {
    setState({ selection: null })
    return
  }
  if (!canEdit()) return
  const following = nextMark(state.set.document, mark)
  if (dispatch(deleteMarks(state.set.document, [mark.id], context())) === null) return
  setState({ selectedMark: null })
  const name = KINDS.find((kind) => kind.code === mark.kind)?.label ?? 'Mark'
  notify('info', `${name} deleted.`, { label: 'Undo', run: undoStep })
  // The list keeps its place: the next mark in view takes the focus of the deleted one.
  if (following !== null && isInView(following)) setState({ selectedMark: following.id })
}

function isInView(mark: Mark): boolean {
  const page = wantedSpan(getState())
  const start = secondsFromTicks(mark.onset)
  return start < page.end && start + secondsFromTicks(mark.duration) > page.start
}

/** V: the selection, else the page, has been read; where it all has been already, it has not. */
export function toggleReviewed(): void {
  const state = getState()
  if (state.set === null || state.recording === null || !canEdit()) return
  const whole = state.recording.recording.timeline.span
  const wanted = state.selection ?? wantedSpan(state)
  const span = {
    start: ticksFromSeconds(Math.max(wanted.start, whole.start)),
    end: ticksFromSeconds(Math.min(wanted.end, whole.end)),
  }
  const added = addReviewed(state.set.document, span, context())
  dispatch(added ?? removeReviewed(state.set.document, span, context()))
}

export function undoStep(): void {
  travel(undo, 'undo')
}

export function redoStep(): void {
  travel(redo, 'redo')
}

function travel(by: typeof undo, op: 'undo' | 'redo'): void {
  const { set } = getState()
  if (set === null || set.readOnly) return
  const result = by(set.document, set.history)
  if (result === null) return
  setState({
    set: { ...set, document: result.document, history: result.history },
    drag: null,
    subtypeFor: null,
  })
  queueEntry({ op, at: new Date().toISOString(), author: getState().settings.reviewer })
  // Show what changed: a step that happens off the page is a mark that moved by itself.
  const change = result.edit.changes.find(
    (candidate) => (candidate.after ?? candidate.before)?.type === 'mark',
  )
  const item = change?.after ?? change?.before
  if (item === undefined || item === null) return
  const start = secondsFromTicks(item.onset)
  reveal({ start, end: start + secondsFromTicks(item.duration) })
  setState({ selectedMark: change?.after?.id ?? null })
}

export function cancel(): void {
  setState({
    selection: null,
    armed: null,
    selectedMark: null,
    subtypeFor: null,
    drag: null,
    markPart: 'whole',
  })
}
