/** What the host remembers and offers between windows and starts. */
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { type AppHost, createHost, type HostOptions } from '../../../electron/host/host.ts'
import type { HostEvent } from '../../../shared/contract/model.ts'
import type { Settings } from '../../../shared/contract/settings.ts'
import { plusFile, rampSignal } from '../../fixtures/edf/fixtures.ts'
import { annotationSignal, edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'
import { quietShell } from '../../support/quietShell.ts'

const SETTINGS: Settings = {
  reviewer: 'MK',
  theme: 'dark',
  pixelsPerMillimetre: 5.2,
  statementSeen: true,
  panelOpen: false,
}

type Home = {
  readonly folder: string
  readonly data: string
  readonly samples: string
  readonly recordings: string
}

function makeHome(): Home {
  const folder = makeFolder()
  const [data, samples, recordings] = ['data', 'samples', 'recordings'].map((name) => path.join(folder, name))
  for (const made of [data, samples, recordings]) mkdirSync(made!)
  writeFileSync(path.join(samples!, 'teaching.edf'), edfBytes())
  writeFileSync(path.join(samples!, 'README.md'), 'no recording')
  for (const name of ['a.edf', 'B.BDF', 'notes.txt']) writeFileSync(path.join(recordings!, name), edfBytes())
  return { folder, data: data!, samples: samples!, recordings: recordings! }
}

function startHost(
  home: Home,
  options: Pick<HostOptions, 'watchEveryMs'> = {},
): AppHost & { readonly events: readonly HostEvent[]; readonly log: readonly string[] } {
  const events: HostEvent[] = []
  const log: string[] = []
  const app = createHost({
    shell: quietShell({ chooseExportTarget: async (suggestion) => suggestion }),
    dataFolder: home.data,
    samplesFolder: home.samples,
    folder: home.recordings,
    emit: (event) => events.push(event),
    log: (where) => log.push(where),
    ...options,
  })
  onTestFinished(app.close)
  return { ...app, events, log }
}

async function openByName(app: AppHost, name: string) {
  const choices = await app.host.listRecordings({})
  return app.host.openRecording({ ref: choices.find((choice) => choice.name === name)!.ref })
}

describe('the list of recordings', () => {
  it('offers samples and the folder’s recordings, whatever the case of their ending', async () => {
    const { host } = startHost(makeHome())
    const listed = await host.listRecordings({})
    expect(listed.map(({ name, origin, folder, available }) => [name, origin, folder, available])).toEqual([
      ['B.BDF', 'folder', 'recordings', true],
      ['a.edf', 'folder', 'recordings', true],
      ['teaching.edf', 'sample', 'samples', true],
    ])
    expect(listed[0]!.bytes).toBeGreaterThan(256)
  })

  it('has what was opened last first, over a restart, and says when it is not there any more', async () => {
    const home = makeHome()
    const first = startHost(home)
    await openByName(first, 'a.edf')
    await openByName(first, 'teaching.edf')
    await first.close()
    rmSync(path.join(home.recordings, 'a.edf'))
    const listed = await startHost(home).host.listRecordings({})
    expect(listed.map(({ name, origin, available }) => [name, origin, available])).toEqual([
      ['teaching.edf', 'recent', true],
      ['a.edf', 'recent', false],
      ['B.BDF', 'folder', true],
      // A sample stays among the samples, however often it was opened.
      ['teaching.edf', 'sample', true],
    ])
  })

  it('gives the same recording the same name every time', async () => {
    const { host } = startHost(makeHome())
    const refs = async () => (await host.listRecordings({})).map(({ ref }) => ref)
    expect(await refs()).toEqual(await refs())
  })
})

describe('settings', () => {
  it('are kept over a restart', async () => {
    const home = makeHome()
    const first = startHost(home)
    await first.host.saveSettings(SETTINGS)
    await first.close()
    expect((await startHost(home).host.startup({ window: 'test' })).settings).toEqual(SETTINGS)
  })

  it.each(['', '{', '[]', '{"settings":{"reviewer":"../x"}}', '{"settings":{"theme":"pink"},"recent":7}'])(
    'that cannot be read are the defaults, and nothing stops: %s',
    async (text) => {
      const home = makeHome()
      writeFileSync(path.join(home.data, 'settings.json'), text)
      const { host } = startHost(home)
      expect((await host.startup({ window: 'test' })).settings.reviewer).toBe('R-01')
      await host.saveSettings(SETTINGS)
      expect(JSON.parse(readFileSync(path.join(home.data, 'settings.json'), 'utf8')).settings).toEqual(
        SETTINGS,
      )
    },
  )
})

describe('a window', () => {
  it('that starts is told what to open; one that runs is asked to', async () => {
    const home = makeHome()
    const app = startHost(home)
    app.requestOpen(path.join(home.recordings, 'a.edf'))
    expect(app.events).toEqual([])
    expect((await app.host.startup({ window: 'test' })).open?.name).toBe('a.edf')
    app.requestOpen(path.join(home.recordings, 'B.BDF'))
    expect(app.events).toEqual([{ type: 'open', open: { ref: expect.any(String), name: 'B.BDF' } }])
  })

  it('that comes second tells the first that it is taken over', async () => {
    const app = startHost(makeHome())
    await app.host.startup({ window: 'first' })
    expect(app.events).toEqual([])
    await app.host.startup({ window: 'second' })
    expect(app.events).toEqual([{ type: 'taken-over', by: 'second' }])
  })

  it('that is reloaded finds what it had open, and what it held is let go', async () => {
    const { host } = startHost(makeHome())
    const listed = await host.listRecordings({})
    const { recordingId } = await host.openRecording({ ref: listed[1]!.ref })
    const { setId } = await host.openSet({ recordingId, reviewer: 'MK', ref: null })
    const again = await host.startup({ window: 'test' })
    expect(again.open).toEqual({ ref: listed[1]!.ref, name: 'a.edf' })
    await expect(host.identification({ recordingId })).rejects.toMatchObject({ code: 'not-found' })
    await expect(host.closeSet({ setId })).resolves.toBeNull()
    // The set is not held by a window that is gone.
    const next = await host.openRecording({ ref: again.open!.ref })
    const set = await host.openSet({ recordingId: next.recordingId, reviewer: 'MK', ref: null })
    expect(set.readOnly).toBe(false)
  })

  it('that closed its recording opens nothing when it is reloaded', async () => {
    const { host } = startHost(makeHome())
    const { recordingId } = await host.openRecording({ ref: (await host.listRecordings({}))[0]!.ref })
    await host.closeRecording({ recordingId })
    expect((await host.startup({ window: 'test' })).open).toBeNull()
  })
})

describe('a recording', () => {
  it('that grew is read again with its new records, under a new name', async () => {
    const home = makeHome()
    const app = startHost(home)
    const before = await openByName(app, 'a.edf')
    const bytes = edfBytes({ recordCount: 5 })
    appendFileSync(path.join(home.recordings, 'a.edf'), bytes.subarray(bytes.length - 2 * 8))
    const after = await app.host.reopenRecording({ recordingId: before.recordingId })
    expect(before.recording.header.records).toBe(3)
    expect(after.recording.header.records).toBe(5)
    expect(after.recordingId).not.toBe(before.recordingId)
    await expect(app.host.scanned({ recordingId: before.recordingId })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('that the first window is to open is read before it comes, and is the file as it is when it comes', async () => {
    const home = makeHome()
    const app = startHost(home)
    const file = path.join(home.recordings, 'a.edf')
    app.requestOpen(file)
    await app.host.listRecordings({})
    writeFileSync(file, edfBytes({ recordCount: 5 }))
    const { open } = await app.host.startup({ window: 'test' })
    const { recording, recordingId } = await app.host.openRecording({ ref: open!.ref })
    expect(recording.header.records).toBe(5)
    const page = await app.host.page({
      recordingId,
      span: { start: 4, end: 5 },
      settings: { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null },
      columns: 100,
    })
    expect(page.traces[0]!.pieces).toHaveLength(1)
    expect(app.log).toEqual([])
  })

  it('that cannot be read before the first window comes is refused to that window', async () => {
    const home = makeHome()
    const app = startHost(home)
    app.requestOpen(path.join(home.recordings, 'notes.txt'))
    writeFileSync(path.join(home.recordings, 'notes.txt'), 'no recording at all'.padEnd(600))
    const { open } = await app.host.startup({ window: 'test' })
    await expect(app.host.openRecording({ ref: open!.ref })).rejects.toMatchObject({ code: 'not-edf' })
    await expect(openByName(app, 'a.edf')).resolves.toMatchObject({ name: 'a.edf' })
  })

  it('that goes on growing is told of each time, and not while it stays as it is', async () => {
    const home = makeHome()
    // Far more often than growth is waited for: telling it at each look would be seen before the next.
    const app = startHost(home, { watchEveryMs: 2 })
    const file = path.join(home.recordings, 'a.edf')
    await openByName(app, 'a.edf')
    const told = () => app.events.flatMap((event) => (event.type === 'recording-changed' ? event.change : []))
    const expected: string[] = []
    for (let times = 0; times < 5; times += 1) {
      appendFileSync(file, new Uint8Array(8))
      expected.push('grown')
      await expect.poll(told).toEqual(expected)
    }
    rmSync(file)
    await expect.poll(told).toEqual([...expected, 'gone'])
  })

  it('is never written to', async () => {
    const home = makeHome()
    const file = path.join(home.recordings, 'a.edf')
    const before = readFileSync(file)
    const app = startHost(home)
    const { recordingId } = await openByName(app, 'a.edf')
    const { setId } = await app.host.openSet({ recordingId, reviewer: 'MK', ref: null })
    await app.host.saveSet({ setId, overwrite: false })
    const { jobId } = await app.host.startJob({ recordingId, job: { name: 'check', input: {} } })
    await app.host.jobResult({ jobId })
    await app.close()
    expect(readFileSync(file)).toEqual(before)
    expect(existsSync(path.join(home.recordings, 'a.MK.hypnospike.json'))).toBe(true)
  })

  it('that is not there is refused in a sentence, and nothing is logged as a fault', async () => {
    const home = makeHome()
    const app = startHost(home)
    const ref = app.open(path.join(home.recordings, 'gone.edf'))
    await expect(app.host.openRecording({ ref: ref.ref })).rejects.toMatchObject({ code: 'not-found' })
    expect(app.log).toEqual([])
  })
})

/** Files of this process that are open; of Linux, where they can be listed. */
function openFiles(): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return readlinkSync(path.join('/proc/self/fd', name))
    } catch {
      // The one that listed them.
      return []
    }
  })
}

describe('a second recording', () => {
  const settings = { montage: 'recorded', lowFrequency: null, highFrequency: null, notch: null } as const

  async function openTwo(home: Home) {
    const app = startHost(home)
    const own = await openByName(app, 'a.edf')
    const { ref } = app.open(path.join(home.recordings, 'B.BDF'))
    const beside = await app.host.openRecording({ ref, beside: true })
    return { app, own, beside, ref }
  }

  it('is read beside the first, and once closed neither it nor its file is held', async () => {
    const home = makeHome()
    const { app, own, beside } = await openTwo(home)
    const ask = (recordingId: string) =>
      app.host.page({ recordingId, span: { start: 0, end: 1 }, settings, columns: 10 })
    for (const { recordingId } of [own, beside]) expect((await ask(recordingId)).traces).toHaveLength(1)
    await app.host.closeRecording({ recordingId: beside.recordingId })
    await expect(ask(beside.recordingId)).rejects.toMatchObject({ code: 'not-found' })
    expect((await ask(own.recordingId)).traces).toHaveLength(1)
    if (process.platform !== 'linux')
      return console.warn('open files are listed on Linux alone: not looked at')
    const held = openFiles().map((file) => path.basename(file))
    expect(held).toContain('a.edf')
    expect(held).not.toContain('B.BDF')
  })

  it('that the reader did not choose is no recent one', async () => {
    const home = makeHome()
    const app = startHost(home)
    await openByName(app, 'a.edf')
    const { ref } = app.open(path.join(home.recordings, 'B.BDF'))
    await app.host.openRecording({ ref, beside: true, unlisted: true })
    const recent = (await app.host.listRecordings({})).filter(({ origin }) => origin === 'recent')
    expect(recent.map(({ name }) => name)).toEqual(['a.edf'])
  })

  it('is not what the next window opens with, and is listed among the recent', async () => {
    const { app, beside } = await openTwo(makeHome())
    expect((await app.host.startup({ window: 'next' })).open?.name).toBe('a.edf')
    expect((await app.host.listRecordings({}))[0]).toMatchObject({ name: 'B.BDF', origin: 'recent' })
    await expect(app.host.scanned({ recordingId: beside.recordingId })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  it('that becomes the first stays what the next window opens with when it is closed beside', async () => {
    const { app, own, beside, ref } = await openTwo(makeHome())
    await app.host.openRecording({ ref })
    for (const { recordingId } of [own, beside]) await app.host.closeRecording({ recordingId })
    expect((await app.host.startup({ window: 'next' })).open?.name).toBe('B.BDF')
  })
})

describe('the code page of the texts', () => {
  it('is what the reader says, read at once, and remembered for the recording under any name', async () => {
    const home = makeHome()
    const gbk = edfBytes(
      plusFile({
        signals: [
          { ...rampSignal(8), label: '\xd7\xf3' },
          annotationSignal((r) => `+${r}||_+${r}.5|\xb1\xd5\xd1\xdb|_`),
        ],
      }),
    )
    const file = path.join(home.recordings, 'gbk.edf')
    writeFileSync(file, gbk)
    const first = startHost(home)
    const opened = await first.host.openRecording({ ref: first.open(file).ref })
    expect(opened.codePage).toBe('auto')
    const { recordingId } = opened
    const read = await first.host.readTexts({ recordingId, codePage: 'gb18030' })
    expect(read.annotations.map(({ onset, text }) => [onset, text])).toEqual([
      [0.5, '闭眼'],
      [1.5, '闭眼'],
      [2.5, '闭眼'],
    ])
    expect(read.recording.header.signals[0]?.label).toBe('左')
    expect(read.recording.header.patient).toBe('')
    expect((await first.host.scanned({ recordingId })).annotations[0]?.text).toBe('闭眼')
    await first.close()
    const renamed = path.join(home.recordings, 'renamed.edf')
    writeFileSync(renamed, gbk)
    const second = startHost(home)
    const again = await second.host.openRecording({ ref: second.open(renamed).ref })
    expect(again.codePage).toBe('gb18030')
    expect(again.recording.header.signals[0]?.label).toBe('左')
    await expect
      .poll(async () => (await second.host.scanned({ recordingId: again.recordingId })).annotations[0]?.text)
      .toBe('闭眼')
  })
})
