import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { listDifferences, planMerge } from '../../../shared/agreement/mergeVersions.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { blankDocument, makeContext, withMarks } from '../../support/annotations.ts'
import { type Desk, makeDesk, makeWindow, onsets } from '../../support/setDesk.ts'

const NAME = 'night.JS.hypnospike.json'
const COPY = 'night.JS.hypnospike (conflicted copy 2026-01-31).json'
const context = makeContext()

const fileIn = ({ folder }: Desk, name: string) => path.join(folder, name)
const onDisk = (desk: Desk, name: string) => parseSet(readFileSync(fileIn(desk, name), 'utf8'))
const write = (desk: Desk, name: string, document: AnnotationDocument) =>
  writeFileSync(fileIn(desk, name), serializeSet(document))

/** A set of marks at 1 s, saved and then opened with another at 2 s that is not saved. */
async function openWithOne(desk = makeDesk()) {
  const opened = await desk.sets.open(desk.recording, 'JS', null)
  const window = makeWindow(desk, opened)
  await window.mark(1)
  await desk.sets.save(opened.setId, false)
  await window.mark(2)
  return { desk, window, setId: opened.setId, base: onDisk(desk, NAME) }
}

/** What another program has made of it: with the marks of `spans` besides. */
function asChanged(base: AnnotationDocument, at: number): AnnotationDocument {
  const [added] = withMarks([[at, at + 0.2]]).marks
  return { ...base, marks: [...base.marks, { ...added!, id: `elsewhere ${at}` }] }
}

describe('a set that another program has written', () => {
  it('is read as it lies there, merged by an edit, and saved over what was compared', async () => {
    const { desk, setId, base, window } = await openWithOne()
    write(desk, NAME, asChanged(base, 5))
    await expect(desk.sets.save(setId, false)).rejects.toMatchObject({
      code: 'conflict',
      message: `${NAME} was changed on disk since it was read. Compare the two, overwrite it, or save elsewhere.`,
    })
    const other = await desk.sets.readVersion(setId, null)
    expect([other.fileName, onsets(other.document)]).toEqual([NAME, [1, 5]])
    const edit = planMerge(
      window.document(),
      listDifferences(window.document(), other.document),
      new Map(),
      context(),
    )!
    await desk.sets.journal(setId, 2, [{ op: 'edit', edit }])
    await desk.sets.save(setId, false, other.hash)
    expect(onsets(onDisk(desk, NAME))).toEqual([1, 2, 5])
    // What each save has done stands in the history: the other program told nothing of its own.
    expect(onDisk(desk, NAME).changes?.map(({ by, what, after }) => [by, what, after?.onset])).toEqual([
      ['JS', 'mark', 1e7],
      ['JS', 'mark', 2e7],
    ])
    // And what lay there is in the app's own folder.
    const [kept] = readdirSync(path.join(desk.journals, 'aside'))
    expect(onsets(parseSet(readFileSync(path.join(desk.journals, 'aside', kept!), 'utf8')))).toEqual([1, 5])
  })

  it('is not replaced where it was changed once more after it was compared', async () => {
    const { desk, setId, base } = await openWithOne()
    write(desk, NAME, asChanged(base, 5))
    const { hash } = await desk.sets.readVersion(setId, null)
    write(desk, NAME, asChanged(base, 6))
    await expect(desk.sets.save(setId, false, hash)).rejects.toMatchObject({ code: 'conflict' })
    expect(onsets(onDisk(desk, NAME))).toEqual([1, 6])
  })

  it('is found before a save would be refused, until one has replaced it', async () => {
    const { desk, setId, base } = await openWithOne()
    expect(await desk.sets.findOnDisk(setId)).toBeNull()
    write(desk, NAME, asChanged(base, 5))
    const found = await desk.sets.findOnDisk(setId)
    expect(found).toBe((await desk.sets.readVersion(setId, null)).hash)
    await desk.sets.save(setId, false, found!)
    expect(await desk.sets.findOnDisk(setId)).toBeNull()
    // Half of it, as a folder that is kept alike brings it: something else lies there, whatever it is.
    writeFileSync(fileIn(desk, NAME), '{"format":')
    expect(await desk.sets.findOnDisk(setId)).toMatch(/^[0-9a-f]{64}$/)
    // What is gone may come back, and a save says that it is.
    rmSync(fileIn(desk, NAME))
    expect(await desk.sets.findOnDisk(setId)).toBeNull()
  })

  it('is found where there was none before, and is no business of who only reads', async () => {
    const desk = makeDesk()
    const { setId, document } = await desk.sets.open(desk.recording, 'JS', null)
    write(desk, NAME, asChanged(document, 5))
    expect(await desk.sets.findOnDisk(setId)).not.toBeNull()
    const read = await desk.sets.openToRead(desk.recording, 'MK', fileIn(desk, NAME))
    write(desk, NAME, asChanged(document, 6))
    expect(await desk.sets.findOnDisk(read.setId)).toBeNull()
  })

  it('keeps the sign-offs of both', async () => {
    const { desk, setId, base } = await openWithOne()
    await desk.sets.signOff(setId, false)
    const there = {
      at: '2026-01-01T00:00:00.000Z',
      by: 'JS',
      hash: 'b'.repeat(64),
      marks: 1,
      blind: false,
      changedSince: 0,
    }
    write(desk, NAME, { ...asChanged(base, 5), signOffs: [there] })
    await desk.sets.save(setId, false, (await desk.sets.readVersion(setId, null)).hash)
    const { signOffs = [] } = onDisk(desk, NAME)
    expect(signOffs.map(({ hash }) => hash === there.hash)).toEqual([true, false])
  })

  it('that has gone says how to write it anew', async () => {
    const desk = makeDesk()
    const { setId } = await desk.sets.open(desk.recording, 'JS', null)
    await expect(desk.sets.readVersion(setId, null)).rejects.toMatchObject({
      code: 'not-found',
      message: `${NAME} is no longer there. Save again to write it anew.`,
    })
  })

  it('is chosen from mark by mark after a crash too', async () => {
    const { desk, base } = await openWithOne()
    const later = desk.afterCrash()
    write(desk, NAME, asChanged(base, 5))
    const recovered = await later.sets.open(later.recording, 'JS', null)
    expect([recovered.choice === null, onsets(recovered.document)]).toEqual([false, [1, 2]])
    const { hash } = await later.sets.readVersion(recovered.setId, null)
    await later.sets.save(recovered.setId, false, hash)
    expect(onsets(onDisk(desk, NAME))).toEqual([1, 2])
    expect(readdirSync(path.join(later.journals, 'aside'))).toHaveLength(1)
  })
})

describe('a copy of one’s own set', () => {
  it('is read, and moved into a folder beside it only where that is asked for', async () => {
    const { desk, setId, base } = await openWithOne()
    write(desk, COPY, asChanged(base, 5))
    const other = await desk.sets.readVersion(setId, fileIn(desk, COPY))
    expect(onsets(other.document)).toEqual([1, 5])
    expect(existsSync(fileIn(desk, COPY))).toBe(true)
    mkdirSync(fileIn(desk, 'set aside'))
    writeFileSync(path.join(desk.folder, 'set aside', COPY), 'an earlier one')
    const moved = await desk.sets.setCopyAside(setId, fileIn(desk, COPY), other.hash)
    expect(moved).toEqual({ folder: 'set aside', fileName: COPY.replace('.json', '-2.json') })
    expect(existsSync(fileIn(desk, COPY))).toBe(false)
    expect(onsets(onDisk(desk, path.join('set aside', moved.fileName)))).toEqual([1, 5])
    expect(readFileSync(path.join(desk.folder, 'set aside', COPY), 'utf8')).toBe('an earlier one')
  })

  it('that was changed after it was compared stays where it is', async () => {
    const { desk, setId, base } = await openWithOne()
    write(desk, COPY, asChanged(base, 5))
    const { hash } = await desk.sets.readVersion(setId, fileIn(desk, COPY))
    write(desk, COPY, asChanged(base, 6))
    await expect(desk.sets.setCopyAside(setId, fileIn(desk, COPY), hash)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(existsSync(fileIn(desk, COPY))).toBe(true)
  })

  it('is never another reviewer’s set, a key, or the set itself', async () => {
    const { desk, setId, base } = await openWithOne()
    write(desk, 'night.MK.hypnospike.json', { ...base, reviewer: 'MK' })
    write(desk, 'night.key.json', base)
    write(desk, 'night.MK-2.hypnospike.json', { ...blankDocument('MK'), recording: base.recording })
    for (const name of ['night.MK.hypnospike.json', 'night.key.json', 'night.MK-2.hypnospike.json']) {
      const refused = await desk.sets
        .readVersion(setId, fileIn(desk, name))
        .catch((thrown: unknown) => thrown)
      expect(refused, name).toMatchObject({ code: 'bad-input' })
      await expect(desk.sets.setCopyAside(setId, fileIn(desk, name), 'a'.repeat(64))).rejects.toMatchObject({
        code: 'bad-input',
      })
    }
    const { hash } = await desk.sets.readVersion(setId, null)
    await expect(desk.sets.setCopyAside(setId, fileIn(desk, NAME), hash)).rejects.toMatchObject({
      code: 'bad-input',
      message: 'The set that is open cannot be set aside, only a copy of it.',
    })
  })

  it('of another recording is refused', async () => {
    const { desk, setId, base } = await openWithOne()
    write(desk, COPY, { ...base, recording: { ...base.recording, fingerprint: 'c'.repeat(64) } })
    await expect(desk.sets.readVersion(setId, fileIn(desk, COPY))).rejects.toMatchObject({
      code: 'wrong-recording',
    })
  })

  it('cannot be asked for by a set that is open for reading', async () => {
    const { desk, base } = await openWithOne()
    write(desk, 'night.MK.hypnospike.json', { ...base, reviewer: 'MK' })
    const { setId } = await desk.sets.openToRead(
      desk.recording,
      'JS',
      fileIn(desk, 'night.MK.hypnospike.json'),
    )
    await expect(desk.sets.readVersion(setId, null)).rejects.toMatchObject({ code: 'read-only' })
  })
})
