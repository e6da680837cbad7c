/**
 * What one entry of the evidence card is: one thing that is measured, with what it needs read, how it is measured, how
 * far it may be wrong, and what is published about it. A new entry is one file that ends in `evidenceEntry({...})`, and
 * its row in `entries.ts`. An entry measures; it names nothing and decides nothing.
 */
import type { FileAnnotation, SignalKind, Timeline } from '../../edf/header/model.ts'
import type { Site } from '../../montage/electrodes.ts'
import type { FilterSettings } from '../../signal/viewSettings.ts'
import type { Hertz, Seconds, Span } from '../../units.ts'

/** What is measured of. */
export type Subject = 'spikeWave' | 'jerk' | 'state'

/** Signals that an entry needs, as they were recorded, whatever montage and filters the page has. */
export type Need = {
  readonly kind: SignalKind
  /** `MEASURE_BANDS`, or `NO_FILTERS`: unfiltered. Zero-phase; what a sampling rate cannot carry is left out. */
  readonly band: FilterSettings
  /** How much is needed on either side of the span. What the filters need besides is seen to. */
  readonly before: Seconds
  readonly after: Seconds
  /** Of the lines of this kind those to read; absent: all. The same function in two entries is read once. */
  readonly choose?: (lines: readonly LineFacts[]) => readonly LineFacts[]
}

export type LineFacts = {
  /** Of the derivation, unlike that of any other line. */
  readonly id: string
  /** As it is shown: `Fp1-Ref`, `Chin EMG`. */
  readonly channel: string
  readonly kind: SignalKind
  /** Of an electrode of the 10-20 or 10-10 system; null for any other, and for a pair. */
  readonly site: Site | null
  /** The recorded reference as `parseElectrode` has it; null where the label is silent. */
  readonly reference: string | null
  /** `uV`, or '' where the file gives none: then sizes can be compared and not told. */
  readonly unit: string
  readonly sampleRate: Hertz
}

export type Line = LineFacts & {
  /** Within the span and what was needed around it, in time order; a gap lies between two. */
  readonly pieces: readonly { readonly start: Seconds; readonly values: Float64Array }[]
}

/** Every signal of the recording but annotations, read or not: for what is missing. */
export type Channel = {
  readonly channel: string
  readonly kind: SignalKind
  readonly sampleRate: Hertz | null
  /** Marked bad by the reader, or why it cannot be used; null: it can. */
  readonly problem: string | null
  /** As the header has it: `HP:0.1Hz LP:75Hz N:50Hz`; '' where it is silent. */
  readonly prefilter: string
}

export type MeasureInput<Needs extends Record<string, Need> = Record<string, Need>> = {
  /** What is measured: of the selected mark, else the selection. */
  readonly span: Span
  /** Under each need's own name; a line marked bad, unusable or without samples here is not among them. */
  readonly lines: { readonly [Name in keyof Needs]: readonly Line[] }
  readonly channels: readonly Channel[]
  /** Where the recording begins and ends, and its gaps. */
  readonly timeline: Pick<Timeline, 'span' | 'gaps'>
  /** Of the file, in file order: for what was said of hyperventilation, sleep, movement. */
  readonly notes: readonly FileAnnotation[]
  /** false: more may be read yet. */
  readonly areNotesComplete: boolean
  /** `YYYY-MM-DDTHH:MM:SS` at the patient; null where no valid one was found. */
  readonly start: string | null
  /** To be awaited between some 20 ms of work: pages go first. */
  readonly giveWay: () => Promise<void>
}

/** Where a value was measured: what the small picture shows and a click brings onto the page. */
export type Where = {
  readonly span: Span
  /** `channel` of a line that was read; null: of no single one. */
  readonly channel: string | null
  /** Moments within the span that count: complexes, onsets. */
  readonly moments?: readonly Seconds[]
}

/** One number, as machines read it. */
export type EvidenceValue = {
  /** Small letters and dashes, unlike that of any other value of its entry: `first-rate`. */
  readonly id: string
  /** In words, beside its entry's label: `first second`. */
  readonly label: string
  readonly value: number
  /** `Hz`, `s`, `ms`, `%`, `µV`, or '' for what is counted or a ratio. */
  readonly unit: string
  /** How many of them are meant when it is shown. */
  readonly decimals: number
  /** Middle deviation, or whatever the label says, in the same unit. */
  readonly spread?: number
  /** Of a value that is one channel's. */
  readonly channel?: string
  readonly where?: Where
}

/** Values in rows, one a channel (or muscle, or second): for what is a list. */
export type EvidenceTable = {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

export type Measured = {
  readonly is: 'measured'
  /** The value as a reader reads it, with its unit, short: `3.4 → 2.8 Hz`, `not locked`. */
  readonly text: string
  readonly values: readonly EvidenceValue[]
  /** null: there is no place for it, as for what is missing. */
  readonly where: Where | null
  readonly table?: EvidenceTable
  /** What the reader must know of this value here: a channel left out, a rate that limits it. A sentence. */
  readonly note?: string
}

/** Nothing is measured where the signal does not support it: a sentence says why. */
export type Refused = { readonly is: 'refused'; readonly reason: string }

/** A published criterion, in our own words. */
export type Criterion = {
  readonly text: string
  /** Ids of `shared/reference/content.en.json`, none of them unread. */
  readonly sources: readonly [string, ...string[]]
}

type Described = {
  /** Small letters and dashes; kept in sets, so it never changes: `repetition-rate`. */
  readonly id: string
  readonly label: string
  readonly criteria: readonly Criterion[]
  /** How it is measured, with parameters and the source of the algorithm: one or two sentences. */
  readonly algorithm: string
  /** How far it may be wrong in at least 95 of 100 generated signals, as the tests prove: `±0.1 Hz`; '' for what only reads labels or notes. */
  readonly error: string
}

/** Of `missing`: measures nothing, and tells at the top of its subject what cannot be told. */
type Place =
  | { readonly side: Subject; readonly about?: never }
  | { readonly side: 'missing'; readonly about: Subject }

/** null: there is nothing to say, and the card has no row for it. */
type Answer = Measured | Refused | null

export type Entry<Needs extends Record<string, Need> = Record<string, Need>> = Described &
  Place & {
    readonly needs: Needs
    /** A method, so that an entry with needs of its own is an entry of the table. */
    measure(input: MeasureInput<Needs>): Answer | Promise<Answer>
  }

/** Lets the compiler see which lines an entry is given. */
export function evidenceEntry<const Needs extends Record<string, Need>>(entry: Entry<Needs>): Entry<Needs> {
  return entry
}

export function refused(reason: string): Refused {
  return { is: 'refused', reason }
}

export function measured(facts: Omit<Measured, 'is'>): Measured {
  return { is: 'measured', ...facts }
}
