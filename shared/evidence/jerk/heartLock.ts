/**
 * Whether bursts come with the heart. An ECG in a muscle lead makes a burst at every beat; one burst alone lies near a
 * beat now and then by chance, so what counts is how many of those like it do, against the same train of beats shifted.
 */
import { findRPeaks } from '../../signal/rPeaks.ts'
import { NO_FILTERS } from '../../signal/viewSettings.ts'
import type { Seconds, Span } from '../../units.ts'
import { absent } from '../common/absent.ts'
import { stretchAround } from '../common/cutLine.ts'
import { evidenceEntry, type Line, measured, type Need, refused } from '../common/entry.ts'
import { activeBursts, findMuscles, MUSCLES, REST_BEFORE } from './muscles.ts'
import { findAlike } from './repeatedBursts.ts'

export type HeartLock = {
  /** From the nearest R wave to the middle of the burst. */
  readonly lag: Seconds
  readonly near: number
  readonly of: number
  /** How many would be by chance. */
  readonly expected: number
  /** Share of shifts with as many and more. */
  readonly chance: number
  readonly isLocked: boolean
}

/** A QRS lasts about 100 ms. */
const NEAR: Seconds = 0.05
const SHIFTS = 199
const SELDOM = 0.01
const MOST = 0.5
/** Shifts by this share of the whole fall evenly, and in step with no rhythm. */
const GOLDEN = 0.6180339887498949

/** Bursts by their middles and R waves, both ascending; null where no R wave is within two seconds of the first burst. */
export function lockToHeart(
  own: Seconds,
  middles: readonly Seconds[],
  beats: readonly Seconds[],
): HeartLock | null {
  const first = beats[0]
  const last = beats.at(-1)
  if (first === undefined || last === undefined || beats.length < 4) return null
  const within = middles.filter((middle) => middle >= first - NEAR && middle <= last + NEAR)
  const lag = nearest(beats, own)
  if (within.length === 0 || Math.abs(lag) > 2) return null
  const length = last - first
  const countNear = (shift: Seconds) =>
    within.filter((middle) => {
      const moved = middle + shift
      return Math.abs(nearest(beats, moved > last ? moved - length : moved)) <= NEAR
    }).length
  const near = countNear(0)
  const shifted = Array.from({ length: SHIFTS }, (_, k) => countNear(((k + 1) * GOLDEN * length) % length))
  const expected = shifted.reduce((sum, count) => sum + count, 0) / SHIFTS
  const chance = (1 + shifted.filter((count) => count >= near).length) / (SHIFTS + 1)
  return {
    lag,
    near,
    of: within.length,
    expected,
    chance,
    isLocked: chance <= SELDOM && near >= MOST * within.length,
  }
}

/** Signed, from the nearest beat to `time`. */
function nearest(beats: readonly Seconds[], time: Seconds): Seconds {
  let low = 0
  let high = beats.length - 1
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (beats[middle]! <= time) low = middle
    else high = middle
  }
  const before = time - beats[low]!
  const after = time - beats[high]!
  return Math.abs(before) <= Math.abs(after) ? before : after
}

/** What both entries about the heart read. */
export const HEART: Need = { kind: 'ecg', band: NO_FILTERS, before: REST_BEFORE, after: 20 }

/** The beats of the first ECG that has any; else why none has. */
export function beatsAround(
  lines: readonly Line[],
  span: Span,
): { readonly channel: string; readonly beats: readonly Seconds[] } | string {
  let reason = 'There is no ECG here.'
  for (const line of lines) {
    const stretch = stretchAround(line, span)
    if (stretch === null) {
      reason = 'The ECG has a gap here.'
      continue
    }
    const beats = findRPeaks(stretch.values, stretch.start, line.sampleRate)
    if (typeof beats !== 'string') return { channel: line.channel, beats }
    reason = beats
  }
  return reason
}

export const heartLock = evidenceEntry({
  id: 'ecg-locked',
  side: 'jerk',
  label: 'Locked to the ECG',
  criteria: [
    {
      text: 'The heart in another lead is told by its regularity, and by coming with each QRS of the ECG.',
      sources: ['benbadis-2019-ecg'],
    },
  ],
  algorithm:
    'R waves after Pan and Tompkins (1985). Of the bursts like this one within half a minute: how many have their middle within 50 ms of an R wave, against 199 even shifts of the same beats. Locked: at least half do, and no more than 1 in 100 shifts has as many. A single burst can be told to lie off the beat, never to be locked.',
  error: 'R waves ±10 ms',
  needs: { muscles: MUSCLES, heart: HEART },
  measure: ({ span, channels, lines: { muscles, heart } }) => {
    if (heart.length === 0) return absent(channels, 'ecg')
    const [burst] = activeBursts(findMuscles(muscles, span)).toSorted((a, b) => b.ratio - a.ratio)
    if (burst === undefined) return null
    const found = beatsAround(heart, span)
    if (typeof found === 'string') return refused(found)
    const line = muscles.find(({ id }) => id === burst.id)!
    const middle = burst.onset + burst.duration / 2
    const alike = findAlike(line, burst, REST_BEFORE).map(({ start, end }) => (start + end) / 2)
    const lock = lockToHeart(middle, alike, found.beats)
    if (lock === null) return refused('No R wave was found near the burst.')
    const { lag, near, of, expected, chance, isLocked } = lock
    const { channel } = burst
    return measured({
      text: sayLock(lock),
      values: [
        {
          id: 'lag',
          label: 'from the nearest R wave to the middle of the burst',
          value: 1000 * lag,
          unit: 'ms',
          decimals: 0,
          channel,
        },
        { id: 'near', label: 'bursts on an R wave', value: near, unit: '', decimals: 0, channel },
        { id: 'of', label: 'of bursts like it', value: of, unit: '', decimals: 0, channel },
        { id: 'by-chance', label: 'by chance', value: expected, unit: '', decimals: 1, channel },
        { id: 'chance', label: 'shifts with as many', value: 100 * chance, unit: '%', decimals: 1, channel },
      ],
      where: {
        span: { start: burst.onset - 2, end: burst.onset + 2 },
        channel: found.channel,
        moments: [middle],
      },
      ...(!isLocked && of === 1 && near === 1 && { note: 'One burst alone may lie on a beat by chance.' }),
    })
  },
})

function sayLock({ lag, near, of, expected, isLocked }: HeartLock): string {
  if (of === 1) {
    const distance = `${Math.round(1000 * Math.abs(lag))} ms ${lag < 0 ? 'before' : 'after'} an R wave`
    return near === 0 ? `Not locked: ${distance}` : `On a beat: ${distance}`
  }
  return `${isLocked ? 'Locked' : 'Not locked'}: ${near} of ${of} bursts on an R wave, ${expected.toFixed(1)} by chance`
}
