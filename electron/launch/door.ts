/** Through which door `npm start` goes: the desktop window where it can be had, else the browser. */
import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'

export type Machine = {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  /** null on Windows, 0 for root. */
  readonly userId: number | null
}

/** `show`: there is a display for a browser to open on. `reason` is one line for the reader. */
export type Door =
  | { readonly door: 'window' }
  | { readonly door: 'browser'; readonly show: boolean; readonly reason: string }

export function hasDisplay({ platform, environment }: Machine): boolean {
  if (isSet(environment.CI)) return false
  if (platform !== 'linux') return true
  return isSet(environment.DISPLAY) || isSet(environment.WAYLAND_DISPLAY)
}

/** Decided before anything is fetched: a binary that could not open a window is not worth the wait. */
export function chooseDoor(machine: Machine): Door {
  if (!hasDisplay(machine)) return { door: 'browser', show: false, reason: 'There is no display here.' }
  if (machine.platform === 'linux' && machine.userId === 0) {
    const reason =
      'Electron does not run as root with its sandbox on, and Hypnospike does not run without it.'
    return { door: 'browser', show: true, reason }
  }
  return { door: 'window' }
}

/** Path of Electron's binary as its package or ELECTRON_OVERRIDE_DIST_PATH has it; null where there is none. */
export function electronBinary(environment: NodeJS.ProcessEnv = process.env): string | null {
  const folder = path.dirname(createRequire(import.meta.url).resolve('electron/package.json'))
  const note = path.join(folder, 'path.txt')
  const name = existsSync(note) ? readFileSync(note, 'utf8') : null
  const elsewhere = environment.ELECTRON_OVERRIDE_DIST_PATH
  if (name === null && !isSet(elsewhere)) return null
  const binary = isSet(elsewhere)
    ? path.join(elsewhere, name ?? usualName())
    : path.join(folder, 'dist', name ?? usualName())
  return existsSync(binary) ? binary : null
}

function usualName(): string {
  switch (process.platform) {
    case 'darwin':
      return 'Electron.app/Contents/MacOS/Electron'
    case 'win32':
      return 'electron.exe'
    default:
      return 'electron'
  }
}

/** The command that opens an address in the reader's browser. */
export function browserCommand(platform: NodeJS.Platform, address: string): readonly [string, ...string[]] {
  switch (platform) {
    case 'darwin':
      return ['open', address]
    case 'win32':
      return ['rundll32', 'url.dll,FileProtocolHandler', address]
    default:
      return ['xdg-open', address]
  }
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== ''
}
