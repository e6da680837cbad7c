/** Where something was measured, shown on the page. */
import type { Where } from '../../shared/evidence/common/entry.ts'
import { activePane } from './selectors.ts'
import { getState, patchPane } from './state.ts'
import { revealHere } from './viewing.ts'

/** Brings it into view, with its channel and its moments. */
export function showMeasuredAt(where: Where): void {
  patchPane({ measuredAt: where })
  revealHere(where.span)
}

/** What it was shown for is not looked at any more. */
export function hideMeasuredAt(): void {
  if (activePane(getState()).measuredAt !== null) patchPane({ measuredAt: null })
}
