/** Which samples a span needs: decided before a byte is read. */
import type { SampleIndex, Seconds, Span, Ticks } from '../../units.ts'
import type { Header, Recording, SignalHeader } from '../header/model.ts'
import { sampleAtRecord } from '../time/breaks.ts'
import {
  exactDuration,
  type RecordDuration,
  samplesBefore,
  sampleTime,
  spanTicks,
  ticksOfRun,
} from '../time/sampleClock.ts'
import { type VisibleSegment, visibleSegments } from '../time/timeline.ts'

/** Samples [from, to) of one signal in file order: what is read. */
export type SampleRange = { readonly signal: number; readonly from: SampleIndex; readonly to: SampleIndex }

/** A range that is shown: without a gap, its first sample at `start`. */
export type PlannedPiece = SampleRange & { readonly start: Seconds }

/** Whether a signal has samples on the time axis. */
export function hasTimeAxis(signal: SignalHeader): boolean {
  return signal.kind !== 'annotations' && signal.scaling !== 'unusable' && signal.sampleRate !== null
}

/** For each signal asked for, the pieces whose samples' times lie in [span.start, span.end), in time order. */
export function planSpan(
  recording: Recording,
  signals: readonly SignalHeader[],
  span: Span,
): readonly (readonly PlannedPiece[])[] {
  const { header, timeline } = recording
  const duration = exactDuration(header.recordDuration)
  const edges = spanTicks(span)
  const segments = overlapping(visibleSegments(timeline, header), edges.start, edges.end)
  return signals.map((signal) => {
    if (!hasTimeAxis(signal)) return []
    return segments.flatMap((visible) => planPiece(header, signal, visible, edges, duration))
  })
}

function planPiece(
  header: Header,
  signal: SignalHeader,
  { segment, start }: VisibleSegment,
  edges: { readonly start: Ticks; readonly end: Ticks },
  duration: RecordDuration,
): PlannedPiece[] {
  const n = signal.samplesPerRecord
  const first = sampleAtRecord(segment.firstRecord, n)
  const end = sampleAtRecord(segment.firstRecord + segment.records, n)
  // Samples are counted from the start of a record, also where the run begins within it.
  const record = Math.floor(segment.firstRecord)
  const origin = (segment.onset - ticksOfRun(duration, segment.firstRecord - record)) as Ticks
  const base = record * n
  const count = (edge: Ticks) =>
    Math.min(Math.max(base + samplesBefore(edge, origin, n, duration), first), end)
  const from = count(Math.max(edges.start, start) as Ticks)
  const to = count(edges.end)
  if (to <= from) return []
  return [
    {
      signal: signal.index,
      from,
      to,
      start: sampleTime(origin, from - base, n, header.recordDuration),
    },
  ]
}

/** The visible segments are sorted and apart from one another, so the first one is found by halving. */
function overlapping(
  segments: readonly VisibleSegment[],
  start: Ticks,
  end: Ticks,
): readonly VisibleSegment[] {
  let low = 0
  let high = segments.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((segments[middle]?.end ?? 0) <= start) low = middle + 1
    else high = middle
  }
  let last = low
  while (last < segments.length && (segments[last]?.start ?? 0) < end) last++
  return segments.slice(low, last)
}
