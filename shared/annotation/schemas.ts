/**
 * What arrives from a file, a journal or another process, checked at the edge. Texts are made plain
 * and times brought to one form on the way in; fields of later versions are kept as they are.
 */
import * as v from 'valibot'
import { FILTER_KINDS, FILTER_NAMES, type FilterKind, SCALE_NAMES } from '../signal/viewSettings.ts'
import type { SetChange } from './document.ts'
import {
  boundedList,
  countSchema,
  directionSchema,
  eventEntries,
  finiteSchema,
  MAX_SIGNALS,
  nameSchema,
  recordingEntries,
  stretchEntries,
  timeSchema,
} from './fieldSchemas.ts'
import { clipText, MAX_COMMENT, MAX_NAME, plainLine } from './plainText.ts'
import { MAX_CHANGES, MAX_MARKS, MAX_SIGN_OFFS } from './setSize.ts'
import { cutLineSchema, lineSchema, linesSchema } from './textSchemas.ts'

const MAX_PARAMETERS = 64
const MAX_MEASURED = 64
const MAX_VALUES = 64

const label = lineSchema(0, MAX_NAME)
const comment = linesSchema(MAX_COMMENT)

const filterEntries = v.entriesFromList(FILTER_NAMES, v.nullable(finiteSchema))
const filtersSchema = v.looseObject(filterEntries, 'the filters of a kind')
const filterKinds: readonly FilterKind[] = FILTER_KINDS.map(({ kind }) => kind)

const viewSchema = v.looseObject(
  {
    montage: nameSchema,
    ...filterEntries,
    ...v.entriesFromList(SCALE_NAMES, finiteSchema),
    kinds: v.exactOptional(
      v.looseObject(v.entriesFromList(filterKinds, v.exactOptional(filtersSchema)), 'filters by kind'),
    ),
    direction: v.exactOptional(directionSchema),
    bad: v.exactOptional(
      boundedList(countSchema, MAX_SIGNALS, { list: 'a list of signals', longest: 'a shorter list' }),
    ),
  },
  'a view',
)

const measuredSchema = v.looseObject(
  {
    entry: nameSchema,
    label: nameSchema,
    text: nameSchema,
    values: boundedList(
      v.looseObject({ id: nameSchema, value: finiteSchema, unit: label }, 'a value'),
      MAX_VALUES,
      {
        list: 'a list of values',
        longest: `a list of at most ${MAX_VALUES} values`,
      },
    ),
    ...stretchEntries,
  },
  'a measured value',
)

const markEntries = {
  id: nameSchema,
  ...eventEntries,
  comment,
  view: v.nullable(viewSchema),
  author: nameSchema,
  created: timeSchema,
  changed: timeSchema,
  parameters: v.exactOptional(
    v.pipe(
      v.record(v.string(), v.unknown(), 'an object of numbers and texts'),
      v.check((value) => Object.keys(value).length <= MAX_PARAMETERS, `at most ${MAX_PARAMETERS} parameters`),
      v.record(
        nameSchema,
        v.union([finiteSchema, label], 'a number or a text'),
        'an object of numbers and texts',
      ),
    ),
  ),
  measured: v.exactOptional(
    boundedList(measuredSchema, MAX_MEASURED, {
      list: 'a list of measured values',
      longest: `a list of at most ${MAX_MEASURED} measured values`,
    }),
  ),
}
const rangeEntries = { id: nameSchema, ...stretchEntries }
const MAX_READERS = 200
const idList = boundedList(nameSchema, MAX_MARKS, { list: 'a list of ids', longest: 'a shorter list' })
const decisionEntries = {
  ...rangeEntries,
  readers: boundedList(
    v.looseObject({ reviewer: nameSchema, changed: timeSchema, marks: idList }, 'a reader'),
    MAX_READERS,
    { list: 'a list of readers', longest: `a list of at most ${MAX_READERS} readers` },
  ),
  mark: v.nullable(nameSchema),
  taken: v.nullable(nameSchema),
  reason: comment,
  author: nameSchema,
  decided: timeSchema,
}

const partialItem = v.nullable(
  v.partial(v.object({ ...markEntries, ...decisionEntries }, 'fields of a mark, range or decision')),
) as unknown as v.GenericSchema<unknown, SetChange['before']>
const changeSchema = v.object(
  {
    at: timeSchema,
    by: nameSchema,
    what: v.picklist(['mark', 'reviewed', 'decision'], 'mark, reviewed or decision'),
    id: nameSchema,
    before: partialItem,
    after: partialItem,
  },
  'a change',
)

const signalEntries = { label: cutLineSchema(MAX_NAME), samplesPerRecord: countSchema }
const HASH = '64 hexadecimal digits'
const signOffSchema = v.object(
  {
    at: timeSchema,
    by: nameSchema,
    hash: v.pipe(v.string(HASH), v.regex(/^[0-9a-f]{64}$/, HASH)),
    marks: countSchema,
    blind: v.boolean('true or false'),
    changedSince: countSchema,
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
  { ...recordingEntries, signals: listOf(v.looseObject(signalEntries)) },
  IDENTITY,
)

/** What a list of sets tells of one; without fields of later versions. */
export const headSchema = v.object(
  {
    recording: v.object({ ...recordingEntries, signals: listOf(v.object(signalEntries)) }, IDENTITY),
    reviewer: nameSchema,
    changed: timeSchema,
    ...closing,
  },
  'an object',
)

export const documentSchema = v.looseObject(
  {
    recording: identitySchema,
    reviewer: nameSchema,
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
  changes: boundedList(v.object({ id: nameSchema, before: itemSchema, after: itemSchema }), 2 * MAX_MARKS, {
    list: 'a list of changes',
    longest: 'fewer changes',
  }),
  gesture: v.exactOptional(nameSchema),
  author: nameSchema,
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
