/** Whether a burst stands alone, or is one of a row: chewing, a tremor, a restless sleeper, a heart. */

import { runningMean } from '../../signal/rhythm.ts'
import { medianOf } from '../../signal/statistics.ts'
import type { Hertz, Seconds, Span } from '../../units.ts'
import { stretchAround } from '../common/cutLine.ts'
import { evidenceEntry, type Line, measured } from '../common/entry.ts'
import { activeBursts, findMuscles, MUSCLES, type MuscleBurst } from './muscles.ts'

export type Repetition = {
  /** This one among them, in order. */
  readonly onsets: readonly Seconds[]
  /** By the middle interval; null for fewer than three. */
  readonly rate: Hertz | null
  /** Four and more at 0.3 to 4 Hz, no interval more than twice the one beside it. */
  readonly isRow: boolean
}

/** On either side. */
export const REACH: Seconds = 8
/** As large, at least, as this share of the burst, and no larger than it is more. */
const ALIKE = 0.35
const FEWEST = 4
const RATES: readonly [Hertz, Hertz] = [0.3, 4]
const EVEN = 2
const SMOOTHING: Seconds = 0.05
const BRIDGE: Seconds = 0.1
/** Of a burst's own size, around its edges. */
const EDGE = 0.4
const ABOVE_REST = 3

/** Bursts like `burst` around it in its own line. Values between 10 and 100 Hz. */
export function findRepetition(line: Pick<Line, 'pieces' | 'sampleRate'>, burst: MuscleBurst): Repetition {
  const onsets = findAlike(line, burst, REACH).map(({ start }) => start)
  const intervals = onsets.slice(1).map((onset, k) => onset - onsets[k]!)
  const rate = intervals.length < 2 ? null : 1 / medianOf(intervals)
  const even = intervals.every(
    (interval, k) =>
      k === 0 || Math.max(interval, intervals[k - 1]!) <= EVEN * Math.min(interval, intervals[k - 1]!),
  )
  const isRow = onsets.length >= FEWEST && rate !== null && rate >= RATES[0] && rate <= RATES[1] && even
  return { onsets, rate, isRow }
}

/**
 * Where the muscle is active again at 0.35 to 2.9 times the loudest moment of this burst, as far as `reach` on either side, this
 * burst among them. Sizes over 50 ms; a burst begins and ends at 0.4 of this one's size, silences of 0.1 s bridged.
 */
export function findAlike(
  { pieces, sampleRate }: Pick<Line, 'pieces' | 'sampleRate'>,
  { onset, duration, size: usual, rest }: MuscleBurst,
  reach: Seconds,
): readonly Span[] {
  const stretch = stretchAround({ pieces, sampleRate }, { start: onset, end: onset + duration })
  if (stretch === null) return []
  const from = Math.max(0, Math.round((onset - reach - stretch.start) * sampleRate))
  const to = Math.min(
    stretch.values.length,
    Math.round((onset + duration + reach - stretch.start) * sampleRate),
  )
  const squares = stretch.values.subarray(from, to).map((value) => value * value)
  const sizes = runningMean(squares, Math.max(1, Math.round(SMOOTHING * sampleRate))).map(Math.sqrt)
  const start = stretch.start + from / sampleRate
  const first = Math.max(0, Math.round((onset - start) * sampleRate))
  const own = sizes
    .subarray(first, first + Math.round(duration * sampleRate))
    .reduce((most, size) => Math.max(most, size), 0)
  const level = Math.max(EDGE * usual, ABOVE_REST * rest)
  const bridge = BRIDGE * sampleRate
  const found: { first: number; last: number; peak: number }[] = []
  for (let i = 0; i < sizes.length; i++) {
    const size = sizes[i]!
    if (size < level) continue
    const last = found.at(-1)
    if (last !== undefined && i - last.last <= bridge) {
      last.last = i
      last.peak = Math.max(last.peak, size)
    } else found.push({ first: i, last: i, peak: size })
  }
  return found
    .filter(({ peak }) => peak >= ALIKE * own && peak <= own / ALIKE)
    .map((each) => ({ start: start + each.first / sampleRate, end: start + (each.last + 1) / sampleRate }))
}

export const repeatedBursts = evidenceEntry({
  id: 'repeated-bursts',
  side: 'jerk',
  label: 'Bursts like it',
  criteria: [
    {
      text: 'Hypnic jerks are usually single, and not periodic.',
      sources: ['calandra-buonaura-2014', 'fusco-1999'],
    },
    {
      text: 'High-frequency leg movements: four and more at 0.3 to 4 Hz. Rhythmic feet: 1 to 2 a second for 10 to 15 s.',
      sources: ['yang-winkelman-2010', 'wichniak-2001'],
    },
  ],
  algorithm:
    'In the muscle with the strongest burst: where it is active again at 0.35 to 2.9 times the loudest moment of this burst (root mean square over 50 ms), within 8 s on either side. A row: four and more at 0.3 to 4 Hz, neighbouring intervals within a factor of two.',
  error: 'rate ±0.2 Hz, number ±1 in ten',
  needs: { muscles: MUSCLES },
  measure: ({ span, lines: { muscles } }) => {
    const active = activeBursts(findMuscles(muscles, span)).toSorted((a, b) => b.ratio - a.ratio)
    const [burst] = active
    if (burst === undefined) return null
    const line = muscles.find(({ id }) => id === burst.id)!
    const { onsets, rate, isRow } = findRepetition(line, burst)
    const others = onsets.length - 1
    const { channel } = burst
    return measured({
      text:
        others === 0
          ? `None within ${REACH} s (${channel})`
          : isRow
            ? `One of ${onsets.length} in a row at ${rate!.toFixed(1)} Hz (${channel})`
            : `${others} within ${REACH} s, in no even row (${channel})`,
      values: [
        { id: 'others', label: 'others', value: others, unit: '', decimals: 0, channel },
        ...(rate === null
          ? []
          : [{ id: 'rate', label: 'rate', value: rate, unit: 'Hz', decimals: 1, channel }]),
      ],
      where: { span: { start: burst.onset - REACH, end: burst.onset + REACH }, channel, moments: onsets },
    })
  },
})
