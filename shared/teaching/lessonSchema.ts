/**
 * What a lesson may be, checked where it arrives from a file or another process. Strict: a field that is not known is
 * refused, since lessons come from strangers. Lists by their length first, texts made plain on the way in.
 */
import * as v from 'valibot'
import {
  boundedList,
  countSchema,
  directionSchema,
  eventEntries,
  MAX_SIGNALS,
  nameSchema,
  recordingEntries,
  stretchEntries,
  timeSchema,
} from '../annotation/fieldSchemas.ts'
import { codesOf } from '../annotation/kinds.ts'
import { lineSchema, linesSchema } from '../annotation/textSchemas.ts'
import { ownMontageSchema } from '../ownMontages/ownMontageSchema.ts'
import { FILTER_KINDS, FILTER_NAMES, type FilterKind, SCALE_NAMES } from '../signal/viewSettings.ts'
import type { Ticks } from '../units.ts'
import {
  DIFFICULTIES,
  type Lesson,
  LONGEST_CASE,
  MAX_CASES,
  MAX_KEY_MARKS,
  MAX_LINE,
  MAX_QUESTION,
  MAX_SOURCES,
  MAX_TEXT,
  MAX_TITLE,
  MAX_VOTES,
} from './lesson.ts'

const POSITIVE = 'a whole number of ticks (100 ns) above 0, of an hour at most'
const LANGUAGE = 'a language tag such as en or pt-BR'
const ADDRESS = 'an address that begins with https:// or http://, or null'
const FREQUENCY = 'a frequency of 0.01 to 10000 Hz, or null'

const stretchLength = v.pipe(
  v.number(POSITIVE),
  v.safeInteger(POSITIVE),
  v.minValue(1, POSITIVE),
  v.maxValue(LONGEST_CASE, POSITIVE),
  v.transform((value) => value as Ticks),
)

const frequency = v.nullable(
  v.pipe(v.number(FREQUENCY), v.minValue(0.01, FREQUENCY), v.maxValue(10_000, FREQUENCY)),
)
const filterEntries = v.entriesFromList(FILTER_NAMES, frequency)
const filters = v.strictObject(filterEntries, 'the filters of a kind')
const kinds: readonly FilterKind[] = FILTER_KINDS.map(({ kind }) => kind)
const SCALE = 'a number of 0.001 to 1000000'
const scale = v.pipe(v.number(SCALE), v.minValue(0.001, SCALE), v.maxValue(1_000_000, SCALE))
const signalIndex = v.pipe(countSchema, v.maxValue(MAX_SIGNALS, `a signal of 0 to ${MAX_SIGNALS}`))

const viewSchema = v.strictObject(
  {
    montage: nameSchema,
    ...filterEntries,
    ...v.entriesFromList(SCALE_NAMES, scale),
    kinds: v.exactOptional(
      v.strictObject(v.entriesFromList(kinds, v.exactOptional(filters)), 'filters by kind'),
    ),
    direction: v.exactOptional(directionSchema),
    bad: v.exactOptional(
      boundedList(signalIndex, MAX_SIGNALS, { list: 'a list of signals', longest: 'a shorter list' }),
    ),
    own: v.exactOptional(ownMontageSchema),
  },
  'a view',
)

const votedSchema = v.omit(v.strictObject(eventEntries, 'a mark'), ['channels', 'evidence'])
const keyMarkSchema = v.strictObject(
  {
    id: nameSchema,
    ...eventEntries,
    author: nameSchema,
  },
  'a mark',
)
const voteSchema = v.strictObject(
  {
    reader: nameSchema,
    reviewed: v.boolean('true or false'),
    marks: boundedList(votedSchema, MAX_KEY_MARKS, {
      list: 'a list of marks',
      longest: `a list of at most ${MAX_KEY_MARKS} marks`,
    }),
  },
  'a vote',
)

const sourceSchema = v.strictObject(
  {
    text: lineSchema(1, MAX_LINE),
    url: v.nullable(v.pipe(lineSchema(1, MAX_LINE), v.check(isWebAddress, ADDRESS))),
  },
  'a source',
)

const caseSchema = v.strictObject(
  {
    id: nameSchema,
    recording: v.strictObject(recordingEntries, 'a recording'),
    onset: stretchEntries.onset,
    duration: stretchLength,
    view: viewSchema,
    question: linesSchema(MAX_QUESTION),
    key: v.strictObject(
      {
        marks: boundedList(keyMarkSchema, MAX_KEY_MARKS, {
          list: 'a list of marks',
          longest: `a list of at most ${MAX_KEY_MARKS} marks`,
        }),
        votes: boundedList(voteSchema, MAX_VOTES, {
          list: 'a list of votes',
          longest: `a list of at most ${MAX_VOTES} votes`,
        }),
      },
      'a key',
    ),
    rationale: linesSchema(MAX_TEXT),
    sources: boundedList(sourceSchema, MAX_SOURCES, {
      list: 'a list of sources',
      longest: `a list of at most ${MAX_SOURCES} sources`,
    }),
    difficulty: v.nullable(v.picklist(codesOf(DIFFICULTIES), `${codesOf(DIFFICULTIES).join(', ')} or null`)),
    changed: timeSchema,
  },
  'a case',
)

export const headEntries = {
  title: lineSchema(1, MAX_TITLE),
  description: linesSchema(MAX_TEXT),
  language: v.pipe(v.string(LANGUAGE), v.regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/, LANGUAGE)),
  licence: lineSchema(0, MAX_LINE),
}

/** A lesson without the head of its file; what holds between its parts is `checkLesson`'s. */
export const lessonSchema = v.strictObject(
  {
    id: nameSchema,
    ...headEntries,
    created: timeSchema,
    changed: timeSchema,
    cases: boundedList(caseSchema, MAX_CASES, {
      list: 'a list of cases',
      longest: `a list of at most ${MAX_CASES} cases`,
    }),
  },
  'a lesson',
) as unknown as v.GenericSchema<unknown, Lesson>

/** Addresses that a click may open: never `javascript:`, `file:` or a name without a scheme. */
export function isWebAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s]+$/i.test(text)) return false
  return URL.canParse(text)
}
