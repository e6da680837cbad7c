/** The lesson that comes with the app: sound, mixed, of subjects that differ; and no case is told by its file or its place. */
import { beforeAll, describe, expect, it } from 'vitest'
import { CASE_ROWS } from '../../samples/lesson/cases.ts'
import { makeLesson } from '../../samples/lesson/makeLesson.ts'
import {
  isMadeFile,
  SHIPPED_CASES,
  SHIPPED_LESSON,
  SHIPPED_LESSON_FILE,
} from '../../samples/lesson/shippedLesson.ts'
import { randomStream } from '../../samples/random.ts'
import { bytesSource } from '../../shared/bytes.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { openRecording, readSamples } from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import type { Lesson, LessonCase } from '../../shared/teaching/lesson.ts'
import { parseLesson } from '../../shared/teaching/lessonFormat.ts'

let lesson: Lesson
const files = new Map<string, Uint8Array>()
const recordings = new Map<string, Recording>()

beforeAll(async () => {
  lesson = await makeLesson(async ({ name, bytes }) => void files.set(name, bytes))
  for (const [name, bytes] of files) {
    if (name !== SHIPPED_LESSON_FILE) recordings.set(name, await openRecording(bytesSource(bytes)))
  }
})

const fileOf = ({ recording }: LessonCase) =>
  files.get(recording.fileName) ?? expect.fail('there is no such file')
const kindOf = ({ key }: LessonCase) => key.marks[0]?.kind ?? 'nothing'
/** Of a hexadecimal digit its value. */
const digit = (text: string) => Number.parseInt(text, 16)

describe('the shipped lesson', () => {
  it('has thirty cases and more, two fifths and more of them mimics, of both events and of nothing', () => {
    const count = (kind: string) => lesson.cases.filter((each) => kindOf(each) === kind).length
    expect(lesson.cases).toHaveLength(SHIPPED_CASES)
    expect(lesson.cases.length).toBeGreaterThanOrEqual(30)
    expect(count('mimic') / lesson.cases.length).toBeGreaterThanOrEqual(0.4)
    expect([count('hypnic_jerk'), count('spike_wave_3hz'), count('nothing')]).toEqual([10, 10, 3])
    const subtypes = new Set(lesson.cases.flatMap(({ key }) => key.marks[0]?.subtype ?? []))
    expect(subtypes.size).toBeGreaterThanOrEqual(14)
  })

  it('is a lesson like any, its file read again as it is', () => {
    const text = new TextDecoder().decode(files.get(SHIPPED_LESSON_FILE))
    expect(parseLesson(text)).toEqual(lesson)
    expect(lesson).toMatchObject(SHIPPED_LESSON)
    expect([...files.keys()].every(isMadeFile)).toBe(true)
  })

  it('belongs to its recordings by their samples', async () => {
    for (const each of lesson.cases) {
      const source = bytesSource(fileOf(each))
      expect(await fingerprint(source, await openRecording(source))).toBe(each.recording.fingerprint)
    }
  })

  it('has each event whole in its stretch, alone, with a reason, and sources that have an address or a name', () => {
    for (const { onset, duration, key, rationale, sources } of lesson.cases) {
      expect(key.marks.length).toBeLessThanOrEqual(1)
      for (const mark of key.marks) {
        expect(mark.onset).toBeGreaterThan(onset)
        expect(mark.onset + mark.duration).toBeLessThan(onset + duration)
        expect(sources.length).toBeGreaterThan(0)
      }
      expect(rationale.length).toBeGreaterThan(60)
      expect(rationale).not.toMatch(/unverified| uV|\.\./)
    }
  })

  it('has the easy cases first, and no handful of one sort after another', () => {
    expect([...new Set(lesson.cases.map(({ difficulty }) => difficulty))]).toEqual(['easy', 'medium', 'hard'])
    const kinds = lesson.cases.map(kindOf)
    const longest = (kind: string) =>
      Math.max(...kinds.map((_, from) => kinds.slice(from).findIndex((other) => other !== kind)))
    expect(longest('hypnic_jerk')).toBeLessThanOrEqual(4)
    expect(longest('spike_wave_3hz')).toBeLessThanOrEqual(4)
  })

  it('has subjects that differ: no two recordings share their background', async () => {
    const strengths = await Promise.all(
      lesson.cases.map(async (each) => {
        const recording = recordings.get(each.recording.fileName)!
        const values = await readSamples(bytesSource(fileOf(each)), recording, 0, 0, 512)
        return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
      }),
    )
    expect(new Set(strengths.map((strength) => strength.toFixed(3))).size).toBe(lesson.cases.length)
    // As large as an EEG is, and never silent.
    expect(Math.min(...strengths)).toBeGreaterThan(3)
    expect(Math.max(...strengths)).toBeLessThan(150)
  })
})

/** What can be seen of a case before its traces are. */
const TELLTALES: readonly (readonly [string, (each: LessonCase, index: number) => number])[] = [
  ['place in the lesson', (_, index) => index],
  ['parity of that place', (_, index) => index % 2],
  ['place of the file in its folder', ({ recording }) => sorted().indexOf(recording.fileName)],
  ...[0, 1, 2, 3, 4, 5].map(
    (at) =>
      [
        `digit ${at} of the file's name`,
        ({ recording }: LessonCase) => digit(recording.fileName[4 + at]!),
      ] as const,
  ),
  ...[0, 1, 2, 3].map((at) => [`digit ${at} of the id`, ({ id }: LessonCase) => digit(id[5 + at]!)] as const),
  ['length of the file', (each) => fileOf(each).byteLength],
  ['bytes of the header', (each) => recordings.get(each.recording.fileName)!.header.headerBytes],
  ['beginning of the stretch', ({ onset }) => onset],
  ['length of the stretch', ({ duration }) => duration],
  [
    'middle of the event in the page',
    ({ onset, duration, key }) => {
      const [mark] = key.marks
      return mark === undefined ? Number.NaN : (mark.onset + mark.duration / 2 - onset) / duration
    },
  ],
]

function sorted(): readonly string[] {
  return lesson.cases.map(({ recording }) => recording.fileName).toSorted()
}

/** How often the nearest other case by a feature is of the same kind; of several equally near, their share. */
function hits(values: readonly number[], kinds: readonly string[]): number {
  let sum = 0
  for (const [index, value] of values.entries()) {
    const distances = values.map((other, at) =>
      at === index ? Number.POSITIVE_INFINITY : Math.abs(other - value),
    )
    const least = Math.min(...distances)
    const near = kinds.filter((_, at) => distances[at] === least)
    sum += near.filter((kind) => kind === kinds[index]).length / near.length
  }
  return sum / values.length
}

/** Share of random assignments of the kinds to the cases that a feature tells as well as it tells the true one. */
function chance(values: readonly number[], kinds: readonly string[]): number {
  const known = values.flatMap((value, at) => (Number.isNaN(value) ? [] : [at]))
  const told = known.map((at) => values[at]!)
  const truth = known.map((at) => kinds[at]!)
  const random = randomStream('shuffling the kinds')
  const actual = hits(told, truth)
  let asGood = 0
  const rounds = 2000
  for (let round = 0; round < rounds; round += 1) {
    const drawn = truth.map((kind) => ({ kind, order: random.uniform() })).sort((a, b) => a.order - b.order)
    if (
      hits(
        told,
        drawn.map(({ kind }) => kind),
      ) >=
      actual - 1e-12
    )
      asGood += 1
  }
  return asGood / rounds
}

describe('no case of the shipped lesson is told by', () => {
  // Of so many features one may look better than chance by chance: the bar is that of all of them together.
  const bar = 0.05 / TELLTALES.length

  it.each(TELLTALES)('the %s', (_, feature) => {
    expect(chance(lesson.cases.map(feature), lesson.cases.map(kindOf))).toBeGreaterThan(bar)
  })

  it('the view, the question, what the header says or the notes', () => {
    const said = lesson.cases.map(({ view, question, recording: { fileName } }) => {
      const { patient, recording, start, signals } = recordings.get(fileName)!.header
      const rates = signals.map(({ samplesPerRecord, unit }) => [samplesPerRecord, unit])
      return JSON.stringify([view, question, patient, recording, start, rates])
    })
    expect(new Set(said).size).toBe(1)
    for (const bytes of files.values()) {
      const text = new TextDecoder('latin1').decode(bytes.subarray(0, 8192))
      const said = text.replaceAll('Hypnospike_synthetic', '')
      if (text.startsWith('0 ')) expect(said).not.toMatch(/jerk|run|mimic|slow|hyper|spike|phantom|leg/i)
    }
  })

  it('and a file that told its kind would be noticed', () => {
    const kinds = lesson.cases.map(kindOf)
    const telling = kinds.map((kind, index) => kind.length * 100 + (index % 7))
    expect(chance(telling, kinds)).toBeLessThan(bar)
  })

  it('or by being the only clean one: every row is drawn with what goes on besides', () => {
    expect(CASE_ROWS).toHaveLength(SHIPPED_CASES)
    expect(new Set(CASE_ROWS.map(({ seed }) => seed)).size).toBe(SHIPPED_CASES)
  })
})
