import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHost } from '../../../electron/host/host.ts'
import { createStrayedSets } from '../../../electron/host/strayedSets.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import type { HostEvent, SetSummary } from '../../../shared/contract/model.ts'
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'
import { quietShell } from '../../support/quietShell.ts'
import { entriesAt } from '../../support/setDesk.ts'

/** A program of one reader, whose settings outlive it. */
async function startProgram(data: string) {
  const events: HostEvent[] = []
  const { host, open, close } = createHost({
    shell: quietShell(),
    dataFolder: data,
    samplesFolder: null,
    folder: null,
    emit: (event) => events.push(event),
    log: () => {},
  })
  onTestFinished(close)
  await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer: 'R-01' })
  const strayed = (): readonly SetSummary[] =>
    (
      events.filter(({ type }) => type === 'sets').at(-1) as { sets: readonly SetSummary[] } | undefined
    )?.sets.filter(({ strayedIn }) => strayedIn !== null) ?? []
  return {
    host,
    strayed,
    open: async (file: string) => (await host.openRecording({ ref: open(file).ref })).recordingId,
  }
}

/** A recording with a saved set, and the program that was used for it. */
async function reviewed() {
  const data = makeFolder()
  const folder = path.join(makeFolder(), 'ward')
  mkdirSync(folder)
  const file = path.join(folder, 'night.edf')
  writeFileSync(file, edfBytes())
  const { host, open } = await startProgram(data)
  const recordingId = await open(file)
  const { setId, document } = await host.openSet({ recordingId, reviewer: 'R-01', ref: null })
  await host.journal({ setId, from: 0, entries: entriesAt(document, [0.1, 0.4]) })
  await host.saveSet({ setId, overwrite: false })
  await host.closeSet({ setId })
  await host.closeRecording({ recordingId })
  return { data, folder, file, setFile: path.join(folder, 'night.R-01.hypnospike.json') }
}

/** Another patient, another day: samples as they were. */
function deidentified(file: string): Uint8Array {
  const bytes = readFileSync(file)
  bytes.write('X X X X'.padEnd(80), 8, 'latin1')
  bytes.write('01.01.85', 168, 'latin1')
  return bytes
}

describe('the set of a recording that', () => {
  it.each<[string, (before: { folder: string; file: string }) => string]>([
    [
      'was renamed',
      ({ folder, file }) => {
        const next = path.join(folder, 'N-0001.edf')
        renameSync(file, next)
        return next
      },
    ],
    [
      'was moved to another folder',
      ({ file }) => {
        const next = path.join(makeFolder(), 'night.edf')
        renameSync(file, next)
        return next
      },
    ],
    [
      'was de-identified',
      ({ folder, file }) => {
        const next = path.join(folder, 'teaching.edf')
        writeFileSync(next, deidentified(file))
        return next
      },
    ],
  ])('%s is found by the samples, offered, and taken when its reader says so', async (_what, change) => {
    const before = await reviewed()
    const next = change(before)
    const { host, open, strayed } = await startProgram(before.data)
    const recordingId = await open(next)
    const own = await host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    // Never unasked.
    expect(own.document.marks).toEqual([])
    await expect
      .poll(strayed)
      .toMatchObject([
        { name: 'night.R-01.hypnospike.json', strayedIn: 'ward', reviewer: 'R-01', marks: 2, problem: null },
      ])
    await host.closeSet({ setId: own.setId })
    await host.takeStrayedSet({ recordingId, ref: strayed()[0]!.ref })
    const taken = await host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    expect(taken.document.marks).toHaveLength(2)
    expect(taken.unsaved).toBe(false)
    expect(taken.document.recording.fileName).toBe(path.basename(next))
    expect(existsSync(before.setFile)).toBe(true)
    // Nothing is ever taken twice, or over another.
    const again = { recordingId, ref: strayed()[0]!.ref }
    await expect(host.takeStrayedSet(again)).rejects.toMatchObject({ code: 'conflict' })
  })

  it('has other samples is none of it, whatever its folder', async () => {
    const { folder, file, setFile } = await reviewed()
    const { recording } = parseSet(readFileSync(setFile, 'utf8'))
    const find = (fingerprint: string) =>
      createStrayedSets().find({
        recordingPath: path.join(folder, 'other.edf'),
        identity: { ...recording, fingerprint },
        folders: [makeFolder(), path.join(folder, 'gone')],
        isWanted: () => true,
      })
    expect(existsSync(file)).toBe(true)
    expect(await find(recording.fingerprint)).toHaveLength(1)
    expect(await find('hs1:another')).toEqual([])
  })

  it('cannot be read any more is passed over, and one that was saved since is looked at again', async () => {
    const { folder, setFile } = await reviewed()
    const { recording } = parseSet(readFileSync(setFile, 'utf8'))
    const sets = createStrayedSets()
    const find = () =>
      sets.find({
        recordingPath: path.join(folder, 'other.edf'),
        identity: recording,
        folders: [],
        isWanted: () => true,
      })
    expect(await find()).toMatchObject([{ marks: 2 }])
    const document = parseSet(readFileSync(setFile, 'utf8'))
    writeFileSync(setFile, serializeSet({ ...document, marks: [] }))
    expect(await find()).toMatchObject([{ marks: 0 }])
    writeFileSync(setFile, 'no set at all')
    expect(await find()).toEqual([])
  })

  it('another reader made is listed for reading, and is not taken', async () => {
    const before = await reviewed()
    const next = path.join(before.folder, 'N-0001.edf')
    renameSync(before.file, next)
    const text = readFileSync(before.setFile, 'utf8').replaceAll('"reviewer": "R-01"', '"reviewer": "R-02"')
    copyFileSync(before.setFile, path.join(before.folder, 'night.R-02.hypnospike.json'))
    writeFileSync(path.join(before.folder, 'night.R-02.hypnospike.json'), text)
    const { host, open, strayed } = await startProgram(before.data)
    const recordingId = await open(next)
    await expect.poll(() => strayed().map(({ reviewer }) => reviewer)).toEqual(['R-01', 'R-02'])
    const { ref } = strayed()[1]!
    const read = await host.openSet({ recordingId, reviewer: 'R-01', ref, toRead: true })
    expect(read).toMatchObject({ readOnly: true, document: { reviewer: 'R-02' } })
    await expect(host.takeStrayedSet({ recordingId, ref })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'night.R-02.hypnospike.json is the set of another reviewer, R-02.',
    })
    expect(readdirSync(before.folder).filter((name) => name.startsWith('N-0001.'))).toEqual(['N-0001.edf'])
  })

  it('is the same once it was taken: sign-off and history go along', async () => {
    const before = await reviewed()
    const first = await startProgram(before.data)
    const recordingId = await first.open(before.file)
    const { setId } = await first.host.openSet({ recordingId, reviewer: 'R-01', ref: null })
    await first.host.signOff({ setId })
    await first.host.closeSet({ setId })
    const next = path.join(before.folder, 'N-0001.edf')
    renameSync(before.file, next)
    const { host, open, strayed } = await startProgram(before.data)
    const later = await open(next)
    await expect.poll(() => strayed().length).toBe(1)
    await host.takeStrayedSet({ recordingId: later, ref: strayed()[0]!.ref })
    const taken = await host.openSet({ recordingId: later, reviewer: 'R-01', ref: null })
    expect(taken.signed).toMatchObject({ isIntact: true, changedSince: 0 })
    const old = parseSet(readFileSync(before.setFile, 'utf8'))
    expect(taken.document.changes).toEqual(old.changes)
  })
})
