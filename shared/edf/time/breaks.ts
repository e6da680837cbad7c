/**
 * Runs of records that are broken where recording was paused, though the file's records go on. A break has no length
 * on the axis (nobody knows it); filters, lines and measures stop at it as at a gap.
 */
import { type Span, secondsFromTicks, type Ticks, ticksFromSeconds } from '../../units.ts'
import type { Header, Segment, Timeline } from '../header/model.ts'

/** File-order index of the first sample at or after a place between records: a run may begin within a record. */
export function sampleAtRecord(record: number, samplesPerRecord: number): number {
  return Math.ceil(record * samplesPerRecord - 1e-6)
}

/**
 * The same runs, split at these samples of a signal of `samplesPerRecord`. A run that begins there already stays
 * as it is.
 */
export function breakSegments(
  segments: readonly Segment[],
  header: Pick<Header, 'recordDuration'>,
  samples: readonly number[],
  samplesPerRecord: number,
): readonly Segment[] {
  if (samples.length === 0) return segments
  return segments.flatMap((segment) => {
    const end = segment.firstRecord + segment.records
    const inside = samples
      .map((sample) => sample / samplesPerRecord)
      .filter((record) => record > segment.firstRecord + 1e-9 && record < end - 1e-9)
    const starts = [segment.firstRecord, ...inside]
    return starts.map((firstRecord, k): Segment => {
      const passed = (firstRecord - segment.firstRecord) * header.recordDuration
      return {
        firstRecord,
        records: (starts[k + 1] ?? end) - firstRecord,
        onset: (segment.onset + ticksFromSeconds(passed)) as Ticks,
      }
    })
  })
}

/** The timeline with these breaks. */
export function breakTimeline(
  timeline: Timeline,
  header: Pick<Header, 'recordDuration'>,
  samples: readonly number[],
  samplesPerRecord: number,
): Timeline {
  const segments = breakSegments(timeline.segments, header, samples, samplesPerRecord)
  if (segments.length === timeline.segments.length) return timeline
  const known = new Set(timeline.segments.map(({ onset }) => onset))
  const breaks = segments.flatMap(({ onset }) => (known.has(onset) ? [] : [secondsFromTicks(onset)]))
  return { ...timeline, segments, breaks: breaks.sort((a, b) => a - b) }
}

/** Gaps and breaks in the order of time, a break as a gap without a length. */
export function interruptions({ gaps, breaks = [] }: Pick<Timeline, 'gaps' | 'breaks'>): readonly Span[] {
  if (breaks.length === 0) return gaps
  return [...gaps, ...breaks.map((at) => ({ start: at, end: at }))].sort((a, b) => a.start - b.start)
}
