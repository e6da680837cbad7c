import { execFileSync } from 'node:child_process'
import { readFileSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { openSettings } from '../../../electron/host/settings.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import { makeFolder } from '../../support/folders.ts'

const SETTINGS: Settings = {
  reviewer: 'MK',
  theme: 'dark',
  pixelsPerMillimetre: 5.2,
  statementSeen: true,
  panelOpen: false,
}
const DEFAULTS: Settings = {
  reviewer: 'R-01',
  theme: 'system',
  pixelsPerMillimetre: null,
  statementSeen: false,
  panelOpen: true,
}

async function openWith(content: unknown) {
  const folder = makeFolder()
  writeFileSync(path.join(folder, 'settings.json'), JSON.stringify(content))
  return await openSettings(folder, () => {})
}

describe('settings on disk', () => {
  it('are kept where a later version added some', async () => {
    const store = await openWith({ settings: { ...SETTINGS, language: 'de' }, window: { width: 3 } })
    expect(store.settings()).toEqual(SETTINGS)
  })

  it.each([
    ['reviewer', '../x'],
    ['theme', 'pink'],
    ['pixelsPerMillimetre', '5'],
    ['statementSeen', 1],
    ['panelOpen', null],
  ] as const)('are kept but for the one that is bad: %s', async (key, bad) => {
    const store = await openWith({ settings: { ...SETTINGS, [key]: bad } })
    expect(store.settings()).toEqual({ ...SETTINGS, [key]: DEFAULTS[key] })
  })

  it('are kept where an earlier version did not have all of them', async () => {
    const store = await openWith({ settings: { reviewer: 'MK' } })
    expect(store.settings()).toEqual({ ...DEFAULTS, reviewer: 'MK' })
  })

  it('keep the good ones of the recent recordings and of the sets elsewhere', async () => {
    const place = { fingerprint: 'f', reviewer: 'MK', path: '/sets/mine.json' }
    const store = await openWith({ recent: ['/a.edf', 7, '/b.edf'], elsewhere: [{ path: 1 }, place] })
    expect(store.recent()).toEqual(['/a.edf', '/b.edf'])
    expect(store.setsElsewhere('f')).toEqual([place])
  })

  it.each<[string, (file: string) => void]>([
    ['a pipe that nobody writes to', (file) => execFileSync('mkfifo', [file])],
    [
      'huge',
      (file) => {
        writeFileSync(file, '{')
        truncateSync(file, 3 * 1024 ** 3)
      },
    ],
  ])('are the defaults at once where the file is %s, and can be saved', async (_, make) => {
    const folder = makeFolder()
    const file = path.join(folder, 'settings.json')
    make(file)
    const log: string[] = []
    // A pipe that was waited for would never be written to: the test's own limit tells.
    const store = await openSettings(folder, (where) => log.push(where))
    expect(store.settings()).toEqual(DEFAULTS)
    expect(log).toEqual(['settings'])
    await store.saveSettings(SETTINGS)
    expect(JSON.parse(readFileSync(file, 'utf8')).settings).toEqual(SETTINGS)
  })

  it('keep the montages of the reader beside them, and take no other with a bad one', async () => {
    const folder = makeFolder()
    const line = { label: '', terms: [{ channel: 'Fp1', weight: 1 }], gap: false }
    const mine = { name: 'Mine', lines: [line] }
    const first = await openSettings(folder, () => {})
    await first.saveMontages([mine])
    await first.saveSettings(SETTINGS)
    const file = path.join(folder, 'settings.json')
    const written = JSON.parse(readFileSync(file, 'utf8'))
    expect(written.montages).toEqual([mine])
    writeFileSync(file, JSON.stringify({ ...written, montages: [{ name: 'Bad', lines: [] }, mine, 7] }))
    const second = await openSettings(folder, () => {})
    expect(second.montages()).toEqual([mine])
    expect(second.settings()).toEqual(SETTINGS)
  })

  it('that are not there yet are no fault', async () => {
    const log: string[] = []
    const store = await openSettings(makeFolder(), (where) => log.push(where))
    expect(store.settings()).toEqual(DEFAULTS)
    expect(log).toEqual([])
  })
})
