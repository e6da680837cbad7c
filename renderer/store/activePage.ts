/** Which of the pages side by side the keys act on. */
import { FIRST_PANE } from './beginnings.ts'
import type { PaneId } from './reviewState.ts'
import { activePane } from './selectors.ts'
import { getState, setState } from './state.ts'

/** Keys act on the pane that was pointed at last. */
export function activatePane(id: PaneId): void {
  const { panes } = getState()
  if (id !== panes.active && panes.byId[id] !== undefined) setState({ panes: { ...panes, active: id } })
}

/** What concerns the marks of the window's own recording is done on a page of it. */
export function toOwnPage(): void {
  if (activePane(getState()).guest !== null) activatePane(FIRST_PANE)
}
