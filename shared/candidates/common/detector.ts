/** What a detector is. Each is one folder with its rules; `detectors.ts` is the table of them. */
import type { ByteSource } from '../../bytes.ts'
import type { Header, Recording } from '../../edf/header/model.ts'
import type { Block } from './blocks.ts'
import type { Candidate, CandidateKind } from './candidate.ts'

export type Search = {
  /** By header index: what each block must hold. */
  readonly signals: readonly number[]
  /** The blocks of a recording one after the other. */
  readonly take: (block: Block) => Promise<void>
  /** After the last block; in any order. */
  readonly finish: () => Promise<readonly Candidate[]>
}

export type SearchOptions = {
  readonly source: ByteSource
  readonly recording: Recording
  /** By header index. */
  readonly bad: readonly number[]
  /** Called between some milliseconds of work: who waits goes first. */
  readonly giveWay: () => Promise<void>
}

export type Detector = {
  readonly kind: CandidateKind
  /** Why there is nothing to search in, as a sentence; null where there is. */
  readonly problemWith: (header: Header, bad: readonly number[]) => string | null
  /** Only where there is no problem. */
  readonly begin: (options: SearchOptions) => Search
}
