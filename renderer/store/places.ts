/** Places that the reader was led away from, for the way back: kept with a pane, as a browser keeps pages. */
import type { PagePlace, Pane } from './panesState.ts'
import { activePane } from './selectors.ts'
import { getState, patchPane } from './state.ts'

/** More than anybody goes back. */
const MOST_KEPT = 50

/** Where the page begins, and how much it holds. */
export function placeOf({ pageStart, view: { timebase, paperSpeed } }: Pane): PagePlace {
  return { start: pageStart, timebase, ...(paperSpeed === undefined ? {} : { paperSpeed }) }
}

/** At a paper speed the window's width decides how much a page holds, so that its length makes no difference. */
export function isSamePlace(a: PagePlace, b: PagePlace): boolean {
  if (a.start !== b.start || a.paperSpeed !== b.paperSpeed) return false
  return a.paperSpeed !== undefined || a.timebase === b.timebase
}

/** Leads the active page elsewhere: what it led away from can be gone back to. Jumps within a jump are one. */
export function jump(go: () => void): void {
  const before = activePane(getState())
  go()
  const after = activePane(getState())
  const left = placeOf(before)
  if (after.id !== before.id || isSamePlace(left, placeOf(after))) return
  patchPane({ back: [...before.back, left].slice(-MOST_KEPT), forward: [] })
}
