/**
 * What arrives from a file, a journal or another process, checked at the edge. Texts are made plain
 * and times brought to one form on the way in; fields of later versions are kept as they are.
 */
import * as v from 'valibot'
import {
  DIRECTIONS,
  FILTER_KINDS,
  FILTER_NAMES,
  type FilterKind,
  SCALE_NAMES,
} from '../signal/viewSettings.ts'
import type { Ticks } from '../units.ts'
import type { SetChange } from './document.ts'
import { CONFIDENCES, codesOf, EVIDENCE, KINDS, MIMICS } from './kinds.ts'
import { clipText, MAX_COMMENT, MAX_NAME, plainLine, plainText } from './plainText.ts'
import { MAX_CHANGES, MAX_MARKS, MAX_SIGN_OFFS } from './setSize.ts'

const MAX_SIGNALS = 4096
const MAX_PARAMETERS = 64
const MAX_MEASURED = 64
const MAX_VALUES = 64

const WHOLE = 'a whole number of ticks (100 ns)'
const NAME = `plain text of 1 to ${MAX_NAME} characters`
const TIME = 'a time in UTC like 2026-01-31T08:05:00.000Z'
const NUMBER = 'a number'

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
/** What is much longer than it may be is not made plain first: that costs many times its length. */
const RAW = 8

/** Length first, so that the items of a list that is too long are never looked at. */
export function boundedList<const Schema extends v.GenericSchema>(
  item: Schema,
  most: number,
  said: { readonly list: string; readonly longest: string },
) {
  return v.pipe(v.array(v.unknown(), said.list), v.maxLength(most, said.longest), v.array(item, said.list))
}

const name = v.pipe(
  v.string(NAME),
  v.maxLength(RAW * MAX_NAME, NAME),
  v.transform(plainLine),
  v.minLength(1, NAME),
  v.maxLength(MAX_NAME, NAME),
)
const label = v.pipe(
  v.string(NAME),
  v.maxLength(RAW * MAX_NAME, NAME),
  v.transform(plainLine),
  v.maxLength(MAX_NAME, NAME),
)
/** Only for telling people: cut rather than refused, since it comes from headers and file names. */
const caption = v.pipe(
  v.string('a text'),
  v.transform((text) => clipText(plainLine(text.slice(0, RAW * MAX_NAME)), MAX_NAME)),
)
const comment = v.pipe(
  v.string('plain text'),
  v.maxLength(RAW * MAX_COMMENT, `plain text of at most ${MAX_COMMENT} characters`),
  v.transform(plainText),
  v.maxLength(MAX_COMMENT, `plain text of at most ${MAX_COMMENT} characters`),
)
export const timeSchema = v.pipe(
  v.string(TIME),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/, TIME),
  v.check((text) => !Number.isNaN(Date.parse(text)), TIME),
  v.transform((text) => new Date(text).toISOString()),
)
const finite = v.pipe(v.number(NUMBER), v.finite(NUMBER))

const filterEntries = v.entriesFromList(FILTER_NAMES, v.nullable(finite))
const filtersSchema = v.looseObject(filterEntries, 'the filters of a kind')
const filterKinds: readonly FilterKind[] = FILTER_KINDS.map(({ kind }) => kind)
const signalIndex = v.pipe(
  finite,
  v.safeInteger('a whole number'),
  v.minValue(0, 'a whole number, 0 or more'),
)

const viewSchema = v.looseObject(
  {
    montage: name,
    ...filterEntries,
    ...v.entriesFromList(SCALE_NAMES, finite),
    kinds: v.exactOptional(
      v.looseObject(v.entriesFromList(filterKinds, v.exactOptional(filtersSchema)), 'filters by kind'),
    ),
    direction: v.exactOptional(
      v.picklist(
        DIRECTIONS.map(({ id }) => id),
        `one of ${DIRECTIONS.map(({ id }) => id).join(', ')}`,
      ),
    ),
    bad: v.exactOptional(
      boundedList(signalIndex, MAX_SIGNALS, { list: 'a list of signals', longest: 'a shorter list' }),
    ),
  },
  'a view',
)

const measuredSchema = v.looseObject(
  {
    entry: name,
    label: name,
    text: name,
    values: boundedList(v.looseObject({ id: name, value: finite, unit: label }, 'a value'), MAX_VALUES, {
      list: 'a list of values',
      longest: `a list of at most ${MAX_VALUES} values`,
    }),
    onset: ticks,
    duration,
  },
  'a measured value',
)

const markEntries = {
  id: name,
  kind: v.picklist(codesOf(KINDS), `one of the kinds ${codesOf(KINDS).join(', ')}`),
  subtype: v.nullable(v.picklist(codesOf(MIMICS), 'the code of a mimic, or null')),
  onset: ticks,
  duration,
  channels: boundedList(name, MAX_SIGNALS, { list: 'a list of labels', longest: 'a shorter list' }),
  confidence: v.nullable(v.picklist(codesOf(CONFIDENCES), `${codesOf(CONFIDENCES).join(', ')} or null`)),
  evidence: boundedList(
    v.picklist(codesOf(EVIDENCE), `one of ${codesOf(EVIDENCE).join(', ')}`),
    EVIDENCE.length,
    { list: 'a list of what was seen', longest: 'a list that names none twice' },
  ),
  comment,
  view: v.nullable(viewSchema),
  author: name,
  created: timeSchema,
  changed: timeSchema,
  parameters: v.exactOptional(
    v.pipe(
      v.record(v.string(), v.unknown(), 'an object of numbers and texts'),
      v.check((value) => Object.keys(value).length <= MAX_PARAMETERS, `at most ${MAX_PARAMETERS} parameters`),
      v.record(name, v.union([finite, label], 'a number or a text'), 'an object of numbers and texts'),
    ),
  ),
  measured: v.exactOptional(
    boundedList(measuredSchema, MAX_MEASURED, {
      list: 'a list of measured values',
      longest: `a list of at most ${MAX_MEASURED} measured values`,
    }),
  ),
}
const rangeEntries = { id: name, onset: ticks, duration }
const MAX_READERS = 200
const idList = boundedList(name, MAX_MARKS, { list: 'a list of ids', longest: 'a shorter list' })
const decisionEntries = {
  ...rangeEntries,
  readers: boundedList(
    v.looseObject({ reviewer: name, changed: timeSchema, marks: idList }, 'a reader'),
    MAX_READERS,
    { list: 'a list of readers', longest: `a list of at most ${MAX_READERS} readers` },
  ),
  mark: v.nullable(name),
  taken: v.nullable(name),
  reason: comment,
  author: name,
  decided: timeSchema,
}

const partialItem = v.nullable(
  v.partial(v.object({ ...markEntries, ...decisionEntries }, 'fields of a mark, range or decision')),
) as unknown as v.GenericSchema<unknown, SetChange['before']>
const changeSchema = v.object(
  {
    at: timeSchema,
    by: name,
    what: v.picklist(['mark', 'reviewed', 'decision'], 'mark, reviewed or decision'),
    id: name,
    before: partialItem,
    after: partialItem,
  },
  'a change',
)

const count = v.pipe(finite, v.safeInteger('a whole number'), v.minValue(0, 'a whole number, 0 or more'))
const signalEntries = { label: caption, samplesPerRecord: count }
const identityEntries = {
  fingerprint: name,
  fileName: caption,
  records: count,
  recordDuration: v.pipe(finite, v.minValue(0, 'a number, 0 or more')),
}
const HASH = '64 hexadecimal digits'
const signOffSchema = v.object(
  {
    at: timeSchema,
    by: name,
    hash: v.pipe(v.string(HASH), v.regex(/^[0-9a-f]{64}$/, HASH)),
    marks: count,
    blind: v.boolean('true or false'),
    changedSince: count,
  },
  'a sign-off',
)
const closing = {
  blind: v.exactOptional(v.boolean('true or false')),
  signOffs: v.exactOptional(
    boundedList(signOffSchema, MAX_SIGN_OFFS, {
      list: 'a list of sign-offs',
      longest: `a list of at most ${MAX_SIGN_OFFS} sign-offs`,
    }),
  ),
}
const IDENTITY = 'the identity of a recording'
const listOf = <Signal extends v.GenericSchema>(signal: Signal) =>
  boundedList(signal, MAX_SIGNALS, { list: 'a list of signals', longest: 'a shorter list' })
const identitySchema = v.looseObject(
  { ...identityEntries, signals: listOf(v.looseObject(signalEntries)) },
  IDENTITY,
)

/** What a list of sets tells of one; without fields of later versions. */
export const headSchema = v.object(
  {
    recording: v.object({ ...identityEntries, signals: listOf(v.object(signalEntries)) }, IDENTITY),
    reviewer: name,
    changed: timeSchema,
    ...closing,
  },
  'an object',
)

export const documentSchema = v.looseObject(
  {
    recording: identitySchema,
    reviewer: name,
    created: timeSchema,
    changed: timeSchema,
    marks: boundedList(v.looseObject(markEntries, 'a mark'), MAX_MARKS, {
      list: 'a list of marks',
      longest: `a list of at most ${MAX_MARKS} marks`,
    }),
    reviewed: boundedList(v.looseObject(rangeEntries, 'a range'), MAX_MARKS, {
      list: 'a list of ranges',
      longest: `a list of at most ${MAX_MARKS} ranges`,
    }),
    decisions: v.exactOptional(
      boundedList(v.looseObject(decisionEntries, 'a decision'), MAX_MARKS, {
        list: 'a list of decisions',
        longest: `a list of at most ${MAX_MARKS} decisions`,
      }),
    ),
    ...closing,
    changes: v.exactOptional(
      boundedList(changeSchema, MAX_CHANGES, {
        list: 'a list of changes',
        longest: `a list of at most ${MAX_CHANGES} changes`,
      }),
    ),
  },
  'an object',
)

const itemSchema = v.nullable(
  v.variant('type', [
    v.looseObject({ type: v.literal('mark'), ...markEntries }),
    v.looseObject({ type: v.literal('reviewed'), ...rangeEntries }),
    v.looseObject({ type: v.literal('decision'), ...decisionEntries }),
  ]),
)

export const editSchema = v.object({
  label,
  changes: boundedList(v.object({ id: name, before: itemSchema, after: itemSchema }), 2 * MAX_MARKS, {
    list: 'a list of changes',
    longest: 'fewer changes',
  }),
  gesture: v.exactOptional(name),
  author: name,
  at: timeSchema,
})

/** "marks[3].duration should be a whole number of ticks, found "x"", for a sentence; texts are not repeated. */
export function describeIssue(issue: v.BaseIssue<unknown>): string {
  const path = (issue.path ?? [])
    .map((item) => (typeof item.key === 'number' ? `[${item.key}]` : `.${plainLine(String(item.key))}`))
    .join('')
    .replace(/^\./, '')
  const field = clipText(path, 120)
  const found = typeof issue.input === 'string' ? 'another text' : clipText(plainLine(issue.received), 40)
  const subject = field === '' ? 'the content' : field
  if (issue.kind === 'schema' && issue.received === 'undefined') return `${subject} is missing`
  return `${subject} should be ${issue.message}, found ${found}`
}
