/** What is asked of a clip, and what is known of it before it is written. */
import type { AnnotationDocument } from '../annotation/document.ts'
import type { SignalCells } from '../edf/encodeHeader.ts'
import type { EdfFormat, FileAnnotation, Header, Recording } from '../edf/header/model.ts'
import type { Seconds, Span, Ticks } from '../units.ts'
import type { ClipGrid } from './grid.ts'
import type { TextField } from './words.ts'

export type ClipSource = {
  /** With every record time known, and the header's identification in it: what must not be found again is told by it. */
  readonly recording: Recording
  /** The header's own bytes. */
  readonly raw: Uint8Array
  /** The recording's file, without folder. */
  readonly name: string
  /** The file's own, texts as written. */
  readonly annotations: readonly FileAnnotation[]
  /** Whose marks go along; null: nobody's. It has to be a set of this recording. */
  readonly document: AnnotationDocument | null
}

export type ClipRequest = {
  /** On the recording's own axis; 'whole': all of it, in the source's own records. */
  readonly span: Span | 'whole'
  /** By header index, in the header's order; null: all that can be written. */
  readonly signals: readonly number[] | null
  /** Whether the recording's own annotations go along, as far as their texts do. */
  readonly notes: boolean
  /** Ids of texts that the reader has looked at and lets through (`ClipText.id`). */
  readonly keep: readonly string[]
}

/** A text of the recording, and whether it goes into the clip. */
export type ClipText = {
  readonly id: string
  readonly field: TextField
  readonly text: string
  /** Channels or annotations of the clip that have it. */
  readonly count: number
  /** A word of the field: it goes unasked. */
  readonly isKnown: boolean
  readonly goes: boolean
  /** Why to look twice; null where nothing was noticed, which says nothing. */
  readonly caution: string | null
}

/** One line of the proof sheet: nothing that was removed is ever in it. */
export type ProofLine = {
  readonly field: string
  readonly what: 'removed' | 'kept' | 'replaced'
  readonly says: string
}

/** An annotation of the clip, counted from the clip's start second. */
export type ClipEvent = {
  readonly onset: Ticks
  readonly duration: Ticks | null
  /** `@@label` and all. */
  readonly text: string
}

/** Records of the clip without a gap between them. */
export type ClipRun = { readonly record: number; readonly records: number; readonly onset: Ticks }

export type ClipPlan = {
  /** Of the recording. */
  readonly header: Header
  readonly format: Extract<EdfFormat, `${string}+${string}`>
  readonly signals: readonly number[]
  readonly cells: readonly SignalCells[]
  readonly grid: ClipGrid
  readonly headerBytes: Uint8Array
  readonly events: readonly ClipEvent[]
  /** In order; a gap lies between two. */
  readonly runs: readonly ClipRun[]
  /** A time of the recording's axis on the clip's, to the nearest tick. */
  readonly toClip: (time: Ticks) => Ticks
  /** When each record starts, after the clip's start second. */
  readonly onsetOf: (record: number) => Ticks
  /** The annotation signal of each record, the same number of bytes in all of them. */
  readonly annotationsOf: (record: number) => Uint8Array
  /** Of the whole file. */
  readonly bytes: number
  /** What lies between the first and the last sample, on the recording's axis; it begins and ends with samples of all channels. */
  readonly span: Span
  /** Seconds of signal. */
  readonly length: Seconds
  readonly texts: readonly ClipText[]
  readonly proof: readonly ProofLine[]
  /** By what the recording could be found again: for warnings. Never leaves the host. */
  readonly words: readonly string[]
}
