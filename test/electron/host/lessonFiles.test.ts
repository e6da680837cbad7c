/** A folder of lessons: names of any script, two programs at once, and disks that are full. */
import {
  appendFileSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLessonFiles, type LessonFile, type LessonFiles } from '../../../electron/host/lessonFiles.ts'
import { acquireLock } from '../../../electron/host/lockFile.ts'
import type { Lesson } from '../../../shared/teaching/lesson.ts'
import { parseLesson, serializeLesson } from '../../../shared/teaching/lessonFormat.ts'
import { makeFolder, mountSmallDisk } from '../../support/folders.ts'
import { LESSON } from '../../support/lessons.ts'

const titled = (title: string, description = ''): Lesson => ({ ...LESSON, title, description })
const read = (file: string) => parseLesson(readFileSync(file, 'utf8'))
const readAside = (folder: string) =>
  readdirSync(path.join(folder, 'aside')).map((name) => read(path.join(folder, 'aside', name)).description)

/** As a window does: over what it has read. */
const save = (files: LessonFiles, { path: file, hash, lesson }: LessonFile, description: string) =>
  files.save({ file, seen: hash, overwrite: false, made: () => ({ ...lesson, description }) })

describe('a lesson whose title is long', () => {
  it.each([
    ['of three bytes a letter', '睡'.repeat(120)],
    ['of four bytes a letter', '𠮷'.repeat(60)],
    ['of one byte a letter', 'a'.repeat(200)],
  ])('in a script %s is made, saved and removed', async (_, title) => {
    const folder = makeFolder()
    const files = createLessonFiles(folder)
    const made = await files.create(titled(title))
    await save(files, made, 'second')
    expect(read(made.path).description).toBe('second')
    expect(read(`${made.path}.bak`).description).toBe('')
    await files.remove(made.path)
    expect([await files.list(), readAside(folder)]).toEqual([[], ['second']])
  })

  it('is cut by whole characters, so that the next of its beginning has a name of its own', async () => {
    const files = createLessonFiles(makeFolder())
    const title = `${'a'.repeat(79)}𠮷 in series`
    const first = await files.create(titled(title, 'first'))
    const second = await files.create(titled(`${title} 2`, 'second'))
    expect([first, second].map((each) => read(each.path).description)).toEqual(['first', 'second'])
    expect(await files.list()).toHaveLength(2)
  })

  it('and whose name was given elsewhere, as long as one may be, is saved and removed all the same', async () => {
    const folder = makeFolder()
    const files = createLessonFiles(folder)
    const names = ['1', '2'].map((number) => `${'睡'.repeat(80)}${number}.lesson.json`)
    for (const name of names) writeFileSync(path.join(folder, name), serializeLesson(titled(name, 'before')))
    for (const file of await files.list()) await save(files, await files.read(file), 'after')
    const backups = readdirSync(folder).filter((name) => name.endsWith('.bak'))
    expect(backups.map((name) => read(path.join(folder, name)).title).toSorted()).toEqual(names)
    for (const file of await files.list()) await files.remove(file)
    expect([await files.list(), readAside(folder)]).toEqual([[], ['after', 'after']])
  })
})

it('a lesson never takes the place of one whose name is the same letters, composed otherwise', async () => {
  const folder = makeFolder()
  const files = createLessonFiles(folder)
  writeFileSync(path.join(folder, 'Mu\u0308ller.lesson.json'), serializeLesson(titled('elsewhere')))
  const made = await files.create(titled('M\u00fcller'))
  expect(path.basename(made.path)).toBe('M\u00fcller 2.lesson.json')
})

describe('two programs at once', () => {
  it('make two lessons of one title', async () => {
    const folder = makeFolder()
    const programs = Array.from({ length: 4 }, () => createLessonFiles(folder))
    const made = await Promise.all(programs.map((files, index) => files.create(titled('Mine', `${index}`))))
    expect(made.map((each) => read(each.path).description)).toEqual(['0', '1', '2', '3'])
    expect(await programs[0]!.list()).toHaveLength(4)
  })

  it('save over one lesson once, and the other one is told', async () => {
    const folder = makeFolder()
    const made = await createLessonFiles(folder).create(titled('Mine'))
    const saves = ['A', 'B'].map((by) => save(createLessonFiles(folder), made, by))
    const settled = await Promise.allSettled(saves)
    const [lost, ...others] = settled.filter(({ status }) => status === 'rejected')
    expect([lost, others]).toMatchObject([{ reason: { code: 'conflict' } }, []])
    expect(read(made.path).description).toBe(settled[0]!.status === 'fulfilled' ? 'A' : 'B')
  })

  it('do not write over each other where one has stood still for so long that it lost the lock', async () => {
    const folder = makeFolder()
    const files = createLessonFiles(folder)
    const made = await files.create(titled('Mine'))
    const lock = path.join(folder, 'writing.lock')
    const stalled = files.save({
      ...{ file: made.path, seen: made.hash, overwrite: false },
      made: () => {
        rmSync(lock)
        return titled('Mine', 'late')
      },
    })
    await expect(stalled).rejects.toMatchObject({
      code: 'read-only',
      message:
        'Mine.lesson.json cannot be written: another program is writing a lesson. Try again in a moment.',
    })
    expect(read(made.path).description).toBe('')
    await (await acquireLock(lock))?.release()
    await save(files, made, 'again')
    expect(readdirSync(folder).toSorted()).toEqual(['Mine.lesson.json', 'Mine.lesson.json.bak'])
  })
})

describe('a lesson that is to be overwritten', () => {
  it('stays in its place where the disk is full', async () => {
    const disk = mountSmallDisk(256)
    if (disk === null) return
    const folder = path.join(disk.folder, 'lessons')
    const files = createLessonFiles(folder)
    const made = await files.create(titled('Mine'))
    writeFileSync(made.path, serializeLesson(titled('Mine', 'by another')))
    const ballast = path.join(disk.folder, 'ballast')
    expect(() => {
      for (;;) appendFileSync(ballast, Buffer.alloc(4096))
    }).toThrowError(/ENOSPC/)
    // Room for a lock and for what is kept aside, not for what is longer.
    truncateSync(ballast, statSync(ballast).size - 8192)
    const long = 'x'.repeat(10_000)
    const overwrite = () =>
      files.save({
        ...{ file: made.path, seen: made.hash, overwrite: true },
        made: () => titled('Mine', long),
      })
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      await expect(overwrite()).rejects.toMatchObject({ code: 'disk-full' })
      expect(read(made.path).description).toBe('by another')
    }
    expect(await files.list()).toEqual([made.path])
    rmSync(ballast)
    await overwrite()
    expect([read(made.path).description, readAside(folder)]).toEqual([long, ['by another']])
  })
})
