/**
 * Where a clip begins and ends, and how long its records are. All channels of a clip begin with a sample of their own, so it
 * is cut at moments at which all of them have one: whole units, a unit being the shortest time in which every rate has whole
 * samples. All in whole numbers. For the reader: `planGrid`.
 */
import type { Header, Recording, SignalHeader, Timeline } from '../edf/header/model.ts'
import { exactDuration, type RecordDuration, spanTicks } from '../edf/time/sampleClock.ts'
import { type VisibleSegment, visibleSegments } from '../edf/time/timeline.ts'
import { ReviewError } from '../failure.ts'
import { formatSeconds } from '../interchange/common/seconds.ts'
import { type Span, TICKS_PER_SECOND, type Ticks } from '../units.ts'

/** Units [from, to) of an uninterrupted stretch of the recording, counted from its onset. */
export type ClipPiece = {
  readonly segment: VisibleSegment['segment']
  readonly from: number
  readonly to: number
}

export type ClipGrid = {
  /** A unit is the source's record duration by this. */
  readonly unitsPerSourceRecord: number
  readonly unitsPerRecord: number
  readonly recordTicks: Ticks
  /** In the order of time; a gap lies between two. */
  readonly pieces: readonly ClipPiece[]
  readonly records: number
  /** A unit in ticks, as a fraction. */
  readonly unit: RecordDuration
}

/** "Data records should not exceed 61440 bytes" (EDF, 1992); some room is for annotations. */
const USUAL_RECORD_BYTES = 61_440 - 440
/** EDFbrowser takes no larger ones. */
const LARGEST_RECORD_BYTES = 10_000_000
const SHORTEST_USUAL = TICKS_PER_SECOND / 10
const LONGEST_USUAL = 10 * TICKS_PER_SECOND
/** More record lengths than these are not tried; past it units are microseconds. */
const MOST_LENGTHS = 1_000_000

/** Throws ReviewError `bad-input` where the span holds nothing, `unsupported` where no record has whole samples of all. */
export function planGrid(
  { header, timeline }: Recording,
  signals: readonly SignalHeader[],
  span: Span | 'whole',
): ClipGrid {
  const perRecord = signals.reduce((divisor, { samplesPerRecord }) => gcd(divisor, samplesPerRecord), 0)
  const duration = exactDuration(header.recordDuration)
  const unit = reduce(duration.numerator, duration.denominator * BigInt(perRecord))
  const wanted = wantedPieces(header, timeline, { span, unit, perRecord })
  if (wanted.length === 0) throw nothingThere(timeline, span)
  const unitBytes =
    signals.reduce((sum, { samplesPerRecord }) => sum + samplesPerRecord / perRecord, 0) *
    header.bytesPerSample
  const lengths = recordLengths(wanted, { unit, perRecord, unitBytes, keepsOwn: span === 'whole' })
  const best = lengths[0]
  if (best === undefined) throw noLength(header, signals, perRecord)
  const pieces = wanted.map((piece): ClipPiece => {
    const { before, after } = extension(piece, best.units)
    return { segment: piece.segment, from: piece.from - before, to: piece.to + after }
  })
  return {
    unitsPerSourceRecord: perRecord,
    unitsPerRecord: best.units,
    recordTicks: best.ticks as Ticks,
    pieces,
    records: pieces.reduce((sum, { from, to }) => sum + (to - from) / best.units, 0),
    unit,
  }
}

/** When a unit of a piece's stretch begins, times the denominator of a unit: exact. */
export function momentOf({ segment }: ClipPiece, units: number, unit: RecordDuration): bigint {
  return BigInt(segment.onset) * unit.denominator + BigInt(units) * unit.numerator
}

/** A pause has no length and no place in the file's record times: the records go on, and so does the clip. */
function withoutBreaks(timeline: Timeline): Timeline {
  const breaks = new Set((timeline.breaks ?? []).map((time) => Math.round(time * TICKS_PER_SECOND)))
  if (breaks.size === 0) return timeline
  const segments: Timeline['segments'][number][] = []
  for (const segment of timeline.segments) {
    const last = segments.at(-1)
    if (last === undefined || !breaks.has(segment.onset)) {
      segments.push(segment)
      continue
    }
    // Parts of records add up to whole ones.
    const records = segment.firstRecord + segment.records - last.firstRecord
    segments[segments.length - 1] = { ...last, records: Math.round(records * 1e6) / 1e6 }
  }
  const { breaks: _, ...rest } = timeline
  return { ...rest, segments }
}

type Wanted = ClipPiece & {
  /** The first unit there is, and how many there are. */
  readonly first: number
  readonly end: number
}

type Units = { readonly span: Span | 'whole'; readonly unit: RecordDuration; readonly perRecord: number }

function wantedPieces(
  header: Header,
  timeline: Timeline,
  { span, unit, perRecord }: Units,
): readonly Wanted[] {
  const edges = span === 'whole' ? null : spanTicks(span)
  return visibleSegments(withoutBreaks(timeline), header).flatMap(({ segment, start }): Wanted[] => {
    const end = Math.round(segment.records) * perRecord
    const since = (edge: Ticks, grace: number) => ({
      // In quarters of a tick: an edge that was computed from a sample's own time lies up to three of them beside it.
      over: (4n * (BigInt(edge) - BigInt(segment.onset)) + BigInt(grace)) * unit.denominator,
      by: 4n * unit.numerator,
    })
    const first = start === segment.onset ? 0 : ceil(since(start, -3))
    const from = edges === null ? first : Math.max(first, floor(since(edges.start, 3)))
    const to = edges === null ? end : Math.min(end, ceil(since(edges.end, -3)))
    if (to <= from) return []
    if (start !== segment.onset && from === first) throw overlapping(start)
    return [{ segment, from, to, first, end }]
  })
}

type Fraction = { readonly over: bigint; readonly by: bigint }

function floor({ over, by }: Fraction): number {
  const whole = over / by
  return Number(over < 0n && over % by !== 0n ? whole - 1n : whole)
}

function ceil({ over, by }: Fraction): number {
  return -floor({ over: -over, by })
}

/** How many units a piece is made longer at either end so that whole records hold it; null: there are not so many. */
function extend({ from, to, first, end }: Wanted, units: number): { before: number; after: number } | null {
  const needed = (units - ((to - from) % units)) % units
  const after = Math.min(needed, end - to)
  const before = needed - after
  return before <= from - first ? { before, after } : null
}

function extension(piece: Wanted, units: number): { readonly before: number; readonly after: number } {
  return extend(piece, units) ?? { before: 0, after: 0 }
}

type Length = {
  readonly units: number
  readonly ticks: number
  readonly rank: number
  readonly longer: number
}

type Bounds = {
  readonly unit: RecordDuration
  readonly perRecord: number
  readonly unitBytes: number
  /** The source's own records are kept where that can be: sets and fingerprints then fit as they do there. */
  readonly keepsOwn: boolean
}

/** The record lengths that hold all pieces, the best first. */
function recordLengths(pieces: readonly Wanted[], bounds: Bounds): readonly Length[] {
  const { unit, perRecord, unitBytes, keepsOwn } = bounds
  // What is there from gap to gap cannot be made longer: of these only the common divisor matters.
  const isFixed = ({ from, to, first, end }: Wanted) => from === first && to === end
  const fixed = pieces.filter(isFixed)
  const loose = pieces.filter((piece) => !isFixed(piece))
  const divisor = fixed.reduce((common, { from, to }) => gcd(common, to - from), 0)
  const usual = Number((BigInt(LONGEST_USUAL) * unit.denominator) / unit.numerator)
  const most = Math.min(Math.max(usual, 1), MOST_LENGTHS)
  const found: Length[] = []
  const consider = (units: number) => {
    const ticks = wholeTicks(units, unit)
    const bytes = units * unitBytes
    if (ticks === null || bytes > LARGEST_RECORD_BYTES) return
    if (divisor > 0 && divisor % units !== 0) return
    let longer = 0
    for (const piece of loose) {
      const more = extend(piece, units)
      if (more === null) return
      longer += more.before + more.after
    }
    const isUsual = ticks >= SHORTEST_USUAL && ticks <= LONGEST_USUAL && bytes <= USUAL_RECORD_BYTES
    const rank = keepsOwn && units === perRecord ? 0 : isUsual ? 1 : bytes <= USUAL_RECORD_BYTES ? 2 : 3
    found.push({ units, ticks, rank, longer })
  }
  for (let units = 1; units <= most; units++) consider(units)
  if (perRecord > most) consider(perRecord)
  const oddness = ({ units, ticks }: Length) =>
    units === perRecord ? 0 : Math.abs(Math.log(ticks / TICKS_PER_SECOND)) + 1e-9
  return found.sort((a, b) => a.rank - b.rank || a.longer - b.longer || oddness(a) - oddness(b))
}

/** The length of so many units, where the 8 characters of the header's field write it exactly; else null. */
function wholeTicks(units: number, { numerator, denominator }: RecordDuration): number | null {
  const over = BigInt(units) * numerator
  if (over % denominator !== 0n) return null
  const ticks = Number(over / denominator)
  return formatSeconds(ticks).length <= 8 ? ticks : null
}

export function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b)
}

function reduce(numerator: bigint, denominator: bigint): RecordDuration {
  let [a, b] = [numerator, denominator]
  while (b !== 0n) [a, b] = [b, a % b]
  return { numerator: numerator / a, denominator: denominator / a }
}

function nothingThere({ span: all }: Timeline, span: Span | 'whole'): ReviewError {
  const sentence =
    span === 'whole'
      ? 'The recording holds no samples, so that there is nothing to copy.'
      : `Nothing was recorded from ${span.start} to ${span.end} s: name a span within ${all.start} to ${all.end} s that is no gap.`
  return new ReviewError('bad-input', sentence)
}

function overlapping(at: Ticks): ReviewError {
  return new ReviewError(
    'unsupported',
    `Until ${formatSeconds(at)} s records of this recording lie over one another, which EDF+ does not allow: name a span on one side of it.`,
  )
}

function noLength(header: Header, signals: readonly SignalHeader[], perRecord: number): ReviewError {
  const odd = signals.find(({ samplesPerRecord }) => gcd(samplesPerRecord, perRecord) === samplesPerRecord)
  const slow =
    odd === undefined
      ? ''
      : `, such as signal ${odd.index} (${odd.samplesPerRecord} samples in ${header.recordDuration} s)`
  return new ReviewError(
    'unsupported',
    `No record length of EDF has whole samples of all these channels: leave those of odd rates out${slow}.`,
  )
}
