/** Two readers, each with a program of their own, on one plain folder. */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createHost } from '../../../electron/host/host.ts'
import { markItem } from '../../../shared/annotation/applyEdit.ts'
import { addMark, deleteMarks } from '../../../shared/annotation/edits.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import type { OpenedSet } from '../../../shared/contract/model.ts'
import { DEFAULT_SETTINGS } from '../../../shared/contract/settings.ts'
import { makeContext, seconds, VIEW } from '../../support/annotations.ts'
import { edfBytes } from '../../support/edfBytes.ts'
import { makeFolder } from '../../support/folders.ts'
import { quietShell } from '../../support/quietShell.ts'

/** The program as somebody starts it; `data`: their own folder. */
function openProgram(shared: string, data = makeFolder(), name = 'night.edf') {
  const { host, open, close } = createHost({
    shell: quietShell(),
    dataFolder: data,
    samplesFolder: null,
    folder: null,
    emit: () => {},
    log: () => {},
    // However busy the machine is.
    setsWithinMs: 60_000,
  })
  onTestFinished(close)
  const openNight = () => host.openRecording({ ref: open(path.join(shared, name)).ref })
  return { host, close, openNight }
}

/** A reader at work: their own program, their own settings, the folder that both share. */
async function readerOn(shared: string, reviewer: string, program = openProgram(shared)) {
  const { host } = program
  await host.saveSettings({ ...DEFAULT_SETTINGS, reviewer })
  const { recordingId, sets } = await program.openNight()
  const own = await host.openSet({ recordingId, reviewer, ref: null })
  let sent = 0
  let { document } = own
  const context = makeContext(reviewer)
  const list = () => host.listSets({ recordingId })
  return {
    host,
    recordingId,
    sets,
    own,
    list,
    mark: async (at: number) => {
      const now = { ...context(), newId: () => `${reviewer}-${at}`, now: new Date().toISOString() }
      const span = { onset: seconds(at), duration: seconds(0.2) }
      const edit = addMark(document, { kind: 'hypnic_jerk', ...span, view: VIEW }, now)!
      document = { ...document, marks: [...document.marks, edit.changes[0]!.after as never] }
      await host.journal({ setId: own.setId, from: sent, entries: [{ op: 'edit', edit }] })
      sent += 1
    },
    remove: async (at: number) => {
      const held = (await read(own)).marks.find(({ id }) => id === `${reviewer}-${at}`)!
      const now = { ...context(), now: new Date().toISOString() }
      const edit = deleteMarks({ ...document, marks: [held] }, [held.id], now)!
      expect(edit.changes[0]?.before).toEqual(markItem(held))
      await host.journal({ setId: own.setId, from: sent, entries: [{ op: 'edit', edit }] })
      sent += 1
    },
    save: () => host.saveSet({ setId: own.setId, overwrite: false }),
    beginBlind: () => host.beginBlind({ setId: own.setId }),
    signOff: () => host.signOff({ setId: own.setId }),
    of: async (whose: string) =>
      (await list()).find(({ reviewer: code, copyOf }) => code === whose && copyOf === null),
    read: async (whose: string) => {
      const ref = (await list()).find(({ reviewer: code }) => code === whose)!.ref
      return host.openSet({ recordingId, reviewer, ref, toRead: true })
    },
  }

  async function read({ fileName }: OpenedSet) {
    return parseSet(readFileSync(path.join(shared, fileName), 'utf8'))
  }
}

function sharedFolder(): string {
  const folder = makeFolder()
  writeFileSync(path.join(folder, 'night.edf'), edfBytes())
  return folder
}

const fileOf = (folder: string, reviewer: string) => path.join(folder, `night.${reviewer}.hypnospike.json`)
const setOf = (folder: string, reviewer: string) => parseSet(readFileSync(fileOf(folder, reviewer), 'utf8'))

/** Both begin blind and mark something that the other may not see. */
async function twoReaders() {
  const folder = sharedFolder()
  const anna = await readerOn(folder, 'ANNA')
  await anna.beginBlind()
  const ben = await readerOn(folder, 'BEN')
  await ben.beginBlind()
  await anna.mark(0.1)
  await anna.save()
  await ben.mark(0.3)
  await ben.mark(0.5)
  await ben.save()
  return { folder, anna, ben }
}

describe('a recording that is reviewed blind', () => {
  it('is, for a reader who has no set yet, as soon as one of its sets says so', async () => {
    const folder = sharedFolder()
    const anna = await readerOn(folder, 'ANNA')
    await anna.mark(0.1)
    await anna.beginBlind()
    expect(setOf(folder, 'ANNA')).toMatchObject({ blind: true, marks: [{}] })
    const ben = await readerOn(folder, 'BEN')
    // Also in what comes with the recording itself.
    for (const sets of [ben.sets, await ben.list()]) {
      expect(sets).toMatchObject([
        { reviewer: 'ANNA', isSealed: true, marks: null, changed: null, signedOff: null },
      ])
    }
    await expect(ben.read('ANNA')).rejects.toMatchObject({
      code: 'sealed',
      message:
        'The set of ANNA is sealed: this recording is reviewed blind, and it opens once your own set is signed off.',
    })
  })

  it('gives no other set by any call, and one’s own always', async () => {
    const { anna, ben } = await twoReaders()
    const { ref } = (await ben.of('ANNA'))!
    const { recordingId } = ben
    for (const asked of [
      { reviewer: 'BEN', ref },
      { reviewer: 'BEN', ref, toRead: true },
      // Who reads is what the reader has set, not what a call says.
      { reviewer: 'ANNA', ref },
      { reviewer: 'ANNA', ref, toRead: true },
      { reviewer: 'ANNA', ref: null },
    ]) {
      await expect(ben.host.openSet({ recordingId, ...asked })).rejects.toMatchObject({ code: 'sealed' })
    }
    expect((await ben.read('BEN')).document.marks).toHaveLength(2)
    expect(await anna.list()).toMatchObject([
      { reviewer: 'ANNA', isSealed: false, marks: 1 },
      { reviewer: 'BEN', isSealed: true, marks: null },
    ])
  })

  it('keeps its key sealed too, and is blind where only the key says so', async () => {
    const folder = sharedFolder()
    const anna = await readerOn(folder, 'ANNA')
    const key = { ...anna.own.document, reviewer: 'key', blind: true }
    writeFileSync(path.join(folder, 'night.key.json'), serializeSet(key))
    await expect(anna.read('key')).rejects.toMatchObject({ code: 'sealed', message: /^The key is sealed/ })
    await anna.signOff()
    expect((await anna.read('key')).document.reviewer).toBe('key')
    expect(setOf(folder, 'ANNA').signOffs).toMatchObject([{ blind: true, marks: 0 }])
  })

  it('opens to a reader who has signed off, and to no other', async () => {
    const { folder, anna, ben } = await twoReaders()
    const { signed, fileName } = await anna.signOff()
    expect(fileName).toBe('night.ANNA.hypnospike.json')
    expect(signed).toMatchObject({ by: 'ANNA', marks: 1, blind: true, changedSince: 0, isIntact: true })
    expect(setOf(folder, 'ANNA').signOffs).toEqual([expect.objectContaining({ hash: signed?.hash })])
    // The other has not: that is told, and what is there by now is shown.
    expect(await anna.of('BEN')).toMatchObject({ isSealed: false, marks: 2, signedOff: null })
    expect((await anna.read('BEN')).document.marks).toHaveLength(2)
    expect(await ben.of('ANNA')).toMatchObject({
      isSealed: true,
      marks: null,
      signedOff: { changedSince: 0 },
    })
    await expect(ben.read('ANNA')).rejects.toMatchObject({ code: 'sealed' })
  })

  it('is signed off by both at the same moment without either losing anything', async () => {
    const { folder, anna, ben } = await twoReaders()
    await Promise.all([anna.signOff(), ben.signOff()])
    for (const [reader, other, marks] of [
      [anna, 'BEN', 2],
      [ben, 'ANNA', 1],
    ] as const) {
      expect(await reader.of(other)).toMatchObject({ isSealed: false, marks, signedOff: { changedSince: 0 } })
      expect((await reader.read(other)).signed).toMatchObject({ isIntact: true, blind: true })
    }
    expect(setOf(folder, 'ANNA').signOffs).toHaveLength(1)
    expect(setOf(folder, 'BEN').signOffs).toHaveLength(1)
  })

  it('gives candidates to who has signed off, and to no other, whatever asks', async () => {
    const { anna, ben } = await twoReaders()
    const search = async ({ host, recordingId }: typeof anna) => {
      const { jobId } = await host.startJob({ recordingId, job: { name: 'candidates', input: { bad: [] } } })
      return host.jobResult({ jobId })
    }
    const refusal = {
      code: 'sealed',
      message: expect.stringMatching(/^Candidates are sealed: .* signed off/),
    }
    await expect(search(anna)).rejects.toMatchObject(refusal)
    await expect(search(ben)).rejects.toMatchObject(refusal)
    await anna.signOff()
    expect(await search(anna)).toMatchObject({ name: 'candidates', value: { candidates: [] } })
    await expect(search(ben)).rejects.toMatchObject(refusal)
  })

  it('keeps candidates of a renamed recording, and those that a search begun before has found', async () => {
    const folder = sharedFolder()
    const anna = await readerOn(folder, 'ANNA')
    const job = { name: 'candidates', input: { bad: [] } } as const
    const { jobId } = await anna.host.startJob({ recordingId: anna.recordingId, job })
    await anna.beginBlind()
    await expect(anna.host.jobResult({ jobId })).rejects.toMatchObject({ code: 'sealed' })
    renameSync(path.join(folder, 'night.edf'), path.join(folder, 'other.edf'))
    const { host, openNight } = openProgram(folder, makeFolder(), 'other.edf')
    const { recordingId } = await openNight()
    await expect(host.startJob({ recordingId, job })).rejects.toMatchObject({ code: 'sealed' })
  })

  it('says of a set changed after the reveal what was changed, and by whom', async () => {
    const { folder, anna, ben } = await twoReaders()
    await anna.signOff()
    await ben.signOff()
    await anna.mark(0.7)
    await anna.remove(0.1)
    const { signed } = await anna.save()
    expect(signed).toMatchObject({ isIntact: false, changedSince: 2, marks: 1 })
    expect(await ben.of('ANNA')).toMatchObject({ signedOff: { changedSince: 2 } })
    const { changes = [], signOffs = [] } = setOf(folder, 'ANNA')
    const since = changes.filter(({ at }) => at > signOffs[0]!.at)
    expect(since).toMatchObject([
      {
        by: 'ANNA',
        what: 'mark',
        id: 'ANNA-0.7',
        before: null,
        after: { kind: 'hypnic_jerk', onset: 7_000_000 },
      },
      { by: 'ANNA', what: 'mark', id: 'ANNA-0.1', before: { onset: 1_000_000 }, after: null },
    ])
    // It can be signed off again, and the first sign-off stays; it was not blind any more.
    await anna.signOff()
    expect(setOf(folder, 'ANNA').signOffs).toMatchObject([{ blind: true }, { blind: false, changedSince: 0 }])
  })

  it('tells a set that another program has changed since it was signed off', async () => {
    const { folder, anna, ben } = await twoReaders()
    await anna.signOff()
    await ben.signOff()
    const altered = setOf(folder, 'ANNA')
    writeFileSync(fileOf(folder, 'ANNA'), serializeSet({ ...altered, marks: [] }))
    expect((await ben.read('ANNA')).signed).toMatchObject({ isIntact: false, changedSince: 0 })
  })

  it('stays sealed where the folder brings one’s own sign-off late, and opens once it is there', async () => {
    const { folder, anna, ben } = await twoReaders()
    const late = path.join(makeFolder(), 'late.json')
    await ben.signOff()
    renameSync(fileOf(folder, 'BEN'), late)
    expect(await ben.of('ANNA')).toMatchObject({ isSealed: true })
    expect(await anna.of('BEN')).toBeUndefined()
    renameSync(late, fileOf(folder, 'BEN'))
    expect(await ben.of('ANNA')).toMatchObject({ isSealed: false })
    expect(await anna.of('BEN')).toMatchObject({ isSealed: true, signedOff: {} })
  })

  it.each([
    "night.BEN.hypnospike (Anna's conflicted copy 2026-11-26).json",
    'night.BEN.hypnospike.sync-conflict-20261126-101530-ABCDEFG.json',
    'night.BEN.hypnospike (1).json',
    'night.BEN.hypnospike-LAB-PC2.json',
    'night.BEN.hypnospike 2.json',
    'night.BEN.hypnospike-MÜLLER-PC.json',
    "night.BEN.hypnospike (Anna's conflicted copy 2026-11-26 (1)).json",
    'night.BEN.hypnospike (conflicted copy 2026-11-26) (1).json',
  ])('knows %s for a conflict copy: one’s own is open to oneself, and sealed to the other', async (copy) => {
    const { folder, anna, ben } = await twoReaders()
    writeFileSync(path.join(folder, copy), readFileSync(fileOf(folder, 'BEN')))
    const isCopy = ({ name }: { name: string }) => name === copy
    const told = { reviewer: 'BEN', copyOf: 'night.BEN.hypnospike.json' }
    expect((await ben.list()).find(isCopy)).toMatchObject({ ...told, isSealed: false, marks: 2 })
    const seen = (await anna.list()).find(isCopy)!
    expect(seen).toMatchObject({ ...told, isSealed: true, marks: null })
    const { recordingId, host } = anna
    const asked = { recordingId, reviewer: 'ANNA', ref: seen.ref, toRead: true }
    await expect(host.openSet(asked)).rejects.toMatchObject({ code: 'sealed' })
  })

  it('cannot be signed off over what another computer has written meanwhile', async () => {
    const { folder, ben } = await twoReaders()
    writeFileSync(fileOf(folder, 'BEN'), serializeSet({ ...setOf(folder, 'BEN'), marks: [] }))
    await expect(ben.signOff()).rejects.toMatchObject({ code: 'conflict' })
    expect(setOf(folder, 'BEN').signOffs).toBeUndefined()
    expect(await ben.of('ANNA')).toMatchObject({ isSealed: true })
  })

  it('stays blind and signed off through a save, a window’s restart and a crash', async () => {
    const { folder, ben } = await twoReaders()
    await ben.signOff()
    // What a window holds knows nothing of the sign-off.
    const { setId, document, history } = ben.own
    await ben.host.restartSet({ setId, document, history })
    await ben.save()
    expect(setOf(folder, 'BEN')).toMatchObject({ blind: true, signOffs: [{ blind: true, changedSince: 2 }] })
    expect(existsSync(fileOf(folder, 'BEN'))).toBe(true)
    const again = await ben.host.openSet({ recordingId: ben.recordingId, reviewer: 'BEN', ref: null })
    expect(again.document).toMatchObject({ blind: true, signOffs: [{ by: 'BEN' }] })
  })
})

it('is seen by everybody where no set says that it is reviewed blind', async () => {
  const folder = sharedFolder()
  const anna = await readerOn(folder, 'ANNA')
  await anna.mark(0.1)
  await anna.save()
  const ben = await readerOn(folder, 'BEN')
  expect(await ben.of('ANNA')).toMatchObject({ isSealed: false, marks: 1 })
  expect((await ben.read('ANNA')).document.marks).toHaveLength(1)
  const { signed } = await anna.signOff()
  expect(signed).toMatchObject({ blind: false })
})

describe('a blind review under the code that everybody begins with', () => {
  const CODE = DEFAULT_SETTINGS.reviewer

  /** Somebody who has chosen no code reviews blind, and another one comes who has not either. */
  async function twoOfOneCode() {
    const folder = sharedFolder()
    const first = await readerOn(folder, CODE)
    await first.beginBlind()
    await first.mark(0.1)
    await first.save()
    const second = openProgram(folder)
    const { recordingId, sets } = await second.openNight()
    const openOwn = () => second.host.openSet({ recordingId, reviewer: CODE, ref: null })
    return { folder, first, second, recordingId, sets, openOwn }
  }

  it('is shown and told to nobody who has not said that the code is theirs', async () => {
    const { folder, second, recordingId, sets, openOwn } = await twoOfOneCode()
    for (const list of [sets, await second.host.listSets({ recordingId })]) {
      expect(list).toMatchObject([{ reviewer: CODE, isSealed: true, marks: null, changed: null }])
    }
    const { ref } = sets[0]!
    const refusal = {
      code: 'reader-unknown',
      message: expect.stringContaining('say first whether it is yours'),
    }
    await expect(openOwn()).rejects.toMatchObject(refusal)
    for (const asked of [{ ref }, { ref, toRead: true }]) {
      await expect(second.host.openSet({ recordingId, reviewer: CODE, ...asked })).rejects.toMatchObject(
        refusal,
      )
    }
    expect(setOf(folder, CODE).marks).toHaveLength(1)
  })

  it('is theirs once they have said so, and stays so', async () => {
    const { folder, openOwn, second, recordingId } = await twoOfOneCode()
    await second.host.confirmReviewer({})
    expect((await openOwn()).document.marks).toHaveLength(1)
    expect(await second.host.listSets({ recordingId })).toMatchObject([{ isSealed: false, marks: 1 }])
    expect(setOf(folder, CODE).marks).toHaveLength(1)
  })

  it('is sealed as another’s for who chooses another code', async () => {
    const { second, recordingId } = await twoOfOneCode()
    await second.host.saveSettings({ ...DEFAULT_SETTINGS, reviewer: 'BEN' })
    expect(await second.host.listSets({ recordingId })).toMatchObject([{ isSealed: true, marks: null }])
    const own = await second.host.openSet({ recordingId, reviewer: 'BEN', ref: null })
    expect(own.document.marks).toEqual([])
    const asked = { recordingId, reviewer: CODE, ref: null }
    await expect(second.host.openSet(asked)).rejects.toMatchObject({ code: 'sealed' })
  })

  it('signed off by somebody, opens nothing to another of the same code', async () => {
    const { folder, first, second, recordingId, openOwn } = await twoOfOneCode()
    const anna = await readerOn(folder, 'ANNA')
    await anna.save()
    await first.signOff()
    expect(await first.of('ANNA')).toMatchObject({ isSealed: false })
    const list = await second.host.listSets({ recordingId })
    expect(list).toMatchObject([
      { reviewer: 'ANNA', isSealed: true },
      { reviewer: CODE, isSealed: true },
    ])
    await expect(openOwn()).rejects.toMatchObject({ code: 'reader-unknown' })
    const asked = { recordingId, reviewer: CODE, ref: list[0]!.ref, toRead: true }
    await expect(second.host.openSet(asked)).rejects.toMatchObject({ code: 'reader-unknown' })
  })

  it('is asked about by nobody whose own program has written it', async () => {
    const folder = sharedFolder()
    const data = makeFolder()
    const before = openProgram(folder, data)
    const reader = await readerOn(folder, CODE, before)
    await reader.beginBlind()
    await before.close()
    const { host, openNight } = openProgram(folder, data)
    const { recordingId, sets } = await openNight()
    expect(sets).toMatchObject([{ reviewer: CODE, isSealed: false, marks: 0 }])
    expect((await host.openSet({ recordingId, reviewer: CODE, ref: null })).document.blind).toBe(true)
  })

  it('is neither compared nor overwritten where it came after another had begun', async () => {
    const folder = sharedFolder()
    const second = await readerOn(folder, CODE)
    const first = await readerOn(folder, CODE)
    await first.beginBlind()
    const { setId } = second.own
    const refusal = { code: 'reader-unknown' }
    await expect(second.host.saveSet({ setId, overwrite: true })).rejects.toMatchObject(refusal)
    await expect(second.host.readVersion({ setId, ref: null })).rejects.toMatchObject(refusal)
  })

  it('asks nothing of sets that are not blind', async () => {
    const folder = sharedFolder()
    const first = await readerOn(folder, CODE)
    await first.mark(0.1)
    await first.save()
    expect((await readerOn(folder, CODE)).own.document.marks).toHaveLength(1)
  })
})
