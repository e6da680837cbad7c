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
  /**
   * The electrodes that a mark on this line is tied to, where the terms do not tell: of C3-A1A2 it is C3. Absent: those
   * of the terms.
   */
  readonly places?: readonly string[]
  /** Why it cannot be drawn, else null: its row is then empty, and says so. */
  readonly problem: string | null
}

/** The row of a line that cannot be had. It is at no place: no mark is on it. */
export function emptyRow(label: string, side: Side | null): Derivation {
  const nothing = { sampleRate: null, terms: [], places: [], problem: null, block: 0, unit: 'uV' }
  return { id: label, label, kind: 'eeg', side, ...nothing }
}
