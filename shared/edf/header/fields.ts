/**
 * Values of header fields. Each parser takes the field's text without its padding and tells the value,
 * or null where there is none, and how the text differs from what the standard asks for.
 */
import { readUnit } from './unit.ts'

export type ParsedNumber = {
  readonly value: number | null
  /** What was wrong but could be read: 'a comma as decimal separator'... null where all is well. */
  readonly oddity: string | null
}

const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/
const COMMA_DECIMAL = /^[+-]?\d*,\d+(?:[eE][+-]?\d+)?$/
const COMMA_GROUPS = /^[+-]?\d{1,3}(?:,\d{3})+$/
const COMMA_GROUPS_POINT = /^[+-]?\d{1,3}(?:,\d{3})+\.\d*$/
const POINT_GROUPS_COMMA = /^[+-]?\d{1,3}(?:\.\d{3})+,\d*$/
const SPACED_SIGN = /^[+-] +[\d.]/

const UNREADABLE: ParsedNumber = { value: null, oddity: null }

/** A decimal number; the whole text must be one (nothing is cut off at the first odd character). */
export function parseNumber(text: string): ParsedNumber {
  if (NUMBER.test(text)) return finite(text, null)
  if (COMMA_DECIMAL.test(text)) return finite(text.replace(',', '.'), 'a comma as decimal separator')
  if (COMMA_GROUPS_POINT.test(text) || COMMA_GROUPS.test(text)) {
    return finite(text.replaceAll(',', ''), 'a comma that groups digits')
  }
  if (POINT_GROUPS_COMMA.test(text)) {
    return finite(text.replaceAll('.', '').replace(',', '.'), 'points that group digits and a decimal comma')
  }
  if (SPACED_SIGN.test(text)) {
    const inner = parseNumber(text.replace(/ +/, ''))
    return { value: inner.value, oddity: inner.value === null ? null : 'a space after the sign' }
  }
  return UNREADABLE
}

/** The oddity of `256.0`: unusual, but not to be misread. */
export const WHOLE_WITH_DECIMALS = 'a whole number with decimals'

/** A whole number; `256.0` and, in a field that can hold no fraction, `32,767` are read as one. */
export function parseInteger(text: string): ParsedNumber {
  const { value, oddity } = COMMA_GROUPS.test(text)
    ? finite(text.replaceAll(',', ''), 'a comma that groups digits')
    : parseNumber(text)
  if (value === null || !Number.isSafeInteger(value)) return UNREADABLE
  return { value, oddity: oddity ?? (/^[+-]?\d+$/.test(text) ? null : WHOLE_WITH_DECIMALS) }
}

function finite(text: string, oddity: string | null): ParsedNumber {
  const value = Number(text)
  return Number.isFinite(value) ? { value: value === 0 ? 0 : value, oddity } : UNREADABLE
}

export type CalendarDate = { readonly year: number; readonly month: number; readonly day: number }

export type ParsedDate =
  | { readonly kind: 'date'; readonly date: CalendarDate; readonly strict: boolean }
  /** After 2084 EDF+ writes `yy` for the year: only the Startdate subfield has it. */
  | { readonly kind: 'year-elsewhere' }
  | { readonly kind: 'none' }

const STRICT_DATE = /^\d\d\.\d\d\.\d\d$/
// FAQ Q2: `2.8.51`, ` 2. 8.51` and other separators are met.
const DAY_FIRST = /^(\d{1,2})[^\da-z]{1,2}(\d{1,2})[^\da-z]{1,2}(\d{1,2}|\d{4})$/i
const YEAR_FIRST = /^(\d{4})[./-](\d{1,2})[./-](\d{1,2})$/
const YEAR_ELSEWHERE = /^\d{1,2}[./:-]\d{1,2}[./:-]yy$/i

/** `dd.mm.yy` with 1985 as the pivot; other separators and one-digit days are read, but are not strict. */
export function parseDate(text: string): ParsedDate {
  if (YEAR_ELSEWHERE.test(text)) return { kind: 'year-elsewhere' }
  const dayFirst = DAY_FIRST.exec(text)
  const yearFirst = dayFirst === null ? YEAR_FIRST.exec(text) : null
  const parts = dayFirst?.slice(1) ?? yearFirst?.slice(1).reverse()
  if (parts === undefined) return { kind: 'none' }
  const [day, month, year] = parts.map(Number) as [number, number, number]
  const date = { year: parts[2]?.length === 4 ? year : year + (year >= 85 ? 1900 : 2000), month, day }
  if (!isCalendarDate(date)) return { kind: 'none' }
  return { kind: 'date', date, strict: STRICT_DATE.test(text) }
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
const NAMED_DATE = /^(\d{1,2})[-./]([A-Z]{3})[-./](\d{4})$/i

/** EDF+ subfield `dd-MMM-yyyy`; null where it is none. */
export function parseNamedDate(text: string): { date: CalendarDate; strict: boolean } | null {
  const match = NAMED_DATE.exec(text)
  if (match === null) return null
  const [, day, name, year] = match as unknown as [string, string, string, string]
  const date = { year: Number(year), month: MONTHS.indexOf(name.toUpperCase()) + 1, day: Number(day) }
  if (!isCalendarDate(date)) return null
  return { date, strict: /^\d\d-[A-Z]{3}-\d{4}$/.test(text) }
}

function isCalendarDate({ year, month, day }: CalendarDate): boolean {
  if (month < 1 || month > 12 || day < 1 || year < 1) return false
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return day <= days
}

export type ClockTime = { readonly hour: number; readonly minute: number; readonly second: number }

const TIME = /^(\d{1,2})[^\da-z]{1,2}(\d{1,2})[^\da-z]{1,2}(\d{1,2})$/i

/** `hh.mm.ss`; other separators and one-digit hours are read, but are not strict. */
export function parseTime(text: string): { time: ClockTime; strict: boolean } | null {
  const match = TIME.exec(text)
  if (match === null) return null
  const [hour, minute, second] = match.slice(1).map(Number) as [number, number, number]
  if (hour > 23 || minute > 59 || second > 59) return null
  return { time: { hour, minute, second }, strict: /^\d\d\.\d\d\.\d\d$/.test(text) }
}

/** `YYYY-MM-DDTHH:MM:SS`. */
export function formatStart(date: CalendarDate, time: ClockTime): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const year = String(date.year).padStart(4, '0')
  return `${year}-${two(date.month)}-${two(date.day)}T${two(time.hour)}:${two(time.minute)}:${two(time.second)}`
}

/** Clear spellings of a voltage become `uV`, `mV`, `V` or `nV`; every other dimension stays as written. */
export function normaliseUnit(text: string): string {
  const reading = readUnit(text)
  return reading.certainty === 'clear' ? reading.unit : text
}
