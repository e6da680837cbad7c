/**
 * How the records lie in time. Fed record by record (or run by run) with what the timekeeping TALs say, it
 * keeps only the segments, so that a day of records costs nothing.
 *
 * - A continuous file (plain or `+C`) is one segment, whatever its TALs say: EDF+ 2.2.4 lets its records
 *   follow one another. Where they say otherwise, a finding tells.
 * - In a discontinuous file (`+D`) a TAL starts a new segment where it differs from the end of the record
 *   before by more than rounding explains. A record whose time is missing follows the one before it, or
 *   precedes the first that has a time.
 * - Records that overlap, in a file whose clock went back, are all kept; where two lie over one another only
 *   the one that starts first is shown (`visibleSegments`), and a finding names the hidden one.
 */
import { ReviewError } from '../../failure.ts'
import { type Span, secondsFromTicks, TICKS_PER_SECOND, type Ticks } from '../../units.ts'
import type { RecordOnset } from '../annotations/tal.ts'
import type { Finding } from '../header/finding.ts'
import { FILE_FIELDS, recordOffset } from '../header/layout.ts'
import type { Header, Segment, Timeline } from '../header/model.ts'
import { exactDuration, ticksOfRecords, ticksOfRun } from './sampleClock.ts'

/** Far more than any recorder makes; past it a file is broken, and its segments would fill the memory. */
const MOST_SEGMENTS = 500_000

export type TimelineBuilder = {
  /** The next `records` records: the first begins at `onset` (null: no TAL says when), the others follow it. */
  readonly add: (onset: RecordOnset | null, records?: number) => void
  /** Takes this many more records to follow, their times not looked at. */
  readonly extend: (records: number) => void
  /** Records not told of by then have no time of their own. */
  readonly finish: (confirmed: boolean) => {
    readonly timeline: Timeline
    readonly findings: readonly Finding[]
  }
}

/**
 * How far a record's time may lie from where the record before ends, in ticks, and still follow it: half a
 * sample of the fastest signal, for onsets are written with few decimals, and 1 ms at most; or what writing
 * them with so many decimals explains.
 */
export function onsetTolerance(header: Header, decimals = 0): number {
  const fastest = Math.max(
    1,
    ...header.signals.map((signal) => (signal.kind === 'annotations' ? 0 : signal.samplesPerRecord)),
  )
  const halfSample = (header.recordDuration * TICKS_PER_SECOND) / fastest / 2
  return Math.max(1, Math.min(halfSample, TICKS_PER_SECOND / 1000), writtenUnit(header, decimals))
}

/**
 * One unit of the last decimal written, in ticks: half of it for each of two onsets. 0 where rounding explains
 * nothing: a duration of whole units rounds away alike in every record, and against a unit of more than
 * half a record a missing record could not be told.
 */
function writtenUnit(header: Header, decimals: number): number {
  if (decimals < 1 || decimals > 6) return 0
  const unit = TICKS_PER_SECOND / 10 ** decimals
  const { numerator, denominator } = exactDuration(header.recordDuration)
  if (numerator % (BigInt(unit) * denominator) === 0n) return 0
  return 2 * unit <= header.recordDuration * TICKS_PER_SECOND ? unit : 0
}

export function hasRecordTimes(header: Header): boolean {
  return header.signals.some((signal) => signal.kind === 'annotations')
}

export function isDiscontinuous(header: Header): boolean {
  return header.format.endsWith('+D')
}

export function createTimelineBuilder(header: Header): TimelineBuilder {
  const duration = exactDuration(header.recordDuration)
  const tolerance = onsetTolerance(header)
  const discontinuous = isDiscontinuous(header)
  const timed = hasRecordTimes(header)
  const segments: { firstRecord: number; records: number; onset: Ticks }[] = []
  let record = 0
  let firstOnset = 0 as Ticks
  // Decimals of the onset that the current segment is counted from.
  let decimals = 0
  let lastOnset: Ticks | null = null
  // Records before the first that tells its time: placed once that one is known.
  let leading = 0
  const missing: RecordCount = { count: 0, first: null }
  const backwards: RecordCount = { count: 0, first: null }
  const jumps: RecordCount & { found: Ticks; due: Ticks } = {
    count: 0,
    first: null,
    found: 0 as Ticks,
    due: 0 as Ticks,
  }

  const add = (start: RecordOnset | null, records = 1) => {
    const onset = start?.at ?? null
    if (onset === null && leading === record) leading += records
    else if (onset !== null && leading === record && record > 0) placeLeading(onset)
    if (record === 0) firstOnset = onset ?? (0 as Ticks)
    if (onset === null) count(missing, record, records)
    else if (lastOnset !== null && onset < lastOnset) count(backwards, record, 1)
    lastOnset = onset ?? lastOnset
    record += records
    // Without a duration a record is a list of annotations, not a stretch of time.
    if (header.recordDuration > 0) place(start, record - records, records)
  }

  /** So many records back from the first known time, but not before the header's start. */
  const placeLeading = (onset: Ticks) => {
    firstOnset = Math.max(0, onset - ticksOfRecords(duration, leading)) as Ticks
    const [first] = segments
    if (first !== undefined) first.onset = firstOnset
  }

  const place = (written: RecordOnset | null, firstRecord: number, records: number) => {
    const onset = written?.at ?? null
    const current = segments.at(-1)
    const start = current?.onset ?? firstOnset
    const due = (start + ticksOfRecords(duration, current?.records ?? 0)) as Ticks
    const follows =
      written === null ||
      Math.abs(written.at - due) <= onsetTolerance(header, Math.max(decimals, written.decimals))
    if (onset !== null && !follows && !discontinuous) {
      if (jumps.count === 0) Object.assign(jumps, { found: onset, due })
      count(jumps, firstRecord, 1)
    }
    if (current !== undefined && (follows || !discontinuous)) current.records += records
    else {
      if (segments.length >= MOST_SEGMENTS) {
        throw new ReviewError('unsupported', `The recording has more than ${MOST_SEGMENTS} gaps.`)
      }
      segments.push({ firstRecord, records, onset: onset ?? due })
      decimals = written?.decimals ?? 0
    }
  }

  const extend = (records: number) => {
    const current = segments.at(-1)
    if (current !== undefined) current.records += records
    record += records
  }

  const finish = (confirmed: boolean) => {
    if (record < header.records) add(null, header.records - record)
    const hasTime = header.recordDuration > 0
    const sorted = hasTime
      ? segments.toSorted((a, b) => a.onset - b.onset || a.firstRecord - b.firstRecord)
      : []
    const findings: Finding[] = []
    const { gaps, overlaps, end } = layOut(sorted, header, tolerance)
    const start = sorted[0]?.onset ?? firstOnset
    if (timed) {
      noteMissing(header, missing, findings)
      noteFirstOnset(header, firstOnset, findings)
      noteJumps(header, jumps, findings)
    }
    noteBackwards(header, backwards, findings)
    noteOverlaps(header, overlaps, findings)
    if (confirmed && discontinuous && segments.length === 1 && header.records > 1 && missing.count === 0) {
      findings.push({
        code: 'contiguous',
        clause: 'EDF+ 2.1.1: EDF+C and EDF+D',
        field: 'Reserved field',
        byteOffset: FILE_FIELDS.reserved.offset,
        found: `"${header.format}" for a recording without gaps`,
        expected: `"${header.format.slice(0, 4)}C"`,
        howRead: 'shown without gaps, which it has none of',
      })
    }
    const timeline: Timeline = {
      firstRecordOnset: secondsFromTicks(firstOnset),
      segments: sorted,
      gaps,
      duration: secondsFromTicks(ticksOfRecords(duration, header.records)),
      span: { start: secondsFromTicks(start), end: secondsFromTicks(end ?? start) },
      confirmed,
    }
    return { timeline, findings }
  }
  return { add, extend, finish }
}

export type VisibleSegment = { readonly segment: Segment; readonly start: Ticks; readonly end: Ticks }

const visibleOf = new WeakMap<Timeline, readonly VisibleSegment[]>()

/** The segments in time order, each with the part of it that no earlier one covers; none overlap. */
export function visibleSegments(timeline: Timeline, header: Header): readonly VisibleSegment[] {
  const known = visibleOf.get(timeline)
  if (known !== undefined) return known
  const duration = exactDuration(header.recordDuration)
  const tolerance = onsetTolerance(header)
  const visible: VisibleSegment[] = []
  let frontier = Number.NEGATIVE_INFINITY
  for (const segment of timeline.segments) {
    const end = (segment.onset + ticksOfRun(duration, segment.records)) as Ticks
    // Rounding of an onset must not cost the first sample.
    const start = (frontier - segment.onset > tolerance ? frontier : segment.onset) as Ticks
    if (start < end) visible.push({ segment, start, end })
    frontier = Math.max(frontier, end)
  }
  visibleOf.set(timeline, visible)
  return visible
}

type Overlap = { readonly earlier: Segment; readonly later: Segment; readonly span: Span }

function layOut(sorted: readonly Segment[], header: Header, tolerance: number) {
  const duration = exactDuration(header.recordDuration)
  const gaps: Span[] = []
  const overlaps: Overlap[] = []
  let end: Ticks | null = null
  let reaching: Segment | null = null
  for (const segment of sorted) {
    const segmentEnd = (segment.onset + ticksOfRecords(duration, segment.records)) as Ticks
    if (end !== null && reaching !== null) {
      if (segment.onset - end > tolerance) {
        gaps.push({ start: secondsFromTicks(end), end: secondsFromTicks(segment.onset) })
      } else if (end - segment.onset > tolerance) {
        const hiddenEnd = Math.min(end, segmentEnd) as Ticks
        const span = { start: secondsFromTicks(segment.onset), end: secondsFromTicks(hiddenEnd) }
        overlaps.push({ earlier: reaching, later: segment, span })
      }
    }
    if (end === null || segmentEnd > end) {
      end = segmentEnd
      reaching = segment
    }
  }
  return { gaps, overlaps, end }
}

type RecordCount = { count: number; first: number | null }

function count(counter: RecordCount, record: number, records: number): void {
  counter.count += records
  counter.first ??= record
}

const records = (n: number) => (n === 1 ? '1 record' : `${n} records`)
const recordTime = { clause: 'EDF+ 2.2.4: time keeping of data records', field: 'Record times' }

function noteMissing(header: Header, missing: RecordCount, findings: Finding[]): void {
  if (missing.first === null) return
  findings.push({
    ...recordTime,
    code: 'record-time-missing',
    byteOffset: recordOffset(header, missing.first),
    found: `no time in ${records(missing.count)}, first in record ${missing.first}`,
    expected: 'each record to say when it starts',
    howRead:
      missing.first === 0 && missing.count === header.records
        ? 'the records follow one another from 0 s'
        : 'such a record is placed next to its neighbour',
  })
}

function noteFirstOnset(header: Header, firstOnset: Ticks, findings: Finding[]): void {
  if (firstOnset >= 0 && firstOnset < TICKS_PER_SECOND) return
  findings.push({
    ...recordTime,
    code: 'first-onset',
    byteOffset: recordOffset(header, 0),
    found: `the first record ${secondsFromTicks(firstOnset)} s after the header's start`,
    expected: 'less than 1 s',
    howRead: 'taken as written',
  })
}

function noteJumps(
  header: Header,
  jumps: RecordCount & { found: Ticks; due: Ticks },
  findings: Finding[],
): void {
  if (jumps.first === null) return
  findings.push({
    ...recordTime,
    code: 'record-time-jump',
    byteOffset: recordOffset(header, jumps.first),
    found: `record ${jumps.first} at ${secondsFromTicks(jumps.found)} s${jumps.count > 1 ? ` and ${jumps.count - 1} more off their time` : ''}`,
    expected: `${secondsFromTicks(jumps.due)} s in a continuous recording (${header.format})`,
    howRead:
      'shown as continuous, as the header says; from there on times and annotations may not fit the samples',
  })
}

function noteBackwards(header: Header, backwards: RecordCount, findings: Finding[]): void {
  if (backwards.first === null) return
  findings.push({
    ...recordTime,
    code: 'record-time-backwards',
    byteOffset: recordOffset(header, backwards.first),
    found: `${records(backwards.count)} earlier than the one before, first record ${backwards.first}`,
    expected: 'records in the order of time',
    howRead:
      header.recordDuration > 0 && isDiscontinuous(header)
        ? 'shown in the order of time'
        : 'the times of these records are not used',
  })
}

function noteOverlaps(header: Header, overlaps: readonly Overlap[], findings: Finding[]): void {
  const [first] = overlaps
  if (first === undefined) return
  const { earlier, later, span } = first
  const more = overlaps.length > 1 ? `, and ${overlaps.length - 1} more such places` : ''
  findings.push({
    ...recordTime,
    code: 'record-overlap',
    byteOffset: recordOffset(header, later.firstRecord),
    found: `records from ${later.firstRecord} on lie over those from ${earlier.firstRecord} on, from ${span.start} s to ${span.end} s${more}`,
    expected: 'records that do not overlap',
    howRead: `there the run of records that starts first is shown, and the one from record ${later.firstRecord} is hidden`,
  })
}
