/** What a search proposes: a place to look at, with its reason. Never a mark, until a reader makes one of it. */
import type { Hertz, Seconds } from '../../units.ts'

export type CandidateKind = 'spike_wave_3hz' | 'hypnic_jerk'

export type Candidate = {
  readonly kind: CandidateKind
  /** After the header's start second. */
  readonly onset: Seconds
  readonly duration: Seconds
  /** How much of what a detector asks for was found, 0 to 1; no probability. */
  readonly score: number
  /** One sentence with what was measured. */
  readonly reason: string
  /** Labels of the file. */
  readonly channels: readonly string[]
  /** Repetition rate over the run; of spike-and-wave alone. */
  readonly rate?: Hertz
}

export type Found = {
  /** By onset. */
  readonly candidates: readonly Candidate[]
  /** What was not looked for, and why: a sentence each. */
  readonly notes: readonly string[]
}

/** Said wherever candidates are shown. */
export const WHAT_CANDIDATES_ARE =
  'A search aid, not a diagnosis: each candidate is a place to look at, and what was missed is not shown. No published detector for hypnic jerks exists; the rules used here are our own.'
