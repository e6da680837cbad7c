/** What the reader has set for good. */
import type { Settings } from '../../shared/contract/settings.ts'
import { getHost } from './host.ts'
import { reportFailure } from './notices.ts'
import { getState, patchShell } from './state.ts'

/** Resolves when the host has them, or has failed to take them, which was said. */
export async function changeSettings(change: Partial<Settings>): Promise<void> {
  const settings = { ...getState().shell.settings, ...change }
  patchShell({ settings })
  await getHost()
    .saveSettings(settings)
    .then(() => {}, reportFailure)
}
