/** The built preload, run as a sandboxed window runs it. */
import { EventEmitter } from 'node:events'
import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import type * as Electron from 'electron'
import { beforeAll, describe, expect, it } from 'vitest'
import type { DesktopBridge } from '../../shared/contract/bridge.ts'
import { PROCEDURES, type ProcedureName } from '../../shared/contract/contract.ts'
import { buildShell } from '../support/builtShell.ts'
import { runPreload } from '../support/electronStandIn.ts'

let code = ''
beforeAll(async () => {
  const dist = await buildShell()
  code = readFileSync(path.join(dist, 'preload.cjs'), 'utf8')
  rmSync(path.dirname(dist), { recursive: true })
})

function load() {
  const exposed = new Map<string, unknown>()
  const invoked: (readonly unknown[])[] = []
  const sent: (readonly unknown[])[] = []
  const ipcRenderer = Object.assign(new EventEmitter(), {
    invoke: async (...args: readonly unknown[]) => {
      invoked.push(args)
      return { ok: true, value: null }
    },
    send: (...args: readonly unknown[]) => {
      sent.push(args)
    },
  } satisfies Partial<Omit<Electron.IpcRenderer, keyof EventEmitter>>)
  const contextBridge = {
    exposeInMainWorld: (name: string, value: unknown) => {
      exposed.set(name, value)
    },
  } satisfies Partial<Electron.ContextBridge>
  const webUtils = {
    // As Electron answers: '' for a file that a script has made.
    getPathForFile: (file: File) => (file.name === 'dropped.edf' ? '/data/dropped.edf' : ''),
  } satisfies Partial<Electron.WebUtils>
  runPreload(code, { ipcRenderer, contextBridge, webUtils })
  return { exposed, invoked, sent, ipcRenderer, bridge: exposed.get('hypnospike') as DesktopBridge }
}

describe('the preload', () => {
  it('gives the page three functions and nothing of Electron', () => {
    const { exposed, bridge } = load()
    expect([...exposed.keys()]).toEqual(['hypnospike'])
    expect(Object.keys(bridge).sort()).toEqual(['call', 'onEvent', 'openDropped'])
    expect(Object.values(bridge).every((member) => typeof member === 'function')).toBe(true)
  })

  it('needs nothing but electron, in one file', () => {
    expect(code.match(/\brequire\(/g)).toHaveLength(1)
    expect(code).not.toMatch(/\bimport\(|^import /m)
  })

  it('passes on every procedure of the contract', async () => {
    const { bridge, invoked } = load()
    const names = Object.keys(PROCEDURES) as ProcedureName[]
    for (const name of names) await bridge.call(name, { some: 'input' })
    expect(invoked).toEqual(names.map((name) => ['hypnospike:call', name, { some: 'input' }]))
  })

  it('passes on nothing else', async () => {
    const { bridge, invoked } = load()
    for (const name of ['readFile', 'constructor', '__proto__', '', 7, null]) {
      await expect(bridge.call(name as ProcedureName, {})).rejects.toThrow('No such procedure')
    }
    expect(invoked).toEqual([])
  })

  it('hands over events without the event of Electron, until the page has heard enough', () => {
    const { bridge, ipcRenderer } = load()
    const heard: unknown[] = []
    const stop = bridge.onEvent((...args) => heard.push(args))
    ipcRenderer.emit('hypnospike:event', { sender: 'secret' }, { type: 'close-requested' })
    stop()
    ipcRenderer.emit('hypnospike:event', { sender: 'secret' }, { type: 'close-requested' })
    expect(heard).toEqual([[{ type: 'close-requested' }]])
  })

  it('sends a dropped file’s path past the page', () => {
    const { bridge, sent } = load()
    expect(bridge.openDropped(new File([], 'dropped.edf'))).toBe(true)
    expect(sent).toEqual([['hypnospike:drop', '/data/dropped.edf']])
  })

  it('refuses a file that is on no disk', () => {
    const { bridge, sent } = load()
    expect(bridge.openDropped(new File([], 'made-by-a-script.edf'))).toBe(false)
    expect(sent).toEqual([])
  })
})
