/**
 * One of each event in the samples that come with the app, for whoever compares: a typical run and a jerk with several
 * muscles. They are examples of the reference too (content.en.json).
 */
import type { MarkKind } from '../annotation/kinds.ts'

export type TypicalEvent = {
  readonly kind: MarkKind
  /** The sample's file. */
  readonly sample: string
  /** Counted by onset among the key's marks of this kind. */
  readonly nth: number
}

export const TYPICAL_EVENTS: readonly TypicalEvent[] = [
  { kind: 'hypnic_jerk', sample: 'hypnic-jerks.edf', nth: 0 },
  { kind: 'spike_wave_3hz', sample: 'spike-wave-3hz.edf', nth: 2 },
]
