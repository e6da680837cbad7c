/** How long the EEG is faster after a jerk: the shift of frequency that an arousal is scored by. */

import { MEASURE_BANDS } from '../../signal/measure.ts'
import { medianOf } from '../../signal/statistics.ts'
import { bandPower, computeWelch } from '../../signal/welch.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { stretchAround } from '../common/cutLine.ts'
import { evidenceEntry, type Line, type LineFacts, measured, refused } from '../common/entry.ts'
import { jerkMoment, MUSCLES, NO_BURST } from './muscles.ts'

export type FrequencyShift = {
  /** Of the longest run that begins within 5 s; 0: none. */
  readonly duration: Seconds
  readonly onset: Seconds | null
  /** How much more power, the median of the run. */
  readonly times: number | null
  /** Whether it went on to the end of what was looked at. */
  readonly goesOn: boolean
}

const WINDOW: Seconds = 1
const HOP: Seconds = 0.25
export const BEFORE: Seconds = 10
export const AFTER: Seconds = 15
const SHORTEST_AFTER: Seconds = 6
/** What a single window may hold by chance. */
const SHORTEST_TOLD: Seconds = 1
const BEGINS_WITHIN: Seconds = 5
/** Spindles lie between the two. */
const BANDS: readonly (readonly [Hertz, Hertz])[] = [
  [8, 11],
  [16, 30],
]
const TIMES = 2.5
const BRIDGE: Seconds = 0.5
const LOWEST_RATE: Hertz = 80

/** `lines` 1 to 70 Hz; around an `onset` up to the `end` of the muscles' activity. */
export function findFrequencyShift(
  lines: readonly Line[],
  onset: Seconds,
  end: Seconds,
): FrequencyShift | string {
  const [first] = lines
  if (first === undefined) return 'No central or occipital electrode was recorded.'
  const usable = lines.filter(({ sampleRate }) => sampleRate >= LOWEST_RATE)
  if (usable.length === 0)
    return `The EEG has ${first.sampleRate} samples a second; a shift to 30 Hz needs ${LOWEST_RATE}.`
  const after = Math.min(AFTER, ...usable.map((line) => secondsAfter(line, onset)))
  if (after < SHORTEST_AFTER)
    return `A gap or the end of the recording less than ${SHORTEST_AFTER} s after: nothing to compare.`
  const count = Math.floor((BEFORE + after - WINDOW) / HOP) + 1
  const times = Array.from({ length: count }, (_, k) => onset - BEFORE + k * HOP)
  const courses = usable.flatMap((line) => courseOf(line, times) ?? [])
  if (courses.length === 0) return `A gap, or less than ${BEFORE} s before: nothing to compare.`
  const isBefore = times.map((time) => time + WINDOW <= onset)
  const isMoving = times.map((time) => time < end && time + WINDOW > onset)
  const shares = courses.map((course) => {
    const usual = medianOf(course.filter((_, k) => isBefore[k]))
    return course.map((power) => power / usual)
  })
  const ratio = times.map((_, k) => medianOf(shares.map((course) => course[k]!)))
  const isFast = ratio.map((value, k) => value >= TIMES && !isBefore[k])
  const bridge = Math.round(BRIDGE / HOP)
  let best: { readonly from: number; readonly to: number } | null = null
  for (let k = 0; k < count; ) {
    if (!isFast[k] || isMoving[k]) {
      k += 1
      continue
    }
    let to = k
    for (let next = k; next < count && next - to <= bridge + 1; next++) if (isFast[next]) to = next
    if (times[k]! - onset <= BEGINS_WITHIN && (best === null || to - k > best.to - best.from))
      best = { from: k, to }
    k = to + 1
  }
  if (best === null) return { duration: 0, onset: null, times: null, goesOn: false }
  const run = ratio.slice(best.from, best.to + 1)
  return {
    // From the middle of its first window to that of its last.
    duration: (best.to - best.from) * HOP,
    onset: times[best.from]! + WINDOW / 2,
    times: medianOf(run),
    goesOn: best.to >= count - 1 - bridge,
  }
}

function secondsAfter(line: Line, onset: Seconds): Seconds {
  const stretch = stretchAround(line, { start: onset - WINDOW, end: onset + WINDOW })
  return stretch === null ? 0 : stretch.start + stretch.values.length / line.sampleRate - onset
}

function courseOf(line: Line, times: readonly Seconds[]): Float64Array | null {
  const { sampleRate } = line
  const span = { start: times[0]!, end: times.at(-1)! + WINDOW }
  const stretch = stretchAround(line, span)
  if (stretch === null) return null
  const length = Math.round(WINDOW * sampleRate)
  return Float64Array.from(times, (time) => {
    const from = Math.max(
      0,
      Math.min(stretch.values.length - length, Math.round((time - stretch.start) * sampleRate)),
    )
    const spectrum = computeWelch([stretch.values.subarray(from, from + length)], sampleRate, length)
    return spectrum === null ? 0 : BANDS.reduce((sum, [low, high]) => sum + bandPower(spectrum, low, high), 0)
  })
}

function centralAndOccipital(lines: readonly LineFacts[]): readonly LineFacts[] {
  return lines.filter(({ site }) => site !== null && ['C3', 'C4', 'Cz', 'O1', 'O2', 'Oz'].includes(site.name))
}

export const arousalAfter = evidenceEntry({
  id: 'arousal-after',
  side: 'jerk',
  label: 'Arousal after',
  criteria: [
    {
      text: 'An EEG arousal is an abrupt shift to theta, alpha or faster than 16 Hz, not to spindles, of at least 3 s after at least 10 s of sleep.',
      sources: ['asda-1992'],
    },
    {
      text: 'A jerk may go with an arousal of the EEG, or wake the person.',
      sources: ['fusco-1999', 'chiaro-2016'],
    },
  ],
  algorithm:
    'Power of 8 to 11 and 16 to 30 Hz in windows of 1 s, every 0.25 s, at C3, C4, Cz, O1, O2, Oz (median of the leads): the longest run of 2.5 times the median of the 10 s before and more that begins within 5 s, pauses of 0.5 s bridged. A shift to theta alone is not seen.',
  error: '±0.7 s',
  needs: {
    muscles: MUSCLES,
    eeg: { kind: 'eeg', band: MEASURE_BANDS.eeg, before: 30, after: 20, choose: centralAndOccipital },
  },
  measure: ({ span, lines: { muscles, eeg } }) => {
    const { onset, end, isBurst, isOfJerk } = jerkMoment(muscles, span)
    if (!isOfJerk) return null
    const found = findFrequencyShift(eeg, onset, Math.max(end, onset))
    if (typeof found === 'string') return refused(found)
    const { duration, onset: from, times, goesOn } = found
    if (from === null || times === null || duration < SHORTEST_TOLD) {
      return measured({
        text: 'No faster activity of 1 s or more',
        values: [{ id: 'length', label: 'faster activity', value: duration, unit: 's', decimals: 1 }],
        where: {
          span: { start: onset - BEFORE, end: onset + AFTER },
          channel: eeg[0]!.channel,
          moments: [onset],
        },
      })
    }
    return measured({
      text: `${goesOn ? 'At least ' : ''}${duration.toFixed(1)} s faster, from ${(from - onset).toFixed(1)} s after (${times.toFixed(1)} times the power)`,
      values: [
        { id: 'length', label: 'faster activity', value: duration, unit: 's', decimals: 1 },
        { id: 'from', label: 'from, after the onset', value: from - onset, unit: 's', decimals: 1 },
        { id: 'times', label: 'times the power before', value: times, unit: '', decimals: 1 },
      ],
      where: {
        span: { start: onset - BEFORE, end: onset + AFTER },
        channel: eeg.at(-1)!.channel,
        moments: [from, from + duration],
      },
      note: `${isBurst ? '' : `${NO_BURST}. `}Whether the 10 s before were sleep: see State.`,
    })
  },
})
