/** A line of a montage. */
import type { SignalKind } from '../edf/header/model.ts'
import type { Hertz } from '../units.ts'

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
