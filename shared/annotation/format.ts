/**
 * The annotation set as a file, version 3; FORMAT.md is its specification. Written strictly (one order
 * of keys, one line a mark), read leniently where nothing is lost (order, unknown fields).
 */
import * as v from 'valibot'
import { ReviewError } from '../failure.ts'
import { isObject, isVersion, type JsonObject, parseJson, type Upgrade, upgradeObject } from '../jsonFile.ts'
import { shapeProblem } from '../jsonShape.ts'
import { placesOfShown } from '../montage/places.ts'
import { FILTER_NAMES, SCALE_NAMES } from '../signal/viewSettings.ts'
import { TEACHING_STATEMENT } from '../statement.ts'
import { TICKS_PER_SECOND } from '../units.ts'
import type { AnnotationDocument, Decision, ReviewedRange } from './document.ts'
import { checkInvariants } from './invariants.ts'
import { KINDS } from './kinds.ts'
import { sortDecisions, sortMarks, sortRanges, spanOf } from './order.ts'
import { describeIssue, documentSchema } from './schemas.ts'
import { MAX_DEPTH, MAX_SET_BYTES } from './setSize.ts'

const FORMAT_NAME = 'hypnospike annotation set'
export const FORMAT_VERSION = 3
const SHAPE = {
  depth: MAX_DEPTH,
  /** 200,000 marks of five, as many ranges, and as much again for what later versions add. */
  parts: 2_500_000,
  /** 200,000 marks of thirty, and some more. */
  values: 8_000_000,
  tooMany: 'it holds more values than a set of 200,000 marks',
}

/** What a file has and a document has not. */
const HEAD_KEYS = ['format', 'version', 'statement', 'ticksPerSecond', 'labels']
const SET_KEYS = [
  ...HEAD_KEYS,
  'recording',
  'reviewer',
  'created',
  'changed',
  'blind',
  'signOffs',
  'reviewed',
  'marks',
  'decisions',
  'changes',
]
const IDENTITY_KEYS = ['fingerprint', 'fileName', 'records', 'recordDuration', 'signals']
const SIGNAL_KEYS = ['label', 'samplesPerRecord']
export const RANGE_KEYS = ['id', 'onset', 'duration']
export const DECISION_KEYS = [...RANGE_KEYS, 'readers', 'mark', 'taken', 'reason', 'author', 'decided']
export const MARK_KEYS = [
  'id',
  'kind',
  'subtype',
  'onset',
  'duration',
  'channels',
  'confidence',
  'evidence',
  'comment',
  'parameters',
  'measured',
  'view',
  'author',
  'created',
  'changed',
]
const MEASURED_KEYS = ['entry', 'label', 'text', 'values', 'onset', 'duration']
const VALUE_KEYS = ['id', 'value', 'unit']
const VIEW_KEYS = ['montage', ...FILTER_NAMES, 'kinds', 'direction', 'bad', ...SCALE_NAMES]

/** The upgrade from version n stands under n. */
const UPGRADES: ReadonlyMap<number, Upgrade> = new Map([
  [1, tieToElectrodes],
  [2, nothingNew],
])

/** The text of a set's file. The same document gives the same text. */
export function serializeSet(document: AnnotationDocument): string {
  const { marks, reviewed, recording, decisions, signOffs, changes, ...rest } = document
  const fields = orderKeys(
    {
      ...rest,
      format: FORMAT_NAME,
      version: FORMAT_VERSION,
      statement: TEACHING_STATEMENT,
      ticksPerSecond: TICKS_PER_SECOND,
      labels: Object.fromEntries(KINDS.map((kind) => [kind.code, kind.label])),
      recording: null,
      reviewed: null,
      marks: null,
      ...(decisions !== undefined && { decisions: null }),
      // What was never done is not written.
      ...(signOffs === undefined ? {} : { signOffs: null }),
      ...(changes === undefined ? {} : { changes: null }),
    },
    SET_KEYS,
  )
  const lines = Object.entries(fields).map(([key, value]) => {
    if (key === 'recording') return `${quote(key)}: ${formatIdentity(recording)}`
    if (key === 'reviewed') return `${quote(key)}: ${formatList(reviewed.map(formatRange))}`
    if (key === 'decisions') return `${quote(key)}: ${formatList((decisions ?? []).map(formatDecision))}`
    if (key === 'marks') return `${quote(key)}: ${formatList(marks.map(formatMark))}`
    if (key === 'signOffs') return `${quote(key)}: ${formatList((signOffs ?? []).map(formatLine))}`
    if (key === 'changes') return `${quote(key)}: ${formatList((changes ?? []).map(formatLine))}`
    return `${quote(key)}: ${JSON.stringify(value)}`
  })
  return `{\n  ${lines.join(',\n  ')}\n}\n`
}

/**
 * Reads a set. Throws ReviewError `bad-set` with one sentence that names the field. Marks are
 * sorted, touching reviewed ranges joined, texts made plain; unknown fields stay and are written back.
 */
export function parseSet(text: string): AnnotationDocument {
  const file = readObject(text)
  const upgraded = upgradeObject(file, checkVersion(file.version), FORMAT_VERSION, UPGRADES)
  if (upgraded.ticksPerSecond !== TICKS_PER_SECOND)
    throw badSet(`ticksPerSecond should be ${TICKS_PER_SECOND}`)
  const content = Object.fromEntries(Object.entries(upgraded).filter(([key]) => !HEAD_KEYS.includes(key)))
  const checked = v.safeParse(documentSchema, content, { abortEarly: true })
  if (!checked.success) throw badSet(describeIssue(checked.issues[0]))
  const fields = checked.output
  const document: AnnotationDocument = {
    ...fields,
    marks: sortMarks(fields.marks),
    reviewed: joinTouching(sortRanges(fields.reviewed)),
    ...(fields.decisions !== undefined && { decisions: sortDecisions(fields.decisions) }),
  }
  const problem = checkInvariants(document)[0]
  if (problem !== undefined) throw badSet(problem)
  return document
}

/** To version 2: marks are tied to electrodes and signals, no longer to the lines of the montage they were made in. */
function tieToElectrodes(old: JsonObject): JsonObject {
  const signals = listIn(old.recording, 'signals').flatMap((signal) => textIn(signal, 'label'))
  const marks = listIn(old, 'marks').map((mark) => {
    if (!isObject(mark) || !Array.isArray(mark.channels)) return mark
    const channels: readonly unknown[] = mark.channels
    const places = channels.flatMap((channel): readonly unknown[] =>
      typeof channel === 'string' ? placesOfShown(channel, signals) : [channel],
    )
    return { ...mark, channels: [...new Set(places)] }
  })
  return Array.isArray(old.marks) ? { ...old, marks } : old
}

/** To version 3: what it adds is absent, which means never; older readers must not open what is sealed. */
function nothingNew(old: JsonObject): JsonObject {
  return old
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = isObject(value) ? value[key] : null
  return Array.isArray(list) ? list : []
}

function textIn(value: unknown, key: string): readonly string[] {
  const text = isObject(value) ? value[key] : null
  return typeof text === 'string' ? [text] : []
}

/** The version, where this program knows it. */
function checkVersion(version: unknown): number {
  if (!isVersion(version)) throw badSet('version should be a whole number, 1 or more')
  if (version <= FORMAT_VERSION) return version
  throw new ReviewError(
    'bad-set',
    `This set was made by a newer Hypnospike (format ${version}); update Hypnospike to open it.`,
  )
}

/** Throws ReviewError `bad-set` where a file is no set, or of a version that this program does not know. */
export function checkFormat(head: { readonly format: unknown; readonly version: unknown }): void {
  if (head.format !== FORMAT_NAME) throw notASet()
  checkVersion(head.version)
}

function readObject(text: string): JsonObject {
  if (text.length > MAX_SET_BYTES) throw badSet(`it is larger than ${MAX_SET_BYTES / 1024 / 1024} MB`)
  const json = text.replace(/^\uFEFF/, '')
  const problem = shapeProblem(json, SHAPE)
  if (problem !== null) throw badSet(problem)
  const value = parseJson(json, badSet)
  if (!isObject(value) || value.format !== FORMAT_NAME) throw notASet()
  return value
}

function joinTouching(sorted: readonly ReviewedRange[]): readonly ReviewedRange[] {
  const joined: ReviewedRange[] = []
  for (const range of sorted) {
    const last = joined.at(-1)
    if (range.duration === 0) continue
    if (last === undefined || spanOf(last).end < range.onset) joined.push(range)
    else {
      const end = Math.max(spanOf(last).end, spanOf(range).end)
      joined[joined.length - 1] = { ...last, duration: (end - last.onset) as ReviewedRange['duration'] }
    }
  }
  return joined
}

function formatIdentity(recording: AnnotationDocument['recording']): string {
  const signals = recording.signals.map((signal) => orderKeys(signal, SIGNAL_KEYS))
  return formatLine(orderKeys({ ...recording, signals }, IDENTITY_KEYS))
}

export function formatRange(range: ReviewedRange): string {
  return formatLine(orderKeys(range, RANGE_KEYS))
}

export function formatDecision(decision: Decision): string {
  return formatLine(orderKeys(decision, DECISION_KEYS))
}

export function formatMark(mark: AnnotationDocument['marks'][number]): string {
  const view = mark.view === null ? null : orderKeys(mark.view, VIEW_KEYS)
  const measured = mark.measured?.map((pinned) =>
    orderKeys(
      { ...pinned, values: pinned.values.map((value) => orderKeys(value, VALUE_KEYS)) },
      MEASURED_KEYS,
    ),
  )
  return formatLine(orderKeys({ ...mark, view, ...(measured !== undefined && { measured }) }, MARK_KEYS))
}

function formatList(lines: readonly string[]): string {
  return lines.length === 0 ? '[]' : `[\n    ${lines.join(',\n    ')}\n  ]`
}

function formatLine(value: object): string {
  return JSON.stringify(value)
}

/** The named keys first, in their order, then the others in the order of their names. */
function orderKeys(value: object, keys: readonly string[]): JsonObject {
  const entries = new Map(Object.entries(value))
  const others = [...entries.keys()].filter((key) => !keys.includes(key)).sort()
  const ordered = [...keys.filter((key) => entries.has(key)), ...others]
  return Object.fromEntries(ordered.map((key) => [key, entries.get(key)]))
}

function quote(key: string): string {
  return JSON.stringify(key)
}

export function notASet(): ReviewError {
  return new ReviewError('bad-set', 'This is not a Hypnospike annotation set.')
}

export function badSet(reason: string): ReviewError {
  return new ReviewError('bad-set', `This annotation set cannot be read: ${reason}.`)
}
