/** The overview: how much of the recording it shows, and where. */
import { type Seconds, type Span, spanLength } from '../../shared/units.ts'
import { following, shortestOverview, within, zoomed } from './overviewSpan.ts'
import type { ReviewState } from './reviewState.ts'
import { activePane } from './selectors.ts'
import { notesIn, openedIn } from './shownIn.ts'
import { getState, patchPane } from './state.ts'
import { spanToReview, wantedSpan } from './viewing.ts'

/** Of a key. */
const STEP = 2

/** What can be gone through as a whole, and the part of it that is shown; null where nothing is open. */
export function overviewNow(state: ReviewState): { readonly whole: Span; readonly shown: Span } | null {
  const opened = openedIn(state)
  if (opened === null) return null
  const whole = spanToReview(opened, notesIn(state))
  return { whole, shown: activePane(state).overview ?? whole }
}

/** Less of the recording over the same width; the page stays in the strip. */
export function overviewCloser(): void {
  zoomOverview(1 / STEP)
}

export function overviewWider(): void {
  zoomOverview(STEP)
}

export function wholeOverview(): void {
  patchPane({ overview: null })
}

/** `factor` times as much, around a time; where none is given around the page, which is seen whole then. */
export function zoomOverview(factor: number, around?: Seconds): void {
  const state = getState()
  const now = overviewNow(state)
  if (now === null) return
  const page = wantedSpan(state)
  const { overview, view } = activePane(state)
  const { timebase } = view
  if (around !== undefined) return patchPane({ overview: zoomed({ ...now, timebase }, factor, around) })
  // Keys speak of the page: an overview that was moved away from it comes back first.
  const shown = following(overview, now.whole, page) ?? now.whole
  const middle = (page.start + Math.min(page.end, now.whole.end)) / 2
  const next = zoomed({ whole: now.whole, shown, timebase }, factor, middle)
  patchPane({ overview: following(next, now.whole, page) })
}

export function moveOverview(by: Seconds): void {
  const now = overviewNow(getState())
  if (now === null || activePane(getState()).overview === null) return
  patchPane({ overview: within(now.whole, now.shown.start + by, spanLength(now.shown)) })
}

/** One edge of what is shown comes to a time, the other stays. */
export function pullOverview(edge: 'start' | 'end', to: Seconds): void {
  const state = getState()
  const now = overviewNow(state)
  if (now === null) return
  const { whole, shown } = now
  const shortest = shortestOverview(whole, activePane(state).view.timebase)
  const next =
    edge === 'start'
      ? { start: Math.max(whole.start, Math.min(to, shown.end - shortest)), end: shown.end }
      : { start: shown.start, end: Math.min(whole.end, Math.max(to, shown.start + shortest)) }
  const isWhole = next.start <= whole.start && next.end >= whole.end
  patchPane({ overview: isWhole ? null : next })
}
