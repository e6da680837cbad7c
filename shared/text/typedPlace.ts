/** A place in a recording as a reader types it: clock time, elapsed time, a record, a share of the whole. Pure. */
import type { Recording } from '../edf/header/model.ts'
import { exactDuration, ticksOfRun } from '../edf/time/sampleClock.ts'
import { type Seconds, type Span, secondsFromTicks } from '../units.ts'
import { formatClock, formatDuration, formatElapsed } from './clock.ts'
import { readTypedTime, type TimeReading } from './typedTime.ts'

export type Place = {
  /** Where to go: on the recording, and never inside a gap. */
  readonly time: Seconds
  readonly as: TimeReading['as'] | 'record' | 'share'
  /** The gap that the typed place lies in: `time` is where recording goes on. */
  readonly gap: Span | null
}

export type TypedPlace =
  /** The likeliest first: a time may be meant by the clock or elapsed. */
  | { readonly ok: true; readonly places: readonly [Place, ...Place[]] }
  /** One sentence: what is wrong, and what would be right. */
  | { readonly ok: false; readonly problem: string }

type Ground = Pick<Recording, 'header' | 'timeline'> & {
  /** What can be gone through: the recording, or a file's annotations. */
  readonly span: Span
}

/**
 * Reads `22:31:40` and `22:31` (clock), `0:09:40`, `9:40` and `580` (elapsed), `record 580` or `#580` (counted from
 * 0, as the check of a file counts them) and `40 %` (of the time from start to end, gaps counted). A place in a gap is
 * where recording goes on.
 */
export function parseTypedPlace(text: string, ground: Ground): TypedPlace {
  const typed = text.trim()
  const { span } = ground
  const share = /^(\d+(?:[.,]\d*)?)\s*%$/.exec(typed)?.[1]
  if (share !== undefined) return placeOfShare(Number(share.replace(',', '.')), typed, ground)
  const record = /^(?:#|r|rec|record)\s*(\d+)$/i.exec(typed)?.[1]
  if (record !== undefined) return placeOfRecord(Number(record), ground)
  const readings = readTypedTime(typed, { start: ground.header.start, span })
  if (readings === null)
    return { ok: false, problem: `“${typed.slice(0, 30)}” is no place: ${hintFor(ground)}.` }
  return placesOf(
    readings.map(({ time, as }) => ({ time, as })),
    `${typed} is not on the recording, which goes from ${sayTime(span.start, ground)} to ${sayTime(span.end, ground)}.`,
    ground,
  )
}

/** What can be typed, with examples from the recording itself. */
export function hintFor({ header, timeline, span }: Ground): string {
  const middle = Math.floor((span.start + span.end) / 2)
  const clock = header.start === null ? '' : `clock time (${formatClock(header.start, middle)}), `
  const records = timeline.segments.length === 0 ? '' : `record (#${Math.floor(header.records / 2)}), `
  return `write ${clock}elapsed time (${formatElapsed(middle)}) or seconds, ${records}or share (50 %)`
}

/** `by the clock 00:13:05 +1 d, elapsed 2:13:05`: where a place is, by every name of it. */
export function sayPlace({ time, as, gap }: Place, { header }: Pick<Ground, 'header'>): string {
  const decimals = Number.isInteger(time) ? 0 : 1
  const elapsed = `${formatElapsed(time, decimals)} elapsed`
  const clock = header.start === null ? null : `${formatClock(header.start, time, decimals)} by the clock`
  const names = as === 'clock' ? [clock, elapsed] : [elapsed, clock]
  const skipped = gap === null ? '' : `, after a gap of ${formatDuration(gap.end - gap.start)}`
  return `${names.filter((name) => name !== null).join(' · ')}${skipped}`
}

function placeOfShare(percent: number, typed: string, ground: Ground): TypedPlace {
  const { start, end } = ground.span
  const isOn = percent >= 0 && percent <= 100
  const places = isOn ? [{ time: start + (percent / 100) * (end - start), as: 'share' as const }] : []
  return placesOf(places, `${typed} is not on the recording: a share goes from 0 % to 100 %.`, ground)
}

function placeOfRecord(record: number, ground: Ground): TypedPlace {
  const { header, timeline } = ground
  const run = timeline.segments.find(
    ({ firstRecord, records }) => record >= Math.floor(firstRecord) && record < firstRecord + records,
  )
  const places =
    run === undefined
      ? []
      : [
          {
            time: secondsFromTicks(run.onset) + secondsOf(Math.max(0, record - run.firstRecord), header),
            as: 'record' as const,
          },
        ]
  const problem =
    timeline.segments.length === 0
      ? 'This file has no records with a place in time: write a time.'
      : `There is no record ${record}: this recording has records 0 to ${header.records - 1}.`
  return placesOf(places, problem, ground)
}

function secondsOf(records: number, { recordDuration }: Ground['header']): Seconds {
  return secondsFromTicks(ticksOfRun(exactDuration(recordDuration), records))
}

function placesOf(found: readonly Omit<Place, 'gap'>[], problem: string, { timeline }: Ground): TypedPlace {
  const [first, ...others] = found.map((place) => afterGap(place, timeline.gaps))
  return first === undefined ? { ok: false, problem } : { ok: true, places: [first, ...others] }
}

function afterGap(place: Omit<Place, 'gap'>, gaps: readonly Span[]): Place {
  const gap = gaps.find(({ start, end }) => place.time >= start && place.time < end) ?? null
  return gap === null ? { ...place, gap } : { ...place, time: gap.end, gap }
}

function sayTime(time: Seconds, { header }: Ground): string {
  const elapsed = formatElapsed(time)
  return header.start === null
    ? `${elapsed} elapsed`
    : `${formatClock(header.start, time)} (${elapsed} elapsed)`
}
