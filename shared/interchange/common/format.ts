/**
 * What a format of another program is to this one: a row of the registry (formats.ts). Each has its folder, with what
 * writes it, what reads it, and what of a set it cannot carry.
 */
import type { AnnotationDocument } from '../../annotation/document.ts'
import type { Confidence, Evidence, MarkKind } from '../../annotation/kinds.ts'
import type { Ticks } from '../../units.ts'
import type { RecordingFacts } from './recordingFacts.ts'
import type { Target } from './vocabulary.ts'

/** What a set may say, and a format may have no place for; the words are for the list of what stays behind. */
export const FIELDS = [
  { id: 'subtype', one: 'which mimic 1 mark is', many: (n: number) => `which mimic ${n} marks are` },
  { id: 'channels', one: 'the channels of 1 mark', many: (n: number) => `the channels of ${n} marks` },
  { id: 'confidence', one: 'the confidence of 1 mark', many: (n: number) => `the confidence of ${n} marks` },
  { id: 'evidence', one: 'the evidence of 1 mark', many: (n: number) => `the evidence of ${n} marks` },
  { id: 'comment', one: '1 comment', many: (n: number) => `${n} comments` },
  { id: 'author', one: 'who made 1 mark of another', many: (n: number) => `who made ${n} marks of others` },
  {
    id: 'view',
    one: 'the view 1 mark was made in',
    many: (n: number) => `the views ${n} marks were made in`,
  },
  {
    id: 'parameters',
    one: 'what 1 event was generated with',
    many: (n: number) => `what ${n} events were generated with`,
  },
  {
    id: 'measured',
    one: 'what was measured on 1 mark',
    many: (n: number) => `what was measured on ${n} marks`,
  },
  { id: 'reviewed', one: '1 reviewed range', many: (n: number) => `${n} reviewed ranges` },
] as const

export type Field = (typeof FIELDS)[number]['id']

export type ExportOptions = {
  /** Dates and times of day go along; else times are counted from the recording's start alone. */
  readonly dates: boolean
  /** What the header says of patient and recording goes along; only EDF has a place for it. */
  readonly patient: boolean
}

export type WriteJob = {
  readonly document: AnnotationDocument
  readonly recording: RecordingFacts
  readonly options: ExportOptions
  /** As the recording's header has it; there only where it was asked for. */
  readonly identification?: { readonly patient: string; readonly recording: string }
}

/** One file of an export: its name, without folder, and its content. */
export type WrittenFile = { readonly name: string; readonly text: string }

/** One event as another program's file tells it. */
export type Found = {
  /** What it is called there. */
  readonly text: string
  /** What that means, where the format itself says so; else the reader's table decides (vocabulary.ts). */
  readonly target?: Target
  /** After the header's start second, as a mark's. */
  readonly onset: Ticks
  readonly duration: Ticks
  /** Electrodes and signals, as a mark's; none: all channels. */
  readonly channels: readonly string[]
  readonly confidence?: Confidence | null
  readonly evidence?: readonly Evidence[]
  readonly comment?: string
  readonly author?: string
  /** Where it stands in the file, from 1; null where a file has no lines. */
  readonly line: number | null
}

export type ReadJob = {
  readonly recording: RecordingFacts
}

type About = {
  readonly id: string
  readonly label: string
  /** One sentence: what it is good for. */
  readonly hint: string
  /** What its times are counted from. */
  readonly countsFrom: 'start second' | 'first sample'
  /** The step of its times in ticks of 100 ns. */
  readonly step: number
  readonly keeps: readonly Field[]
  /** Kinds it has a word for; a mark of another kind stays behind. */
  readonly kinds: readonly MarkKind[]
  /** Further sentences for the list of what stays behind. */
  readonly losses?: (job: WriteJob) => readonly string[]
  /** What goes along that has to be looked at before the file is passed on. */
  readonly cautions?: (job: WriteJob) => readonly string[]
  /** The file an export is called where nobody says otherwise: after the recording and the reviewer. */
  readonly nameOf: (job: WriteJob) => string
}

/** A format of text files. */
export type TextFormat = About & {
  readonly medium: 'text'
  /** The files, the one that is asked for first. */
  readonly write: (job: WriteJob) => readonly WrittenFile[]
  /** A folder of files, where one was asked for: names may have folders in them. */
  readonly writeFolder?: (job: WriteJob) => readonly WrittenFile[]
  /** Whether a file with this name and beginning is one. */
  readonly recognises: (head: string, name: string) => boolean
  /** Throws ReviewError `bad-set` or `wrong-recording`: one sentence, with line and column. */
  readonly read: (text: string, job: ReadJob) => readonly Found[]
}

/** EDF+ itself: annotations alone, or a copy of the recording with them added. */
export type EdfFormat = About & {
  readonly medium: 'edf'
  readonly copies: boolean
}

export type Format = TextFormat | EdfFormat

/** The longest file of another program that is read. */
export const MAX_IMPORT_BYTES = 32 * 1024 * 1024
