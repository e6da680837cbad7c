/**
 * The muscles around a mark: which was active, from when, for how long, and how much above its rest. Onset and duration
 * are those of `measureBurst` (Teager-Kaiser, Solnik 2008 and 2010); sizes are root mean squares between 10 and 100 Hz.
 */

import { isBreathMuscle } from '../../candidates/jerk/emgLines.ts'
import { measureBurst } from '../../signal/emgBurst.ts'
import { ENOUGH_FOR_BURSTS, MEASURE_BANDS } from '../../signal/measure.ts'
import { medianOf } from '../../signal/statistics.ts'
import { type Hertz, type Seconds, type Span, spanLength } from '../../units.ts'
import { stretchAround } from '../common/cutLine.ts'
import type { Line, Need } from '../common/entry.ts'

export type MuscleBurst = {
  /** Of its line: two may have one name. */
  readonly id: string
  readonly channel: string
  /** `uV`, or '': then its size cannot be told. */
  readonly unit: string
  readonly onset: Seconds
  readonly duration: Seconds
  /** Root mean square of the burst, in the line's unit. */
  readonly size: number
  /** The same of what lies before: the median of its seconds. */
  readonly rest: number
  readonly ratio: number
  /** Either way, in 95 of 100. */
  readonly onsetError: Seconds
}

export type MuscleFinding =
  | ({ readonly is: 'active' } & MuscleBurst)
  | { readonly is: 'quiet'; readonly channel: string }
  /** `problem` goes on after the channel's name. */
  | { readonly is: 'unknown'; readonly channel: string; readonly problem: string }

export const REST_BEFORE: Seconds = 30
const SHORTEST_REST: Seconds = 5
export const AFTER: Seconds = 10
const LOWEST_RATE: Hertz = 100
/** A mark drawn by hand may miss the loudest moment by as much. */
const BESIDE: Seconds = 0.1
/** What cannot be a muscle at rest, in uV: an electrode that is off, or a signal that was switched away. */
const FLAT = 0.05

const MANY_SAMPLES: Hertz = 200
const CLEAR_RATIO = 8

/** What every entry about muscles reads: one object, so that it is read once. */
export const MUSCLES: Need = {
  kind: 'emg',
  band: MEASURE_BANDS.emg,
  before: REST_BEFORE,
  after: AFTER,
  choose: (lines) => lines.filter(({ channel }) => !isBreathMuscle(channel)),
}

/** One finding a line, in their order. Values between 10 and 100 Hz. */
export function findMuscles(lines: readonly Line[], span: Span): readonly MuscleFinding[] {
  return lines.map((line) => findMuscle(line, span))
}

export function findMuscle(line: Line, span: Span): MuscleFinding {
  const { id, channel, sampleRate, unit } = line
  const unknown = (problem: string): MuscleFinding => ({ is: 'unknown', channel, problem })
  if (sampleRate < LOWEST_RATE)
    return unknown(
      `has ${sampleRate} sample${sampleRate === 1 ? '' : 's'} a second; a burst needs ${LOWEST_RATE}`,
    )
  const stretch = stretchAround(line, span)
  if (stretch === null) return unknown('has a gap here')
  const from = Math.max(0, Math.round((span.start - REST_BEFORE - stretch.start) * sampleRate))
  const to = Math.min(stretch.values.length, Math.round((span.end + AFTER - stretch.start) * sampleRate))
  const values = stretch.values.subarray(from, to)
  const start = stretch.start + from / sampleRate
  if (span.start - start < SHORTEST_REST - 1 / sampleRate)
    return unknown(`has less than ${SHORTEST_REST} s before it to compare with`)
  const rest = restOf(values, sampleRate, Math.round((span.start - start) * sampleRate))
  if (!(rest > (unit === 'uV' ? FLAT : 0))) return unknown('is flat')
  const burst = measureBurst(values, start, sampleRate, {
    start: span.start - BESIDE,
    end: span.end + BESIDE,
  })
  if (burst === null) return unknown('cannot be measured here')
  if (burst === 'none') return { is: 'quiet', channel }
  const first = Math.round((burst.onset - start) * sampleRate)
  const size = rootMeanSquare(values.subarray(first, first + Math.round(burst.duration * sampleRate)))
  const ratio = size / rest
  return {
    is: 'active',
    id,
    channel,
    unit,
    ...burst,
    size,
    rest,
    ratio,
    onsetError: onsetErrorOf(sampleRate, ratio),
  }
}

/** As `test/shared/evidence/jerk/muscles.test.ts` proves it. */
function onsetErrorOf(sampleRate: Hertz, ratio: number): Seconds {
  if (ratio < CLEAR_RATIO) return 0.06
  return sampleRate < MANY_SAMPLES ? 0.045 : 0.025
}

export type JerkMoment = {
  readonly onset: Seconds
  /** Of the last muscle. */
  readonly end: Seconds
  readonly isBurst: boolean
  /** false: the muscles were silent, or none was recorded and what is marked is longer than any jerk. */
  readonly isOfJerk: boolean
}

/** Without EMG: what is marked longer is no jerk, so nothing is looked for after one. */
const LONGEST_UNTOLD: Seconds = 2
export const NO_BURST = 'Timed from the start of the mark: no muscle burst was found'

/** The first to begin is the moment from which everything else is timed. */
export function activeBursts(findings: readonly MuscleFinding[]): readonly MuscleBurst[] {
  return findings.flatMap((each) => (each.is === 'active' ? [each] : [])).sort((a, b) => a.onset - b.onset)
}

/** From when things are timed: the first burst, or the start of the mark where no muscle tells. */
export function jerkMoment(lines: readonly Line[], span: Span): JerkMoment {
  const findings = findMuscles(lines, span)
  const bursts = activeBursts(findings)
  const [first] = bursts
  if (first === undefined) {
    const isOfJerk = spanLength(span) <= LONGEST_UNTOLD && !findings.some(({ is }) => is === 'quiet')
    return { onset: span.start, end: span.start, isBurst: false, isOfJerk }
  }
  const end = Math.max(...bursts.map((burst) => burst.onset + burst.duration))
  return { onset: first.onset, end, isBurst: true, isOfJerk: true }
}

/** What to add where bursts are timed with few samples; undefined where none are. */
export function slowMuscleNote(lines: readonly Line[]): string | undefined {
  const slow = lines.filter(({ sampleRate }) => sampleRate >= LOWEST_RATE && sampleRate < ENOUGH_FOR_BURSTS)
  if (slow.length === 0) return undefined
  const names = slow.map(({ channel, sampleRate }) => `${channel} (${sampleRate} Hz)`).join(', ')
  return `Timing limited by the sampling rate: ${names}.`
}

function restOf(values: Float64Array, sampleRate: Hertz, end: number): number {
  const second = Math.round(sampleRate)
  const sizes: number[] = []
  for (let to = end; to - second >= 0; to -= second)
    sizes.push(rootMeanSquare(values.subarray(to - second, to)))
  return medianOf(sizes)
}

function rootMeanSquare(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return Math.sqrt(sum / Math.max(1, values.length))
}
