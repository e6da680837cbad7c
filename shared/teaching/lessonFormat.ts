/**
 * The lesson as a file, version 1; FORMAT.md is its specification. Written strictly (one order of keys, a case a line),
 * so that two versions can be compared line by line; read strictly too, but for the order of keys. For the reader:
 * `parseLesson` and `serializeLesson`.
 */
import * as v from 'valibot'
import { KINDS } from '../annotation/kinds.ts'
import { clipText, plainLine } from '../annotation/plainText.ts'
import { ReviewError } from '../failure.ts'
import { isObject, isVersion, type JsonObject, parseJson, type Upgrade, upgradeObject } from '../jsonFile.ts'
import { shapeProblem } from '../jsonShape.ts'
import { displayName } from '../shownText.ts'
import { FILTER_NAMES, SCALE_NAMES } from '../signal/viewSettings.ts'
import { TEACHING_STATEMENT } from '../statement.ts'
import { TICKS_PER_SECOND } from '../units.ts'
import { lessonProblems } from './checkLesson.ts'
import { type Lesson, type LessonCase, MAX_LESSON_BYTES } from './lesson.ts'
import { lessonSchema } from './lessonSchema.ts'

export const LESSON_FORMAT = 'hypnospike lesson'
export const LESSON_VERSION = 1
/** What the files of lessons are called. */
export const LESSON_ENDING = '.lesson.json'

/** A thousand cases of a few marks and votes stay far below it; the bytes alone would let through two million. */
const SHAPE = {
  depth: 16,
  parts: 250_000,
  values: 1_000_000,
  tooMany: 'it holds more than a thousand cases may',
}

/** What a file has and a lesson has not. */
const FILE_KEYS = ['format', 'version', 'statement', 'ticksPerSecond', 'labels']
const CASE_KEYS = [
  'id',
  'recording',
  'onset',
  'duration',
  'view',
  'question',
  'key',
  'rationale',
  'sources',
  'difficulty',
  'changed',
]
const RECORDING_KEYS = ['fingerprint', 'fileName', 'records', 'recordDuration']
const MARK_KEYS = [
  'id',
  'kind',
  'subtype',
  'onset',
  'duration',
  'channels',
  'confidence',
  'evidence',
  'author',
]
const VIEW_KEYS = ['montage', ...FILTER_NAMES, 'kinds', 'direction', 'bad', ...SCALE_NAMES, 'own']

/** The upgrade from version n stands under n. */
const UPGRADES: ReadonlyMap<number, Upgrade> = new Map()

/** The text of a lesson's file. The same lesson gives the same text. */
export function serializeLesson(lesson: Lesson): string {
  const { cases, ...head } = lesson
  const { id, title, description, language, licence, created, changed } = head
  const fields = {
    format: LESSON_FORMAT,
    version: LESSON_VERSION,
    statement: TEACHING_STATEMENT,
    ticksPerSecond: TICKS_PER_SECOND,
    labels: Object.fromEntries(KINDS.map(({ code, label }) => [code, label])),
    ...{ id, title, description, language, licence, created, changed },
  }
  const lines = Object.entries(fields).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  )
  const listed = cases.map((each) => JSON.stringify(inOrder(each)))
  lines.push(`"cases": ${listed.length === 0 ? '[]' : `[\n    ${listed.join(',\n    ')}\n  ]`}`)
  return `{\n  ${lines.join(',\n  ')}\n}\n`
}

/** A case as it is written: all that is in it in one order of keys. */
export function inOrder(lessonCase: LessonCase): object {
  const { recording, view, key, sources } = lessonCase
  return ordered(
    {
      ...lessonCase,
      recording: ordered(recording, RECORDING_KEYS),
      view: ordered(view, VIEW_KEYS),
      key: {
        marks: key.marks.map((mark) => ordered(mark, MARK_KEYS)),
        votes: key.votes.map(({ reader, reviewed, marks }) => ({
          ...{ reader, reviewed },
          marks: marks.map((mark) => ordered(mark, MARK_KEYS)),
        })),
      },
      sources: sources.map(({ text, url }) => ({ text, url })),
    },
    CASE_KEYS,
  )
}

function ordered(value: object, keys: readonly string[]): object {
  const entries = new Map<string, unknown>(Object.entries(value))
  return Object.fromEntries(keys.filter((key) => entries.has(key)).map((key) => [key, entries.get(key)]))
}

/**
 * Reads a lesson. Throws ReviewError `bad-lesson` with one sentence: which field, what stands there, what should, and
 * what to do. Texts are made plain.
 */
export function parseLesson(text: string): Lesson {
  if (text.length > MAX_LESSON_BYTES) {
    throw badLesson(
      `it is larger than ${MAX_LESSON_BYTES / 1024 / 1024} MB; share its cases among several lessons`,
    )
  }
  const file = upgrade(readObject(text.replace(/^\uFEFF/, '')))
  if (file.ticksPerSecond !== TICKS_PER_SECOND)
    throw unlike('ticksPerSecond', `${TICKS_PER_SECOND}`, file.ticksPerSecond)
  const content = Object.fromEntries(Object.entries(file).filter(([key]) => !FILE_KEYS.includes(key)))
  const checked = v.safeParse(lessonSchema, content, { abortEarly: true })
  if (!checked.success) throw describeIssue(checked.issues[0])
  const [problem] = lessonProblems(checked.output)
  if (problem !== undefined) throw badLesson(`${problem}; correct it in the file`)
  return checked.output
}

function readObject(json: string): JsonObject {
  const shape = shapeProblem(json, SHAPE)
  if (shape !== null) throw badLesson(`${shape}; it was not made by Hypnospike`)
  const value = parseJson(json, (reason) => badLesson(`${reason}; it may have been cut off, fetch it again`))
  if (!isObject(value) || value.format !== LESSON_FORMAT) {
    throw new ReviewError(
      'bad-lesson',
      'This is not a Hypnospike lesson: choose a file that ends in .lesson.json.',
    )
  }
  return value
}

/** The file's object as this version has it. */
function upgrade(file: JsonObject): JsonObject {
  const { version } = file
  if (!isVersion(version)) throw unlike('version', 'a whole number, 1 or more', version)
  if (version > LESSON_VERSION) {
    throw new ReviewError(
      'bad-lesson',
      `This lesson was made by a newer Hypnospike (format ${version}); update Hypnospike to open it.`,
    )
  }
  return upgradeObject(file, version, LESSON_VERSION, UPGRADES)
}

function describeIssue(issue: v.BaseIssue<unknown>): ReviewError {
  const field = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${clipText(plainLine(String(key)), 60)}`))
    .join('')
    .replace(/^\./, '')
  const where = field === '' ? 'the content' : clipText(field, 120)
  if (issue.kind === 'schema' && issue.received === 'undefined') {
    return badLesson(`${where} is missing; add it to the file`)
  }
  if (issue.kind === 'schema' && issue.expected === 'never') {
    return badLesson(`${where} is no field of a lesson; take it out of the file`)
  }
  return unlike(where, issue.message, issue.input)
}

function unlike(field: string, expected: string, found: unknown): ReviewError {
  return badLesson(`${field} should be ${expected}, found ${shown(found)}; correct it in the file`)
}

/** A value as far as a sentence has room for it. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'string') {
    return value.length > 60 ? `a text of ${value.length} characters` : `“${displayName(value)}”`
  }
  if (Array.isArray(value)) return `a list of ${value.length}`
  return isObject(value) ? 'an object' : String(value)
}

export function badLesson(reason: string): ReviewError {
  return new ReviewError('bad-lesson', `This lesson cannot be read: ${reason}.`)
}
