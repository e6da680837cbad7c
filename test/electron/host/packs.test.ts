/** Packs made of lessons and taken in again: samples, keys and texts, and what is refused. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readIdentity } from '../../../electron/host/caseRecordings.ts'
import { openFile } from '../../../electron/host/fileSource.ts'
import { addPack, packsFolder, unfinishedName } from '../../../electron/host/packFolder.ts'
import { makePack, type PackOrder, planPack } from '../../../electron/host/packMaking.ts'
import { createPacks } from '../../../electron/host/packs.ts'
import { openRecording } from '../../../shared/edf/recording.ts'
import type { Lesson, LessonCase } from '../../../shared/teaching/lesson.ts'
import { parseLesson } from '../../../shared/teaching/lessonFormat.ts'
import { caseRecording } from '../../../shared/teaching/makeCase.ts'
import type { PackMade } from '../../../shared/teaching/pack/packPreview.ts'
import { TICKS_PER_SECOND, type Ticks, ticks } from '../../../shared/units.ts'
import { makeFolder } from '../../support/folders.ts'
import { CASE, LESSON } from '../../support/lessons.ts'
import { channelOf, filesOfZip, HEAD, layLesson, SAMPLES, sha256Of } from '../../support/packs.ts'
import { openBytes, realRecordings } from '../../support/recordings.ts'

const REAL = realRecordings()

const control = { signal: new AbortController().signal, onProgress: () => {} }

function orderOf(lesson: Lesson, folder: string, change: Partial<PackOrder> = {}): PackOrder {
  const places = lesson.cases.map(
    ({ recording }) => [recording.fingerprint, path.join(folder, recording.fileName)] as const,
  )
  return { lesson, head: HEAD, channels: 'all', keep: [], places, ...change }
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array) =>
  Buffer.from(buffer, byteOffset, byteLength)

/** Of all cases of the samples, made once; whoever reads it changes nothing. */
let folder: string
let lesson: Lesson
let target: string
let made: PackMade

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-test-'))
  lesson = layLesson(folder).lesson
  target = path.join(folder, 'week.hypnopack')
  const order = orderOf(lesson, folder, { head: { ...HEAD, keys: 'sealed' } })
  made = await makePack(order, { target, workplace: path.join(folder, 'work') }, control)
})

afterAll(() => rmSync(folder, { recursive: true }))

describe('a pack', () => {
  it('holds clips whose samples are those of the recordings, and keys at the same samples', async () => {
    const data = makeFolder()
    expect(made).toMatchObject({ name: 'week.hypnopack', cases: 4 })
    expect(made.sha256).toBe(sha256Of(readFileSync(target)))
    const kept = await addPack(target, data)
    const taken = parseLesson(readFileSync(kept.lessonFile, 'utf8'))
    expect(taken.cases.map(({ id }) => id)).toEqual(lesson.cases.map(({ id }) => id))
    for (const [index, each] of taken.cases.entries()) {
      const before = lesson.cases[index]!
      const shift = (before.onset - each.onset) / TICKS_PER_SECOND
      expect(each.key.marks.map(({ onset }) => onset + before.onset - each.onset)).toEqual(
        before.key.marks.map(({ onset }) => onset),
      )
      expect(each.key.marks.map(({ duration }) => duration)).toEqual(
        before.key.marks.map(({ duration }) => duration),
      )
      const source = readFileSync(path.join(SAMPLES, before.recording.fileName))
      const clip = readFileSync(path.join(kept.folder, each.recording.fileName))
      for (const channel of [0, 5, 11]) {
        const [theirs, ours] = [channelOf(source, channel), channelOf(clip, channel)]
        expect(ours.rate).toBe(theirs.rate)
        // A sample of 256 a second lies on half a tick: times are rounded to the tick, samples are whole.
        const first = Math.round(shift * theirs.rate)
        expect(Math.abs(first - shift * theirs.rate)).toBeLessThanOrEqual(
          (theirs.rate * 1) / TICKS_PER_SECOND,
        )
        const same = theirs.values.slice(first, first + ours.values.length)
        expect(ours.values.length).toBeGreaterThan(40 * theirs.rate)
        expect(bytesOf(ours.values).equals(bytesOf(same))).toBe(true)
        const sampleOf = (onset: number) => Math.round((onset * theirs.rate) / TICKS_PER_SECOND)
        expect(each.key.marks.map(({ onset }) => sampleOf(onset) + first)).toEqual(
          before.key.marks.map(({ onset }) => sampleOf(onset)),
        )
      }
    }
  })

  it('has one clip for cases whose stretches overlap, and names that tell nothing', async () => {
    const [first] = lesson.cases
    const close = {
      ...first!,
      id: 'close',
      onset: (first!.onset + 2 * TICKS_PER_SECOND) as Ticks,
      key: { marks: [], votes: [] },
    }
    const two = { ...lesson, cases: [first!, close] }
    const { clips } = await planPack(orderOf(two, folder), control)
    expect(clips.map(({ cases }) => cases)).toEqual([[1, 2]])
    const names = [...filesOfZip(readFileSync(target)).keys()]
    expect(names.slice(0, 2)).toEqual(['pack.json', 'lesson.lesson.json'])
    for (const name of names.slice(2)) expect(name).toMatch(/^eeg-[0-9a-f]{16}\.(edf|proof\.txt)$/)
    expect(names.slice(2)).toEqual(names.slice(2).toSorted())
  })

  it('lists every file by its SHA-256, with licence and consent', async () => {
    const files = filesOfZip(readFileSync(target))
    const manifest = JSON.parse(files.get('pack.json')!.toString())
    expect(manifest).toMatchObject({
      format: 'hypnospike pack',
      version: 1,
      ...HEAD,
      keys: 'sealed',
      cases: 4,
    })
    expect(manifest.files.length).toBe(files.size - 1)
    for (const { name, bytes, sha256 } of manifest.files) {
      expect([files.get(name)?.byteLength, sha256Of(files.get(name)!)]).toEqual([bytes, sha256])
    }
  })

  it('is one however often it is taken in', async () => {
    const data = makeFolder()
    const first = await addPack(target, data)
    const again = await addPack(target, data)
    expect([first.isNew, again.isNew, again.folder]).toEqual([true, false, first.folder])
    expect(readdirSync(data)).toEqual([path.basename(first.folder)])
  })

  it('is taken in once by windows that all begin before one has ended', async () => {
    const data = makeFolder()
    const taken = await Promise.all([1, 2, 3, 4].map(() => addPack(target, data)))
    expect(taken.map(({ isNew }) => isNew).toSorted()).toEqual([false, false, false, true])
    expect(readdirSync(data)).toEqual([path.basename(taken[0]!.folder)])
  })

  it('puts right what was lost or changed of it, and keeps what was saved beside its clips', async () => {
    const data = makeFolder()
    const { folder: home } = await addPack(target, data)
    const files = () => readdirSync(home).map((name) => sha256Of(readFileSync(path.join(home, name))))
    writeFileSync(path.join(home, 'eeg.hypnospike.json'), 'a set')
    const before = files()
    const [clip] = readdirSync(home).filter((name) => name.endsWith('.edf'))
    rmSync(path.join(home, clip!))
    expect((await addPack(target, data)).isNew).toBe(false)
    expect(files()).toEqual(before)
    writeFileSync(path.join(home, 'pack.json'), '{')
    expect((await addPack(target, data)).isNew).toBe(true)
    expect(files()).toEqual(before)
    expect(readdirSync(data)).toEqual([path.basename(home)])
  })

  it('leaves nothing of a program that was ended in the middle to the next one', async () => {
    const data = makeFolder()
    const own = await unfinishedName()
    const { pid } = spawnSync(process.execPath, ['--version'])
    const left = own.replace(`.${process.pid}.`, `.${pid}.`)
    for (const name of [own, left]) mkdirSync(path.join(packsFolder(data), name), { recursive: true })
    await createPacks(data).list()
    // Where the system does not tell who began it, both names are one, and it goes when it is old.
    expect(readdirSync(packsFolder(data))).toEqual([own])
  })

  it('says in a sentence that there is no room for it, where a file has the place of their folder', async () => {
    const data = path.join(makeFolder(), 'packs')
    writeFileSync(data, '')
    await expect(addPack(target, data)).rejects.toMatchObject({
      name: 'ReviewError',
      message: 'week.hypnopack cannot be written: its folder is no longer there. Save it elsewhere.',
    })
  })

  it('is never written over what is there, and leaves nothing behind when it is stopped', async () => {
    const data = makeFolder()
    const before = readFileSync(target)
    const order = orderOf(lesson, folder)
    await expect(makePack(order, { target, workplace: data }, control)).rejects.toMatchObject({
      code: 'conflict',
    })
    expect(readFileSync(target).equals(before)).toBe(true)
    const night = path.join(folder, 'hypnic-jerks.edf')
    await expect(makePack(order, { target: night, workplace: data }, control)).rejects.toMatchObject({
      code: 'bad-input',
    })
    const stop = new AbortController()
    const other = path.join(folder, 'other.hypnopack')
    const stopped = makePack(
      order,
      { target: other, workplace: data },
      { signal: stop.signal, onProgress: () => stop.abort() },
    )
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
    expect(readdirSync(folder).toSorted()).toEqual([
      'hypnic-jerks.edf',
      'spike-wave-3hz.edf',
      'week.hypnopack',
      'week.lesson.json',
      'work',
    ])
    expect(readdirSync(data)).toEqual([])
  })

  it('asks about texts of the lesson that repeat what a header says, and leaves them behind', async () => {
    const folder = makeFolder()
    const { lesson: own } = layLesson(folder)
    const file = path.join(folder, 'hypnic-jerks.edf')
    const bytes = readFileSync(file)
    bytes.write('MCH-0234567 F 02-MAY-1951 Zebraquist_Olga'.padEnd(80), 8, 'latin1')
    writeFileSync(file, bytes)
    const cases = own.cases
      .slice(0, 1)
      .map((each, index) =>
        index === 0 ? { ...each, rationale: 'As Zebraquist had it before.', question: 'And here?' } : each,
      )
    const order = orderOf({ ...own, cases }, folder)
    const { lessonTexts } = await planPack(order, control)
    expect(lessonTexts).toMatchObject([
      { where: 'Case 1, rationale', text: 'As Zebraquist had it before.', goes: false },
    ])
    const written = async (name: string, change: Partial<PackOrder>) => {
      const target = path.join(folder, name)
      await makePack({ ...order, ...change }, { target, workplace: makeFolder() }, control)
      return filesOfZip(readFileSync(target))
    }
    const without = await written('a.hypnopack', {})
    for (const [, content] of without) expect(content.toString('latin1')).not.toMatch(/zebraquist|0234567/i)
    const kept = await written('b.hypnopack', { keep: [lessonTexts[0]!.id] })
    expect(kept.get('lesson.lesson.json')!.toString()).toContain('As Zebraquist had it before.')
    const said = { ...order, head: { ...HEAD, consent: 'Zebraquist has agreed.' } }
    const place = { target: path.join(folder, 'c.hypnopack'), workplace: makeFolder() }
    await expect(makePack(said, place, control)).rejects.toMatchObject({
      message:
        'The consent line repeats what the header or the name of a recording says: change it, or let it through.',
    })
  })

  it('takes the channels that are shown where that is asked for', async () => {
    const all = await planPack(orderOf(lesson, folder), control)
    const shown = await planPack(orderOf(lesson, folder, { channels: 'shown' }), control)
    const count = ({ clips }: typeof all) => clips.map(({ channels }) => channels)
    expect(count(shown).every((channels, index) => channels <= count(all)[index]!)).toBe(true)
    expect(shown.bytes).toBeLessThanOrEqual(all.bytes)
  })

  it('says which recordings are missing', async () => {
    const order = orderOf(lesson, folder)
    await expect(planPack({ ...order, places: order.places.slice(2) }, control)).rejects.toMatchObject({
      message:
        'The recordings of cases 1, 2 are in none of the folders that are known here: open them once, or take out what needs them.',
    })
  })
})

/** Of a recording, the stretch in its middle as a case. */
async function middleOf(file: string): Promise<LessonCase> {
  const source = await openFile(file)
  try {
    const { header, timeline } = await openRecording(source)
    const identity = await readIdentity(file)
    const middle = Math.round(((timeline.span.start + timeline.span.end) / 2) * TICKS_PER_SECOND)
    const [mark] = CASE.key.marks
    return {
      ...CASE,
      recording: caseRecording(identity),
      onset: ticks(middle),
      duration: ticks(Math.round(Math.min(1, header.recordDuration) * TICKS_PER_SECOND)),
      key: { marks: [{ ...mark!, onset: ticks(middle), duration: ticks(100) }], votes: [] },
    }
  } finally {
    await source.close()
  }
}

describe.runIf(REAL.length > 0)('a pack of a real recording', () => {
  it.each(REAL)('has its samples: $name', async ({ path: file }) => {
    const folder = makeFolder()
    const one = { ...LESSON, cases: [await middleOf(file)] }
    const places = [[one.cases[0]!.recording.fingerprint, file]] as const
    const order = { lesson: one, head: HEAD, channels: 'all', keep: [], places } as const
    const target = path.join(folder, 'real.hypnopack')
    const place = { target, workplace: path.join(folder, 'work') }
    const refused = await makePack(order, place, control).then(
      () => null,
      (thrown: unknown) => thrown,
    )
    if (refused !== null) {
      // As its clip is: a recording that EDF+ has no way to write.
      expect(refused).toMatchObject({
        name: 'ReviewError',
        code: expect.stringMatching(/unsupported|bad-input/),
      })
      console.log(`  no pack of ${path.basename(file)}: ${(refused as Error).message}`)
      return
    }
    const kept = await addPack(target, path.join(folder, 'packs'))
    const [each] = parseLesson(readFileSync(kept.lessonFile, 'utf8')).cases
    const clip = readFileSync(path.join(kept.folder, each!.recording.fileName))
    const { timeline, header } = await openBytes(readFileSync(file)).then(({ recording }) => recording)
    if (timeline.segments.length > 1) return
    const shift = (one.cases[0]!.onset - each!.onset) / TICKS_PER_SECOND - timeline.span.start
    const labels = header.signals.filter(({ kind }) => kind !== 'annotations').map(({ index }) => index)
    const [theirs, ours] = [channelOf(readFileSync(file), labels[0]!), channelOf(clip, 0)]
    const first = Math.round(shift * theirs.rate)
    const same = theirs.values.slice(first, first + ours.values.length)
    expect(ours.values.length).toBeGreaterThan(0)
    expect(bytesOf(ours.values).equals(bytesOf(same))).toBe(true)
  })
})
