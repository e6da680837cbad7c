/**
 * The manifest of a pack as a file, version 1; PACK.md is its specification. Written in one order of keys, a file a line;
 * read strictly, since packs come from strangers. For the reader: `parseManifest` and `serializeManifest`.
 */
import * as v from 'valibot'
import { boundedList, timeSchema } from '../../annotation/fieldSchemas.ts'
import { lineSchema } from '../../annotation/textSchemas.ts'
import { ReviewError } from '../../failure.ts'
import { shapeProblem } from '../../jsonShape.ts'
import { TEACHING_STATEMENT } from '../../statement.ts'
import { MAX_CASES, MAX_TITLE } from '../lesson.ts'
import {
  isPackFileName,
  LESSON_NAME,
  MANIFEST_NAME,
  MAX_CONSENT,
  MAX_LICENCE,
  MAX_MANIFEST_BYTES,
  MAX_PACK_BYTES,
  MAX_PACK_FILES,
  type PackManifest,
  shownEntry,
} from './pack.ts'

export const PACK_FORMAT = 'hypnospike pack'
export const PACK_VERSION = 1

const SHAPE = {
  depth: 4,
  parts: MAX_PACK_FILES + 8,
  values: 5 * MAX_PACK_FILES,
  tooMany: 'it lists too many files',
}
const MAX_NAME = 200
const SIZE = 'a whole number of bytes'
const HASH = 'a SHA-256 as 64 hexadecimal digits'
const CASES = `a whole number of 1 to ${MAX_CASES}`

const whole = (says: string, least: number, most: number) =>
  v.pipe(v.number(says), v.safeInteger(says), v.minValue(least, says), v.maxValue(most, says))

/** As typed by who makes a pack, and as found in one. */
export const packHeadEntries = {
  licence: lineSchema(1, MAX_LICENCE),
  consent: lineSchema(1, MAX_CONSENT),
  keys: v.picklist(['open', 'sealed'], 'open or sealed'),
}

const fileSchema = v.strictObject(
  {
    name: v.pipe(v.string('a name'), v.check(isPackFileName, 'the name of a file that a pack may have')),
    bytes: whole(SIZE, 0, MAX_PACK_BYTES),
    sha256: v.pipe(v.string(HASH), v.regex(/^[0-9a-f]{64}$/, HASH)),
  },
  'a file',
)

const manifestSchema = v.strictObject(
  {
    format: v.literal(PACK_FORMAT),
    version: v.literal(PACK_VERSION),
    statement: v.pipe(v.string('the statement'), v.maxLength(1000, 'the statement')),
    title: lineSchema(1, MAX_TITLE),
    lessonId: lineSchema(1, MAX_NAME),
    cases: whole(CASES, 1, MAX_CASES),
    ...packHeadEntries,
    made: timeSchema,
    files: boundedList(fileSchema, MAX_PACK_FILES, {
      list: 'a list of files',
      longest: `a list of at most ${MAX_PACK_FILES} files`,
    }),
  },
  'a manifest',
)

/** The text of a manifest. The same manifest gives the same text. */
export function serializeManifest(manifest: PackManifest): string {
  const { title, lessonId, cases, licence, consent, keys, made, files } = manifest
  const fields = {
    ...{ format: PACK_FORMAT, version: PACK_VERSION, statement: TEACHING_STATEMENT },
    ...{ title, lessonId, cases, licence, consent, keys, made },
  }
  const lines = Object.entries(fields).map(
    ([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  )
  const listed = files.map(({ name, bytes, sha256 }) => JSON.stringify({ name, bytes, sha256 }))
  return `{\n  ${lines.join(',\n  ')},\n  "files": [\n    ${listed.join(',\n    ')}\n  ]\n}\n`
}

/** Throws ReviewError `bad-pack` with one sentence. Texts are made plain. */
export function parseManifest(text: string): PackManifest {
  if (text.length > MAX_MANIFEST_BYTES) throw badPack(`${MANIFEST_NAME} is larger than 1 MB`)
  const shape = shapeProblem(text, SHAPE)
  if (shape !== null) throw badPack(`${MANIFEST_NAME}: ${shape}`)
  const found = parseJson(text)
  refuseLater(found)
  const checked = v.safeParse(manifestSchema, found, { abortEarly: true })
  if (!checked.success) throw badPack(describe(checked.issues[0]))
  const { format, version, statement, ...manifest } = checked.output
  refuseUnsound(manifest)
  return manifest
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's message repeats a piece of the file.
    throw badPack(`${MANIFEST_NAME} is not JSON`)
  }
}

function refuseLater(found: unknown): void {
  const { format, version } = (found ?? {}) as { readonly format?: unknown; readonly version?: unknown }
  if (format !== PACK_FORMAT) {
    throw new ReviewError('bad-pack', 'This is not a Hypnospike pack: choose a file that ends in .hypnopack.')
  }
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version <= PACK_VERSION) return
  throw new ReviewError(
    'bad-pack',
    `This pack was made by a newer Hypnospike (format ${version}); update Hypnospike to open it.`,
  )
}

function refuseUnsound({ files }: Pick<PackManifest, 'files'>): void {
  const names = files.map(({ name }) => name)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw badPack(`${MANIFEST_NAME} lists ${twice} twice`)
  if (names.includes(MANIFEST_NAME)) throw badPack(`${MANIFEST_NAME} lists itself`)
  if (!names.includes(LESSON_NAME)) throw badPack(`${MANIFEST_NAME} lists no ${LESSON_NAME}`)
}

function describe(issue: v.BaseIssue<unknown>): string {
  const field = (issue.path ?? [])
    .map(({ key }) => (typeof key === 'number' ? `[${key}]` : `.${shownEntry(String(key))}`))
    .join('')
    .replace(/^\./, '')
  const where = `${MANIFEST_NAME}, ${field === '' ? 'the content' : field}`
  if (issue.kind === 'schema' && issue.received === 'undefined') return `${where} is missing`
  if (issue.kind === 'schema' && issue.expected === 'never') return `${where} is no field of a pack`
  return `${where} should be ${issue.message}`
}

/** `reason`: what is wrong, as a part of a sentence. */
export function badPack(reason: string): ReviewError {
  return new ReviewError(
    'bad-pack',
    `This pack cannot be opened: ${reason}. Nothing of it was kept; fetch it again, or ask whoever made it.`,
  )
}
