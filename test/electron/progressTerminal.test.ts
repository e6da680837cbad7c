/** The command that says what a learner's answers come to, and deletes them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProgress, type ProgressStore } from '../../electron/host/progress.ts'
import { serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { makeFolder } from '../support/folders.ts'
import { LESSON } from '../support/lessons.ts'
import { answer, given } from '../support/quiz.ts'

let data: string
let progress: ProgressStore

const RUNS = { id: 'lesson-2', title: 'Runs\u001B[2J' }
const jerk = (late: number) => ({
  ...{ mode: 'locate' as const, seconds: 20, key: [given('hypnic_jerk', 123, 0.2)] },
  marks: [given('hypnic_jerk', 123 + late, 0.2)],
})

afterEach(() => vi.unstubAllEnvs())

beforeEach(async () => {
  data = makeFolder()
  vi.stubEnv('HYPNOSPIKE_DATA', data)
  progress = createProgress(path.join(data, 'progress'))
  for (const late of [0.1, 0.2, -0.1, 0, 0.05]) await progress.append('R-01', LESSON, answer(jerk(late)))
  const oirda = { key: [given('mimic', 120, 10, 'oirda')], marks: [given('spike_wave_3hz')], seconds: 40 }
  await progress.append('R-01', LESSON, answer(oirda))
})

describe('progress', () => {
  it('says what is right, which confusions, how late and d’, with counts and what they mean', async () => {
    const { code, out, err } = await captureCommand('progress')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n').slice(0, 7)).toEqual([
      'Progress of R-01',
      '',
      'Jerks at sleep onset',
      '  5 of 6 right; at first sight 5 of 6',
      '  20 s to answer (median)',
      '    1x Mimic · OIRDA called 3 Hz spike-and-wave',
      '  Hypnic jerk: onset +0.05 s (quartiles +0.00 to +0.10), of 5',
    ])
    // By hand: z(5.5/6) − z(0.5/2) = 1.3830 + 0.6745.
    expect(out).toContain(
      'Hypnic jerk or not: d’ 2.06, criterion −0.35; 5 hits, 0 misses, 0 false alarms, 1 correct rejections. From 5 with and 1 without',
    )
    expect(out).toContain('1 of 6 cases is a mimic (17 %, below 40 %)')
  })

  it('says to which side the learner leans, once there is enough to say', async () => {
    const [jerks, runs] = [given('hypnic_jerk'), given('spike_wave_3hz')]
    for (let count = 0; count < 10; count += 1) {
      await progress.append('EVA', LESSON, answer({ key: [jerks], marks: [jerks] }))
      await progress.append('EVA', LESSON, answer({ key: [runs], marks: [count < 6 ? jerks : runs] }))
    }
    const { out } = await captureCommand('progress', '--learner', 'EVA')
    // By hand: c = −(z(10.5/11) + z(6.5/11)) / 2 = −(1.6906 + 0.2299) / 2.
    expect(out).toContain(
      'Hypnic jerk or not: d’ 1.46, criterion −0.96; 10 hits, 0 misses, 6 false alarms, 4 correct rejections. It is called too readily (liberal).',
    )
  })

  it('of each lesson and of all, in JSON', async () => {
    await progress.append('R-01', RUNS, answer(jerk(0)))
    const { out } = await captureCommand('progress', '--json')
    expect(JSON.parse(out)).toMatchObject({
      learner: 'R-01',
      lessons: expect.arrayContaining([
        expect.objectContaining({
          id: LESSON.id,
          results: expect.objectContaining({ answered: 6, right: 5 }),
        }),
        expect.objectContaining({ id: RUNS.id }),
      ]),
      all: { answered: 7, right: 6 },
    })
    expect((await captureCommand('progress')).out).not.toContain('\u001B')
  })

  it('of a lesson by its title or its file, and of another learner', async () => {
    await progress.append('BEN', RUNS, answer(jerk(0)))
    const file = path.join(makeFolder(), 'week.lesson.json')
    writeFileSync(file, serializeLesson(LESSON))
    const answered = async (...args: string[]) => {
      const { out, err } = await captureCommand('progress', ...args, '--json')
      return err === ''
        ? JSON.parse(out).lessons.map(({ results }: { results: { answered: number } }) => results.answered)
        : err
    }
    expect(await answered('jerks at SLEEP onset')).toEqual([6])
    expect(await answered(file)).toEqual([6])
    expect(await answered('--learner', 'BEN')).toEqual([1])
    // As the settings take a code that was copied with blanks around it.
    expect(await answered('--learner', ' BEN ')).toEqual([1])
    expect(await answered(file, '--learner', 'BEN')).toBe(
      'hypnospike: BEN has answered nothing of “Jerks at sleep onset” here.',
    )
    expect(await answered('--learner', 'CARO')).toBe(
      'hypnospike: CARO has answered nothing of any lesson here.',
    )
    expect(await answered('--learner', '../BEN')).toMatch(
      /--learner \.\.\/BEN: 1 to 24 letters, digits, - or _/,
    )
    expect(await answered('a', 'b')).toMatch(/only one LESSON can be given/)
  })

  it('says what cannot be read beside what can, and leaves it', async () => {
    await progress.append('R-01', RUNS, answer(jerk(0)))
    const file = progress.fileOf('R-01', RUNS.id)
    const damaged = readFileSync(file, 'utf8').replace('"version": 1', '"version": 9')
    writeFileSync(file, damaged)
    const { code, out, err } = await captureCommand('progress')
    expect(code).toBe(2)
    expect(out).toContain('Jerks at sleep onset')
    expect(err).toContain('newer Hypnospike (format 9) and is left as it is')
    expect(readFileSync(file, 'utf8')).toBe(damaged)
  })

  it('deletes what it is told to, for good', async () => {
    await progress.append('R-01', RUNS, answer(jerk(0)))
    expect((await captureCommand('progress', LESSON.title, '--delete')).out).toBe(
      'Deleted: what R-01 had answered of 1 lesson.\n',
    )
    expect((await progress.list('R-01')).length).toBe(1)
    expect(JSON.parse((await captureCommand('progress', '--delete', '--json')).out)).toEqual({
      learner: 'R-01',
      deleted: 1,
    })
    expect(readdirSync(path.join(data, 'progress'))).toEqual([])
  })
})
