/** What a recording's header says, and how its records lie in time. The field names are EDF's own. */
import type { Hertz, SampleIndex, Seconds, Span, Ticks } from '../../units.ts'

export type EdfFormat = 'EDF' | 'EDF+C' | 'EDF+D' | 'BDF' | 'BDF+C' | 'BDF+D'

/** What a signal records, told by its label (and its unit where the label is silent). */
export type SignalKind = 'eeg' | 'eog' | 'emg' | 'ecg' | 'respiration' | 'status' | 'other' | 'annotations'

export type Warning = {
  /** Stable, kebab-case: 'record-count', 'start-date', 'digital-range'... */
  readonly code: string
  /** One sentence: field, value found, what was assumed. Holds no patient field. */
  readonly message: string
  /** The signal it speaks of, where it speaks of one. */
  readonly signal?: number
}

export type SignalHeader = {
  /** Position among all signals of the header, annotation signals included; labels are never keys. */
  readonly index: number
  readonly label: string
  readonly kind: SignalKind
  readonly transducer: string
  /** Physical dimension; micro signs and spellings of microvolt normalised to `uV`. Empty: uncalibrated. */
  readonly unit: string
  readonly prefilter: string
  readonly physicalMin: number
  readonly physicalMax: number
  readonly digitalMin: number
  readonly digitalMax: number
  readonly samplesPerRecord: number
  /** null where the record duration is 0: such a signal has no time axis and cannot be plotted. */
  readonly sampleRate: Hertz | null
  /** Samples in the records used. */
  readonly samples: number
  /**
   * 'calibrated': physical values by the header's formula. 'uncalibrated': the header cannot scale
   * (equal minima and maxima, unreadable numbers), so the values are the digital ones.
   * 'unusable': no samples can be read at all; `problem` says why.
   */
  readonly scaling: 'calibrated' | 'uncalibrated' | 'unusable'
  /** A sentence where scaling is not 'calibrated', else null. */
  readonly problem: string | null
}

export type Header = {
  readonly format: EdfFormat
  readonly bytesPerSample: 2 | 3
  /** Local patient and recording identification as written. Never in a log, message or default export. */
  readonly patient: string
  readonly recording: string
  /** `YYYY-MM-DDTHH:MM:SS`, local time at the patient; null where no valid date and time was found. */
  readonly start: string | null
  readonly headerBytes: number
  readonly recordBytes: number
  readonly recordDuration: Seconds
  /** Records present in the file and used, whatever the header claims. */
  readonly records: number
  readonly claimedRecords: number | null
  readonly trailingBytes: number
  readonly signals: readonly SignalHeader[]
}

/** A run of records without a gap. Where recording was paused within a record, a run ends and begins there: fractions. */
export type Segment = {
  readonly firstRecord: number
  readonly records: number
  /** Start of its first record after the header's start second. */
  readonly onset: Ticks
}

/** How the records lie on the time axis, sorted by onset in the file's own record order. */
export type Timeline = {
  readonly firstRecordOnset: Seconds
  readonly segments: readonly Segment[]
  readonly gaps: readonly Span[]
  /** Where recording was paused, nobody knows how long: the axis goes on, nothing else does. */
  readonly breaks?: readonly Seconds[]
  /** Seconds of signal. */
  readonly duration: Seconds
  /** From the first to the end of the last sample, gaps included. */
  readonly span: Span
  /** false while the record times were only sampled and the background scan has not confirmed them. */
  readonly confirmed: boolean
}

export type FileAnnotation = {
  /** As written: seconds after the header's start second. */
  readonly onset: Seconds
  readonly duration: Seconds | null
  readonly text: string
  /** From an `@@label` ending (EDFbrowser's convention), else null. */
  readonly channel: string | null
}

export type Recording = {
  readonly header: Header
  readonly timeline: Timeline
  readonly warnings: readonly Warning[]
  /** The Status channel of a BioSemi recording. */
  readonly status?: StatusChannel
}

export type StatusChannel = {
  /** By header index. */
  readonly signal: number
  /** Whether it has the amplifier's own bits: epochs, CMS, battery; else triggers alone. */
  readonly hasSystemBits: boolean
}

/** One uninterrupted stretch of one signal. */
export type SamplePiece = {
  /** Time of the first value. */
  readonly start: Seconds
  /** File-order index of the first value. */
  readonly firstSample: SampleIndex
  /** In the signal's unit (digital values where uncalibrated). */
  readonly values: Float64Array
}

export type SignalSamples = {
  readonly signal: number
  readonly sampleRate: Hertz
  /** In time order; a gap lies between two pieces. */
  readonly pieces: readonly SamplePiece[]
}
