/** Finds a Chromium for the end-to-end tests, or gets one; fails with what to install. */
import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync } from 'node:fs'
import { homedir, platform } from 'node:os'
import path from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
  'chrome',
  'msedge',
]

const PLACES: Readonly<Record<string, readonly string[]>> = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((folder) => {
    const root = process.env[folder]
    if (root === undefined) return []
    return [
      path.join(root, 'Google', 'Chrome', 'Application', 'chrome.exe'),
      path.join(root, 'Microsoft', 'Edge', 'Application', 'msedge.exe'),
    ]
  }),
}

/** CHROMIUM_PATH wins; then what is installed; then Playwright's own; then Debian's package as root. */
export function findOrGetChromium(): string {
  const found = findChromium()
  if (found !== null) return found
  console.warn('No Chrome, Chromium or Edge was found: trying to get one.')
  if (tryPlaywright()) return chromium.executablePath()
  if (tryDebian()) {
    const installed = findChromium()
    if (installed !== null) return installed
  }
  throw new Error(
    'The end-to-end tests need Chrome, Chromium or Edge, and none could be downloaded: install one ' +
      '(Debian: sudo apt-get install chromium) or set CHROMIUM_PATH to its executable.',
  )
}

function findChromium(): string | null {
  const chosen = process.env.CHROMIUM_PATH
  const onPath = (process.env.PATH ?? '')
    .split(path.delimiter)
    .flatMap((folder) => NAMES.map((name) => path.join(folder, name)))
  const candidates = [
    ...(chosen === undefined ? [] : [chosen]),
    ...onPath,
    ...(PLACES[platform()] ?? []),
    chromium.executablePath(),
  ]
  return candidates.find(isExecutable) ?? null
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function tryPlaywright(): boolean {
  const cli = path.join(import.meta.dirname, '..', '..', 'node_modules', 'playwright-core', 'cli.js')
  const result = spawnSync(process.execPath, [cli, 'install', 'chromium'], {
    stdio: 'inherit',
    timeout: 180_000,
  })
  return result.status === 0 && existsSync(chromium.executablePath())
}

function tryDebian(): boolean {
  if (platform() !== 'linux' || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execFileSync('apt-get', ['update', '-qq'], { stdio: 'inherit', env: environment, timeout: 180_000 })
  } catch {
    // An old list may still hold the package.
  }
  try {
    const install = ['install', '-y', '-qq', '--no-install-recommends', 'chromium']
    execFileSync('apt-get', install, { stdio: 'inherit', env: environment, timeout: 420_000 })
    return true
  } catch {
    return false
  }
}

/** Headless, without the services that would look for a network. */
export async function launchChromium(): Promise<Browser> {
  const asRoot = process.getuid?.() === 0
  return chromium.launch({
    executablePath: findOrGetChromium(),
    args: [
      // Chromium refuses its sandbox to root; the pages tested are the app's own.
      ...(asRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
    env: { ...process.env, HOME: process.env.HOME ?? homedir() } as Record<string, string>,
  })
}
