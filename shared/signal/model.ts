/** What a page of EEG is made of: the lines of a montage and their traces. */
import type { SignalKind } from '../edf/model.ts'
import type { Hertz, Seconds, Span } from '../units.ts'

/** Side of the head, for tint and order; null for what is not on the scalp. */
export type Side = 'left' | 'right' | 'midline'

/** One line of a montage: what is plotted, from which signals. */
export type Derivation = {
  /** Stable in one recording and montage, e.g. `Fp1-F7` or `12:EMG Chin` (labels may be duplicated). */
  readonly id: string
  readonly label: string
  readonly kind: SignalKind
  readonly side: Side | null
  /** Traces of one chain share a block; blocks are set apart by half a row. */
  readonly block: number
  readonly unit: string
  readonly sampleRate: Hertz | null
  /** Weighted sum of signals, by header index; the average reference has many terms. */
  readonly terms: readonly { readonly signal: number; readonly weight: number }[]
  /** Why it cannot be drawn, else null. */
  readonly problem: string | null
}

export type TracePiece =
  | {
      readonly form: 'samples'
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
  /** Where the amplifier or the file's range was at its limit (2 or more samples together). */
  readonly saturated: readonly Span[]
}

export type Page = {
  readonly span: Span
  readonly columns: number
  readonly traces: readonly Trace[]
}
