/**
 * A table for a spreadsheet in any country: RFC 4180 with a mark of byte order (without which Excel takes UTF-8 for the
 * system's code page), times in seconds and also as whole ticks (a point is no decimal sign everywhere), and nothing
 * that a program would take for a formula.
 */
import type { Mark, ReviewedRange } from '../../annotation/document.ts'
import { CONFIDENCES, codesOf, EVIDENCE } from '../../annotation/kinds.ts'
import { ReviewError } from '../../failure.ts'
import type { Ticks } from '../../units.ts'
import { inOrder } from '../common/events.ts'
import { faultAt, quoteCell } from '../common/fault.ts'
import type { Found, ReadJob, TextFormat, WriteJob } from '../common/format.ts'
import { baseOf, channelsOf, labelsOf } from '../common/recordingFacts.ts'
import { formatSeconds } from '../common/seconds.ts'
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
  'onset_s',
  'duration_s',
  'onset_100ns',
  'duration_100ns',
  'channels',
  'confidence',
  'evidence',
  'reviewer',
  'comment',
] as const

export const csv: TextFormat = {
  id: 'csv',
  label: 'Spreadsheet (CSV)',
  hint: 'For Excel, LibreOffice, R or pandas, in any language.',
  medium: 'text',
  countsFrom: 'start second',
  step: 1,
  keeps: ['subtype', 'channels', 'confidence', 'evidence', 'comment', 'author', 'reviewed'],
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
    formatSeconds(item.onset),
    formatSeconds(item.duration),
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
    harmless(item.comment),
  ]
}

/** A spreadsheet runs what begins so (https://owasp.org/www-community/attacks/CSV_Injection); an apostrophe makes it a text. */
function harmless(text: string): string {
  return /^[=+\-@\t\r'＝＋－＠]/.test(text) ? `'${text}` : text
}

function plainOf(text: string): string {
  return /^'[=+\-@\t\r'＝＋－＠]/.test(text) ? text.slice(1) : text
}

function read(text: string, { recording }: ReadJob): readonly Found[] {
  const plain = plainLines(text)
  // A spreadsheet writes the separator of its country.
  const delimiter = /^"?code"?([,;\t])/.exec(plain)?.[1] ?? ','
  const rows = readRows(plain, { delimiter, quotes: true })
  const [code, ...others] = COLUMNS
  return mapRows(rows, { needed: [code], others }, (row, columns): Found => {
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
      onset: timeIn(row, columns.onset_100ns, columns.onset_s, 'onset'),
      duration: durationIn(row, columns.duration_100ns, columns.duration_s),
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

/** The whole ticks, which no program rounds, else the seconds. */
function timeIn(row: Row, ticks: number | null, seconds: number | null, name: string): Ticks {
  const text = cellOf(row, ticks)
  if (/^-?\d{1,15}$/.test(text)) return Number(text) as Ticks
  if (text !== '' && ticks !== null) {
    throw faultAt(
      { line: row.line, column: ticks + 1, name: `${name}_100ns` },
      `${quoteCell(text)} should be a whole number.`,
    )
  }
  if (seconds === null) throw new ReviewError('bad-set', `Line 1: the column "${name}_s" is missing.`)
  return secondsIn(row, seconds, `${name}_s`)
}

function durationIn(row: Row, ticks: number | null, seconds: number | null): Ticks {
  const value = timeIn(row, ticks, seconds, 'duration')
  if (value >= 0) return value
  throw faultAt({ line: row.line, name: 'duration' }, 'it should be 0 or more.')
}
