/**
 * Time-stamped annotation lists (EDF+ 2.2.2 to 2.2.4):
 *
 *     TAL = Onset [0x15 Duration] 0x14 (Text 0x14)+ 0x00
 *
 * The first TAL of a record's first annotation signal keeps time: its first text is empty and its onset
 * is when the record starts. Where that first TAL has a text, the first of the block without one keeps time, as
 * some writers put it behind an event. Bytes that are no TAL are skipped, the rest of the block is kept; so a record
 * into which the end of a longer TAL has run over still tells its time.
 */
import { type Seconds, type Ticks, ticksFromSeconds } from '../../units.ts'
import type { CodePage } from '../header/codePages.ts'
import type { FileAnnotation, Header } from '../header/model.ts'
import { cleanField, decodeText } from '../header/text.ts'

const DURATION_MARK = 0x15
const TEXT_END = 0x14
const TAL_END = 0x00
/** Onsets are kept in ticks, which are exact to 28 years. */
const LATEST_SECONDS = 900_000_000

export type TalProblem =
  /** Bytes that are no TAL. */
  | 'malformed'
  /** Onset or duration in a form of its own: no sign, a comma, a point without decimals. */
  | 'time-stamp'
  /** Bytes of 0 before a TAL, which should follow at once. */
  | 'late'
  /** The block ends before the TAL does. */
  | 'unfinished'
  /** Text in Latin-1. */
  | 'latin-1'
  /** A duration that is no number. */
  | 'duration'
  /** A control character in a text. */
  | 'control'
  /** The TAL that keeps the record's time stands behind another; only of the first annotation signal. */
  | 'time-order'

/** How often in a block, and where in it first. */
export type TalSighting = { readonly count: number; readonly offset: number }

/** A record's start, and how many decimals it is written with: they tell how far it may be rounded. */
export type RecordOnset = { readonly at: Ticks; readonly decimals: number }

export type TalBlock = {
  /** When the record starts, if this is its first annotation signal; null where no TAL without a text says so. */
  readonly recordOnset: RecordOnset | null
  readonly annotations: readonly FileAnnotation[]
  /** Annotations left out. */
  readonly dropped: number
  readonly problems: ReadonlyMap<TalProblem, TalSighting>
}

/** The TALs of one annotation signal in one record, their texts whole (see `linkToSignal`); of more annotations than `most`, only the number is told. */
export function parseTalBlock(
  bytes: Uint8Array,
  most = Number.POSITIVE_INFINITY,
  page: CodePage = 'auto',
): TalBlock {
  const annotations: FileAnnotation[] = []
  const problems = new Map<TalProblem, TalSighting>()
  const note = (problem: TalProblem, offset: number) => {
    const seen = problems.get(problem)
    problems.set(problem, { count: (seen?.count ?? 0) + 1, offset: seen?.offset ?? offset })
  }
  let recordOnset: RecordOnset | null = null
  let dropped = 0
  let first = true
  let at = 0
  let padding = 0
  while (at < bytes.length) {
    if (bytes[at] === TAL_END) {
      at++
      padding++
      continue
    }
    if (padding > 0) note('late', at)
    padding = 0
    const nul = bytes.indexOf(TAL_END, at)
    const end = nul === -1 ? bytes.length : nul
    const tal = parseTal(bytes, at, end, page)
    if (tal === null) note('malformed', at)
    else {
      if (nul === -1) note('unfinished', at)
      for (const problem of tal.problems) note(problem, at)
      if (recordOnset === null && tal.texts[0] === '') {
        recordOnset = toRecordOnset(tal)
        if (!first) note('time-order', at)
      }
      first = false
      for (const text of tal.texts) {
        if (text === '') continue
        if (annotations.length < most)
          annotations.push({ onset: tal.onset, duration: tal.duration, text, channel: null })
        else dropped++
      }
    }
    at = end + 1
  }
  return { recordOnset, annotations, dropped, problems }
}

/** When the record starts: what `parseTalBlock` says of it, without reading on. */
export function parseRecordOnset(bytes: Uint8Array): RecordOnset | null {
  let at = 0
  while (at < bytes.length) {
    if (bytes[at] === TAL_END) {
      at++
      continue
    }
    const nul = bytes.indexOf(TAL_END, at)
    const end = nul === -1 ? bytes.length : nul
    const tal = parseTal(bytes, at, end, 'auto')
    if (tal !== null && tal.texts[0] === '') return toRecordOnset(tal)
    at = end + 1
  }
  return null
}

function toRecordOnset({ onset, decimals }: Tal): RecordOnset {
  return { at: ticksFromSeconds(onset), decimals }
}

type Tal = {
  readonly onset: Seconds
  /** Digits written behind the point of the onset. */
  readonly decimals: number
  readonly duration: Seconds | null
  readonly texts: readonly string[]
  readonly problems: readonly TalProblem[]
}

function parseTal(bytes: Uint8Array, start: number, end: number, page: CodePage): Tal | null {
  // The first mark lies within the few bytes a number takes; a block of other bytes is left quickly.
  let at = start
  while (at < end && isNumberByte(bytes[at] ?? 0)) at++
  const onset = parseSeconds(bytes, start, at, true)
  if (onset === null) return null
  const point = bytes.subarray(start, at).findIndex((byte) => byte === 0x2e || byte === 0x2c)
  const decimals = point === -1 ? 0 : at - start - point - 1
  const problems: TalProblem[] = []
  if (!isStrict(bytes, start, at, true)) problems.push('time-stamp')
  let duration: Seconds | null = null
  if (bytes[at] === DURATION_MARK) {
    const from = at + 1
    at = bytes.indexOf(TEXT_END, from)
    if (at === -1 || at >= end) return null
    duration = parseSeconds(bytes, from, at, false)
    if (duration === null) problems.push('duration')
    else if (!isStrict(bytes, from, at, false)) problems.push('time-stamp')
  }
  if (bytes[at] !== TEXT_END) return null
  const texts: string[] = []
  at++
  while (at < end) {
    let textEnd = bytes.indexOf(TEXT_END, at)
    if (textEnd === -1 || textEnd >= end) {
      textEnd = end
      problems.push('unfinished')
    }
    const { text, encoding } = decodeText(bytes.subarray(at, textEnd), page)
    if (encoding === 'latin-1') problems.push('latin-1')
    if (CONTROL.test(text)) problems.push('control')
    texts.push(text)
    at = textEnd + 1
  }
  return texts.length === 0 ? null : { onset, decimals, duration, texts, problems }
}

const CONTROL = /(?![\t\n\r])\p{Cc}/u

function isNumberByte(byte: number): boolean {
  return (byte >= 0x30 && byte <= 0x39) || (byte >= 0x2b && byte <= 0x2e)
}

const SIGNED_SECONDS = /^[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/
const SECONDS = /^\+?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/

function parseSeconds(bytes: Uint8Array, start: number, end: number, signed: boolean): Seconds | null {
  if (end <= start || end - start > 40) return null
  const text = String.fromCharCode(...bytes.subarray(start, end)).trim()
  if (!(signed ? SIGNED_SECONDS : SECONDS).test(text)) return null
  const value = Number(text.replace(',', '.'))
  if (Math.abs(value) > LATEST_SECONDS) return null
  return value === 0 ? 0 : value
}

/** As the standard writes it: a sign before an onset and none before a duration, a point only before decimals. */
function isStrict(bytes: Uint8Array, start: number, end: number, signed: boolean): boolean {
  const text = String.fromCharCode(...bytes.subarray(start, end))
  return (signed ? /^[+-]\d+(?:\.\d+)?$/ : /^\d+(?:\.\d+)?$/).test(text)
}

/**
 * `Lights off@@EEG F4-A1` links to a signal where what follows the last `@@` is the label of one in this file (EDF+
 * standard texts 3.3); else the text is whole, `@@` and all: it may be an address. Labels are compared letter by
 * letter, without the blanks that fill a header field.
 */
export function linkToSignal(annotation: FileAnnotation, labels: ReadonlySet<string>): FileAnnotation {
  const { text } = annotation
  const split = text.lastIndexOf('@@')
  if (split === -1) return annotation
  const channel = cleanField(text.slice(split + 2))
  return labels.has(channel) ? { ...annotation, text: text.slice(0, split), channel } : annotation
}

/** The labels that an annotation can link to. */
export function linkableLabels({ signals }: Pick<Header, 'signals'>): ReadonlySet<string> {
  return new Set(
    signals.flatMap(({ kind, label }) => (kind === 'annotations' || label === '' ? [] : [label])),
  )
}
