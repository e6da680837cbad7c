/** What learners have done, on disk: never lost, never written over unread, and gone when it is deleted. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, it } from 'vitest'
import { createProgress } from '../../../electron/host/progress.ts'
import { MAX_PROGRESS_BYTES, serializeProgress } from '../../../shared/teaching/quiz/progressFormat.ts'
import { makeFolder, mountSmallDisk } from '../../support/folders.ts'
import { answer, given } from '../../support/quiz.ts'

const JERKS = { id: 'lesson-1', title: 'Jerks at sleep onset' }
const RUNS = { id: 'lesson-2', title: 'Runs' }
const right = (showing: string) =>
  answer({ showing, case: `case of ${showing}`, key: [given('hypnic_jerk')], marks: [given('hypnic_jerk')] })

function makeStore(folder = makeFolder()) {
  const progress = createProgress(path.join(folder, 'progress'))
  const all = () => readdirSync(folder, { recursive: true }).map(String).sort()
  return { progress, folder, all, file: progress.fileOf('ANNA', JERKS.id) }
}

describe('progress', () => {
  it('of nobody is empty, and reading it makes no file', async () => {
    const { progress, all } = makeStore()
    expect(await progress.read('ANNA', JERKS)).toEqual({ lesson: JERKS, answers: [] })
    expect(await progress.list('ANNA')).toEqual([])
    expect(all()).toEqual([])
  })

  it('is on disk with each answer, for this account alone, and names nothing of the lesson', async () => {
    const { progress, folder, file } = makeStore()
    await progress.append('ANNA', JERKS, right('1'))
    const kept = await progress.append('ANNA', JERKS, right('2'))
    expect(kept.answers.map(({ showing }) => showing)).toEqual(['1', '2'])
    expect(await createProgress(path.join(folder, 'progress')).read('ANNA', JERKS)).toEqual(kept)
    expect(path.relative(folder, file)).toMatch(/^progress.ANNA-[0-9a-f]{16}.[0-9a-f]{16}\.progress\.json$/)
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('takes a showing once', async () => {
    const { progress, file } = makeStore()
    await progress.append('ANNA', JERKS, right('1'))
    const before = readFileSync(file, 'utf8')
    await expect(progress.append('ANNA', JERKS, right('1'))).rejects.toMatchObject({ code: 'conflict' })
    expect(readFileSync(file, 'utf8')).toBe(before)
  })

  it('of windows that write at once holds the answers of all', async () => {
    const { progress, folder } = makeStore()
    const showings = Array.from({ length: 12 }, (_, index) => `${index}`)
    const windows = showings.map(() => createProgress(path.join(folder, 'progress')))
    await Promise.all(windows.map((each, index) => each.append('ANNA', JERKS, right(showings[index]!))))
    const { answers } = await progress.read('ANNA', JERKS)
    expect(answers.map(({ showing }) => showing).toSorted()).toEqual(showings.toSorted())
  })

  it('of two learners, and of codes that differ in capitals, stays apart', async () => {
    const { progress } = makeStore()
    for (const learner of ['ANNA', 'anna', 'BEN']) await progress.append(learner, JERKS, right(learner))
    for (const learner of ['ANNA', 'anna', 'BEN']) {
      const { answers } = await progress.read(learner, JERKS)
      expect(answers.map(({ showing }) => showing)).toEqual([learner])
    }
    const places = ['ANNA', 'anna', 'BEN'].map((learner) => progress.fileOf(learner, JERKS.id).toLowerCase())
    expect(new Set(places).size).toBe(3)
    expect(await progress.remove('ANNA', 'all')).toBe(1)
    expect((await progress.read('anna', JERKS)).answers.length).toBe(1)
  })

  it('says which cases were judged', async () => {
    const { progress } = makeStore()
    await progress.append('ANNA', JERKS, right('1'))
    expect(await progress.answered(JERKS.id, 'ANNA')).toEqual(new Set(['case of 1']))
    expect(await progress.answered(JERKS.id, 'BEN')).toEqual(new Set())
    expect(await progress.answered(RUNS.id, 'ANNA')).toEqual(new Set())
  })

  it.each([
    ['cut off', (text: string) => text.slice(0, -60), /cannot be read .* is left as it is/],
    [
      'of a later version',
      (text: string) => text.replace('"version": 1', '"version": 7'),
      /newer Hypnospike \(format 7\)/,
    ],
    ['of another learner', (text: string) => text.replace('"ANNA"', '"BEN"'), /is not ANNA's of one lesson/],
    ['empty', () => '', /cannot be read/],
  ])(
    'that is %s is refused in a sentence, kept as it is, and takes no other with it',
    async (_, damage, sentence) => {
      const { progress, file } = makeStore()
      await progress.append('ANNA', RUNS, right('1'))
      await progress.append('ANNA', JERKS, right('2'))
      const damaged = damage(readFileSync(file, 'utf8'))
      writeFileSync(file, damaged)
      const refusal = { code: 'bad-progress', message: expect.stringMatching(sentence) }
      await expect(progress.read('ANNA', JERKS)).rejects.toMatchObject(refusal)
      await expect(progress.append('ANNA', JERKS, right('3'))).rejects.toMatchObject(refusal)
      await expect(progress.answered(JERKS.id, 'ANNA')).rejects.toMatchObject(refusal)
      expect(readFileSync(file, 'utf8')).toBe(damaged)
      const listed = await progress.list('ANNA')
      expect(listed.map((each) => each.progress?.lesson.id ?? each.problem).toSorted()).toEqual(
        [RUNS.id, expect.stringMatching(sentence)].toSorted(),
      )
      expect(await progress.remove('ANNA', [file])).toBe(1)
      expect((await progress.read('ANNA', JERKS)).answers).toEqual([])
    },
  )

  it('is gone when it is deleted, with what a crash has left of it, and nothing else is', async () => {
    const { progress, folder, all, file } = makeStore()
    await progress.append('ANNA', JERKS, right('1'))
    await progress.append('ANNA', RUNS, right('2'))
    writeFileSync(path.join(path.dirname(file), '.hypnospike-0123456789abcdef.tmp'), 'half an answer')
    expect(await progress.remove('ANNA', [file])).toBe(1)
    expect(all().filter((name) => name.includes('tmp'))).toEqual([])
    expect((await progress.read('ANNA', RUNS)).answers.length).toBe(1)
    expect(await progress.remove('ANNA', [file])).toBe(0)
    expect(await progress.remove('ANNA', 'all')).toBe(1)
    expect(readdirSync(path.join(folder, 'progress'))).toEqual([])
  })

  it('is gone when all is deleted, where a crash has left nothing but a write that was never finished', async () => {
    const { progress, all, file } = makeStore()
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(path.join(path.dirname(file), '.hypnospike-0123456789abcdef.tmp'), 'answers')
    expect(await progress.remove('ANNA', 'all')).toBe(0)
    expect(all()).toEqual(['progress'])
  })

  it('that is far too large is left as it is, and the way out is said', async () => {
    const { progress, file } = makeStore()
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, '')
    truncateSync(file, 100 * 1024 ** 2)
    await expect(progress.append('ANNA', JERKS, right('1'))).rejects.toMatchObject({
      code: 'bad-progress',
      message: expect.stringMatching(/larger than 32 MB\) and is left as it is: delete it to begin anew/),
    })
    expect(statSync(file).size).toBe(100 * 1024 ** 2)
  })

  it('takes no answer that would make it too large to be read again', async () => {
    const { progress, file } = makeStore()
    const criteria = Object.fromEntries(
      Array.from({ length: 64 }, (_, index) => [`${index}`.padEnd(80, '睡'), 'yes' as const]),
    )
    const large = (number: number) => ({ ...right(`${number}`.padStart(5, '0')), criteria })
    const textOf = (count: number) => {
      const answers = Array.from({ length: count }, (_, index) => large(index))
      return serializeProgress({ learner: 'ANNA', lessons: [{ lesson: JERKS, answers }] })
    }
    const [one, two] = [textOf(1), textOf(2)].map((text) => Buffer.byteLength(text)) as [number, number]
    const most = 1 + Math.floor((MAX_PROGRESS_BYTES - one) / (two - one))
    const text = textOf(most)
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, text)
    await expect(progress.append('ANNA', JERKS, large(most))).rejects.toMatchObject({
      code: 'bad-progress',
      message:
        '32 MB of answers are kept of this lesson, which is the most: export them, then delete them to begin anew.',
    })
    expect(readFileSync(file, 'utf8') === text).toBe(true)
  })

  it('survives a kill with every answer that was acknowledged', async () => {
    const { progress, folder } = makeStore()
    const writer = path.resolve(import.meta.dirname, '../../support/answerWriter.ts')
    const child = spawn(process.execPath, [writer, path.join(folder, 'progress')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let kept = 0
    for await (const line of createInterface({ input: child.stdout })) {
      kept = Number(line.split(' ')[1])
      if (kept === 15) child.kill('SIGKILL')
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(kept).toBeGreaterThanOrEqual(15)
    const { answers } = await progress.read('ANNA', JERKS)
    expect(answers.length).toBeGreaterThanOrEqual(kept)
    expect(answers.map(({ showing }) => showing)).toEqual(answers.map((_, index) => `${index + 1}`))
    // The lock of the killed process is no obstacle.
    expect((await progress.append('ANNA', JERKS, right('after'))).answers.length).toBe(answers.length + 1)
  })

  it('on a full disk keeps what it had, and says so', async () => {
    const disk = mountSmallDisk(64)
    if (disk === null) return
    const { progress, file } = makeStore(disk.folder)
    await progress.append('ANNA', JERKS, right('1'))
    const before = readFileSync(file, 'utf8')
    writeFileSync(path.join(disk.folder, 'room'), Buffer.alloc(52_000))
    const long = {
      ...right('2'),
      criteria: Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`c${n}`, 'yes' as const])),
    }
    const many = Array.from({ length: 200 }, () => given('hypnic_jerk'))
    await expect(progress.append('ANNA', JERKS, { ...long, marks: many })).rejects.toEqual(
      expect.objectContaining({
        code: 'disk-full',
        message: 'Your progress cannot be written: the disk is full. Make room, or save it elsewhere.',
      }),
    )
    expect(readFileSync(file, 'utf8')).toBe(before)
    expect(readdirSync(path.dirname(file))).toEqual([path.basename(file)])
    disk.lock()
    await expect(progress.append('ANNA', JERKS, right('2'))).rejects.toMatchObject({ code: 'read-only' })
    expect((await progress.read('ANNA', JERKS)).answers.length).toBe(1)
  })

  it('that holds the most answers takes no more, and says the way out', async () => {
    const { progress, file } = makeStore()
    await progress.append('ANNA', JERKS, right('1'))
    const answers = Array.from({ length: 20_000 }, (_, index) => ({ ...right('x'), showing: `${index}` }))
    writeFileSync(file, serializeProgress({ learner: 'ANNA', lessons: [{ lesson: JERKS, answers }] }))
    await expect(progress.append('ANNA', JERKS, right('one more'))).rejects.toMatchObject({
      message:
        '20000 answers are kept of this lesson, which is the most: export them, then delete them to begin anew.',
    })
    expect(existsSync(file)).toBe(true)
  })
})
