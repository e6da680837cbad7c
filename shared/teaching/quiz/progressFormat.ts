/**
 * Progress as a file, version 1; PROGRESS.md is its specification. On disk a file a learner and lesson; exported, all of a
 * learner may be in one. Written strictly, an answer a line; read strictly. For the reader: `parseProgress` and
 * `serializeProgress`.
 */
import * as v from 'valibot'
import {
  boundedList,
  eventEntries,
  finiteSchema,
  nameSchema,
  stretchEntries,
  timeSchema,
} from '../../annotation/fieldSchemas.ts'
import { CONFIDENCES, codesOf, KINDS, MIMICS } from '../../annotation/kinds.ts'
import { clipText, plainLine } from '../../annotation/plainText.ts'
import { lineSchema } from '../../annotation/textSchemas.ts'
import { ReviewError } from '../../failure.ts'
import { shapeProblem } from '../../jsonShape.ts'
import { TEACHING_STATEMENT } from '../../statement.ts'
import { TICKS_PER_SECOND } from '../../units.ts'
import { MAX_TITLE } from '../lesson.ts'
import { NOTHING } from './called.ts'
import { CRITERION_CODES } from './criteria.ts'
import { QUIZ_MODES } from './judgement.ts'
import { type Answer, type LessonProgress, MAX_ANSWERS } from './progress.ts'

export const PROGRESS_FORMAT = 'hypnospike progress'
export const PROGRESS_VERSION = 1
export const PROGRESS_ENDING = '.progress.json'
export const MAX_PROGRESS_BYTES = 32 * 1024 * 1024

/** Twenty thousand answers of some marks and criteria stay below it. */
const SHAPE = {
  depth: 12,
  parts: 1_000_000,
  values: 3_000_000,
  tooMany: `it holds more than ${MAX_ANSWERS} answers may`,
}
const MAX_LESSONS = 1000
const MAX_PLACES = 400
const MAX_CRITERIA = 64

export type Progress = { readonly learner: string; readonly lessons: readonly LessonProgress[] }

const called = v.pipe(
  v.string('what a place was called'),
  v.check(isCalled, `a kind (${codesOf(KINDS).join(', ')}), mimic: and its code, or ${NOTHING}`),
)

function isCalled(text: string): boolean {
  const [kind, subtype, ...more] = text.split(':')
  if (more.length > 0) return false
  if (subtype !== undefined) return kind === 'mimic' && MIMICS.some(({ code }) => code === subtype)
  return kind === NOTHING || KINDS.some(({ code }) => code === kind)
}

const judgedSchema = v.strictObject({
  isRight: v.boolean('true or false'),
  isKindRight: v.boolean('true or false'),
  confusion: v.strictObject({ key: called, given: called }),
  onsetError: v.nullable(finiteSchema),
  places: v.pipe(
    boundedList(
      v.strictObject({ key: called, given: called, onsetError: v.nullable(finiteSchema) }),
      MAX_PLACES,
      {
        list: 'a list of places',
        longest: `a list of at most ${MAX_PLACES} places`,
      },
    ),
    v.minLength(1, 'a list of one place or more'),
  ),
})

const answerSchema = v.strictObject({
  showing: nameSchema,
  case: nameSchema,
  at: timeSchema,
  mode: v.picklist(QUIZ_MODES, `one of ${QUIZ_MODES.join(', ')}`),
  marks: boundedList(
    v.strictObject({
      ...{ kind: eventEntries.kind, subtype: eventEntries.subtype },
      ...stretchEntries,
    }),
    MAX_PLACES,
    { list: 'a list of marks', longest: `a list of at most ${MAX_PLACES} marks` },
  ),
  confidence: v.picklist(codesOf(CONFIDENCES), `one of ${codesOf(CONFIDENCES).join(', ')}`),
  criteria: v.pipe(
    v.record(lineSchema(1, 80), v.picklist(CRITERION_CODES, `one of ${CRITERION_CODES.join(', ')}`)),
    v.check((given) => Object.keys(given).length <= MAX_CRITERIA, `at most ${MAX_CRITERIA} criteria`),
  ),
  seconds: v.pipe(finiteSchema, v.minValue(0, 'a number, 0 or more')),
  judged: judgedSchema,
})

const contentSchema = v.strictObject({
  learner: nameSchema,
  lessons: boundedList(
    v.strictObject({
      id: nameSchema,
      title: lineSchema(1, MAX_TITLE),
      answers: boundedList(answerSchema, MAX_ANSWERS, {
        list: 'a list of answers',
        longest: `a list of at most ${MAX_ANSWERS} answers`,
      }),
    }),
    MAX_LESSONS,
    { list: 'a list of lessons', longest: `a list of at most ${MAX_LESSONS} lessons` },
  ),
})

const FILE_KEYS = ['format', 'version', 'statement', 'ticksPerSecond']

/** The same progress gives the same text. */
export function serializeProgress({ learner, lessons }: Progress): string {
  const head = {
    format: PROGRESS_FORMAT,
    version: PROGRESS_VERSION,
    statement: TEACHING_STATEMENT,
    ticksPerSecond: TICKS_PER_SECOND,
    learner,
  }
  const lines = Object.entries(head).map(
    ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  )
  return `{\n${lines.join(',\n')},\n  "lessons": ${listed(lessons.map(lessonText), '    ')}\n}\n`
}

function lessonText({ lesson, answers }: LessonProgress): string {
  const texts = answers.map((answer) => JSON.stringify(inOrder(answer)))
  return `{"id": ${JSON.stringify(lesson.id)}, "title": ${JSON.stringify(lesson.title)}, "answers": ${listed(texts, '      ')}}`
}

function listed(texts: readonly string[], indent: string): string {
  return texts.length === 0 ? '[]' : `[\n${indent}${texts.join(`,\n${indent}`)}\n${indent.slice(2)}]`
}

function inOrder({
  showing,
  at,
  mode,
  marks,
  confidence,
  criteria,
  seconds: taken,
  judged,
  ...rest
}: Answer) {
  const { isRight, isKindRight, confusion, onsetError, places } = judged
  return {
    ...{ showing, case: rest.case, at, mode },
    marks: marks.map(({ kind, subtype, onset, duration }) => ({ kind, subtype, onset, duration })),
    ...{ confidence, criteria: Object.fromEntries(Object.entries(criteria).sort()), seconds: taken },
    judged: {
      ...{ isRight, isKindRight, confusion: { key: confusion.key, given: confusion.given }, onsetError },
      places: places.map((place) => ({ key: place.key, given: place.given, onsetError: place.onsetError })),
    },
  }
}

/** Throws ReviewError `bad-progress` with one sentence: what is wrong, and that it is left as it is. */
export function parseProgress(text: string): Progress {
  const shape = shapeProblem(text, SHAPE)
  if (shape !== null) throw badProgress(shape)
  const file = objectOf(text)
  if (file.format !== PROGRESS_FORMAT) throw badProgress('it is something else')
  const { version } = file
  if (typeof version === 'number' && version > PROGRESS_VERSION) {
    throw new ReviewError(
      'bad-progress',
      `This progress was kept by a newer Hypnospike (format ${version}) and is left as it is: update Hypnospike to go on.`,
    )
  }
  if (version !== PROGRESS_VERSION) throw badProgress(`version should be a whole number, 1 or more`)
  if (file.ticksPerSecond !== TICKS_PER_SECOND)
    throw badProgress(`ticksPerSecond should be ${TICKS_PER_SECOND}`)
  const content = Object.fromEntries(Object.entries(file).filter(([key]) => !FILE_KEYS.includes(key)))
  const checked = v.safeParse(contentSchema, content, { abortEarly: true })
  if (!checked.success) {
    throw badProgress(describeIssue(checked.issues[0]))
  }
  const { learner, lessons } = checked.output
  return {
    learner,
    lessons: lessons.map(({ id, title, answers }) => ({
      lesson: { id, title },
      // The schema has asked for one place at least.
      answers: answers as unknown as readonly Answer[],
    })),
  }
}

function describeIssue(issue: v.BaseIssue<unknown>): string {
  const where = clipText(plainLine(v.getDotPath(issue) ?? 'the content'), 120)
  if (issue.kind === 'schema' && issue.received === 'undefined') return `${where} is missing`
  if (issue.kind === 'schema' && issue.expected === 'never') return `${where} is no field of it`
  return `${where} should be ${issue.message}`
}

function objectOf(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      return value as Readonly<Record<string, unknown>>
    }
  } catch {
    throw badProgress('it is not JSON, perhaps cut off')
  }
  throw badProgress('it is something else')
}

function badProgress(reason: string): ReviewError {
  return new ReviewError(
    'bad-progress',
    `This progress cannot be read (${reason}) and is left as it is: delete it to begin anew, or put back a copy.`,
  )
}
