/** What every change of marks goes through: whether it may be made, and how it is applied and remembered. */

import { applyChecked } from '../../shared/annotation/checkEdit.ts'
import type { Edit, Mark } from '../../shared/annotation/document.ts'
import type { EditContext } from '../../shared/annotation/edits.ts'
import { record } from '../../shared/annotation/history.ts'
import { formatMoment } from '../../shared/text/moment.ts'
import { type Span, secondsFromTicks } from '../../shared/units.ts'
import { notify, reportFailure } from './notices.ts'
import { queueEntry } from './outbox.ts'
import { activeSet, isMarkable, selectedMarkOf } from './selectors.ts'
import { guestName } from './shownIn.ts'
import { getState, patchSet } from './state.ts'
import { isInView } from './viewing.ts'

export const NEEDS_TWO_EDGES = 'A mark needs two different edges: put the second one elsewhere.'

export function editContext(): EditContext {
  return { author: getState().shell.settings.reviewer, now: new Date().toISOString() }
}

/** Applies an edit, remembers it and sends it to the journal; null is "nothing to change". */
export function dispatch(edit: Edit | null): Edit | null {
  const set = activeSet(getState())
  if (edit === null || set === null) return null
  try {
    const document = applyChecked(set.document, edit)
    patchSet(set.setId, { document, history: record(set.history, edit) })
    queueEntry(set.setId, { op: 'edit', edit }, set)
    return edit
  } catch (thrown) {
    reportFailure(thrown)
    return null
  }
}

/** true where marks can be changed; says why not, once, where they cannot. */
export function canEdit(): boolean {
  const guest = guestName(getState())
  if (guest !== null) {
    notify('info', `${guest} is there to be read: mark on the page of your own recording (T).`)
    return false
  }
  const set = activeSet(getState())
  if (set === null) return false
  if (set.isSettling) notify('info', 'Your set is being opened: mark again in a moment.')
  else if (set.readOnly)
    notify('info', 'This set is for reading only. Open your own set to mark.', { do: 'showOwn' })
  else if (!isMarkable(set)) {
    notify('info', `Your set was signed off on ${formatMoment(set.signed?.at ?? '')} and is closed.`, {
      do: 'amend',
      setId: set.setId,
    })
  }
  return isMarkable(set)
}

export function spanOfMark(mark: Mark): Span {
  const start = secondsFromTicks(mark.onset)
  return { start, end: start + secondsFromTicks(mark.duration) }
}

/** The selected mark while a part of it is in view: a key never changes a mark that is out of sight. */
export function markInView(): Mark | null {
  const mark = selectedMarkOf(getState())
  return mark !== null && isInView(getState(), spanOfMark(mark)) ? mark : null
}

/** true where a part of the span is in view; else says that it is not, and offers to go there. */
export function checkInView(what: 'selection' | 'mark', span: Span): boolean {
  if (isInView(getState(), span)) return true
  notify('info', `The ${what} is not on this page.`, { do: 'goThere', span })
  return false
}
