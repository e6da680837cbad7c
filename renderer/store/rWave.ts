/** The height of the R wave, which the ECG's gain follows: asked once of each recording, and no page waits for it. */
import type { Header } from '../../shared/edf/header/model.ts'
import { getHost } from './host.ts'
import { headerIn, recordingIdIn } from './shownIn.ts'
import { getState, patchPanes } from './state.ts'

/** One scale for pages side by side: what is known already stays. */
export async function readRWave(recordingId: string): Promise<void> {
  if (shownHeader(recordingId)?.signals.some(({ kind }) => kind === 'ecg') !== true) return
  try {
    const rWave = await getHost().rWave({ recordingId })
    if (rWave === null || shownHeader(recordingId) === null) return
    patchPanes((pane) => (pane.rWave === null ? { rWave } : null))
  } catch {
    // The ECG keeps the gain it begins with; a file that has gone, or a host, says so itself.
  }
}

/** null: it has been left. */
function shownHeader(recordingId: string): Header | null {
  const state = getState()
  const pane = Object.values(state.panes.byId).find((each) => recordingIdIn(state, each) === recordingId)
  return pane === undefined ? null : headerIn(state, pane)
}
