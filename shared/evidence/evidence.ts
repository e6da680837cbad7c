/** What the card shows, and what `hypnospike evidence` prints: plain values. */
import type { Seconds, Span } from '../units.ts'
import type { Criterion, EvidenceTable, EvidenceValue, Subject, Where } from './common/entry.ts'

/** A small picture: the least and the largest value of each column, of the line and band that was measured. */
export type EvidencePicture = {
  readonly span: Span
  readonly channel: string
  readonly unit: string
  /** null: no samples there. */
  readonly columns: readonly (readonly [low: number, high: number] | null)[]
  readonly moments: readonly Seconds[]
}

export type EvidenceFinding =
  | {
      readonly is: 'measured'
      readonly text: string
      readonly values: readonly EvidenceValue[]
      readonly where: Where | null
      readonly table?: EvidenceTable
      readonly note?: string
      readonly picture: EvidencePicture | null
    }
  | { readonly is: 'refused'; readonly reason: string }

export type EvidenceRow = {
  readonly entry: string
  readonly subject: Subject
  /** What cannot be told here; stands first in its group. */
  readonly isMissing: boolean
  readonly label: string
  readonly finding: EvidenceFinding
  readonly criteria: readonly Criterion[]
  readonly algorithm: string
  readonly error: string
}

export type Evidence = {
  readonly span: Span
  /** In the order of the card. */
  readonly rows: readonly EvidenceRow[]
}
