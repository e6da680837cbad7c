/** Which pane the parts of a page belong to, and what it holds. */
import { createContext, useContext } from 'react'
import { FIRST_PANE } from '../store/beginnings.ts'
import type { Pane, PaneId } from '../store/panesState.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane, paneOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'

export const PaneContext = createContext<PaneId>(FIRST_PANE)

/** Renders again when what is read of the pane changes. */
export function usePane<Value>(read: (pane: Pane) => Value): Value {
  return useInPane((_state, pane) => read(pane))
}

/** The same of what needs more than the pane: of the recording that it shows. */
export function useInPane<Value>(read: (state: ReviewState, pane: Pane) => Value): Value {
  const id = useContext(PaneContext)
  // A pane that is closed is read once more before its page goes.
  return useReview((state) => read(state, paneOf(state, id) ?? activePane(state)))
}
