/** How fast the heart beats before and after. */
import { medianOf } from '../../signal/statistics.ts'
import type { Seconds } from '../../units.ts'
import { absent } from '../common/absent.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { beatsAround, HEART } from './heartLock.ts'
import { jerkMoment, MUSCLES, NO_BURST } from './muscles.ts'

export type HeartRates = {
  /** Beats a minute, of the middle one of up to ten intervals that end before. */
  readonly before: number
  readonly intervals: number
  /** The fastest interval of 2 to 12 s before. */
  readonly fastestBefore: number
  /** The fastest one until 8 s after the end. */
  readonly fastestAfter: number
  /** Intervals that no heart has beside the others: a beat missed, or a movement taken for one. */
  readonly leftOut: number
}

const INTERVALS = 10
const FEWEST = 5
const BEFORE: readonly [Seconds, Seconds] = [2, 12]
const AFTER: Seconds = 8
/** Of the middle one of the four on either side. */
const CREDIBLE = [0.6, 1.6] as const
const AROUND = 4

/** Around something from `onset` to `end`; a sentence where there are too few beats. */
export function measureHeartRates(
  beats: readonly Seconds[],
  onset: Seconds,
  end: Seconds,
): HeartRates | string {
  const all = beats.slice(1).map((to, k) => ({ from: beats[k]!, to, length: to - beats[k]! }))
  const isCredible = all.map(({ length }, k) => {
    const usual = medianOf(all.slice(Math.max(0, k - AROUND), k + AROUND + 1).map((each) => each.length))
    return length >= CREDIBLE[0] * usual && length <= CREDIBLE[1] * usual
  })
  // What lies beside a false beat is cut off by it, or ends with it.
  const intervals = all.filter(
    (_, k) => isCredible[k] && isCredible[k - 1] !== false && isCredible[k + 1] !== false,
  )
  const before = intervals.filter(({ to }) => to <= onset).slice(-INTERVALS)
  const fast = intervals.filter(({ from, to }) => from >= onset - BEFORE[1] && to <= onset - BEFORE[0])
  const after = intervals.filter(({ from, to }) => to > onset && from >= onset - 0.5 && to <= end + AFTER)
  if (before.length < FEWEST || fast.length < FEWEST - 1)
    return `Fewer than ${FEWEST} heart beats can be told before it.`
  if (after.length < FEWEST) return `Fewer than ${FEWEST} heart beats can be told after it.`
  const fastest = (some: readonly { readonly length: Seconds }[]) =>
    60 / Math.min(...some.map(({ length }) => length))
  return {
    before: 60 / medianOf(before.map(({ length }) => length)),
    intervals: before.length,
    fastestBefore: fastest(fast),
    fastestAfter: fastest(after),
    leftOut: all.filter(
      (each) => each.from >= onset - BEFORE[1] && each.to <= end + AFTER && !intervals.includes(each),
    ).length,
  }
}

export const heartRate = evidenceEntry({
  id: 'heart-rate',
  side: 'jerk',
  label: 'Heart rate',
  criteria: [
    {
      text: 'With an arousal the heart speeds up, and the more the stronger the arousal.',
      sources: ['azarbarzin-2014'],
    },
  ],
  algorithm:
    'R waves after Pan and Tompkins (1985). The fastest interval from the onset to 8 s after the end, less the fastest of 2 to 12 s before (Azarbarzin 2014); beside it the middle one of the last ten intervals. An interval far from its neighbours is left out.',
  error: '±2 beats a minute; ±4 below 200 samples a second',
  needs: { muscles: MUSCLES, heart: HEART },
  measure: ({ span, channels, lines: { muscles, heart } }) => {
    if (heart.length === 0) return absent(channels, 'ecg')
    const found = beatsAround(heart, span)
    if (typeof found === 'string') return refused(found)
    const { onset, end, isBurst, isOfJerk } = jerkMoment(muscles, span)
    if (!isOfJerk) return null
    const rates = measureHeartRates(found.beats, onset, Math.max(end, onset))
    if (typeof rates === 'string') return refused(rates)
    const { before, intervals, fastestBefore, fastestAfter, leftOut } = rates
    const notes = [
      ...(isBurst ? [] : [NO_BURST]),
      ...(leftOut > 0
        ? [
            `${leftOut} interval${leftOut === 1 ? '' : 's'} left out: a beat was missed, or a movement looks like one`,
          ]
        : []),
    ]
    const difference = Math.round(fastestAfter) - Math.round(fastestBefore)
    const value = (id: string, label: string, rate: number) => ({
      id,
      label,
      value: rate,
      unit: '/min',
      decimals: 0,
      channel: found.channel,
    })
    return measured({
      text: `${Math.round(fastestBefore)} → ${Math.round(fastestAfter)}/min (${difference < 0 ? `−${-difference}` : `+${difference}`})`,
      values: [
        value('fastest-before', 'fastest of 2 to 12 s before', fastestBefore),
        value('fastest-after', 'fastest until 8 s after', fastestAfter),
        value('rise', 'difference', fastestAfter - fastestBefore),
        value('before', `middle one of ${intervals} intervals before`, before),
      ],
      where: {
        span: { start: onset - BEFORE[1], end: Math.max(end, onset) + AFTER },
        channel: found.channel,
        moments: [onset],
      },
      ...(notes.length > 0 && { note: `${notes.join('. ')}.` }),
    })
  },
})
