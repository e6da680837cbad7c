/** The built app in real Electron, where its binary is and may run. */
import { _electron, type ElectronApplication, type Page } from 'playwright-core'
import { electronBinary, hasDisplay } from '../../electron/launch/door.ts'
import { type Place, ROOT } from './app.ts'

export type DesktopApp = { readonly app: ElectronApplication; readonly page: Page }

/** Why the desktop window cannot be tested on this machine, else null. ELECTRON_PATH names a binary elsewhere. */
export function whyNoDesktop(): string | null {
  if (binary() === null) return 'Electron’s binary is not installed (npx install-electron gets it)'
  if (process.platform === 'linux') {
    if (process.getuid?.() === 0) return 'Electron does not run as root with its sandbox on'
    // CI counts as a place without a display for readers, not for tests: xvfb-run gives one.
    if (!hasDisplay({ platform: 'linux', environment: { ...process.env, CI: '' }, userId: null })) {
      return 'there is no display (xvfb-run gives one)'
    }
  }
  return null
}

export async function startDesktopApp(place: Place, file: string | null): Promise<DesktopApp> {
  const app = await _electron.launch({
    executablePath: binary()!,
    args: [ROOT, ...(file === null ? [] : [file])],
    env: environment(place),
  })
  const page = await app.firstWindow()
  await page.setViewportSize({ width: 1600, height: 900 })
  return { app, page }
}

/** As a crash: no goodbye. */
export async function killDesktopApp({ app }: DesktopApp): Promise<void> {
  const gone = new Promise((resolve) => app.process().once('exit', resolve))
  app.process().kill('SIGKILL')
  await gone
}

function binary(): string | null {
  return process.env.ELECTRON_PATH ?? electronBinary()
}

function environment(place: Place): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE',
  )
  return { ...Object.fromEntries(kept), HYPNOSPIKE_DATA: place.data }
}
