/** The commands that compare sets: what they answer, and how they refuse. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runTerminal } from '../../electron/terminal/run.ts'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { captureCommand } from '../support/captureCommand.ts'

const SAMPLES = path.resolve(import.meta.dirname, '../../samples')
const folder = mkdtempSync(path.join(tmpdir(), 'hypnospike-score-'))
const at = (name: string) => path.join(folder, name)
/** A comment that must not be told. */
const SECRET = 'Haagse Harry'

beforeAll(async () => {
  for (const name of ['mixed-teaching.edf', 'mixed-teaching.key.json', 'hypnic-jerks.key.json']) {
    await copyFile(path.join(SAMPLES, name), at(name))
  }
  await mkdir(at('empty'))
  await mkdir(at('several'))
  const key = parseSet(readFileSync(at('mixed-teaching.key.json'), 'utf8'))
  // The fourth is missing, the sixth is called uncertain, and the last minute was not read.
  const marks = key.marks.flatMap((mark, index) =>
    index === 3
      ? []
      : [{ ...mark, comment: SECRET, ...(index === 5 && { kind: 'uncertain' as const, subtype: null }) }],
  )
  const reviewed = [{ ...key.reviewed[0]!, duration: 2_200_000_000 as (typeof key.reviewed)[0]['duration'] }]
  const own = serializeSet({ ...key, reviewer: 'R-02', marks, reviewed })
  writeFileSync(at('mixed-teaching.R-02.hypnospike.json'), own)
  writeFileSync(THIRD, serializeSet({ ...key, reviewer: 'R-04' }))
  writeFileSync(at('another-name.R-02.hypnospike.json'), own)
  writeFileSync(at('mixed-teaching.R-03.hypnospike.json'), 'not a set')
  writeFileSync(at('odd.edf'), 'not a recording')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const KEY = at('mixed-teaching.key.json')
const OTHER = at('mixed-teaching.R-02.hypnospike.json')
const THIRD = at('several/mixed-teaching.R-04.hypnospike.json')

describe('score', () => {
  test('tells where, what, the counts and the disagreements in JSON', async () => {
    const { code, out, err } = await captureCommand('score', KEY, OTHER, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(JSON.parse(out)).toMatchObject({
      recording: 'mixed-teaching.edf',
      reference: { set: 'mixed-teaching.key.json', reviewer: 'key', marks: 20 },
      other: { reviewer: 'R-02', marks: 19 },
      problem: null,
      reviewedByBoth: 220,
      outside: { reference: 4, other: 4 },
      rules: { jerk: { onset: 0.25 }, run: { overlap: 0.3 } },
      where: { reference: 16, other: 15, both: 15, sensitivity: 15 / 16, precision: 1, f1: 30 / 31 },
      what: { events: 15, sameKind: 14 },
      szcore: { name: 'SzCORE (seizure) score', settings: { toleranceStart: 30 } },
      disagreements: [{ other: null }, { other: { kind: 'uncertain' } }],
    })
    expect(out).not.toContain(SECRET)
  })

  test('takes a conflict copy for no reader: it is listed, and neither counted nor compared', async () => {
    const before = JSON.parse((await captureCommand('sets', folder, '--json')).out)
    const copy = 'mixed-teaching.R-02.hypnospike (conflicted copy 2026-11-26).json'
    copyFileSync(OTHER, at(copy))
    try {
      const after = JSON.parse((await captureCommand('sets', folder, '--json')).out)
      expect(after.recordings[0].sets).toContainEqual(
        expect.objectContaining({ set: copy, copyOf: 'mixed-teaching.R-02.hypnospike.json', marks: 19 }),
      )
      expect(after.reviewers).toEqual(before.reviewers)
      expect(after.recordings[0].agreement).toEqual(before.recordings[0].agreement)
      expect((await captureCommand('sets', folder)).out).toContain('78 % reviewed, a conflict copy')
    } finally {
      rmSync(at(copy))
    }
  })

  test('and for people', async () => {
    const { out } = await captureCommand('score', KEY, OTHER)
    expect(out).toContain('sensitivity     0.94 of key')
    expect(out).toContain('disagreements     2')
    expect(out).not.toMatch(/undefined|NaN|\[object/)
    expect(out).not.toContain(SECRET)
  })

  test('by rules that were given, which stand in the answer', async () => {
    const { out } = await captureCommand('score', KEY, OTHER, '--json', '--rules', 'jerk.onset=0.4')
    expect(JSON.parse(out).rules.jerk.onset).toBe(0.4)
  })

  test('of more than two compares every two, the reference first, and all together', async () => {
    const { code, out, err } = await captureCommand('score', KEY, OTHER, THIRD, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const told = JSON.parse(out)
    expect(told).toMatchObject({
      reference: { set: 'mixed-teaching.key.json' },
      others: [{ reviewer: 'R-02' }, { reviewer: 'R-04', marks: 20 }],
      reviewedByAll: 220,
      // 15 that all have, and the one that R-02 has left out.
      events: 16,
      votes: [0, 1, 15],
      problem: null,
    })
    expect(told.pairs.map(({ reference, other }: Record<string, string>) => [reference, other])).toEqual([
      ['mixed-teaching.key.json', 'mixed-teaching.R-02.hypnospike.json'],
      ['mixed-teaching.key.json', 'mixed-teaching.R-04.hypnospike.json'],
      ['mixed-teaching.R-02.hypnospike.json', 'mixed-teaching.R-04.hypnospike.json'],
    ])
    const two = JSON.parse((await captureCommand('score', KEY, OTHER, '--json')).out)
    expect(told.pairs[0].where).toEqual(two.where)
    expect(told.pairs[1].where.f1).toBe(1)
    // By hand (Fleiss 1971): on one of 15 events one of three readers differs, so P is (14 + 1/3) / 15.
    expect(told.fleiss).toMatchObject({ events: 15, observed: expect.closeTo((14 + 1 / 3) / 15, 12) })
    expect(out).not.toContain(SECRET)
    const { out: text } = await captureCommand('score', KEY, OTHER, THIRD)
    expect(text).toContain('events            16: 0 by 1, 1 by 2, 15 by all')
    expect(text).toContain('R-02 and R-04')
    expect(text).not.toMatch(/undefined|NaN|\[object/)
  })

  test.each([
    [[KEY], 1, /OTHER is missing/],
    [[KEY, OTHER, at('hypnic-jerks.key.json')], 2, /two different recordings/],
    [[KEY, OTHER, '--rules', 'leg.onset=1'], 1, /"leg\.onset=1" is no rule/],
    [[KEY, at('hypnic-jerks.key.json')], 2, /two different recordings/],
    [[KEY, at('gone.json')], 2, /gone\.json is not there/],
    [
      [at('mixed-teaching.R-03.hypnospike.json'), KEY],
      2,
      /"mixed-teaching\.R-03\.hypnospike\.json": .*not JSON/,
    ],
    [[at('mixed-teaching.edf'), KEY], 2, /mixed-teaching\.edf cannot be read as an annotation set/],
    [[folder, KEY], 2, /is not a file/],
  ] as const)('refuses %j in one line', async (args, code, message) => {
    const answer = await captureCommand('score', ...args)
    expect(answer).toMatchObject({ code, out: '', err: expect.stringMatching(message) })
    expect(answer.err.split('\n')).toHaveLength(1)
    expect(answer.err).not.toContain(folder)
  })
})

describe('sets', () => {
  test('lists recordings, their sets by name or by samples, the reviewers and the agreement', async () => {
    const { code, out, err } = await captureCommand('sets', folder, '--json')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    const listed = JSON.parse(out)
    expect(listed).toMatchObject({
      recordings: [
        {
          recording: 'mixed-teaching.edf',
          duration: 280,
          sets: [
            { set: 'mixed-teaching.R-02.hypnospike.json', reviewer: 'R-02', shareReviewed: 220 / 280 },
            { set: 'mixed-teaching.R-03.hypnospike.json', problem: expect.stringContaining('not JSON') },
            { set: 'mixed-teaching.key.json', isKey: true, shareReviewed: 1 },
            { set: 'another-name.R-02.hypnospike.json', reviewer: 'R-02' },
          ],
        },
        { recording: 'odd.edf', problem: expect.any(String), sets: [] },
      ],
      reviewers: [{ reviewer: 'R-02', sets: 2, marks: 38 }],
      withoutRecording: [{ set: 'hypnic-jerks.key.json', problem: null }],
    })
    const [{ agreement }] = listed.recordings
    expect(agreement).toHaveLength(3)
    expect(agreement[0]).toMatchObject({
      reference: 'mixed-teaching.key.json',
      figures: { events: { reference: 16, other: 15, both: 15, sameKind: 14 }, f1: 30 / 31 },
    })
  })

  test('and for people', async () => {
    const { out } = await captureCommand('sets', folder)
    expect(out).toContain('R-02, 19 marks, 78 % reviewed')
    expect(out).toContain('F1 0.97 (15 of 16 and 15)')
    expect(out).not.toMatch(/undefined|NaN|\[object/)
    expect((await captureCommand('sets', at('empty'))).out).toBe('no recording\n')
  })

  test('shows how far it is where somebody watches', async () => {
    const told: (readonly [number, string | undefined])[] = []
    await runTerminal(['sets', folder, '--json'], {
      write: async () => {},
      writeError: async () => {},
      showProgress: (done, what) => told.push([done, what]),
    })
    expect(told).toEqual([
      [0, 'Reading the folder'],
      [0.5, 'Reading the folder'],
      [1, undefined],
    ])
  })

  test.each([
    [at('gone'), /There is no folder "gone"/],
    [KEY, /"mixed-teaching\.key\.json" is no folder/],
  ])('refuses %s in one line', async (place, message) => {
    expect(await captureCommand('sets', place)).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(message),
    })
  })
})
