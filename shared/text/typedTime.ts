/** A time as a reader types it: in seconds, as the list says it, or as the axis does. Pure. */
import type { Seconds, Span } from '../units.ts'
import { formatElapsed, secondsOfDay } from './clock.ts'

const DAY = 86_400
/** Typed times have three decimals: the recording's last sample may lie half of the last one beside them. */
const GRACE = 0.001

/** Where the recording lies; `start` as in its header (`YYYY-MM-DDTHH:MM:SS`), null where that gives no clock time. */
export type TimeFrame = { readonly start: string | null; readonly span: Span }

export type TypedTime =
  | { readonly ok: true; readonly time: Seconds }
  /** One sentence: what is wrong, and what would be right. */
  | { readonly ok: false; readonly problem: string }

/** What a typed time may mean, where that lies on the recording. */
export type TimeReading = { readonly time: Seconds; readonly as: 'elapsed' | 'clock' }

/**
 * Seconds after the recording's start, from `62.35`, `1:02.35`, `0:01:02.350` (elapsed) or `22:32:42.35` (clock,
 * also `00:10:00 +1 d`), with a comma too. What can be both is elapsed time where that lies on the recording.
 */
export function parseTypedTime(text: string, frame: TimeFrame): TypedTime {
  const { start, span } = frame
  const typed = parse(text)
  if (typed === null) {
    const clock = start === null ? '' : `, clock time such as ${start.slice(11, 19)}`
    return {
      ok: false,
      problem: `“${text.trim().slice(0, 30)}” is no time: write seconds (62.35), elapsed time (0:01:02.35)${clock}.`,
    }
  }
  const [first] = readTimes(typed, frame)
  if (first !== undefined) return { ok: true, time: first.time }
  return {
    ok: false,
    problem: `${text.trim()} is not on the recording, which goes from ${formatElapsed(span.start, 3)} to ${formatElapsed(span.end, 3)} elapsed.`,
  }
}

/**
 * All that a typed time may mean on the recording, the likeliest first: hours of two digits are how the axis writes
 * the clock, hours of one how elapsed time is written. `22:32` may also be hours and minutes by the clock. null: no
 * time at all.
 */
export function readTypedTime(text: string, frame: TimeFrame): readonly TimeReading[] | null {
  const typed = parse(text)
  if (typed === null) return null
  const readings = [...readTimes(typed, frame), ...readShortClock(typed, frame)]
  const isClock = typed.parts === 3 && /^\s*\d\d:/.test(text)
  return isClock ? readings.sort((a, b) => Number(a.as === 'elapsed') - Number(b.as === 'elapsed')) : readings
}

type Parsed = { readonly seconds: Seconds; readonly parts: number; readonly day: number | null }

function parse(text: string): Parsed | null {
  const match = /^\s*(\d+(?::\d{1,2}){0,2}(?:[.,]\d*)?)\s*(?:([+\-−])\s*(\d+)\s*d)?\s*$/.exec(text)
  if (match === null) return null
  const [, time = '', sign, days] = match
  const numbers = time.replace(',', '.').split(':').map(Number)
  // Only the first part may go beyond 59: 90:00 is an hour and a half.
  if (numbers.slice(1).some((number) => number >= 60)) return null
  const seconds = numbers.reduce((total, number) => total * 60 + number, 0)
  const day = days === undefined ? null : (sign === '+' ? 1 : -1) * Number(days)
  if (day !== null && numbers.length !== 3) return null
  return { seconds, parts: numbers.length, day }
}

/** A long recording has a clock time on each of its days; more are not offered. */
const MOST_DAYS = 8

/** Elapsed first, then by the clock in the order of days. */
function readTimes(typed: Parsed, { start, span }: TimeFrame): readonly TimeReading[] {
  const elapsed = typed.day === null ? [typed.seconds] : []
  const clock = start !== null && typed.parts === 3 ? clockTimes(typed, start, span) : []
  return [
    ...elapsed.flatMap((time) => readingOf(time, 'elapsed', span)),
    ...clock.flatMap((time) => readingOf(time, 'clock', span)),
  ]
}

/** `22:32` by the clock. */
function readShortClock(typed: Parsed, { start, span }: TimeFrame): readonly TimeReading[] {
  if (start === null || typed.parts !== 2 || !Number.isInteger(typed.seconds)) return []
  const times = clockTimes({ ...typed, seconds: typed.seconds * 60 }, start, span)
  return times.flatMap((time) => readingOf(time, 'clock', span))
}

function readingOf(time: Seconds, as: TimeReading['as'], span: Span): readonly TimeReading[] {
  if (time < span.start - GRACE || time > span.end + GRACE) return []
  return [{ time: Math.min(Math.max(time, span.start), span.end), as }]
}

/** The times after the start at which the clock shows this, on the day named, else on each day of the recording. */
function clockTimes({ seconds, day }: Parsed, start: string, span: Span): readonly Seconds[] {
  if (seconds >= DAY) return []
  const today = seconds - secondsOfDay(start)
  if (day !== null) return [today + day * DAY]
  const first = Math.ceil((span.start - GRACE - today) / DAY)
  const last = Math.min(first + MOST_DAYS - 1, Math.floor((span.end + GRACE - today) / DAY))
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => today + (first + index) * DAY)
}
