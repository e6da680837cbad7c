/** The command that checks a lesson: what it lists, what it refuses, and what a blind review keeps from it. */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { serializeLesson } from '../../shared/teaching/lessonFormat.ts'
import { caseRecording } from '../../shared/teaching/makeCase.ts'
import { votesOn } from '../../shared/teaching/votes.ts'
import { captureCommand } from '../support/captureCommand.ts'
import { makeFolder } from '../support/folders.ts'
import { CASE, LESSON } from '../support/lessons.ts'

vi.mock(import('../../shared/teaching/votes.ts'), async (original) => {
  const actual = await original()
  return { ...actual, votesOn: vi.fn(actual.votesOn) }
})

const SAMPLES = path.resolve(import.meta.dirname, '../../samples')
const KEY = parseSet(readFileSync(path.join(SAMPLES, 'mixed-teaching.key.json'), 'utf8'))

let folder: string
let file: string

afterEach(() => {
  vi.unstubAllEnvs()
  vi.mocked(votesOn).mockReset()
})

beforeEach(() => {
  folder = makeFolder()
  file = path.join(folder, 'week.lesson.json')
  vi.stubEnv('HYPNOSPIKE_DATA', makeFolder())
  copyFileSync(path.join(SAMPLES, 'mixed-teaching.edf'), path.join(folder, 'renamed.edf'))
  const here = { ...CASE, id: 'here', recording: caseRecording(KEY.recording) }
  writeFileSync(file, serializeLesson({ ...LESSON, cases: [CASE, here] }))
})

describe('lesson', () => {
  it('lists each case with its answer, votes and recording, in JSON', async () => {
    const { code, out, err } = await captureCommand('lesson', file, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      ...{ id: 'lesson-1', title: LESSON.title, language: 'en', licence: LESSON.licence },
      cases: [
        {
          ...{ number: 1, id: 'case-1', onset: 120, duration: 10, difficulty: 'medium', found: null },
          answer: [
            {
              ...{ kind: 'hypnic_jerk', subtype: null, onset: 123.45, duration: 0.2, author: 'JS' },
              votes: [
                { reader: 'R-02', kind: 'mimic', subtype: 'emg_artifact' },
                { reader: 'R-03', kind: null, subtype: null },
              ],
            },
          ],
          ...{ votesProblem: null, rationale: CASE.rationale },
        },
        { number: 2, found: 'renamed.edf' },
      ],
    })
  })

  it('and in lines for people, with nothing in them that commands a terminal', async () => {
    const hostile = { ...LESSON, title: 'Week\u001B[2J', cases: [{ ...CASE, question: '\u202Ewhat' }] }
    writeFileSync(file, serializeLesson(hostile))
    const { out } = await captureCommand('lesson', file)
    expect(out).toBe(
      'Week[2J: 1 case, en, CC BY 4.0, a department\n' +
        '   1  0:02:00.0    10.0 s  Hypnic jerk (2 votes)  night.edf (not found)  “what”\n',
    )
  })

  it('says where there are too many votes at one place to tell them', async () => {
    const problem = 'Too many votes lie over one another to be told mark by mark: none is shown.'
    vi.mocked(votesOn).mockImplementation(({ marks }) => ({
      ...{ marks: marks.map((mark) => ({ mark, votes: [] })), problem },
    }))
    writeFileSync(file, serializeLesson(LESSON))
    expect((await captureCommand('lesson', file)).out).toMatch(new RegExp(`\n      ${problem}\n$`))
    const { out } = await captureCommand('lesson', file, '--json')
    expect(JSON.parse(out).cases[0]).toMatchObject({ votesProblem: problem, answer: [{ votes: [] }] })
  })

  it('keeps answers of a recording that is reviewed blind, unless it is asked for them', async () => {
    const set = serializeSet({ ...KEY, reviewer: 'R-07', blind: true, marks: [] })
    writeFileSync(path.join(folder, 'renamed.R-07.hypnospike.json'), set)
    const answers = async (...more: string[]) => {
      const { out } = await captureCommand('lesson', file, '--json', ...more)
      return JSON.parse(out).cases.map(({ answer, rationale }: Record<string, unknown>) => [
        answer === null,
        rationale === null,
      ])
    }
    expect(await answers()).toEqual([
      [false, false],
      [true, true],
    ])
    // Nor is a sealed one worked out.
    expect(votesOn).toHaveBeenCalledOnce()
    expect(await answers('--unseal')).toEqual([
      [false, false],
      [false, false],
    ])
  })

  it.each([
    [
      '{"format":"hypnospike annotation set"}',
      'This is not a Hypnospike lesson: choose a file that ends in .lesson.json.',
    ],
    [
      serializeLesson(LESSON).replace('"version": 1', '"version": 9'),
      'This lesson was made by a newer Hypnospike (format 9); update Hypnospike to open it.',
    ],
  ])('refuses what is none with one line (%#)', async (text, why) => {
    writeFileSync(file, text)
    expect(await captureCommand('lesson', file)).toEqual({
      code: 2,
      out: '',
      err: `hypnospike: week.lesson.json: ${why}`,
    })
  })

  it('says what is missing', async () => {
    expect(await captureCommand('lesson')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^hypnospike: FILE is missing/),
    })
    expect((await captureCommand('lesson', path.join(folder, 'no.lesson.json'))).err).toBe(
      'hypnospike: no.lesson.json is not there.',
    )
  })
})
