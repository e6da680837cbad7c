/** What a crash has left: the reader's answers to it. */
import { getHost } from './host.ts'
import { notify, reportFailure } from './notices.ts'
import { discardUnsaved, settle, showSet } from './openingSets.ts'
import { ownSet } from './selectors.ts'
import { getState, patchSet, patchUi } from './state.ts'

/** Between what was saved and what was recovered; what is not kept is put aside by the host. */
export async function chooseRecovery(keep: 'saved' | 'recovered' | 'both'): Promise<void> {
  const set = ownSet(getState())
  patchUi({ dialog: null })
  if (set === null) return
  await settle(set, async () => {
    showSet(await getHost().chooseRecovery({ setId: set.setId, keep }), set.ref)
    if (keep === 'both') notify('good', 'What was recovered is kept as a set beside the saved one.')
  })
}

/** What could be read of a damaged journal is kept, or given up; the damaged one stays in the app's folder. */
export async function settleDamage(keep: boolean): Promise<void> {
  const set = ownSet(getState())
  if (set === null) return
  try {
    await getHost().putDamageAside({ setId: set.setId })
    patchSet(set.setId, { damaged: null })
  } catch (thrown) {
    return reportFailure(thrown)
  }
  if (!keep) await discardUnsaved()
}
