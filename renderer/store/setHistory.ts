/** What was changed in an open set, as its file and the host know it. */
import type { SetChange } from '../../shared/annotation/document.ts'
import type { SetHistory } from '../../shared/contract/model.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { toOwnPage } from './activePage.ts'
import { getHost } from './host.ts'
import { selectMark } from './marking.ts'
import { reportFailure } from './notices.ts'
import { flushJournal } from './outbox.ts'
import { activeSet } from './selectors.ts'
import type { SetId } from './setsState.ts'
import { getState } from './state.ts'
import { placeCursor, reveal } from './viewing.ts'

/** A set's changes, with what was done until now; null: it could not be had, which was said. */
export async function historyOf(setId: SetId): Promise<SetHistory | null> {
  try {
    await flushJournal(setId)
    return await getHost().setHistory({ setId })
  } catch (thrown) {
    reportFailure(thrown)
    return null
  }
}

/** To where the change was made; the mark is picked where it still is. */
export function goToChange({ id, before, after }: SetChange): void {
  const set = activeSet(getState())
  if (set?.document.marks.some((mark) => mark.id === id)) return selectMark(id, { show: true })
  const onset =
    after?.onset ?? before?.onset ?? set?.document.reviewed.find((range) => range.id === id)?.onset
  if (onset === undefined) return
  const start = secondsFromTicks(onset)
  toOwnPage()
  reveal({ start, end: start })
  placeCursor(start)
}
