/** What the pointer does on a page before anything is marked: it hovers, drags, clicks, and gives up. */
import { markAt } from '../../shared/annotation/queries.ts'
import { type Seconds, type Span, ticksFromSeconds } from '../../shared/units.ts'
import { selectMark } from './marking.ts'
import type { DragPreview, Pane, PaneId } from './panesState.ts'
import { activePane, paneOf } from './selectors.ts'
import { documentIn } from './shownIn.ts'
import { getState, patchPane } from './state.ts'

/** What a gesture may change before it is given up. */
export type Picked = Pick<Pane, 'selection' | 'selectedMark' | 'markPart'>

export function pickedNow(): Picked {
  const { selection, selectedMark, markPart } = activePane(getState())
  return { selection, selectedMark, markPart }
}

/** Puts what was picked before the gesture back. */
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
  const document = documentIn(getState())
  const mark = document === null ? null : markAt(document, ticksFromSeconds(time))
  patchPane({ selection: null, armed: null })
  selectMark(mark?.id ?? null)
}
