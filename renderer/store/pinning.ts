/** Measured values that are kept in a mark. */
import { setMeasured } from '../../shared/annotation/edits.ts'
import type { EvidenceRow } from '../../shared/evidence/evidence.ts'
import { pinnedOf } from '../../shared/evidence/pinned.ts'
import { canEdit, dispatch, editContext } from './editing.ts'
import { activeSet } from './selectors.ts'
import { getState } from './state.ts'

/** Puts a value into a mark of one's own, or takes it out where it is there. */
export function togglePinned(id: string, row: EvidenceRow): void {
  const set = activeSet(getState())
  const mark = set?.document.marks.find((each) => each.id === id)
  if (set === null || mark === undefined || !canEdit()) return
  const { measured = [] } = mark
  const others = measured.filter(({ entry }) => entry !== row.entry)
  const pinned = others.length < measured.length ? null : pinnedOf(row, mark)
  dispatch(setMeasured(set.document, id, pinned === null ? others : [...others, pinned], editContext()))
}

/** Takes one out by its entry, measured again or not. */
export function unpin(id: string, entry: string): void {
  const set = activeSet(getState())
  const mark = set?.document.marks.find((each) => each.id === id)
  if (set === null || mark?.measured === undefined || !canEdit()) return
  const others = mark.measured.filter((each) => each.entry !== entry)
  dispatch(setMeasured(set.document, id, others, editContext()))
}
