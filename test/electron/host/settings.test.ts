import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmdirSync, truncateSync, writeFileSync } from 'node:fs'
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

/** Of as many lines and terms as may be nearly, some 190 KB where channels have short names. */
const largeMontage = (name: string, channel = 'F') => ({
  name,
  lines: [...Array(128).keys()].map(() => ({
    ...{ label: '', gap: false },
    terms: [...Array(54).keys()].map(() => ({ channel, weight: 1 })),
  })),
})

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
    expect(await store.setsElsewhere()).toEqual([place])
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

  it('are read again beside the most montages that a window may send, and very long paths', async () => {
    const folder = makeFolder()
    const elsewhere = [...Array(60).keys()].map((index) => ({
      ...{ fingerprint: 'f', reviewer: 'MK', path: `/${index}/${'あ'.repeat(32_000)}` },
    }))
    writeFileSync(path.join(folder, 'settings.json'), JSON.stringify({ elsewhere }))
    const store = await openSettings(folder, () => {})
    const montages = [...Array(20).keys()].map((index) => largeMontage(`Mine ${index}`))
    const bytes = JSON.stringify(montages).length / 1024 ** 2
    expect([bytes > 3.5, bytes < 4]).toEqual([true, true])
    await store.saveMontages(montages)
    await store.saveSettings(SETTINGS)
    const later = await openSettings(folder, () => {})
    expect(later.settings()).toEqual(SETTINGS)
    expect(later.montages()).toEqual(montages)
    expect(await later.setsElsewhere()).toEqual(elsewhere)
  })

  it('refuse montages that the file has no room for, in a sentence, and keep what they had', async () => {
    const folder = makeFolder()
    const store = await openSettings(folder, () => {})
    const name = 'あ'.repeat(80)
    const montages = [...Array(20).keys()].map((index) => largeMontage(`Mine ${index}`, name))
    await store.saveMontages([largeMontage('Mine')])
    await expect(store.saveMontages(montages)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(
        /^Your montages take \d+\.\d MB, more than the file of the settings has room for: delete one, or lines of one\.$/,
      ),
    })
    await store.saveSettings(SETTINGS)
    const later = await openSettings(folder, () => {})
    expect([later.settings(), later.montages()]).toEqual([SETTINGS, [largeMontage('Mine')]])
  })

  it('are put aside where they are damaged, before others are written in their place', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'settings.json')
    const damaged = JSON.stringify({ settings: SETTINGS, montages: [] }).slice(0, -9)
    writeFileSync(file, damaged)
    const store = await openSettings(folder, () => {})
    expect(readFileSync(file, 'utf8')).toBe(damaged)
    await store.addRecent('/a.edf')
    await store.addRecent('/b.edf')
    expect(readFileSync(`${file}.damaged`, 'utf8')).toBe(damaged)
    expect(JSON.parse(readFileSync(file, 'utf8')).recent).toEqual(['/b.edf', '/a.edf'])
  })

  it('that are not there yet are no fault', async () => {
    const log: string[] = []
    const store = await openSettings(makeFolder(), (where) => log.push(where))
    expect(store.settings()).toEqual(DEFAULTS)
    expect(log).toEqual([])
  })
})

describe('settings that two programs have open', () => {
  const place = (name: string) => ({ fingerprint: name, reviewer: 'MK', path: `/sets/${name}.json` })

  it('keep what either has changed, whichever was started first', async () => {
    const folder = makeFolder()
    const older = await openSettings(folder, () => {})
    const newer = await openSettings(folder, () => {})
    await newer.moveSetElsewhere([], place('a'))
    await newer.saveSettings({ ...DEFAULTS, reviewer: 'MK', theme: 'dark' })
    await newer.rememberCodePage({ fingerprint: 'a', codePage: 'windows-1250' })
    await newer.addRecent('/a.edf')
    await older.addRecent('/b.edf')
    await older.saveSettings({ ...DEFAULTS, panelOpen: false })
    await older.moveSetElsewhere([], place('b'))
    const later = await openSettings(folder, () => {})
    expect(later.settings()).toEqual({ ...DEFAULTS, reviewer: 'MK', theme: 'dark', panelOpen: false })
    expect(later.recent()).toEqual(['/b.edf', '/a.edf'])
    expect(await later.setsElsewhere()).toEqual([place('b'), place('a')])
    expect(later.codePages()).toEqual([{ fingerprint: 'a', codePage: 'windows-1250' }])
  })

  it('keep all of it where both write at once', async () => {
    const folder = makeFolder()
    const both = [await openSettings(folder, () => {}), await openSettings(folder, () => {})]
    const names = Array.from({ length: 20 }, (_, index) => `r${index}`)
    const failed = await Promise.all(
      names.map((name, index) => both[index % 2]!.moveSetElsewhere([], place(name))),
    )
    expect(failed.every((failure) => failure === null)).toBe(true)
    const kept = await (await openSettings(folder, () => {})).setsElsewhere()
    expect(kept.map(({ fingerprint }) => fingerprint).sort()).toEqual(names.sort())
  })

  it('tell of a set elsewhere at once, and of who reads here only at the next start', async () => {
    const folder = makeFolder()
    const older = await openSettings(folder, () => {})
    const newer = await openSettings(folder, () => {})
    await newer.saveSettings({ ...DEFAULTS, reviewer: 'MK' })
    await newer.moveSetElsewhere([], place('a'))
    expect(await older.setsElsewhere()).toEqual([place('a')])
    expect(older.settings().reviewer).toBe('R-01')
    expect(older.isReviewerKnown('a')).toBe(false)
  })

  it('keep the montages of both, and forget what one of them has deleted', async () => {
    const folder = makeFolder()
    const montage = (name: string, label = '') => ({
      name,
      lines: [{ label, terms: [{ channel: 'Fp1', weight: 1 }], gap: false }],
    })
    const first = await openSettings(folder, () => {})
    await first.saveMontages([montage('One'), montage('Two')])
    const older = await openSettings(folder, () => {})
    const newer = await openSettings(folder, () => {})
    await newer.saveMontages([montage('Two', 'changed'), montage('Three')])
    await older.saveMontages([montage('One'), montage('Two'), montage('Four')])
    const later = await openSettings(folder, () => {})
    expect(later.montages()).toEqual([montage('Two', 'changed'), montage('Four'), montage('Three')])
  })

  it('remember some thousand sets elsewhere, and of very long paths as many as the file has room for', async () => {
    const folder = makeFolder()
    const file = path.join(folder, 'settings.json')
    const others = Array.from({ length: 3000 }, (_, index) => place(`r${index}`))
    writeFileSync(file, JSON.stringify({ elsewhere: others }))
    await (await openSettings(folder, () => {})).moveSetElsewhere([], place('last'))
    const many = await (await openSettings(folder, () => {})).setsElsewhere()
    expect(many).toEqual([place('last'), ...others])
    const long = (index: number) => ({ ...place('long'), path: `/${index}/${'x'.repeat(32_000)}` })
    writeFileSync(file, JSON.stringify({ elsewhere: Array.from({ length: 400 }, (_, index) => long(index)) }))
    await (await openSettings(folder, () => {})).moveSetElsewhere([], place('last'))
    const few = await (await openSettings(folder, () => {})).setsElsewhere()
    expect(few).toEqual([place('last'), ...Array.from({ length: few.length - 1 }, (_, index) => long(index))])
    expect(few.length).toBeLessThan(100)
  })

  it('that a reader has asked for are refused where they cannot be written, and hold all the same', async () => {
    const folder = makeFolder()
    const store = await openSettings(folder, () => {})
    mkdirSync(path.join(folder, 'settings.json.lock'))
    const why = (what: string) =>
      `${what} could not be kept beyond this session (the system refused): mend that, then change it once more.`
    await expect(store.saveSettings({ ...store.settings(), reviewer: 'EVA' })).rejects.toThrow(
      why('Your settings'),
    )
    await expect(store.saveMontages([])).rejects.toThrow(why('Your montages'))
    await expect(store.confirmReviewer()).rejects.toThrow(why('That this code is yours'))
    expect(store.settings().reviewer).toBe('EVA')
    rmdirSync(path.join(folder, 'settings.json.lock'))
    await store.addRecent('/b.edf')
    expect((await openSettings(folder, () => {})).settings().reviewer).toBe('EVA')
  })

  it('that cannot be written say so, and are with the next change', async () => {
    const folder = makeFolder()
    const store = await openSettings(folder, () => {})
    mkdirSync(path.join(folder, 'settings.json.lock'))
    expect(await store.moveSetElsewhere([], place('a'))).toMatchObject({ code: 'unreadable' })
    expect(await store.setsElsewhere()).toEqual([place('a')])
    rmdirSync(path.join(folder, 'settings.json.lock'))
    await store.addRecent('/b.edf')
    const later = await openSettings(folder, () => {})
    expect(await later.setsElsewhere()).toEqual([place('a')])
  })
})
