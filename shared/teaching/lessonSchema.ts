/**
 * What a lesson may be, checked where it arrives from a file or another process. Strict: a field that is not known is
 * refused, since lessons come from strangers. Lists by their length first, texts made plain on the way in.
 */
import * as v from 'valibot'
import { CONFIDENCES, codesOf, EVIDENCE, KINDS, MIMICS } from '../annotation/kinds.ts'
import { clipText, MAX_NAME, plainLine } from '../annotation/plainText.ts'
import { boundedList, timeSchema } from '../annotation/schemas.ts'
import { lineSchema, linesSchema } from '../annotation/textSchemas.ts'
import { ownMontageSchema } from '../ownMontages/ownMontageSchema.ts'
import {
  DIRECTIONS,
  FILTER_KINDS,
  FILTER_NAMES,
  type FilterKind,
  SCALE_NAMES,
} from '../signal/viewSettings.ts'
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

const MAX_SIGNALS = 4096
const WHOLE = 'a whole number of ticks (100 ns)'
const POSITIVE = 'a whole number of ticks (100 ns) above 0, of an hour at most'
const LANGUAGE = 'a language tag such as en or pt-BR'
const ADDRESS = 'an address that begins with https:// or http://, or null'
const FREQUENCY = 'a frequency of 0.01 to 10000 Hz, or null'

const name = lineSchema(1, MAX_NAME)
const ticks = v.pipe(
  v.number(WHOLE),
  v.safeInteger(WHOLE),
  v.transform((value) => value as Ticks),
)
const duration = v.pipe(
  v.number(WHOLE),
  v.safeInteger(WHOLE),
  v.minValue(0, `${WHOLE}, 0 or more`),
  v.transform((value) => value as Ticks),
)
const stretchLength = v.pipe(
  v.number(POSITIVE),
  v.safeInteger(POSITIVE),
  v.minValue(1, POSITIVE),
  v.maxValue(LONGEST_CASE, POSITIVE),
  v.transform((value) => value as Ticks),
)
/** Names of files are for telling people: cut rather than refused. */
const fileName = v.pipe(
  v.string('a file name'),
  v.transform((text) => clipText(plainLine(text.slice(0, 8 * MAX_NAME)), MAX_NAME)),
)
const count = v.pipe(
  v.number('a whole number'),
  v.safeInteger('a whole number'),
  v.minValue(0, 'a whole number, 0 or more'),
)

function oneOf<const Codes extends readonly string[]>(codes: Codes) {
  return v.picklist(codes, `one of ${codes.join(', ')}`)
}

const recordingSchema = v.strictObject(
  {
    fingerprint: name,
    fileName,
    records: count,
    recordDuration: v.pipe(v.number('a number'), v.finite('a number'), v.minValue(0, 'a number, 0 or more')),
  },
  'a recording',
)

const frequency = v.nullable(
  v.pipe(v.number(FREQUENCY), v.minValue(0.01, FREQUENCY), v.maxValue(10_000, FREQUENCY)),
)
const filterEntries = v.entriesFromList(FILTER_NAMES, frequency)
const filters = v.strictObject(filterEntries, 'the filters of a kind')
const kinds: readonly FilterKind[] = FILTER_KINDS.map(({ kind }) => kind)
const SCALE = 'a number of 0.001 to 1000000'
const scale = v.pipe(v.number(SCALE), v.minValue(0.001, SCALE), v.maxValue(1_000_000, SCALE))
const signalIndex = v.pipe(count, v.maxValue(MAX_SIGNALS, `a signal of 0 to ${MAX_SIGNALS}`))

const viewSchema = v.strictObject(
  {
    montage: name,
    ...filterEntries,
    ...v.entriesFromList(SCALE_NAMES, scale),
    kinds: v.exactOptional(
      v.strictObject(v.entriesFromList(kinds, v.exactOptional(filters)), 'filters by kind'),
    ),
    direction: v.exactOptional(oneOf(DIRECTIONS.map(({ id }) => id))),
    bad: v.exactOptional(
      boundedList(signalIndex, MAX_SIGNALS, { list: 'a list of signals', longest: 'a shorter list' }),
    ),
    own: v.exactOptional(ownMontageSchema),
  },
  'a view',
)

const votedEntries = {
  kind: oneOf(codesOf(KINDS)),
  subtype: v.nullable(v.picklist(codesOf(MIMICS), 'the code of a mimic, or null')),
  onset: ticks,
  duration,
  confidence: v.nullable(v.picklist(codesOf(CONFIDENCES), `${codesOf(CONFIDENCES).join(', ')} or null`)),
}
const keyMarkSchema = v.strictObject(
  {
    id: name,
    ...votedEntries,
    channels: boundedList(name, MAX_SIGNALS, { list: 'a list of labels', longest: 'a shorter list' }),
    evidence: boundedList(oneOf(codesOf(EVIDENCE)), EVIDENCE.length, {
      list: 'a list of what was seen',
      longest: 'a list that names none twice',
    }),
    author: name,
  },
  'a mark',
)
const voteSchema = v.strictObject(
  {
    reader: name,
    reviewed: v.boolean('true or false'),
    marks: boundedList(v.strictObject(votedEntries, 'a mark'), MAX_KEY_MARKS, {
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
    id: name,
    recording: recordingSchema,
    onset: ticks,
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
    id: name,
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
