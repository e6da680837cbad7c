/**
 * The form of a reference text (`content.<language>.json`). A clinician corrects that file; this
 * says what a statement must carry before it may be shown.
 */
import * as v from 'valibot'
import { codesOf, KINDS } from '../annotation/kinds.ts'
import { MONTAGE_IDS } from '../montage/montages.ts'
import { FILTER_NAMES, SCALE_NAMES } from '../signal/viewSettings.ts'

/** The questions that the two events are set side by side under, in reading order. */
export const HEADS = [
  'what-it-is',
  'who',
  'state',
  'triggers',
  'symptoms',
  'eeg-emg',
  'duration',
  'awareness',
  'not-expected',
  'treatment',
  'needs',
  'traps',
] as const

export const EVENTS = ['hypnic_jerk', 'typical_absence'] as const

/**
 * How far a statement was checked.
 * primary: read in the source itself, or in its abstract.
 * secondary: read only in a work that quotes the source.
 * teaching: a rule of this program, drawn from the sources named; nobody's published criterion.
 * unverified: commonly taught; the source named, if any, was not read.
 */
export const EVIDENCE = ['primary', 'secondary', 'teaching', 'unverified'] as const

/** How the source was read. `unread` sources say only where an unverified statement should be checked. */
const READINGS = ['primary', 'abstract', 'secondary', 'unread'] as const

export const CLAIM_HEADS = ['triggers', 'symptoms', 'treatment'] as const
export const VERDICTS = ['right', 'wrong', 'half-right'] as const

const id = v.pipe(v.string(), v.regex(/^[a-z0-9]+(?:[-_][a-z0-9]+)*$/, 'small letters, digits, - and _'))
const words = v.pipe(v.string(), v.trim(), v.minLength(1))
/** A year, or a year and a month: when what a row says about treatment was so. */
const date = v.pipe(v.string(), v.regex(/^\d{4}(?:-(?:0[1-9]|1[0-2]))?$/, 'YYYY or YYYY-MM'))
const frequency = v.nullable(v.pipe(v.number(), v.gtValue(0)))

const sourceSchema = v.strictObject({
  id,
  authors: words,
  title: v.optional(words),
  where: words,
  /** null for a page that carries no date. */
  year: v.nullable(v.pipe(v.number(), v.integer(), v.minValue(1900), v.maxValue(2100))),
  doi: v.optional(v.pipe(v.string(), v.regex(/^10\.\d{4,9}\/\S*[A-Za-z0-9)]$/, '10.NNNN/...'))),
  url: v.optional(v.pipe(v.string(), v.url())),
  read: v.picklist(READINGS),
  /** What a reader should know of how it was read. */
  note: v.optional(words),
})

const exampleSchema = v.strictObject({
  /** Names samples/<sample>.edf and its key, samples/<sample>.key.json. */
  sample: id,
  kind: v.picklist(codesOf(KINDS)),
  subtype: v.optional(id),
  /** Which of the key's marks of that kind and subtype, by onset, from 0. */
  nth: v.pipe(v.number(), v.integer(), v.minValue(0)),
  view: v.strictObject({
    montage: v.picklist(MONTAGE_IDS),
    ...v.entriesFromList(FILTER_NAMES, frequency),
    ...v.entriesFromList(SCALE_NAMES, v.pipe(v.number(), v.gtValue(0))),
  }),
  /** What to look at there. */
  look: words,
})

const backing = {
  text: words,
  evidence: v.picklist(EVIDENCE),
  sources: v.array(id),
}

const statementSchema = v.strictObject({
  id,
  head: v.picklist(HEADS),
  event: v.picklist(EVENTS),
  ...backing,
  /** Since when, for rows about treatment. */
  asOf: v.optional(date),
  /** The shorter wording for the printed sheet; without one the statement is left off the sheet. */
  sheet: v.optional(words),
  example: v.optional(exampleSchema),
})

const mimicSchema = v.strictObject({
  id,
  /** The subtype to mark it with. */
  markAs: id,
  label: words,
  of: v.picklist(['hypnic_jerk', 'spike_wave_3hz', 'both']),
  looks: v.strictObject(backing),
  tell: v.strictObject(backing),
  example: v.optional(exampleSchema),
})

const claimSchema = v.strictObject({
  id,
  head: v.picklist(CLAIM_HEADS),
  claim: words,
  verdict: v.picklist(VERDICTS),
  correction: words,
  evidence: v.picklist(EVIDENCE),
  sources: v.array(id),
})

export const contentSchema = v.strictObject({
  language: v.pipe(v.string(), v.regex(/^[a-z]{2,3}(?:-[A-Z]{2})?$/)),
  /** When the whole text was last read against its sources. */
  checked: date,
  headLabels: v.strictObject(v.entriesFromList(HEADS, words)),
  eventLabels: v.strictObject(v.entriesFromList(EVENTS, words)),
  evidenceLabels: v.strictObject(v.entriesFromList(EVIDENCE, words)),
  sources: v.array(sourceSchema),
  statements: v.array(statementSchema),
  mimics: v.array(mimicSchema),
  claims: v.array(claimSchema),
  /** Classic papers for those who want more: cited by the sources above, not read for this text. */
  furtherReading: v.array(id),
})

export type Content = v.InferOutput<typeof contentSchema>
export type Source = Content['sources'][number]
export type Statement = Content['statements'][number]
export type Mimic = Content['mimics'][number]
export type Claim = Content['claims'][number]
export type Example = NonNullable<Statement['example']>
export type Head = (typeof HEADS)[number]
export type EventCode = (typeof EVENTS)[number]
export type EvidenceLevel = (typeof EVIDENCE)[number]
export type ClaimHead = (typeof CLAIM_HEADS)[number]
export type Verdict = (typeof VERDICTS)[number]
