/** From one sample to the next, as a cursor goes. */
import { type Seconds, TICKS_PER_SECOND, type Ticks, ticksFromSeconds } from '../../units.ts'
import type { Recording } from '../header/model.ts'
import { exactDuration, samplesBefore, sampleTime } from './sampleClock.ts'
import { visibleSegments } from './timeline.ts'

/** Times of a cursor are kept to the microsecond: nearer than this it is on the sample. */
const ON_SAMPLE = TICKS_PER_SECOND / 1e6

/**
 * The time of the next sample after a time (1), or of the last one before it (-1), of the EEG signal with the most
 * samples a record, or of any signal where there is no EEG; across a gap. null: there is none.
 */
export function neighbourSample(
  { header, timeline }: Pick<Recording, 'header' | 'timeline'>,
  time: Seconds,
  direction: 1 | -1,
  samplesPerRecord = mostSamples(header),
): Seconds | null {
  if (samplesPerRecord === 0 || header.recordDuration <= 0) return null
  const duration = exactDuration(header.recordDuration)
  const at = ticksFromSeconds(time)
  const runs = visibleSegments(timeline, header)
  for (const { segment, start, end } of direction === 1 ? runs : [...runs].reverse()) {
    const before = (edge: number) => samplesBefore(edge as Ticks, segment.onset, samplesPerRecord, duration)
    const [first, past] = [before(start), before(end)]
    const sample =
      direction === 1
        ? Math.max(first, before(at + ON_SAMPLE + 1))
        : Math.min(past, before(at - ON_SAMPLE)) - 1
    if (sample >= first && sample < past) {
      return sampleTime(segment.onset, sample, samplesPerRecord, header.recordDuration)
    }
  }
  return null
}

function mostSamples({ signals }: Recording['header']): number {
  const drawn = signals.filter(({ kind, scaling }) => kind !== 'annotations' && scaling !== 'unusable')
  const eeg = drawn.filter(({ kind }) => kind === 'eeg')
  return Math.max(0, ...(eeg.length > 0 ? eeg : drawn).map(({ samplesPerRecord }) => samplesPerRecord))
}
