/** Blind review and sign-off: what closes one's own set, and opens those of others. */
import type { SavedSet } from '../../shared/contract/model.ts'
import { getHost } from './host.ts'
import { forgetOthers, showLanes } from './lanes.ts'
import { notify } from './notices.ts'
import { refreshSets } from './openingSets.ts'
import { writeOwn } from './saving.ts'
import { ownSet, setsBeside } from './selectors.ts'
import type { SetId } from './setsState.ts'
import { getState, patchSet, patchUi } from './state.ts'

/** From now on no other set is given to this reader until their own is signed off; saves one's own set. */
export async function beginBlind(): Promise<void> {
  patchUi({ dialog: null })
  const begun = await writeOwn((setId) => getHost().beginBlind({ setId }), saidBlind)
  if (!begun) return
  const set = ownSet(getState())
  if (set !== null) patchSet(set.setId, { document: { ...set.document, blind: true } })
  await forgetOthers()
  await refreshSets()
}

function saidBlind({ fileName }: SavedSet): string {
  return `Reviewed blind from now on: ${fileName} says so. The other sets open once you sign off.`
}

/** Saves and closes one's own set; what was sealed is shown. */
export async function signOff(): Promise<void> {
  patchUi({ dialog: null })
  const sealed = (setsBeside(getState()) ?? []).filter(({ isSealed }) => isSealed).length
  const signed = await writeOwn(
    (setId) => getHost().signOff({ setId }),
    ({ fileName }) =>
      sealed === 0
        ? `Signed off: ${fileName} is closed.`
        : `Signed off: ${fileName} is closed, and ${sealed === 1 ? 'the other set is' : `the other ${sealed} sets are`} open to you.`,
  )
  if (!signed) return
  const set = ownSet(getState())
  if (set !== null) patchSet(set.setId, { amending: false })
  await refreshSets()
  if (sealed > 0) await showLanes()
}

/** The reader knows that the set was signed off, and changes it all the same. */
export function amend(setId: SetId): void {
  patchSet(setId, { amending: true })
  notify('info', 'What you change from now on is recorded in your set as changed after the sign-off.')
}
