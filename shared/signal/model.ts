/** What a page of EEG is made of: a trace for each line of the montage. */
import type { Seconds, Span } from '../units.ts'

export type TracePiece =
  | {
      readonly form: 'samples'
      readonly start: Seconds
      readonly step: Seconds
      readonly values: Float32Array
    }
  | {
      /** Of a slow signal: each value holds for `step`, until the next or until the piece ends. */
      readonly form: 'steps'
      readonly start: Seconds
      readonly step: Seconds
      readonly values: Float32Array
    }
  | {
      /** Four numbers a pixel column: first, min, max, last. Column k covers span.start + k/columns of the span. */
      readonly form: 'columns'
      readonly firstColumn: number
      readonly values: Float32Array
    }

export type Trace = {
  readonly id: string
  /** In the derivation's unit. Gaps lie between the pieces. */
  readonly pieces: readonly TracePiece[]
  /**
   * Drawn on the line's own height in place of 0: the mean over the page, where no low-frequency filter takes the
   * offset of the electrodes away. The pieces hold the true values. Absent elsewhere.
   */
  readonly baseline?: number
  /** Where the amplifier or the file's range was at its limit (2 or more samples together). */
  readonly saturated: readonly Span[]
}

export type Page = {
  readonly span: Span
  readonly columns: number
  readonly traces: readonly Trace[]
}
