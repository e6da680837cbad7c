/**
 * One reviewer's marks on one recording: the value that every edit changes and every save writes.
 * Marks are sorted by `compareMarks` (order.ts), reviewed ranges by onset, and ranges never touch.
 * An object read from a file may carry further fields of a later version; they live on it unseen.
 */
import type { SignalHeader } from '../edf/header/model.ts'
import type { View } from '../signal/viewSettings.ts'
import type { Seconds, Ticks } from '../units.ts'
import type { Confidence, Evidence, MarkKind } from './kinds.ts'

/** [start, end) in ticks, counted like a mark's onset. */
export type TickSpan = { readonly start: Ticks; readonly end: Ticks }

/** How the recording was shown when the mark was made. */
export type MarkView = Omit<View, 'montage' | 'own' | 'paperSpeed'> & {
  /** A MontageId, the reader's own as `own:` and its name, or one that only a later version knows. */
  readonly montage: string
}

export type Mark = {
  readonly id: string
  readonly kind: MarkKind
  /** A code of MIMICS, for a mimic only. */
  readonly subtype: string | null
  /** After the header's start second. May be 0 long only if imported as a moment. */
  readonly onset: Ticks
  readonly duration: Ticks
  /** Electrodes by canonical name, and labels of other signals, that it is tied to (montage/places.ts); empty = all channels. */
  readonly channels: readonly string[]
  readonly confidence: Confidence | null
  readonly evidence: readonly Evidence[]
  readonly comment: string
  readonly view: MarkView | null
  /** Reviewer code. */
  readonly author: string
  /** ISO 8601, UTC. */
  readonly created: string
  readonly changed: string
  /** Of a generated key (rate, amplitude...), or of the candidate that a mark was made of; absent on what was drawn. */
  readonly parameters?: Readonly<Record<string, number | string>>
  /** What the reader has pinned of what was measured on it, each entry once; absent: nothing. */
  readonly measured?: readonly MeasuredValue[]
}

/** A value of the evidence card as it was when it was pinned. */
export type MeasuredValue = {
  /** Id of the entry: `repetition-rate`. */
  readonly entry: string
  readonly label: string
  /** As it was read: `3.4 → 2.8 Hz`. */
  readonly text: string
  readonly values: readonly { readonly id: string; readonly value: number; readonly unit: string }[]
  /** Of the mark then: it may have been moved since. */
  readonly onset: Ticks
  readonly duration: Ticks
}

/** A stretch the reviewer has read, so that "nothing here" is a real negative. */
export type ReviewedRange = { readonly id: string; readonly onset: Ticks; readonly duration: Ticks }

/**
 * What became of one event that several readers were compared on: of a consensus set. Its times are those of what they
 * had marked, whatever the mark that came of it was moved to since.
 */
export type Decision = {
  readonly id: string
  readonly onset: Ticks
  readonly duration: Ticks
  /** Each reader who was compared, with the ids of the marks that were this event in that reader's set; none: had none. */
  readonly readers: readonly DecidedReader[]
  /** The mark of this set that came of it; null: there is no event. */
  readonly mark: string | null
  /** Whose mark it was taken from; null: nobody's alone. */
  readonly taken: string | null
  /** Why, in the words of who decided. */
  readonly reason: string
  /** Reviewer code of who decided. */
  readonly author: string
  /** ISO 8601, UTC. */
  readonly decided: string
}

export type DecidedReader = {
  readonly reviewer: string
  /** When that set had been changed last. */
  readonly changed: string
  readonly marks: readonly string[]
}

/** Ties a set to the samples of one recording, whatever its header says. */
export type RecordingIdentity = {
  readonly fingerprint: string
  readonly fileName: string
  readonly records: number
  readonly recordDuration: Seconds
  readonly signals: readonly Pick<SignalHeader, 'label' | 'samplesPerRecord'>[]
}

/** The reviewer has closed the set: what it held then, and when. What is changed afterwards is counted. */
export type SignOff = {
  readonly at: string
  /** Reviewer code. */
  readonly by: string
  /** SHA-256 of the content (contentText.ts), 64 hexadecimal digits. */
  readonly hash: string
  readonly marks: number
  /** The sets of others were sealed until then. */
  readonly blind: boolean
  /** How many marks and ranges differ now from what was signed off. */
  readonly changedSince: number
}

/** One mark, range or decision as one save has changed it. Of a change only the fields that differ. */
export type SetChange = {
  readonly at: string
  readonly by: string
  readonly what: Item['type']
  readonly id: string
  /** null: it was not there. */
  readonly before: ItemFields | null
  /** null: it is gone; `before` is all of it then. Of what is new its kind and place. */
  readonly after: ItemFields | null
}

export type ItemFields = Readonly<Partial<Mark & Decision>>

export type AnnotationDocument = {
  readonly recording: RecordingIdentity
  readonly reviewer: string
  readonly created: string
  /** Time of the newest edit ever applied; undoing does not turn it back. */
  readonly changed: string
  readonly marks: readonly Mark[]
  readonly reviewed: readonly ReviewedRange[]
  /** Of a consensus set, by onset; left out where there are none. */
  readonly decisions?: readonly Decision[]
  /** Reviewed blind: until it is signed off, its reviewer sees no other set. Absent: not. */
  readonly blind?: boolean
  /** Oldest first. Absent: never. */
  readonly signOffs?: readonly SignOff[]
  /** What saves have changed, oldest first; the oldest may be left out. */
  readonly changes?: readonly SetChange[]
}

/** A thing of the document that an edit can put, replace or take away. */
export type Item =
  | ({ readonly type: 'mark' } & Mark)
  | ({ readonly type: 'reviewed' } & ReviewedRange)
  | ({ readonly type: 'decision' } & Decision)

/** before null: it is new. after null: it goes. */
export type Change = { readonly id: string; readonly before: Item | null; readonly after: Item | null }

/** One step of undo. Edits with the same gesture id, one after the other, are one step. */
export type Edit = {
  /** Shown in the menu: "Undo move edge". */
  readonly label: string
  readonly changes: readonly Change[]
  readonly gesture?: string
  readonly author: string
  readonly at: string
}
