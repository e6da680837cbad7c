/** The view in which a mark was made, shown again. */
import { MONTAGE_IDS } from '../../shared/montage/montages.ts'
import { isOwnId } from '../../shared/montage/ownMontages.ts'
import { spanOfMark } from './editing.ts'
import { notify } from './notices.ts'
import { jump } from './places.ts'
import { selectedMarkOf } from './selectors.ts'
import { getState } from './state.ts'
import { changeView, reveal } from './viewing.ts'

/**
 * Montage, filters, sensitivity and timebase of the picked mark, and the mark in view. Which electrodes are bad stays:
 * that is said of the recording, not of a mark.
 */
export function restoreMarkView(): void {
  const mark = selectedMarkOf(getState())
  if (mark === null) return notify('info', 'Choose a mark first: click it, or . and , go through them.')
  if (mark.view === null) return notify('info', 'This mark does not say in which view it was made.')
  const { montage, bad: _, ...scales } = mark.view
  const known = isOwnId(montage) ? montage : MONTAGE_IDS.find((id) => id === montage)
  if (known === undefined) {
    return notify('problem', `The mark was made in the montage “${montage}”, which is not known here.`)
  }
  jump(() => {
    // What a mark of an earlier version does not say had one meaning then.
    changeView({ kinds: {}, direction: 'zero-phase', ...scales, montage: known })
    reveal(spanOfMark(mark))
  })
}
