/** The built main process, run with a stand-in for Electron that records what is done with it. */
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect, type Reply, type Transport } from '../../shared/contract/contract.ts'
import type { HostEvent, OpenedRecording, Startup } from '../../shared/contract/model.ts'
import { buildShell } from '../support/builtShell.ts'
import {
  bridgeTo,
  createElectronStandIn,
  emitPreventable,
  type RunOptions,
  runMain,
  type StandIn,
} from '../support/electronStandIn.ts'

const SAMPLE = path.resolve(import.meta.dirname, '../../samples/hypnic-jerks.edf')
const ORIGIN = 'app://hypnospike'
let dist = ''
let folder = ''

beforeAll(async () => {
  dist = await buildShell()
  folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-data-'))
  process.env.HYPNOSPIKE_DATA = folder
}, 60_000)

afterAll(() => {
  delete process.env.HYPNOSPIKE_DATA
  for (const made of [path.dirname(dist), folder]) rmSync(made, { recursive: true, force: true })
})

/** Up to the moment before Electron is ready. */
function begin(options: RunOptions = {}): StandIn {
  const standIn = createElectronStandIn({ userData: folder, ...options })
  const before = process.listeners('uncaughtException')
  runMain(dist, standIn, options.argv)
  for (const added of process.listeners('uncaughtException').filter((each) => !before.includes(each))) {
    process.off('uncaughtException', added)
  }
  return standIn
}

async function launch(options: RunOptions = {}): Promise<StandIn> {
  const standIn = begin(options)
  await standIn.becomeReady()
  return standIn
}

async function call(standIn: StandIn, procedure: string, input: unknown = {}): Promise<unknown> {
  const reply = (await standIn.invoke('hypnospike:call', [procedure, input])) as Reply
  if (!reply.ok) throw new Error(reply.failure.code)
  return reply.value
}

/** Events that have reached the page, after what is under way has ended. */
async function events(standIn: StandIn): Promise<readonly HostEvent[]> {
  await new Promise((resolve) => setTimeout(resolve, 10))
  return standIn.window().webContents.sent.map(({ args }) => args[0] as HostEvent)
}

function recording(name: string): string {
  const file = path.join(folder, name)
  writeFileSync(file, '')
  return file
}

function menuItem(standIn: StandIn, id: string): MenuItemConstructorOptions {
  const all = (items: readonly MenuItemConstructorOptions[]): MenuItemConstructorOptions[] =>
    items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? all(item.submenu) : [])])
  const found = all(standIn.menus.at(-1)!).find((item) => item.id === id)
  if (found === undefined) throw new Error(`no menu item ${id}`)
  return found
}

function click(standIn: StandIn, id: string): void {
  menuItem(standIn, id).click!(...([] as never as [never, never, never]))
}

const UNSAVED = { unsaved: true, undo: 'mark hypnic jerk', redo: null, recording: 'night.edf' }

describe('the window', () => {
  it('has no Node, no shared world and a sandbox', async () => {
    const { options } = (await launch()).window()
    expect(options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: false,
    })
    expect(options.webPreferences?.preload).toMatch(/\bpreload\.cjs$/)
    expect(existsSync(options.webPreferences!.preload!)).toBe(true)
  })

  it('keeps nothing on disk of what its pages hold', async () => {
    const standIn = await launch()
    expect([...standIn.sessions.keys()].filter((name) => name.startsWith('persist:'))).toEqual([])
    expect(standIn.window().options.webPreferences?.session).toBe(standIn.sessions.get('review'))
  })

  it('loads the app and shows itself when there is something to see', async () => {
    const window = (await launch()).window()
    expect(window.loaded).toEqual([`${ORIGIN}/`])
    expect(window.shown).toBe(false)
    window.emit('ready-to-show')
    expect(window.shown).toBe(true)
  })

  it('opens where it was closed', async () => {
    const first = await launch()
    first.window().maximised = true
    first.window().close()
    const { options, maximised } = (await launch()).window()
    expect(options).toMatchObject({ x: 40, y: 50, width: 1200, height: 800 })
    expect(maximised).toBe(true)
  })

  it('comes back to the main display when the display it was on is gone', async () => {
    ;(await launch()).window().close()
    const displays = [{ x: 5000, y: 5000, width: 1280, height: 720 }]
    expect((await launch({ displays })).window().options).toMatchObject({
      x: 5000,
      y: 5000,
      width: 1280,
      height: 720,
    })
  })

  it('bears the name of the recording, with a dot while something is unsaved', async () => {
    const standIn = await launch()
    await call(standIn, 'reportState', UNSAVED)
    const dot = process.platform === 'darwin' ? '' : '• '
    expect(standIn.window().title).toBe(`${dot}night.edf — Hypnospike`)
    await call(standIn, 'reportState', { unsaved: false, undo: null, redo: null, recording: null })
    expect(standIn.window().title).toBe('Hypnospike')
    expect(emitPreventable(standIn.window(), 'page-title-updated')).toBe(true)
  })
})

describe('the process', () => {
  it('sandboxes every renderer and looks up no name, before it is ready', async () => {
    const standIn = begin()
    expect(standIn.called('enableSandbox')).toHaveLength(1)
    expect(standIn.called('appendSwitch')).toContainEqual(['host-resolver-rules', 'MAP * ~NOTFOUND'])
    const [schemes] = standIn.called('registerSchemesAsPrivileged')[0] as [{ privileges: object }[]]
    expect(schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ])
    expect(standIn.windows).toHaveLength(0)
  })

  it('is one instance: a second one leaves without a window', async () => {
    const standIn = await launch({ lock: false, argv: ['night.edf'] })
    expect(standIn.called('requestSingleInstanceLock')).toEqual([[{ file: path.resolve('night.edf') }]])
    expect(standIn.called('quit')).toHaveLength(1)
    expect(standIn.windows).toHaveLength(0)
  })

  it('keeps Chromium’s own files apart from the sets and journals', async () => {
    const standIn = await launch()
    expect(standIn.called('setPath')).toEqual([['userData', path.join(folder, 'desktop')]])
  })

  it('takes pages from a development server in a checkout only, and from this machine only', async () => {
    try {
      process.env.HYPNOSPIKE_DEVELOPMENT_SERVER = 'http://127.0.0.1:5173/'
      expect((await launch({ packaged: true })).window().loaded).toEqual([`${ORIGIN}/`])
      expect((await launch({ packaged: false })).window().loaded).toEqual(['http://127.0.0.1:5173/'])
      process.env.HYPNOSPIKE_DEVELOPMENT_SERVER = 'http://example.org:5173/'
      expect((await launch({ packaged: false })).window().loaded).toEqual([`${ORIGIN}/`])
    } finally {
      delete process.env.HYPNOSPIKE_DEVELOPMENT_SERVER
    }
  })

  it('ends with the window, after the host has closed', async () => {
    const standIn = await launch()
    standIn.app.emit('window-all-closed')
    expect(standIn.called('quit')).toHaveLength(1)
    expect(emitPreventable(standIn.app, 'will-quit')).toBe(true)
    await expect.poll(() => standIn.called('exit')).toEqual([[0]])
  })
})

describe('what a page may reach', () => {
  function ask(standIn: StandIn, address: string, init?: RequestInit): Promise<Response> {
    return standIn.sessions.get('review')!.protocols.get('app')!(new Request(address, init))
  }

  it('is served with a policy that lets only its own scripts run', async () => {
    const response = await ask(await launch(), `${ORIGIN}/`)
    expect(response.status).toBe(200)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff')
    const policy = new Map(
      response.headers
        .get('Content-Security-Policy')!
        .split('; ')
        .map((directive): [string, string] => [
          directive.split(' ')[0]!,
          directive.split(' ').slice(1).join(' '),
        ]),
    )
    expect(policy.get('default-src')).toBe("'none'")
    expect(policy.get('script-src')).toBe("'self'")
    expect(policy.get('connect-src')).toBe("'self'")
    for (const directive of ['object-src', 'base-uri', 'form-action', 'frame-ancestors']) {
      expect(policy.get(directive), directive).toBe("'none'")
    }
  })

  it('is the renderer’s folder and nothing beside it', async () => {
    const standIn = await launch()
    expect((await ask(standIn, `${ORIGIN}/assets/app.js`)).status).toBe(200)
    for (const address of [
      '/../secret.json',
      '/%2e%2e/secret.json',
      '/..%2fsecret.json',
      '/..%5csecret.json',
    ]) {
      const response = await ask(standIn, `${ORIGIN}${address}`)
      expect(response.status, address).toBe(404)
      expect(await response.text()).toBe('')
    }
  })

  it('is read only, under one host name', async () => {
    const standIn = await launch()
    expect((await ask(standIn, `${ORIGIN}/`, { method: 'POST' })).status).toBe(403)
    expect((await ask(standIn, 'app://elsewhere/')).status).toBe(403)
  })

  it.each(['review', 'default'])('is no device, permission or download (%s session)', async (name) => {
    const session = (await launch()).sessions.get(name)!
    const said: unknown[] = []
    session.permissionRequest!(...([null, 'media', (granted: boolean) => said.push(granted)] as never[]))
    session.displayMedia!(...([{}, (streams: unknown) => said.push(streams)] as never[]))
    expect(said).toEqual([false, {}])
    expect(session.permissionCheck!(...([null, 'clipboard-read'] as never[]))).toBe(false)
    expect(session.devicePermission!(...([{}] as never[]))).toBe(false)
    expect(session.spellChecker).toBe(false)
    expect(emitPreventable(session, 'will-download')).toBe(true)
  })

  it.each(['review', 'default'])('is nothing on any network (%s session)', async (name) => {
    const session = (await launch()).sessions.get(name)!
    const cancelled = (url: string) => {
      let cancel: boolean | undefined
      session.beforeRequest!({ url }, (reply) => {
        cancel = reply.cancel
      })
      return cancel
    }
    for (const own of [`${ORIGIN}/assets/app.js`, 'data:image/png;base64,', `blob:${ORIGIN}/1`]) {
      expect(cancelled(own), own).toBe(false)
    }
    for (const other of [
      'https://example.org/',
      'http://127.0.0.1:80/',
      'ws://127.0.0.1:80/',
      'file:///etc/hosts',
      'app://elsewhere/',
      'blob:https://example.org/1',
      'chrome://settings/',
      'nonsense',
    ]) {
      expect(cancelled(other), other).toBe(true)
    }
  })

  it('is no other page: navigation, redirects, frames and webviews are refused', async () => {
    const { webContents } = (await launch()).window()
    const leave = { url: 'https://example.org/', isMainFrame: true }
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate']) {
      expect(emitPreventable(webContents, name, leave), name).toBe(true)
      expect(emitPreventable(webContents, name, { ...leave, url: `${ORIGIN}/other.html` }), name).toBe(true)
    }
    const inFrame = { url: `${ORIGIN}/`, isMainFrame: false }
    expect(emitPreventable(webContents, 'will-frame-navigate', inFrame)).toBe(true)
    expect(emitPreventable(webContents, 'will-attach-webview')).toBe(true)
    expect(webContents.webRtcPolicy).toBe('disable_non_proxied_udp')
    const reload = { url: `${ORIGIN}/`, isMainFrame: true }
    expect(emitPreventable(webContents, 'will-navigate', reload)).toBe(false)
  })

  it('is no new window; the source of a statement opens in the system’s browser', async () => {
    const standIn = await launch()
    const open = standIn.window().webContents.windowOpenHandler as unknown as (details: {
      url: string
    }) => object
    const doi = 'https://doi.org/10.1111/epi.13670'
    for (const url of [
      doi,
      'https://example.org/',
      'file:///etc/hosts',
      'https://doi.org.example.org/10.1111/a',
      'https://doi.org/10.1111/a?name=x',
      `${ORIGIN}/`,
    ]) {
      expect(open({ url }), url).toEqual({ action: 'deny' })
    }
    expect(standIn.called('openExternal')).toEqual([[doi]])
  })
})

describe('calls', () => {
  it('reach the host from the window’s own page', async () => {
    const startup = (await call(await launch(), 'startup')) as Startup
    expect(startup.shell.kind).toBe('desktop')
  })

  it('are refused from anywhere else', async () => {
    const standIn = await launch()
    const { mainFrame } = standIn.window().webContents
    const strangers = {
      'another page': { sender: { mainFrame } },
      'a frame inside the page': { senderFrame: { ...mainFrame, frameTreeNodeId: 2 } },
      'a frame that is gone': { senderFrame: null },
    }
    for (const [name, from] of Object.entries(strangers)) {
      await expect(standIn.invoke('hypnospike:call', ['startup', {}], from), name).rejects.toThrow('refused')
    }
    Object.assign(mainFrame, { origin: 'https://example.org' })
    await expect(standIn.invoke('hypnospike:call', ['startup', {}])).rejects.toThrow('refused')
  })

  it('are checked against the contract', async () => {
    const standIn = await launch()
    await expect(call(standIn, 'readFile', { path: '/etc/hosts' })).rejects.toThrow('bad-input')
    await expect(call(standIn, 'constructor')).rejects.toThrow('bad-input')
    await expect(call(standIn, 'openRecording', { ref: 7 })).rejects.toThrow('bad-input')
    await expect(standIn.invoke('hypnospike:call', [7, {}])).rejects.toThrow('refused')
  })

  it('have one channel, and drops another', async () => {
    const standIn = await launch()
    expect([...standIn.handlers.keys()]).toEqual(['hypnospike:call'])
    expect(standIn.ipcMain.eventNames()).toEqual(['hypnospike:drop'])
  })

  it('cannot open a path by naming it', async () => {
    const standIn = await launch()
    await expect(call(standIn, 'openRecording', { ref: recording('a.edf') })).rejects.toThrow('not-found')
  })

  it('open what was chosen in the system’s dialog', async () => {
    const standIn = await launch()
    expect(await call(standIn, 'chooseRecording')).toBe(null)
    standIn.answers.openPath = recording('chosen.edf')
    expect(await call(standIn, 'chooseRecording')).toMatchObject({ name: 'chosen.edf' })
  })

  it('print the page', async () => {
    const standIn = await launch()
    expect(await call(standIn, 'printSheet', { asPdf: false })).toBe(true)
    expect(standIn.window().webContents.printed).toHaveLength(1)
    expect(await call(standIn, 'printSheet', { asPdf: true })).toBe(false)
  })
})

describe('the whole way', () => {
  it('carries a page of EEG from the file through main and preload, and events back', async () => {
    const standIn = await launch({ argv: [SAMPLE] })
    const bridge = bridgeTo(standIn, dist)
    const { host, subscribe } = connect({ call: bridge.call as Transport['call'], subscribe: bridge.onEvent })
    const heard: HostEvent[] = []
    subscribe((event) => heard.push(event))
    const { open } = await host.startup({})
    const opened = await host.openRecording({ ref: open!.ref })
    expect(opened.name).toBe('hypnic-jerks.edf')
    const { recordingId } = opened
    const settings = { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null } as const
    const page = await host.page({ recordingId, span: { start: 0, end: 10 }, settings, columns: 1200 })
    const piece = page.traces[0]!.pieces[0]!
    expect(piece.values).toBeInstanceOf(Float32Array)
    expect(piece.values.some((value) => value !== 0)).toBe(true)
    await expect.poll(() => heard).toContainEqual(expect.objectContaining({ type: 'scan', done: true }))
    expect(standIn.called('addRecentDocument')).toEqual([[SAMPLE]])
    await expect
      .poll(() => (menuItem(standIn, 'open-recent').submenu as MenuItemConstructorOptions[])[0]?.label)
      .toBe('hypnic-jerks.edf')
    await expect(
      host.page({ recordingId: 'other', span: { start: 0, end: 1 }, settings, columns: 1 }),
    ).rejects.toMatchObject({
      name: 'ReviewError',
      code: 'not-found',
    })
    await host.closeRecording({ recordingId })
  })
})

describe('opening', () => {
  it('takes a file from the command line, past flags, from the folder it was called in', async () => {
    const standIn = await launch({ argv: ['--disable-gpu', 'night.edf'] })
    expect((await call(standIn, 'startup')) as Startup).toMatchObject({ open: { name: 'night.edf' } })
  })

  it('takes a file from a second instance and comes to the front', async () => {
    const standIn = await launch()
    await call(standIn, 'startup')
    standIn.app.emit('second-instance', {}, [], '', { file: recording('second.edf') })
    expect(await events(standIn)).toMatchObject([{ type: 'open', open: { name: 'second.edf' } }])
    expect(standIn.window().focused).toBe(1)
    standIn.app.emit('second-instance', {}, [], '', { file: 7 })
    standIn.app.emit('second-instance', {}, [], '', null)
    expect(await events(standIn)).toHaveLength(1)
  })

  it('takes a file from macOS before and after the window is there', async () => {
    const standIn = begin()
    standIn.app.emit('open-file', { preventDefault: () => {} }, recording('early.edf'))
    await standIn.becomeReady()
    expect((await call(standIn, 'startup')) as Startup).toMatchObject({ open: { name: 'early.edf' } })
    standIn.app.emit('open-file', { preventDefault: () => {} }, recording('late.edf'))
    expect(await events(standIn)).toMatchObject([{ type: 'open', open: { name: 'late.edf' } }])
  })

  it('takes a file that was dropped, from the page itself only', async () => {
    const standIn = await launch()
    await call(standIn, 'startup')
    const { webContents } = standIn.window()
    const dropped = recording('dropped.edf')
    standIn.ipcMain.emit('hypnospike:drop', { sender: webContents, senderFrame: null }, dropped)
    standIn.ipcMain.emit('hypnospike:drop', { sender: webContents, senderFrame: webContents.mainFrame }, 7)
    expect(await events(standIn)).toEqual([])
    standIn.ipcMain.emit(
      'hypnospike:drop',
      { sender: webContents, senderFrame: webContents.mainFrame },
      dropped,
    )
    expect(await events(standIn)).toMatchObject([{ type: 'open', open: { name: 'dropped.edf' } }])
    expect(JSON.stringify(await events(standIn))).not.toContain(folder)
  })

  it('loses nothing that is asked while the page is still loading', async () => {
    const standIn = await launch()
    click(standIn, 'about')
    expect(await events(standIn)).toEqual([])
    await call(standIn, 'startup')
    expect(await events(standIn)).toEqual([{ type: 'command', command: 'about' }])
  })
})

describe('closing', () => {
  it('just closes when everything is saved', async () => {
    const standIn = await launch()
    standIn.window().close()
    expect(standIn.window().destroyed).toBe(true)
    expect(standIn.messageBoxes).toEqual([])
  })

  it('has the page ask when something is unsaved, and goes when it says so', async () => {
    const standIn = await launch()
    await call(standIn, 'startup')
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().close()
    expect(standIn.window().destroyed).toBe(false)
    expect(await events(standIn)).toEqual([{ type: 'close-requested' }])
    expect(emitPreventable(standIn.window().webContents, 'will-prevent-unload')).toBe(true)
    await call(standIn, 'closeWindow')
    expect(standIn.window().destroyed).toBe(true)
    expect(standIn.messageBoxes).toEqual([])
  })

  it('asks natively when the page hangs, and can then be closed', async () => {
    const standIn = await launch()
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().webContents.alive = false
    standIn.window().close()
    await expect.poll(() => standIn.messageBoxes, { timeout: 5000 }).toHaveLength(1)
    expect(standIn.messageBoxes[0]).toMatchObject({ cancelId: 0, buttons: ['Wait', 'Close anyway'] })
    expect(standIn.window().destroyed).toBe(false)
    standIn.answers.messageBox = 1
    standIn.window().emit('unresponsive')
    await expect.poll(() => standIn.window().destroyed).toBe(true)
  })

  it('asks natively when the page has crashed', async () => {
    const standIn = await launch()
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().webContents.crashed = true
    standIn.answers.messageBox = 1
    standIn.window().close()
    await expect.poll(() => standIn.window().destroyed).toBe(true)
    expect(standIn.messageBoxes).toHaveLength(1)
  })
})

describe('a page whose process is gone', () => {
  it('is told in a sentence and loaded again', async () => {
    const standIn = await launch()
    await call(standIn, 'startup')
    standIn.window().webContents.emit('render-process-gone', {}, { reason: 'oom' })
    await expect.poll(() => standIn.window().loaded).toHaveLength(2)
    expect(standIn.messageBoxes[0]).toMatchObject({ message: 'The window has stopped working.' })
  })

  it('comes back with the recording it had', async () => {
    const standIn = await launch({ argv: [SAMPLE] })
    const { open } = (await call(standIn, 'startup')) as Startup
    const { recordingId } = (await call(standIn, 'openRecording', { ref: open!.ref })) as OpenedRecording
    await call(standIn, 'reportState', UNSAVED)
    standIn.window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await expect.poll(() => standIn.window().loaded).toHaveLength(2)
    // What the page that is gone had unsaved is in its journal: nothing is asked on its behalf.
    expect(standIn.window().title).toBe('Hypnospike')
    click(standIn, 'about')
    const heard = (await events(standIn)).length
    expect((await call(standIn, 'startup')) as Startup).toMatchObject({ open: { name: 'hypnic-jerks.edf' } })
    expect((await events(standIn)).slice(heard)).toContainEqual({ type: 'command', command: 'about' })
    await expect(call(standIn, 'annotations', { recordingId })).rejects.toThrow('not-found')
  })

  it('is closed when the reader would rather', async () => {
    const standIn = await launch()
    standIn.answers.messageBox = 1
    standIn.window().webContents.emit('render-process-gone', {}, { reason: 'crashed' })
    await expect.poll(() => standIn.window().destroyed).toBe(true)
  })
})

describe('the menu', () => {
  it('follows what the window reports', async () => {
    const standIn = await launch()
    expect(menuItem(standIn, 'save').enabled).toBe(false)
    await call(standIn, 'reportState', UNSAVED)
    expect(menuItem(standIn, 'save').enabled).toBe(true)
    expect(menuItem(standIn, 'undo').label).toBe('Undo mark hypnic jerk')
    expect(menuItem(standIn, 'redo').label).toBe('Redo')
  })

  it('sends its commands to the page', async () => {
    const standIn = await launch()
    await call(standIn, 'startup')
    click(standIn, 'reference')
    expect(await events(standIn)).toEqual([{ type: 'command', command: 'reference' }])
  })
})
