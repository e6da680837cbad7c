/** What the reader has set for good. */
import type { Settings } from '../../shared/contract/settings.ts'
import { getHost } from './host.ts'
import { reportFailure } from './notices.ts'
import { getState, patchShell } from './state.ts'

export function changeSettings(change: Partial<Settings>): void {
  const settings = { ...getState().shell.settings, ...change }
  patchShell({ settings })
  getHost().saveSettings(settings).catch(reportFailure)
}
