/**
 * What arrives from a file, a journal or another process, checked at the edge. Texts are made plain
 * and times brought to one form on the way in; fields of later versions are kept as they are.
 */
import * as v from 'valibot'
import { FILTER_NAMES, SCALE_NAMES } from '../signal/viewSettings.ts'
import type { Ticks } from '../units.ts'
import { CONFIDENCES, codesOf, EVIDENCE, KINDS, MIMICS } from './kinds.ts'
import { clipText, MAX_COMMENT, MAX_NAME, plainLine, plainText } from './plainText.ts'
import { MAX_MARKS } from './setSize.ts'

const MAX_SIGNALS = 4096
const MAX_PARAMETERS = 64

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
const name = v.pipe(v.string(NAME), v.transform(plainLine), v.minLength(1, NAME), v.maxLength(MAX_NAME, NAME))
const label = v.pipe(v.string(NAME), v.transform(plainLine), v.maxLength(MAX_NAME, NAME))
/** Only for telling people: cut rather than refused, since it comes from headers and file names. */
const caption = v.pipe(
  v.string('a text'),
  v.transform((text) => clipText(plainLine(text), MAX_NAME)),
)
const comment = v.pipe(
  v.string('plain text'),
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

const viewSchema = v.looseObject(
  {
    montage: name,
    ...v.entriesFromList(FILTER_NAMES, v.nullable(finite)),
    ...v.entriesFromList(SCALE_NAMES, finite),
  },
  'a view',
)

const markEntries = {
  id: name,
  kind: v.picklist(codesOf(KINDS), `one of the kinds ${codesOf(KINDS).join(', ')}`),
  subtype: v.nullable(v.picklist(codesOf(MIMICS), 'the code of a mimic, or null')),
  onset: ticks,
  duration,
  channels: v.pipe(v.array(name, 'a list of labels'), v.maxLength(MAX_SIGNALS, 'a shorter list')),
  confidence: v.nullable(v.picklist(codesOf(CONFIDENCES), `${codesOf(CONFIDENCES).join(', ')} or null`)),
  evidence: v.pipe(
    v.array(
      v.picklist(codesOf(EVIDENCE), `one of ${codesOf(EVIDENCE).join(', ')}`),
      'a list of what was seen',
    ),
    v.maxLength(EVIDENCE.length, 'a list that names none twice'),
  ),
  comment,
  view: v.nullable(viewSchema),
  author: name,
  created: timeSchema,
  changed: timeSchema,
  parameters: v.exactOptional(
    v.pipe(
      v.record(name, v.union([finite, label], 'a number or a text'), 'an object of numbers and texts'),
      v.check((value) => Object.keys(value).length <= MAX_PARAMETERS, `at most ${MAX_PARAMETERS} parameters`),
    ),
  ),
}
const rangeEntries = { id: name, onset: ticks, duration }

const count = v.pipe(finite, v.safeInteger('a whole number'), v.minValue(0, 'a whole number, 0 or more'))
const signalEntries = { label: caption, samplesPerRecord: count }
const identityEntries = {
  fingerprint: name,
  fileName: caption,
  records: count,
  recordDuration: v.pipe(finite, v.minValue(0, 'a number, 0 or more')),
}
const IDENTITY = 'the identity of a recording'
const listOf = <Signal extends v.GenericSchema>(signal: Signal) =>
  v.pipe(v.array(signal, 'a list of signals'), v.maxLength(MAX_SIGNALS, 'a shorter list'))
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
  },
  'an object',
)

export const documentSchema = v.looseObject(
  {
    recording: identitySchema,
    reviewer: name,
    created: timeSchema,
    changed: timeSchema,
    marks: v.pipe(
      v.array(v.looseObject(markEntries, 'a mark'), 'a list of marks'),
      v.maxLength(MAX_MARKS, `a list of at most ${MAX_MARKS} marks`),
    ),
    reviewed: v.pipe(
      v.array(v.looseObject(rangeEntries, 'a range'), 'a list of ranges'),
      v.maxLength(MAX_MARKS, `a list of at most ${MAX_MARKS} ranges`),
    ),
  },
  'an object',
)

const itemSchema = v.nullable(
  v.variant('type', [
    v.looseObject({ type: v.literal('mark'), ...markEntries }),
    v.looseObject({ type: v.literal('reviewed'), ...rangeEntries }),
  ]),
)

export const editSchema = v.object({
  label,
  changes: v.pipe(
    v.array(v.object({ id: name, before: itemSchema, after: itemSchema })),
    v.maxLength(2 * MAX_MARKS, 'fewer changes'),
  ),
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
