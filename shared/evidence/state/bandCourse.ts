/**
 * The power of a band in segments of five seconds before a moment, as studies of falling asleep have them (Mateos-Salgado
 * 2018). Several leads make one course by their median, so that one bad electrode does not decide.
 */

import { thin } from '../../signal/rhythm.ts'
import { medianOf, quantileOf } from '../../signal/statistics.ts'
import { bandPower, computeWelch, type PowerSpectrum } from '../../signal/welch.ts'
import type { Hertz, Seconds } from '../../units.ts'
import type { Cut } from '../common/cutLine.ts'
import type { Line } from '../common/entry.ts'

export const SEGMENT: Seconds = 5
/** What was usual is looked for in these minutes before, and compared with the last half one. */
export const LONGEST: Seconds = 420
export const RECENT: Seconds = 30
/** Fewer seconds do not tell what is usual. */
export const SHORTEST: Seconds = 60
const WELCH_WINDOW: Seconds = 2

export type CourseSegment = { readonly start: Seconds; readonly value: number }
export type SpectrumSegment = { readonly start: Seconds; readonly spectra: readonly PowerSpectrum[] }

/** Segments in time order, back from `end`; one that a gap cuts is left out. */
export function courseBefore(
  lines: readonly Pick<Line, 'pieces' | 'sampleRate'>[],
  end: Seconds,
  measure: (values: Float64Array, sampleRate: Hertz) => number,
): readonly CourseSegment[] {
  const course: CourseSegment[] = []
  for (let k = Math.round(LONGEST / SEGMENT); k >= 1; k--) {
    const start = end - k * SEGMENT
    const values = lines.flatMap((line) => {
      const cut = segmentOf(line, start)
      return cut === null ? [] : [measure(cut.values, line.sampleRate)]
    })
    if (values.length > 0) course.push({ start, value: medianOf(values) })
  }
  return course
}

function segmentOf({ pieces, sampleRate }: Pick<Line, 'pieces' | 'sampleRate'>, from: Seconds): Cut | null {
  const length = Math.round(SEGMENT * sampleRate)
  for (const { start, values } of pieces) {
    const first = Math.round((from - start) * sampleRate)
    if (first >= 0 && first + length <= values.length)
      return { start: from, values: values.subarray(first, first + length) }
  }
  return null
}

/** Of each segment the spectrum of each lead: Welch's, with windows of 2 s, up to 60 Hz at least. */
export function spectraBefore(
  lines: readonly Pick<Line, 'pieces' | 'sampleRate'>[],
  end: Seconds,
): readonly SpectrumSegment[] {
  const segments = Array.from({ length: Math.round(LONGEST / SEGMENT) }, (_, k) => {
    const start = end - LONGEST + k * SEGMENT
    const spectra = lines.flatMap((line) => {
      const cut = segmentOf(line, start)
      return cut === null ? [] : (spectrumOf(cut.values, line.sampleRate) ?? [])
    })
    return { start, spectra }
  })
  return segments.filter(({ spectra }) => spectra.length > 0)
}

/** Many samples a second are thinned, since nothing above 20 Hz is asked for. */
function spectrumOf(values: Float64Array, rate: Hertz): PowerSpectrum | null {
  const { channels, sampleRate } = thin([values], rate)
  return computeWelch(channels, sampleRate, Math.round(WELCH_WINDOW * sampleRate))
}

export function courseOf(
  segments: readonly SpectrumSegment[],
  measure: (spectrum: PowerSpectrum) => number,
): readonly CourseSegment[] {
  return segments.map(({ start, spectra }) => ({ start, value: medianOf(spectra.map(measure)) }))
}

/** Mean power density between two frequencies. */
export function densityOf(spectrum: PowerSpectrum, from: Hertz, to: Hertz): number {
  return bandPower(spectrum, from, to) / (to - from)
}

export type Comparison = {
  /** The median of the last half minute. */
  readonly recent: number
  readonly usual: number
  readonly ratio: number
  /** The median of the two minutes before, and of what lies before those; null where that is under half a minute. */
  readonly twoMinutes: number | null
  readonly earlier: number | null
  /** Until the moment, below half of what is usual. */
  readonly belowHalf: Seconds
  /** Of the two minutes before: the share below half. */
  readonly belowShare: number
  /** How much was looked at. */
  readonly seconds: Seconds
}

/** 'upper': the upper quartile is what is usual, as of an alpha rhythm that comes and goes; 'middle': the median. */
export function compareCourse(
  course: readonly CourseSegment[],
  end: Seconds,
  usualIs: 'upper' | 'middle',
): Comparison | string {
  const seconds = course.length * SEGMENT
  const recentOnes = course.filter(({ start }) => start >= end - RECENT - 1e-6)
  if (seconds === 0) return 'Too little before it could be read to know what is usual.'
  if (seconds < SHORTEST) return `Only ${seconds} s before it could be read: too short to know what is usual.`
  if (recentOnes.length * SEGMENT < RECENT / 2) return 'A gap just before it leaves nothing to measure.'
  const values = (some: readonly CourseSegment[]) => some.map(({ value }) => value)
  const before = course.filter(({ start }) => start < end - RECENT - 1e-6)
  const usual = usualIs === 'upper' ? quantileOf(values(course), 0.75) : medianOf(values(before))
  if (!(usual > 0)) return 'The signal is flat.'
  const recent = medianOf(values(recentOnes))
  const two = course.filter(({ start }) => start >= end - 120 - 1e-6)
  const earlier = course.filter(({ start }) => start < end - 120 - 1e-6)
  let belowHalf = 0
  for (let k = course.length - 1; k >= 0 && course[k]!.value < usual / 2 && isNext(course, k, end); k--)
    belowHalf += SEGMENT
  return {
    recent,
    usual,
    ratio: recent / usual,
    twoMinutes: earlier.length * SEGMENT < RECENT ? null : medianOf(values(two)),
    earlier: earlier.length * SEGMENT < RECENT ? null : medianOf(values(earlier)),
    belowHalf,
    belowShare: two.filter(({ value }) => value < usual / 2).length / two.length,
    seconds,
  }
}

/** No segment is missing between this one and the moment. */
function isNext(course: readonly CourseSegment[], k: number, end: Seconds): boolean {
  return Math.abs(course[k]!.start - (end - (course.length - k) * SEGMENT)) < 1e-6
}
