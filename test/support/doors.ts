/**
 * The doors through which a window reaches its host: in one process, over loopback, over Electron's IPC. Every
 * one is opened on a folder of its own, and what passes through it is kept to be looked at.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { vi } from 'vitest'
import { startWebShell } from '../../electron/browser/web.ts'
import { createHost } from '../../electron/host/host.ts'
import {
  type Connection,
  connect,
  type Reply,
  serve,
  type Transport,
} from '../../shared/contract/contract.ts'
import type { HostEvent } from '../../shared/contract/model.ts'
import { visit } from './browserTransport.ts'
import { edfBytes, type FileBytes } from './edfBytes.ts'
import { quietShell } from './quietShell.ts'
import { openShellLab, type ShellLab } from './shellLab.ts'

/** Names that must not pass: each is told apart from every honest word. */
export const PATIENT = 'MCH-0234567 F 02-MAY-1951 Zebraquist_Olga'
export const RECORDING_FIELD = 'Startdate 02-AUG-2016 PSG-1234 NN_Quokkafield Telemetry03'
export const PRIVATE_WORDS = ['Zebraquist', 'MCH-0234567', 'Quokkafield', 'PSG-1234']

export type OpenDoor = Connection & {
  readonly call: Transport['call']
  /** Everything that the window was sent so far: replies, events, and what was logged. */
  readonly sent: () => readonly unknown[]
  readonly log: () => string
  /** Folder of the recording, which no window may learn. */
  readonly folder: string
  readonly recording: string
  readonly kind: 'browser' | 'desktop'
  readonly close: () => Promise<void>
}

export type Door = {
  readonly name: string
  /** By a dialog, which the stand-in dismisses. */
  readonly asksWhereToSave: boolean
  readonly open: (file?: FileBytes) => Promise<OpenDoor>
}

type Opened = {
  readonly transport: Transport
  readonly kind: OpenDoor['kind']
  readonly log?: () => string
  readonly close: () => Promise<void>
}

function door(name: string, start: (place: Place) => Promise<Opened>): Door {
  return {
    name,
    asksWhereToSave: name === 'over IPC',
    open: async (file = {}) => {
      const place = makePlace(file)
      const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true)
      const opened = await start(place)
      const sent: unknown[] = []
      const keep = <Value>(value: Value): Value => {
        sent.push(value)
        return value
      }
      const transport: Transport = {
        call: async (procedure, input) => keep(await opened.transport.call(procedure, input)),
        subscribe: (listener) => opened.transport.subscribe((event) => listener(keep(event))),
      }
      return {
        ...connect(transport),
        call: transport.call,
        sent: () => sent,
        log: () => stderr.mock.calls.map(([text]) => String(text)).join('') + (opened.log?.() ?? ''),
        folder: place.folder,
        recording: place.recording,
        kind: opened.kind,
        close: async () => {
          await opened.close()
          stderr.mockRestore()
          rmSync(place.folder, { recursive: true, force: true })
        },
      }
    },
  }
}

type Place = { readonly folder: string; readonly data: string; readonly recording: string }

function makePlace(file: FileBytes): Place {
  const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-kept-private-'))
  const data = path.join(folder, 'data')
  mkdirSync(data)
  const recording = path.join(folder, 'night.edf')
  writeFileSync(
    recording,
    edfBytes({ patient: PATIENT, recording: RECORDING_FIELD, recordCount: 60, ...file }),
  )
  return { folder, data, recording }
}

/** As in one process, but nothing is shared: a window never holds the host's own objects. */
const inProcess = door('in one process', async ({ data, recording, folder }) => {
  const listeners = new Set<(event: HostEvent) => void>()
  const lines: string[] = []
  const log = (where: string, thrown: unknown) => {
    lines.push(`${where} ${thrown instanceof Error ? thrown.name : ''}`)
  }
  const app = createHost({
    shell: quietShell({
      chooseRecording: async () => recording,
      chooseSaveTarget: async (suggestion, name) =>
        name === null ? null : path.join(path.dirname(suggestion), name),
      chooseExportTarget: async (suggestion, name) =>
        name === null ? null : path.join(path.dirname(suggestion), name),
    }),
    dataFolder: data,
    samplesFolder: null,
    folder,
    emit: (event) => {
      for (const listener of listeners) listener(structuredClone(event))
    },
    log,
  })
  app.requestOpen(recording)
  const answer = serve(app.host, log)
  return {
    kind: 'desktop',
    log: () => lines.join('\n'),
    transport: {
      call: async (procedure, input) => structuredClone(await answer(procedure, structuredClone(input))),
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    close: app.close,
  }
})

const loopback = door('over loopback', async ({ data, recording, folder }) => {
  const renderer = path.join(folder, 'renderer')
  mkdirSync(renderer)
  const shell = await startWebShell({ file: recording, port: 0, renderer: { folder: renderer }, data })
  const browser = await visit(shell.address)
  return { kind: 'browser', transport: browser, close: shell.close }
})

let lab: ShellLab | null = null

/** The built main process with a stand-in for Electron; what passes is cloned as Electron's IPC does. */
const ipc = door('over IPC', async ({ data, recording }) => {
  lab ??= await openShellLab()
  process.env.HYPNOSPIKE_DATA = data
  const standIn = await lab.launch({ argv: [recording] })
  const contents = standIn.window().webContents
  const listeners = new Set<(event: HostEvent) => void>()
  contents.send = (_channel, event) => {
    for (const listener of listeners) listener(structuredClone(event) as HostEvent)
  }
  return {
    kind: 'desktop',
    transport: {
      call: async (procedure, input) =>
        structuredClone(
          await standIn.invoke('hypnospike:call', [procedure, structuredClone(input)]),
        ) as Reply,
      subscribe: (listener) => {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    close: async () => {
      standIn.app.emit('will-quit', { preventDefault: () => {} })
      await vi.waitUntil(() => standIn.called('exit').length > 0, { timeout: 15_000 })
    },
  }
})

export const DOORS: readonly Door[] = [inProcess, loopback, ipc]

export function closeLab(): void {
  lab?.remove()
  lab = null
}
