import type { SignalHeader, SignalKind } from './model.ts'

/** What the header says of a signal, before it is known how the records lie in the file. */
export type SignalDraft = {
  readonly label: string
  readonly kind: SignalKind
  readonly transducer: string
  readonly unit: string
  /** As written, for what the unit leaves in doubt. */
  readonly unitText: string
  readonly prefilter: string
  readonly physicalMin: number
  readonly physicalMax: number
  readonly digitalMin: number
  readonly digitalMax: number
  readonly scaling: SignalHeader['scaling']
  readonly problem: string | null
  /** null where the field is no count. */
  readonly samplesPerRecord: number | null
  readonly samplesText: string
  readonly samplesOffset: (signals: number) => number
}
