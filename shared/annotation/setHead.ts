/**
 * The head of a set: whose it is, of which recording, and how many marks it holds, without reading a mark. The
 * text is walked once and nothing is made of what is not asked for, so that a set made to exhaust a reader
 * costs no more than its length. For the reader: `readSetHead`.
 */
import * as v from 'valibot'
import type { AnnotationDocument } from './document.ts'
import { badSet, checkFormat, notASet } from './format.ts'
import { describeIssue, headSchema } from './schemas.ts'

export type SetHead = Pick<
  AnnotationDocument,
  'recording' | 'reviewer' | 'changed' | 'blind' | 'signOffs'
> & {
  readonly marks: number
}

const TOLD = ['recording', 'reviewer', 'changed', 'blind', 'signOffs']
const WANTED = new Set(['format', 'version', 'marks', ...TOLD])
/** `recording`, each letter as an escape of six. */
const LONGEST_KEY = 60
/** The largest of them, a recording of 4096 signals, takes about 1 MB. */
const LONGEST_VALUE = 4 * 1024 * 1024

/** Throws ReviewError `bad-set` as `parseSet` does for what a head tells; a bad mark goes unnoticed. */
export function readSetHead(text: string): SetHead {
  const fields = walkFields(text)
  const value = (key: string): unknown => parse(text, key, fields.get(key))
  checkFormat({ format: value('format'), version: value('version') })
  const given = TOLD.map((key) => [key, value(key)] as const).filter(([, each]) => each !== undefined)
  const checked = v.safeParse(headSchema, Object.fromEntries(given), { abortEarly: true })
  if (!checked.success) throw badSet(describeIssue(checked.issues[0]))
  const marks = fields.get('marks')
  if (marks === undefined) throw badSet('marks is missing')
  if (text.charCodeAt(marks.start) !== OPEN_BRACKET) throw badSet('marks should be a list of marks')
  return { ...checked.output, marks: marks.items }
}

/** Where a value lies, and of how many parts it is. */
type Field = { readonly start: number; readonly end: number; readonly items: number }

function walkFields(text: string): ReadonlyMap<string, Field> {
  const fields = new Map<string, Field>()
  let at = skipBlanks(text, text.charCodeAt(0) === 0xfeff ? 1 : 0)
  if (text.charCodeAt(at) === OPEN_BRACKET) throw notASet()
  if (text.charCodeAt(at) !== OPEN_BRACE) throw notJson()
  at = skipBlanks(text, at + 1)
  while (text.charCodeAt(at) !== CLOSE_BRACE) {
    if (text.charCodeAt(at) !== QUOTE) throw notJson()
    const keyEnd = endOfText(text, at)
    const key = keyEnd - at > LONGEST_KEY ? '' : readKey(text.slice(at + 1, keyEnd - 1))
    at = skipBlanks(text, keyEnd)
    if (text.charCodeAt(at) !== COLON) throw notJson()
    const field = walkValue(text, skipBlanks(text, at + 1))
    if (WANTED.has(key)) fields.set(key, field)
    at = skipBlanks(text, field.end)
    if (text.charCodeAt(at) === COMMA) at = skipBlanks(text, at + 1)
    else if (text.charCodeAt(at) !== CLOSE_BRACE) throw notJson()
  }
  if (skipBlanks(text, at + 1) !== text.length) throw notJson()
  return fields
}

function readKey(raw: string): string {
  return raw.includes('\\') ? String(parseJson(`"${raw}"`)) : raw
}

function walkValue(text: string, start: number): Field {
  let depth = 0
  let items = 0
  for (let at = start; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (depth === 0 && at > start && isEnd(code)) return { start, end: at, items }
    if (depth === 1 && items === 0 && !isBlank(code) && code !== CLOSE_BRACKET && code !== CLOSE_BRACE)
      items = 1
    if (code === QUOTE) at = endOfText(text, at) - 1
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth += 1
    else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      depth -= 1
      if (depth === 0) return { start, end: at + 1, items }
      if (depth < 0) throw notJson()
    } else if (code === COMMA && depth === 1) items += 1
  }
  throw notJson()
}

/** Just after the closing quote of the text that begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === BACKSLASH) at += 1
    else if (code === QUOTE) return at + 1
  }
  throw notJson()
}

function parse(text: string, key: string, field: Field | undefined): unknown {
  if (field === undefined) return undefined
  if (field.end - field.start > LONGEST_VALUE) throw badSet(`${key} is too long`)
  return parseJson(text.slice(field.start, field.end))
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw notJson()
  }
}

function notJson(): Error {
  return badSet('it is not JSON')
}

function skipBlanks(text: string, from: number): number {
  let at = from
  while (isBlank(text.charCodeAt(at))) at += 1
  return at
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09
}

function isEnd(code: number): boolean {
  return code === COMMA || code === CLOSE_BRACE || isBlank(code)
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COLON = 0x3a
const COMMA = 0x2c
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
