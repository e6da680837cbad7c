/**
 * A table for a spreadsheet in any country: RFC 4180 with a mark of byte order (without which Excel takes UTF-8 for the
 * system's code page), and nothing that a program would take for a formula. Every number is whole, since `1.5` is the
 * first of May to a German spreadsheet and `1.500` one thousand five hundred: milliseconds to work with, and ticks, which
 * are exact. No line says `sep=,`: it is no RFC 4180, and Excel forgets the mark of byte order over it.
 */
import type { Mark, ReviewedRange } from '../../annotation/document.ts'
import { CONFIDENCES, codesOf, EVIDENCE } from '../../annotation/kinds.ts'
import { ReviewError } from '../../failure.ts'
import { TICKS_PER_SECOND, type Ticks } from '../../units.ts'
import { inOrder } from '../common/events.ts'
import { exportedComment } from '../common/exportedComment.ts'
import { faultAt, quoteCell } from '../common/fault.ts'
import type { Found, ReadJob, TextFormat, WriteJob } from '../common/format.ts'
import { baseOf, channelsOf, labelsOf } from '../common/recordingFacts.ts'
import { ALL_KINDS, momentAfter } from '../common/shape.ts'
import {
  cellOf,
  mapRows,
  oneOf,
  plainLines,
  type Row,
  readRows,
  secondsIn,
  textOf,
  writeCsv,
} from '../common/table.ts'
import { codeOfTarget, exactTarget, REVIEWED_CODE, REVIEWED_TEXT, textOfMark } from '../common/vocabulary.ts'

const COLUMNS = [
  'code',
  'event',
  'onset_ms',
  'duration_ms',
  'onset_100ns',
  'duration_100ns',
  'channels',
  'confidence',
  'evidence',
  'reviewer',
  'comment',
] as const

/** In tables of earlier versions, and of people's own. */
const SECONDS = ['onset_s', 'duration_s'] as const

const TICKS_PER_MS = TICKS_PER_SECOND / 1000

export const csv: TextFormat = {
  id: 'csv',
  label: 'Spreadsheet (CSV)',
  hint: 'For Excel, LibreOffice, R or pandas; times in whole milliseconds, the same in every country. Where Excel puts all into one column, open it by Data ▸ From Text/CSV.',
  medium: 'text',
  countsFrom: 'start second',
  step: 1,
  keeps: ['subtype', 'channels', 'confidence', 'evidence', 'comment', 'measured', 'author', 'reviewed'],
  kinds: ALL_KINDS,
  losses: ({ options, recording }) => (options.dates || recording.start === null ? [] : ['the time of day']),
  nameOf: ({ recording, document }) => `${baseOf(recording)}.${document.reviewer}.marks.csv`,
  write: (job) => [{ name: csv.nameOf(job), text: write(job) }],
  recognises: (head) => /^\uFEFF?"?code"?[,;\t]"?event"?[,;\t]/.test(head),
  read,
}

function write(job: WriteJob): string {
  const { document, recording, options } = job
  const withClock = options.dates && recording.start !== null
  const start = recording.start ?? ''
  const rows = inOrder(document).map((item) => [
    ...cellsOf(item, job),
    ...(withClock ? [momentAfter(start, item.onset).time.replace('T', ' ')] : []),
  ])
  return `\uFEFF${writeCsv([[...COLUMNS, ...(withClock ? ['clock'] : [])], ...rows])}`
}

function cellsOf(item: Mark | ReviewedRange, { recording, document }: WriteJob): readonly string[] {
  const isMark = 'kind' in item
  const times = [
    String(Math.round(item.onset / TICKS_PER_MS)),
    String(Math.round(item.duration / TICKS_PER_MS)),
    String(item.onset),
    String(item.duration),
  ]
  if (!isMark) return [REVIEWED_CODE, REVIEWED_TEXT, ...times, '', '', '', harmless(document.reviewer), '']
  return [
    codeOfTarget({ as: 'mark', kind: item.kind, subtype: item.subtype }),
    textOfMark(item),
    ...times,
    harmless(
      labelsOf(item.channels, recording)
        .map((label) => label.replaceAll('|', '/'))
        .join('|'),
    ),
    item.confidence ?? '',
    item.evidence.join('|'),
    harmless(item.author),
    harmless(exportedComment(item)),
  ]
}

/**
 * A spreadsheet runs what begins so (https://owasp.org/www-community/attacks/CSV_Injection), and takes what is made of digits
 * alone for a number or a date of its country (the code 007, a comment 3/4). An apostrophe makes either a text.
 */
const NO_TEXT = /^[=+\-@\t\r'＝＋－＠]|^\d[\d.,:/ -]*(e[+-]?\d+)?$/i

function harmless(text: string): string {
  return isNoText(text) ? `'${text}` : text
}

function plainOf(text: string): string {
  return text.startsWith("'") && isNoText(text.slice(1)) ? text.slice(1) : text
}

/** Also one that has an apostrophe of its own, so that no other is taken off. */
function isNoText(text: string): boolean {
  return NO_TEXT.test(text.replace(/^'+/, ''))
}

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const plain = plainLines(text)
  // A spreadsheet writes the separator of its country.
  const delimiter = /^"?code"?([,;\t])/.exec(plain)?.[1] ?? ','
  const rows = readRows(plain, { delimiter, quotes: true })
  const [code, ...others] = COLUMNS
  return mapRows(rows, { needed: [code], others: [...others, ...SECONDS] }, (row, columns): Found => {
    const code = cellOf(row, columns.code)
    const target = exactTarget(code)
    const channels = plainOf(cellOf(row, columns.channels))
    const confidence = cellOf(row, columns.confidence)
    const place = (column: number | null, name: string) => ({
      line: row.line,
      column: (column ?? 0) + 1,
      name,
    })
    const author = plainOf(cellOf(row, columns.reviewer))
    return {
      text: code === '' ? plainOf(cellOf(row, columns.event)) : code,
      ...(target === null ? {} : { target }),
      onset: timeIn(row, timeColumns(columns, 'onset'), 'onset'),
      duration: durationIn(row, timeColumns(columns, 'duration')),
      channels: channels === '' ? [] : channelsOf(channels.split('|'), recording),
      confidence:
        confidence === ''
          ? null
          : oneOf(confidence, codesOf(CONFIDENCES), place(columns.confidence, 'confidence')),
      evidence: cellOf(row, columns.evidence)
        .split('|')
        .filter((one) => one !== '')
        .map((one) => oneOf(one, codesOf(EVIDENCE), place(columns.evidence, 'evidence'))),
      comment: plainOf(textOf(row, columns.comment)),
      ...(author === '' ? {} : { author }),
      line: row.line,
    }
  })
}

type TimeColumns = Readonly<Record<'ticks' | 'ms' | 'seconds', number | null>>

function timeColumns(
  columns: Readonly<Record<`${'onset' | 'duration'}_${'100ns' | 'ms' | 's'}`, number | null>>,
  name: 'onset' | 'duration',
): TimeColumns {
  return { ticks: columns[`${name}_100ns`], ms: columns[`${name}_ms`], seconds: columns[`${name}_s`] }
}

/** The whole ticks; where a spreadsheet has made 8.64E+11 of them, the milliseconds; else the seconds. */
function timeIn(row: Row, { ticks, ms, seconds }: TimeColumns, name: string): Ticks {
  const text = cellOf(row, ticks)
  if (/^-?\d{1,15}$/.test(text)) return Number(text) as Ticks
  const whole = cellOf(row, ms)
  if (/^-?\d{1,11}$/.test(whole)) return (Number(whole) * TICKS_PER_MS) as Ticks
  if (text !== '' && ticks !== null) throw noWhole(row, ticks, `${name}_100ns`, text)
  if (whole !== '' && ms !== null) throw noWhole(row, ms, `${name}_ms`, whole)
  if (seconds === null) throw new ReviewError('bad-set', `Line 1: the column "${name}_ms" is missing.`)
  return secondsIn(row, seconds, `${name}_s`)
}

function noWhole(row: Row, column: number, name: string, text: string): ReviewError {
  return faultAt({ line: row.line, column: column + 1, name }, `${quoteCell(text)} should be a whole number.`)
}

function durationIn(row: Row, columns: TimeColumns): Ticks {
  const value = timeIn(row, columns, 'duration')
  if (value >= 0) return value
  throw faultAt({ line: row.line, name: 'duration' }, 'it should be 0 or more.')
}
