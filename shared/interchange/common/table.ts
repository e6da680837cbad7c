/**
 * Tables of text: what separates cells, which column is called what, and where a fault lies. Papa Parse reads and
 * writes the cells. `plainLines`, then `readRows`, then `mapRows` read one.
 */
import Papa from 'papaparse'
import { MAX_MARKS } from '../../annotation/setSize.ts'
import { ReviewError } from '../../failure.ts'
import type { Ticks } from '../../units.ts'
import { faultAt, type Place, quoteCell } from './fault.ts'
import { parseSeconds } from './seconds.ts'

/** Longer than any row with the longest comment in it; a line of this length is no table's. */
const LONGEST_LINE = 100_000
/** A row more than a set has marks for each of several channels. */
const MOST_ROWS = 4 * MAX_MARKS
const MOST_LINES = 2 * MOST_ROWS

export type Row = { readonly line: number; readonly cells: readonly string[] }

type Columns<Name extends string> = { readonly [Key in Name]: number | null }

/** One form of line end and no mark of byte order; throws where the text is none, with line and column. */
export function plainLines(text: string): string {
  const plain = text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n')
  let line = 1
  let start = 0
  for (let at = 0; at <= plain.length; at += 1) {
    const code = at === plain.length ? LINE_FEED : plain.charCodeAt(at)
    if (code === LINE_FEED) {
      if (at - start > LONGEST_LINE) {
        throw faultAt({ line }, `it is ${at - start} characters long, so this is no table of events.`)
      }
      line += 1
      if (line > MOST_LINES) throw faultAt({ line }, `there are more than ${MOST_LINES} lines.`)
      start = at + 1
    } else if ((code < 0x20 && code !== TAB) || code === 0x7f) {
      const shown = code.toString(16).toUpperCase().padStart(4, '0')
      throw new ReviewError(
        'bad-set',
        `Line ${line}, character ${at - start + 1}: the control character U+${shown} is not text.`,
      )
    }
  }
  return plain
}

const LINE_FEED = 0x0a
const TAB = 0x09

/** The rows, blank ones left out, each with the line it begins on. `quotes`: whether a cell may be in them. */
export function readRows(
  plain: string,
  options: { readonly delimiter: string; readonly quotes: boolean },
): readonly Row[] {
  const rows: Row[] = []
  let line = 1
  let from = 0
  Papa.parse<string[]>(plain, {
    delimiter: options.delimiter,
    newline: '\n',
    // Where cells are never quoted a quotation mark is one of the text.
    quoteChar: options.quotes ? '"' : '\u0000',
    step: ({ data, errors, meta }) => {
      const [error] = errors
      if (error?.type === 'Quotes')
        throw faultAt({ line }, 'a quotation mark is open or stands inside a cell.')
      if (data.length > 1 || (data[0] ?? '').trim() !== '') {
        if (rows.length >= MOST_ROWS) throw faultAt({ line }, `there are more than ${MOST_ROWS} rows.`)
        rows.push({ line, cells: data })
      }
      for (
        let at = plain.indexOf('\n', from);
        at !== -1 && at < meta.cursor;
        at = plain.indexOf('\n', at + 1)
      ) {
        line += 1
        from = at + 1
      }
    },
  })
  return rows
}

/**
 * What is made of each row below the header, which is the first of them; throws where a column that is needed is not
 * there, and at a row that is not as wide as the header.
 */
export function mapRows<Needed extends string, Other extends string, Made>(
  [header, ...rows]: readonly Row[],
  names: { readonly needed: readonly Needed[]; readonly others: readonly Other[] },
  make: (row: Row, columns: Columns<Other> & { readonly [Key in Needed]: number }) => Made,
): readonly Made[] {
  const columns = findColumns(header, names.needed, names.others)
  const width = header?.cells.length ?? 0
  return rows.map((row) => {
    if (row.cells.length === width) return make(row, columns)
    const found = `it has ${row.cells.length} columns, and the header in line ${header?.line} has ${width}.`
    throw faultAt({ line: row.line }, found)
  })
}

/** Where each named column stands; throws where one that is needed is not there. */
function findColumns<Needed extends string, Other extends string>(
  header: Row | undefined,
  needed: readonly Needed[],
  others: readonly Other[],
): Columns<Other> & { readonly [Key in Needed]: number } {
  const names = (header?.cells ?? []).map((cell) => cell.trim())
  const at = (name: string) => names.findIndex((each) => each.toLowerCase() === name.toLowerCase())
  for (const name of needed) {
    if (at(name) !== -1) continue
    const first = names.slice(0, 3).map(quoteCell).join(', ')
    const found = names.length === 0 ? 'nothing' : `${first}${names.length > 3 ? '…' : ''}`
    throw faultAt({ line: header?.line ?? 1 }, `the column "${name}" is missing; found ${found}.`)
  }
  const entries = [...needed, ...others].map((name) => {
    const index = at(name)
    return [name, index === -1 ? null : index]
  })
  return Object.fromEntries(entries)
}

/** A cell's text; '' where the row is shorter. */
export function cellOf({ cells }: Row, column: number | null): string {
  return column === null ? '' : (cells[column] ?? '').trim()
}

/** The same with the blanks at its ends. */
export function textOf({ cells }: Row, column: number | null): string {
  return column === null ? '' : (cells[column] ?? '')
}

/** A time in seconds; throws with the place where it is none. */
export function secondsIn(
  row: Row,
  column: number,
  name: string,
  options: { readonly negative: boolean } = { negative: true },
): Ticks {
  const text = cellOf(row, column)
  const place = { line: row.line, column: column + 1, name }
  const value = parseSeconds(text)
  if (value === null) {
    const hint = /^[+-]?\d+,\d+$/.test(text) ? ', with a point before the decimals' : ''
    throw faultAt(place, `${quoteCell(text)} should be a number of seconds${hint}.`)
  }
  if (value < 0 && !options.negative) throw faultAt(place, `${quoteCell(text)} should be 0 s or more.`)
  return value
}

/** RFC 4180: lines end in CR LF, cells are quoted where they must be. */
export function writeCsv(rows: readonly (readonly string[])[]): string {
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { delimiter: ',', newline: '\r\n' },
  )}\r\n`
}

/** The same with tabs, as BIDS asks: lines end in LF. */
export function writeTsv(rows: readonly (readonly string[])[]): string {
  return `${Papa.unparse(
    rows.map((row) => [...row]),
    { delimiter: '\t', newline: '\n' },
  )}\n`
}

/** A word of a table; throws with the place where it is none of them. */
export function oneOf<Code extends string>(text: string, codes: readonly Code[], place: Place): Code {
  const code = codes.find((each) => each === text.trim())
  if (code === undefined) throw faultAt(place, `${quoteCell(text)} should be one of ${codes.join(', ')}.`)
  return code
}
