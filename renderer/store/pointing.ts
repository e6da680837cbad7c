/** What the pointer does on a page before anything is marked: it hovers, drags, clicks, and gives up. */
import { markAt } from '../../shared/annotation/queries.ts'
import { type Seconds, type Span, ticksFromSeconds } from '../../shared/units.ts'
import { selectMark } from './marking.ts'
import type { DragPreview, Pane, PaneId } from './reviewState.ts'
import { activePane, documentOf, paneOf } from './selectors.ts'
import { getState, patchPane, setState } from './state.ts'

/** Keys act on the pane that was pointed at last. */
export function activatePane(id: PaneId): void {
  const { byId, active } = getState().panes
  if (id !== active && byId[id] !== undefined) setState({ panes: { byId, active: id } })
}

/** What a gesture may change before it is given up. */
export type Picked = Pick<Pane, 'selection' | 'selectedMark' | 'markPart'>

export function pickedNow(): Picked {
  const { selection, selectedMark, markPart } = activePane(getState())
  return { selection, selectedMark, markPart }
}

/** As it was before the gesture. */
export function restorePicked(before: Picked): void {
  patchPane(before)
}

export function dragSelection(selection: Span): void {
  patchPane({ selectedMark: null, selection })
}

/** Where a mark would come to lie; null: it is not dragged any more. */
export function previewDrag(drag: DragPreview | null): void {
  patchPane({ drag })
}

export function hoverOver(hover: Pane['hover'], id: PaneId): void {
  if (hover !== null || paneOf(getState(), id)?.hover !== null) patchPane({ hover }, id)
}

/** The label that waits for a drag is let go. */
export function disarm(): void {
  patchPane({ armed: null })
}

/** Lets go of selection and armed label, and picks the mark that lies there. */
export function pickAt(time: Seconds): void {
  const document = documentOf(getState())
  const mark = document === null ? null : markAt(document, ticksFromSeconds(time))
  patchPane({ selection: null, armed: null })
  selectMark(mark?.id ?? null)
}
