/**
 * Writes EDF, EDF+C and EDF+D strictly by the specifications (Kemp et al. 1992, doi:10.1016/0013-4694(92)90009-7;
 * Kemp & Olivan 2003, doi:10.1016/S1388-2457(03)00123-8): header, data records, and annotations as
 * time-stamped annotation lists (TALs). What the specifications forbid is refused, never mended.
 * `writeEdf` is the function to read first.
 */
import { ReviewError } from '../failure.ts'
import { type Seconds, TICKS_PER_SECOND, type Ticks, ticksFromSeconds } from '../units.ts'

export type EdfWriterSignal = {
  readonly label: string
  readonly transducer: string
  readonly unit: string
  readonly prefilter: string
  readonly physicalMin: number
  readonly physicalMax: number
  readonly digitalMin: number
  readonly digitalMax: number
  readonly samplesPerRecord: number
  /** Digital values of all records, one after the other. */
  readonly samples: Int16Array
}

/** One digital step is a tenth of a microvolt, over all that 16 bits hold. */
export const TENTHS_OF_MICROVOLT = {
  transducer: '',
  unit: 'uV',
  prefilter: '',
  physicalMin: -3276.8,
  physicalMax: 3276.7,
  digitalMin: -32768,
  digitalMax: 32767,
} as const

export type EdfWriterAnnotation = {
  /** Seconds after the header's start second. */
  readonly onset: Seconds
  readonly duration: Seconds | null
  readonly text: string
}

export type EdfContent = {
  /** Plain EDF carries no annotations and no record times. */
  readonly format: 'EDF' | 'EDF+C' | 'EDF+D'
  /** EDF+: code, sex, birthdate, name; `X` where unknown. */
  readonly patient: string
  /** EDF+: `Startdate dd-MMM-yyyy` (or X), administration code, technician, equipment. */
  readonly recording: string
  /** `YYYY-MM-DDTHH:MM:SS`, 1985 to 2084. */
  readonly start: string
  readonly recordDuration: Seconds
  readonly signals: readonly EdfWriterSignal[]
  readonly annotations: readonly EdfWriterAnnotation[]
  /**
   * Start of every record after the header's start second. Wanted for EDF+D; elsewhere the records follow
   * each other from `firstOnset`.
   */
  readonly recordOnsets?: readonly Seconds[]
  /** Fraction of a second (below 1) between the header's start second and the first sample; EDF+ only. */
  readonly firstOnset?: Seconds
}

const MONTHS = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC']
/** "Data records should not exceed 61440 bytes" (EDF, 1992). */
const RECORD_BYTES_LIMIT = 61_440
const ANNOTATION_LABEL = 'EDF Annotations'

/**
 * The whole file as bytes. Rejects content that the specification forbids with ReviewError `bad-input`,
 * in a sentence that names the field.
 */
export function writeEdf(content: EdfContent): Uint8Array {
  const records = checkedRecords(content)
  const lists = content.format === 'EDF' ? null : annotationLists(content, records)
  const signals = content.signals.map(checkedSignal)
  const listSamples = lists === null ? 0 : Math.ceil(Math.max(...lists.map((list) => list.byteLength)) / 2)
  if (lists !== null) signals.push(annotationSignal(listSamples))
  if (signals.length > 9999) refuse('The number of signals does not fit its 4 characters.')

  const recordBytes = 2 * signals.reduce((sum, signal) => sum + signal.samplesPerRecord, 0)
  if (recordBytes > RECORD_BYTES_LIMIT) {
    refuse(
      `A data record of ${recordBytes} bytes is above the ${RECORD_BYTES_LIMIT} that EDF allows; use shorter records.`,
    )
  }
  const header = new TextEncoder().encode(headerText(content, records, signals))
  const file = new Uint8Array(header.byteLength + records * recordBytes)
  file.set(header, 0)
  const view = new DataView(file.buffer)
  let at = header.byteLength
  for (let record = 0; record < records; record++) {
    for (const { samples, samplesPerRecord } of content.signals) {
      for (let k = record * samplesPerRecord; k < (record + 1) * samplesPerRecord; k++) {
        view.setInt16(at, samples[k]!, true)
        at += 2
      }
    }
    if (lists !== null) {
      file.set(lists[record]!, at)
      at += 2 * listSamples
    }
  }
  return file
}

function refuse(message: string): never {
  throw new ReviewError('bad-input', message)
}

type HeaderSignal = Omit<EdfWriterSignal, 'samples'>

function annotationSignal(samplesPerRecord: number): HeaderSignal {
  return {
    label: ANNOTATION_LABEL,
    transducer: '',
    unit: '',
    prefilter: '',
    physicalMin: -1,
    physicalMax: 1,
    digitalMin: -32768,
    digitalMax: 32767,
    samplesPerRecord,
  }
}

function checkedRecords(content: EdfContent): number {
  const { signals, recordDuration, format } = content
  if (!(recordDuration > 0) || !Number.isFinite(recordDuration))
    refuse('The record duration must be above 0 s.')
  const first = signals[0]
  if (first === undefined) refuse('There is no signal to write.')
  const records = first.samples.length / first.samplesPerRecord
  for (const { label, samples, samplesPerRecord } of signals) {
    if (!Number.isInteger(samplesPerRecord) || samplesPerRecord < 1) {
      refuse(`Signal "${label}": the samples per record must be a whole number above 0.`)
    }
    if (samples.length !== records * samplesPerRecord || !Number.isInteger(records) || records < 1) {
      refuse(
        `Signal "${label}": ${samples.length} samples do not fill whole records, the same for every signal.`,
      )
    }
  }
  if (format === 'EDF' && (content.annotations.length > 0 || content.firstOnset || content.recordOnsets)) {
    refuse('Plain EDF carries neither annotations nor record times; write EDF+C or EDF+D.')
  }
  return records
}

function checkedSignal(signal: EdfWriterSignal): HeaderSignal {
  const { label, physicalMin, physicalMax, digitalMin, digitalMax, samples } = signal
  if (label.trim() === '') refuse('A signal has no label.')
  if (label === ANNOTATION_LABEL)
    refuse('The label "EDF Annotations" is kept for the annotations themselves.')
  if (
    ![digitalMin, digitalMax].every((value) => Number.isInteger(value) && value >= -32768 && value <= 32767)
  ) {
    refuse(`Signal "${label}": the digital minimum and maximum must be 16-bit whole numbers.`)
  }
  if (digitalMin >= digitalMax) refuse(`Signal "${label}": the digital maximum must be above the minimum.`)
  if (physicalMin === physicalMax) refuse(`Signal "${label}": the physical minimum and maximum must differ.`)
  if (samples.some((value) => value < digitalMin || value > digitalMax)) {
    refuse(`Signal "${label}": a sample lies outside the digital range ${digitalMin} to ${digitalMax}.`)
  }
  return signal
}

function headerText(content: EdfContent, records: number, signals: readonly HeaderSignal[]): string {
  const { date, time, dayMonthYear } = startFields(content.start)
  if (content.format !== 'EDF') {
    checkPatient(content.patient)
    checkRecordingField(content.recording, dayMonthYear)
  }
  const column = (name: string, width: number, value: (signal: HeaderSignal) => string): string =>
    signals.map((signal) => headerField(`${name} of signal "${signal.label}"`, value(signal), width)).join('')
  return [
    headerField('version', '0', 8),
    headerField('local patient identification', content.patient, 80),
    headerField('local recording identification', content.recording, 80),
    date,
    time,
    headerField('header bytes', String(256 * (signals.length + 1)), 8),
    headerField('reserved', content.format === 'EDF' ? '' : content.format, 44),
    headerField('number of records', String(records), 8),
    headerField('record duration', decimal('record duration', content.recordDuration), 8),
    headerField('number of signals', String(signals.length), 4),
    column('label', 16, (signal) => signal.label),
    column('transducer', 80, (signal) => signal.transducer),
    column('physical dimension', 8, (signal) => signal.unit),
    column('physical minimum', 8, (signal) => decimal('physical minimum', signal.physicalMin)),
    column('physical maximum', 8, (signal) => decimal('physical maximum', signal.physicalMax)),
    column('digital minimum', 8, (signal) => String(signal.digitalMin)),
    column('digital maximum', 8, (signal) => String(signal.digitalMax)),
    column('prefilter', 80, (signal) => signal.prefilter),
    column('samples per record', 8, (signal) => String(signal.samplesPerRecord)),
    column('reserved', 32, () => ''),
  ].join('')
}

/** A header field: left-justified and space-padded, printable US-ASCII only. */
export function headerField(field: string, value: string, width: number): string {
  if (!/^[\x20-\x7e]*$/.test(value)) refuse(`The ${field} holds a character outside printable ASCII.`)
  if (value.length > width) refuse(`The ${field} is longer than its ${width} characters.`)
  return value.padEnd(width, ' ')
}

/** A number in at most 8 characters without an exponent that reads back as the same number. */
function decimal(field: string, value: number): string {
  const written = String(value)
  if (!/^-?\d+(\.\d+)?$/.test(written) || written.length > 8) {
    refuse(`The ${field} ${written} cannot be written exactly in 8 characters.`)
  }
  return written
}

/** The header's date and time, and the date as EDF+ writes it; refuses what is none between 1985 and 2084. */
export function startFields(start: string): {
  readonly date: string
  readonly time: string
  readonly dayMonthYear: string
} {
  const match = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)$/.exec(start)
  const stamp = Date.parse(`${start}Z`)
  if (match === null || Number.isNaN(stamp) || new Date(stamp).toISOString().slice(0, 19) !== start) {
    refuse(`The start "${start}" is not a date and time of the form YYYY-MM-DDTHH:MM:SS.`)
  }
  const [, year = '', month = '', day = '', hours = '', minutes = '', seconds = ''] = match
  if (Number(year) < 1985 || Number(year) > 2084) refuse('The start year must lie between 1985 and 2084.')
  return {
    date: `${day}.${month}.${year.slice(2)}`,
    time: `${hours}.${minutes}.${seconds}`,
    dayMonthYear: `${day}-${MONTHS[Number(month) - 1]}-${year}`,
  }
}

/** Refuses what is no EDF+ patient field. EDF+ 2.1.3.3: code, sex, birthdate, name, then anything; no empty subfield. */
export function checkPatient(patient: string): void {
  const [code, sex, birthdate, name, ...rest] = patient.split(' ')
  const whole = code && name && !rest.includes('')
  if (!whole || !/^[FMX]$/.test(sex ?? '') || !isEdfDate(birthdate ?? '')) {
    refuse(
      'The local patient identification must read: code, F, M or X, birthdate dd-MMM-yyyy or X, name or X.',
    )
  }
}

/** Refuses what is no EDF+ recording field. EDF+ 2.1.3.4: "Startdate", the date that the header also gives (or X), then three subfields. */
export function checkRecordingField(recording: string, dayMonthYear: string): void {
  const [word, date, ...rest] = recording.split(' ')
  if (word !== 'Startdate' || rest.length < 3 || rest.includes('') || !isEdfDate(date ?? '')) {
    refuse(
      'The local recording identification must read: Startdate dd-MMM-yyyy or X, code, technician, equipment.',
    )
  }
  if (date !== 'X' && date !== dayMonthYear) {
    refuse('The Startdate of the local recording identification is not the date of the start.')
  }
}

function isEdfDate(value: string): boolean {
  if (value === 'X') return true
  const match = /^(\d\d)-([A-Z]{3})-(\d{4})$/.exec(value)
  const month = MONTHS.indexOf(match?.[2] ?? '')
  if (match === null || month < 0) return false
  const day = Number(match[1])
  return day >= 1 && day <= new Date(Date.UTC(Number(match[3]), month + 1, 0)).getUTCDate()
}

/** The annotation signal's bytes of each record: the timekeeping list first, then what begins in the record. */
function annotationLists(content: EdfContent, records: number): readonly Uint8Array[] {
  const onsets = recordOnsets(content, records)
  const texts = onsets.map((onset) => `+${formatTicks(onset)}\x14\x14\0`)
  const sorted = [...content.annotations].sort((a, b) => a.onset - b.onset)
  let record = 0
  for (const annotation of sorted) {
    const onset = ticksFromSeconds(annotation.onset)
    while (record + 1 < records && onsets[record + 1]! <= onset) record++
    texts[record] += annotationList(annotation, onset)
  }
  const encoder = new TextEncoder()
  return texts.map((list) => encoder.encode(list))
}

function recordOnsets(content: EdfContent, records: number): readonly Ticks[] {
  const first = content.firstOnset ?? 0
  const duration = ticksFromSeconds(content.recordDuration)
  const given = content.recordOnsets?.map(ticksFromSeconds)
  if (given === undefined) {
    if (content.format === 'EDF+D') refuse('EDF+D needs the onset of every record.')
    if (!(first >= 0 && first < 1))
      refuse('The first sample must lie less than a second after the start second.')
    return Array.from({ length: records }, (_, k) => (ticksFromSeconds(first) + k * duration) as Ticks)
  }
  if (content.format !== 'EDF+D' || content.firstOnset !== undefined) {
    refuse(
      'Record onsets are for EDF+D, where they also give the first; other formats follow on from the first.',
    )
  }
  if (given.length !== records) refuse(`There are ${given.length} record onsets for ${records} records.`)
  if (given[0]! < 0 || given[0]! >= TICKS_PER_SECOND) {
    refuse('The first record must begin less than a second after the start second.')
  }
  for (let k = 1; k < given.length; k++) {
    if (given[k]! - given[k - 1]! < duration) refuse(`Record ${k} begins before record ${k - 1} has ended.`)
  }
  return given
}

/** One annotation as a TAL; refuses a text or a time that EDF+ has no way to write. */
export function annotationList(annotation: EdfWriterAnnotation, onset: Ticks): string {
  const { duration, text: label } = annotation
  if (!Number.isSafeInteger(onset)) refuse('An annotation has no onset in seconds.')
  if (duration !== null && !(duration >= 0 && Number.isSafeInteger(ticksFromSeconds(duration)))) {
    refuse('An annotation has a duration that is not 0 s or more.')
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: EDF+ allows tab, line feed and return, and no other
  if (label === '' || /[\0-\x08\x0b\x0c\x0e-\x1f]/.test(label)) {
    refuse('An annotation text must not be empty nor hold control characters.')
  }
  if (!label.isWellFormed()) refuse('An annotation text holds half a character.')
  const sign = onset < 0 ? '-' : '+'
  const length = duration === null ? '' : `\x15${formatTicks(ticksFromSeconds(duration))}`
  return `${sign}${formatTicks(Math.abs(onset) as Ticks)}${length}\x14${label}\x14\0`
}

/** Seconds in plain decimals, to 100 ns, without trailing zeros. */
function formatTicks(value: Ticks): string {
  const whole = Math.floor(value / TICKS_PER_SECOND)
  const rest = value - whole * TICKS_PER_SECOND
  if (rest === 0) return String(whole)
  return `${whole}.${String(rest).padStart(7, '0').replace(/0+$/, '')}`
}
