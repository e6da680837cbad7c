/** A run of complexes as it was found, with what several entries are measured on. */
import type { Hertz, Seconds } from '../../units.ts'
import type { Cut } from '../common/cutLine.ts'
import type { Line } from '../common/entry.ts'

export type FoundRun = {
  readonly lines: readonly Line[]
  /** Of each line, the stretch that holds the span. */
  readonly cuts: readonly Cut[]
  readonly sampleRate: Hertz
  /** Time of the first value of `wave` and of each cut. */
  readonly start: Seconds
  /** What the lines of the larger side and the midline have in common, as large as they are on average, at their full rate. */
  readonly wave: Float64Array
  /** A share of each line in it; 0 on the side where the run is smaller. */
  readonly weights: Float64Array
  /** Of each complex: its spike or, where none comes with every complex, the crest of its wave. */
  readonly times: readonly Seconds[]
  readonly hasSpikes: boolean
  /** Middle distance of two that follow one another. */
  readonly period: Seconds
}

export type Run = FoundRun & {
  readonly means: MeanComplexes
  /** As `wave`, the lines that come early or late put beside the others; as early as the largest line. */
  readonly aligned: Float64Array
}

/** What each channel does in the mean of all complexes. */
export type MeanComplexes = { readonly sampleRate: Hertz; readonly channels: readonly MeanComplex[] }

export type MeanComplex = {
  readonly line: Line
  /** Less its mean, from a quarter of a period before the spike on. */
  readonly values: Float64Array
  /** Power of what is the same in every complex, in the square of the line's unit. */
  readonly power: number
  /** Of the whole power while the run lasts, how much that is: 0 to 1. */
  readonly share: number
}

export type RunAnswer = Run | { readonly problem: string }
