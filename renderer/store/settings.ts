/** What the reader has set for good. */
import { DEFAULT_SETTINGS, type Settings } from '../../shared/contract/settings.ts'
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

/** The reader's code is this one. The code that everybody begins with is theirs from now on where they name it. */
export async function takeCode(reviewer: string): Promise<void> {
  if (reviewer !== getState().shell.settings.reviewer) return changeSettings({ reviewer })
  if (reviewer !== DEFAULT_SETTINGS.reviewer) return
  await getHost()
    .confirmReviewer({})
    .then(() => {}, reportFailure)
}
