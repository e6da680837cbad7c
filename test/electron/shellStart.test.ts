import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { fileFromArguments, isAddressRefused } from '../../electron/desktop/launchArguments.ts'
import { placeWindow } from '../../electron/desktop/windowPlace.ts'
import { browserCommand, chooseDoor, hasDisplay, type Machine } from '../../electron/launch/door.ts'
import { buildState } from '../../electron/launch/freshBuild.ts'

describe('the recording on a command line', () => {
  const read = (argv: readonly string[], packaged = true) =>
    fileFromArguments({ argv: ['/opt/hypnospike', ...argv], cwd: path.resolve('/ward'), packaged })

  it('is the first argument that is no flag, seen from the folder of the call', () => {
    expect(read(['night.edf'])).toBe(path.resolve('/ward/night.edf'))
    expect(read(['--inspect=0', '-psn_0_1', '', '/data/a b.edf', 'second.edf'])).toBe(
      path.resolve('/data/a b.edf'),
    )
    expect(read([])).toBe(null)
    expect(read(['--flag'])).toBe(null)
  })

  it('may begin with a dash after --', () => {
    expect(read(['--', '-odd.edf'])).toBe(path.resolve('/ward/-odd.edf'))
  })

  it('is not the app’s own folder in a checkout', () => {
    expect(read(['.', 'night.edf'], false)).toBe(path.resolve('/ward/night.edf'))
    expect(read(['.'], false)).toBe(null)
  })

  it('may be an address, as Linux desktops hand it over', () => {
    const expected = process.platform === 'win32' ? null : '/data/a b.edf'
    expect(read(['file:///data/a%20b.edf'])).toBe(expected)
    expect(read(['FILE://localhost/data/a%20b.edf'])).toBe(expected)
    expect(read(['file://elsewhere%zz/a.edf'])).toBe(null)
  })

  it.each([
    'file://server/share/night.edf',
    'FILE://server/share/night.edf',
    'file:\\\\server\\share\\night.edf',
    'file://127.0.0.1/share/night.edf',
    'file:////server/share/night.edf',
    'file://///server/share/night.edf',
    'file:///%5C%5Cserver/share/night.edf',
    'file:///%2Fserver/share/night.edf',
    'file://server%zz/night.edf',
    'file://./pipe/x',
  ])('is not followed to another computer: %s', (address) => {
    const given = { argv: ['/opt/hypnospike', address], cwd: path.resolve('/ward'), packaged: true }
    expect(fileFromArguments(given)).toBe(null)
    expect(isAddressRefused(given)).toBe(true)
  })

  it('is not refused where it is a path, or none', () => {
    for (const argv of [[], ['night.edf'], ['--', 'file.edf'], ['-file://server/x']]) {
      const given = { argv: ['/opt/hypnospike', ...argv], cwd: path.resolve('/ward'), packaged: true }
      expect(isAddressRefused(given), argv.join(' ')).toBe(false)
    }
  })
})

describe('the door of npm start', () => {
  const linux = (environment: NodeJS.ProcessEnv, userId = 1000): Machine => ({
    platform: 'linux',
    environment,
    userId,
  })

  it('is the window where there is a display', () => {
    expect(chooseDoor(linux({ DISPLAY: ':0' }))).toEqual({ door: 'window' })
    expect(chooseDoor(linux({ WAYLAND_DISPLAY: 'wayland-0' }))).toEqual({ door: 'window' })
    expect(chooseDoor({ platform: 'darwin', environment: {}, userId: 501 })).toEqual({ door: 'window' })
    expect(chooseDoor({ platform: 'win32', environment: {}, userId: null })).toEqual({ door: 'window' })
  })

  it('is an address to open where there is no display', () => {
    expect(chooseDoor(linux({}))).toMatchObject({ door: 'browser', show: false })
    expect(chooseDoor(linux({ DISPLAY: '' }))).toMatchObject({ door: 'browser', show: false })
    expect(hasDisplay(linux({ DISPLAY: ':0', CI: 'true' }))).toBe(false)
  })

  it('is the browser for root, never a window without its sandbox', () => {
    const door = chooseDoor(linux({ DISPLAY: ':0' }, 0))
    expect(door).toMatchObject({ door: 'browser', show: true })
    expect(door.door === 'browser' && door.reason).toContain('root')
  })

  it('opens the reader’s browser in each system’s way', () => {
    const address = 'http://127.0.0.1:4000/?token=x'
    expect(browserCommand('linux', address)).toEqual(['xdg-open', address])
    expect(browserCommand('darwin', address)).toEqual(['open', address])
    expect(browserCommand('win32', address)).toEqual(['rundll32', 'url.dll,FileProtocolHandler', address])
  })
})

describe('the build', () => {
  const made: string[] = []
  afterEach(() => {
    for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
  })

  /** A project whose files were written at the given minutes. */
  function project(files: Readonly<Record<string, number>>): string {
    const root = mkdtempSync(path.join(tmpdir(), 'hypnospike-build-'))
    made.push(root)
    for (const name of Object.keys(files)) {
      mkdirSync(path.dirname(path.join(root, name)), { recursive: true })
      writeFileSync(path.join(root, name), '')
    }
    for (const folder of ['electron', 'electron/host', 'shared', 'renderer']) {
      mkdirSync(path.join(root, folder), { recursive: true })
      utimesSync(path.join(root, folder), 0, 0)
    }
    for (const [name, minute] of Object.entries(files))
      utimesSync(path.join(root, name), minute * 60, minute * 60)
    return root
  }

  const SOURCES = {
    'package.json': 1,
    'electron/host/host.ts': 2,
    'shared/units.ts': 1,
    'renderer/index.html': 1,
  }
  const OUTPUTS = Object.fromEntries(
    ['main.js', 'web.js', 'cli.js', 'worker.js', 'preload.cjs', 'renderer/index.html'].map((name) => [
      `dist/${name}`,
      3,
    ]),
  )

  it('is current when everything in it is newer than every source', () => {
    expect(buildState(project({ ...SOURCES, ...OUTPUTS }))).toBe('current')
  })

  it('is missing in a fresh clone or when any of its parts is', () => {
    expect(buildState(project(SOURCES))).toBe('missing')
    const { 'dist/preload.cjs': _gone, ...rest } = OUTPUTS
    expect(buildState(project({ ...SOURCES, ...rest }))).toBe('missing')
  })

  it('is stale when one source, however deep, is newer than its oldest part', () => {
    expect(buildState(project({ ...SOURCES, ...OUTPUTS, 'electron/host/host.ts': 4 }))).toBe('stale')
    expect(buildState(project({ ...SOURCES, ...OUTPUTS, 'dist/preload.cjs': 1 }))).toBe('stale')
  })

  it('is stale when a source was taken away', () => {
    const root = project({ ...SOURCES, ...OUTPUTS })
    rmSync(path.join(root, 'shared/units.ts'))
    expect(buildState(root)).toBe('stale')
  })
})

describe('the place of the window', () => {
  const display = { x: 0, y: 25, width: 1920, height: 1055 }

  it('is the middle of the main display at first', () => {
    expect(placeWindow(null, [display])).toEqual({
      bounds: { x: 160, y: 103, width: 1600, height: 900 },
      maximised: false,
    })
  })

  it('fits a small display', () => {
    const small = { x: 0, y: 0, width: 1280, height: 720 }
    expect(placeWindow(null, [small]).bounds).toEqual(small)
  })

  it('is kept, also half off a display, as long as the title bar can be caught', () => {
    const saved = { bounds: { x: 1700, y: 60, width: 1000, height: 700 }, maximised: true }
    expect(placeWindow(saved, [display])).toEqual(saved)
  })

  it.each([
    ['on a display that is gone', { x: 2400, y: 60, width: 1000, height: 700 }],
    ['above every display', { x: 100, y: -400, width: 1000, height: 700 }],
    ['below every display', { x: 100, y: 1070, width: 1000, height: 700 }],
    ['with a sliver left', { x: 1900, y: 60, width: 1000, height: 700 }],
  ])('is given up %s', (_where, bounds) => {
    const place = placeWindow({ bounds, maximised: false }, [display])
    expect(place.bounds).toEqual({ x: 160, y: 103, width: 1600, height: 900 })
  })
})
