/** Which of the pages side by side the keys act on. */
import { FIRST_PANE } from './beginnings.ts'
import type { PaneId } from './panesState.ts'
import { activePane, paneOf } from './selectors.ts'
import { getState, patchPane, setState } from './state.ts'

/** Keys act on the pane that was pointed at last; a label that waits for its drag goes along. */
export function activatePane(id: PaneId): void {
  const next = paneOf(getState(), id)
  const before = activePane(getState())
  if (next === null || next.id === before.id) return
  setState(({ panes }) => ({ panes: { ...panes, active: id } }))
  if (before.armed === null || next.guest !== null) return
  patchPane({ armed: null }, before.id)
  patchPane({ armed: before.armed }, id)
}

/** What concerns the marks of the window's own recording is done on a page of it. */
export function toOwnPage(): void {
  if (activePane(getState()).guest !== null) activatePane(FIRST_PANE)
}
