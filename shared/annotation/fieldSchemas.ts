/** Fields that sets and lessons have alike, checked where they arrive from a file, a journal or another process. */
import * as v from 'valibot'
import { DIRECTIONS } from '../signal/viewSettings.ts'
import type { Ticks } from '../units.ts'
import { CONFIDENCES, codesOf, EVIDENCE, KINDS, MIMICS } from './kinds.ts'
import { MAX_NAME } from './plainText.ts'
import { cutLineSchema, lineSchema } from './textSchemas.ts'

export const MAX_SIGNALS = 4096

const WHOLE = 'a whole number of ticks (100 ns)'
const TIME = 'a time in UTC like 2026-01-31T08:05:00.000Z'
const NUMBER = 'a number'

/** Length first, so that the items of a list that is too long are never looked at. */
export function boundedList<const Schema extends v.GenericSchema>(
  item: Schema,
  most: number,
  said: { readonly list: string; readonly longest: string },
) {
  return v.pipe(v.array(v.unknown(), said.list), v.maxLength(most, said.longest), v.array(item, said.list))
}

export const nameSchema = lineSchema(1, MAX_NAME)

export const finiteSchema = v.pipe(v.number(NUMBER), v.finite(NUMBER))

export const countSchema = v.pipe(
  v.number('a whole number'),
  v.safeInteger('a whole number'),
  v.minValue(0, 'a whole number, 0 or more'),
)

export const timeSchema = v.pipe(
  v.string(TIME),
  v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?Z$/, TIME),
  v.check((text) => !Number.isNaN(Date.parse(text)), TIME),
  v.transform((text) => new Date(text).toISOString()),
)

/** Where something begins, and how long it is. */
export const stretchEntries = {
  onset: v.pipe(
    v.number(WHOLE),
    v.safeInteger(WHOLE),
    v.transform((value) => value as Ticks),
  ),
  duration: v.pipe(
    v.number(WHOLE),
    v.safeInteger(WHOLE),
    v.minValue(0, `${WHOLE}, 0 or more`),
    v.transform((value) => value as Ticks),
  ),
}

/** What a reader says of an event: what it is, where, how surely, and what supports it. */
export const eventEntries = {
  kind: v.picklist(codesOf(KINDS), `one of the kinds ${codesOf(KINDS).join(', ')}`),
  subtype: v.nullable(v.picklist(codesOf(MIMICS), 'the code of a mimic, or null')),
  ...stretchEntries,
  channels: boundedList(nameSchema, MAX_SIGNALS, { list: 'a list of labels', longest: 'a shorter list' }),
  confidence: v.nullable(v.picklist(codesOf(CONFIDENCES), `${codesOf(CONFIDENCES).join(', ')} or null`)),
  evidence: boundedList(
    v.picklist(codesOf(EVIDENCE), `one of ${codesOf(EVIDENCE).join(', ')}`),
    EVIDENCE.length,
    { list: 'a list of what was seen', longest: 'a list that names none twice' },
  ),
}

/** Which recording it is; names of files are for telling people, so cut rather than refused. */
export const recordingEntries = {
  fingerprint: nameSchema,
  fileName: cutLineSchema(MAX_NAME),
  records: countSchema,
  recordDuration: v.pipe(finiteSchema, v.minValue(0, 'a number, 0 or more')),
}

/** Which way a page's filters go. */
export const directionSchema = v.picklist(
  DIRECTIONS.map(({ id }) => id),
  `one of ${DIRECTIONS.map(({ id }) => id).join(', ')}`,
)
