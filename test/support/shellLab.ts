/** The built main process with a stand-in for Electron, started as a test needs it. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import type { Reply } from '../../shared/contract/contract.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { buildShell } from './builtShell.ts'
import { createElectronStandIn, type RunOptions, runMain, type StandIn } from './electronStandIn.ts'

export const ORIGIN = 'app://hypnospike'
export const SAMPLE = path.resolve(import.meta.dirname, '../../samples/hypnic-jerks.edf')
/** What a page reports while something is unsaved. */
export const UNSAVED = {
  ...{ unsaved: true, unsavedLesson: false },
  ...{ undo: 'mark hypnic jerk', redo: null, recording: 'night.edf' },
}

export type ShellLab = {
  readonly dist: string
  readonly folder: string
  /** Up to the moment before Electron is ready. */
  readonly begin: (options?: RunOptions) => StandIn
  readonly launch: (options?: RunOptions) => Promise<StandIn>
  /** An empty file of that name. */
  readonly recording: (name: string) => string
  readonly remove: () => void
}

/** Builds the shell and points the app's own files at a folder of the test. */
export async function openShellLab(): Promise<ShellLab> {
  const dist = await buildShell()
  const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-data-'))
  process.env.HYPNOSPIKE_DATA = folder

  function begin(options: RunOptions = {}): StandIn {
    const standIn = createElectronStandIn({ userData: folder, ...options })
    const before = process.listeners('uncaughtException')
    runMain(dist, standIn, options.argv)
    for (const added of process.listeners('uncaughtException').filter((each) => !before.includes(each))) {
      process.off('uncaughtException', added)
    }
    return standIn
  }

  return {
    dist,
    folder,
    begin,
    launch: async (options) => {
      const standIn = begin(options)
      await standIn.becomeReady()
      return standIn
    },
    recording: (name) => {
      const file = path.join(folder, name)
      writeFileSync(file, '')
      return file
    },
    remove: () => {
      delete process.env.HYPNOSPIKE_DATA
      for (const made of [path.dirname(dist), folder]) rmSync(made, { recursive: true, force: true })
    },
  }
}

/** As the page calls; rejects with the failure's code. */
export async function call(standIn: StandIn, procedure: string, input: unknown = {}): Promise<unknown> {
  const reply = (await standIn.invoke('hypnospike:call', [procedure, input])) as Reply
  if (!reply.ok) throw new Error(reply.failure.code)
  return reply.value
}

/** Events that have reached the page, a turn of the event loop after what caused them. */
export async function events(standIn: StandIn): Promise<readonly HostEvent[]> {
  await new Promise((resolve) => setImmediate(resolve))
  return standIn.window().webContents.sent.map(({ args }) => args[0] as HostEvent)
}

export function menuItem(standIn: StandIn, id: string): MenuItemConstructorOptions {
  const all = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])])
  const found = all(standIn.menus.at(-1)!).find((item) => item.id === id)
  if (found === undefined) throw new Error(`no menu item ${id}`)
  return found
}

export function clickMenuItem(standIn: StandIn, id: string): void {
  menuItem(standIn, id).click!(...([] as never as [never, never, never]))
}
