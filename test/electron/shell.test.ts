/** What the built main process lets a window be and reach, seen by a stand-in for Electron. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emitPreventable, type StandIn } from '../support/electronStandIn.ts'
import { call, ORIGIN, openShellLab, type ShellLab, UNSAVED } from '../support/shellLab.ts'

let lab: ShellLab
const launch: ShellLab['launch'] = (options) => lab.launch(options)

beforeAll(async () => {
  lab = await openShellLab()
})

afterAll(() => lab.remove())

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
    // A lesson is changed without a recording, too.
    const nothing = { ...UNSAVED, undo: null, recording: null }
    await call(standIn, 'reportState', nothing)
    expect(standIn.window().title).toBe(`${dot}Hypnospike`)
    await call(standIn, 'reportState', { ...nothing, unsaved: false })
    expect(standIn.window().title).toBe('Hypnospike')
    expect(emitPreventable(standIn.window(), 'page-title-updated')).toBe(true)
  })
})

describe('the process', () => {
  it('sandboxes every renderer and looks up no name, before it is ready', async () => {
    const standIn = lab.begin()
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
    expect(standIn.called('setPath')).toEqual([['userData', path.join(lab.folder, 'desktop')]])
  })

  it('takes pages from a development server in a checkout only, and from this machine only', async () => {
    try {
      process.env.HYPNOSPIKE_DEVELOPMENT_SERVER = 'http://127.0.0.1:5173/'
      expect((await launch({ packaged: true })).window().loaded).toEqual([`${ORIGIN}/`])
      const developed = (await launch({ packaged: false })).window()
      expect(developed.loaded).toEqual(['http://127.0.0.1:5173/'])
      // The server leads on to a page of its own, and nothing leads elsewhere.
      const led = { url: 'http://127.0.0.1:5173/AbC_1-2/', isMainFrame: true }
      expect(emitPreventable(developed.webContents, 'will-redirect', led)).toBe(false)
      for (const url of ['http://127.0.0.1:51730/', 'http://127.0.0.1:5173@example.org/']) {
        expect(emitPreventable(developed.webContents, 'will-redirect', { ...led, url }), url).toBe(true)
      }
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
    const write = 'clipboard-sanitized-write'
    session.permissionRequest!(...([null, write, (granted: boolean) => said.push(granted)] as never[]))
    expect(said).toEqual([false, {}, true])
    expect(session.permissionCheck!(...([null, write] as never[]))).toBe(true)
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
