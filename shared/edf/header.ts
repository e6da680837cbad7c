/**
 * The header of an EDF, EDF+, BDF or BDF+ file, read leniently: what differs from the standard is told as
 * a finding, what makes the samples unreadable is refused in one sentence. For the reader: `parseHeader`.
 */
import { ReviewError } from '../failure.ts'
import { formatStart, parseDate, parseInteger, parseNamedDate, parseNumber, parseTime } from './fields.ts'
import type { Finding } from './finding.ts'
import { describeForeign } from './foreign.ts'
import { FILE_FIELDS, FIXED_HEADER_BYTES, type FileField, SIGNAL_HEADER_BYTES } from './layout.ts'
import type { EdfFormat, Header, SignalHeader } from './model.ts'
import { parseSignalHeaders, type SignalDraft } from './signalHeader.ts'
import { cleanField, decodeText, quote } from './text.ts'

/** More would not be a recording: marks are kept in ticks of 100 ns, which are exact to 28 years. */
const LONGEST_SECONDS = 900_000_000

export type ParsedHeader = { readonly header: Header; readonly findings: readonly Finding[] }

/** How many bytes of the file the header is, judged from its first 256; throws where it is no header at all. */
export function headerLength(fixed: Uint8Array, byteLength: number): number {
  return FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * countSignals(fixed, byteLength, [])
}

/**
 * Reads the header from the file's first bytes (as many as `headerLength` says, or more).
 * Throws ReviewError `not-edf` or `damaged`.
 */
export function parseHeader(bytes: Uint8Array, byteLength: number): ParsedHeader {
  const findings: Finding[] = []
  const signalCount = countSignals(bytes, byteLength, findings)
  const family = parseFamily(bytes, findings)
  const plus = parsePlus(bytes, family, findings)
  const claimedRecords = parseClaimedRecords(bytes, findings)
  const ownHeaderBytes = FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * signalCount

  const drafts = parseSignalHeaders(bytes, signalCount, { family, plus: plus !== null }, findings)
  const fields = { byteLength, ownHeaderBytes, claimedRecords }
  const bytesPerSample = decideSampleSize(bytes, drafts, family, fields, findings)
  const headerBytes = decideHeaderBytes(bytes, drafts, bytesPerSample, fields, findings)
  const dataBytes = byteLength - headerBytes
  const counts = decideSampleCounts(
    drafts,
    signalCount,
    bytesPerSample,
    { dataBytes, claimedRecords },
    findings,
  )

  const recordBytes = counts.reduce((sum, count) => sum + count, 0) * bytesPerSample
  const records = recordBytes === 0 ? 0 : Math.floor(dataBytes / recordBytes)
  const trailingBytes = dataBytes - records * recordBytes
  noteRecordCount({ claimedRecords, records, trailingBytes, recordBytes, byteLength, headerBytes }, findings)

  const format = decideFormat(bytesPerSample, plus, drafts, findings)
  const recordDuration = parseRecordDuration(bytes, findings)
  if (recordDuration * records > LONGEST_SECONDS) {
    const years = Math.round((recordDuration * records) / 31_557_600)
    throw new ReviewError(
      'damaged',
      `The header is damaged: ${records} data records of ${recordDuration} s would last ${years} years.`,
    )
  }
  const signals = drafts.map((draft, index) =>
    finishSignal(draft, { index, samplesPerRecord: counts[index] ?? 0, recordDuration, records }),
  )
  noteNoDuration(recordDuration, signals, findings)
  const header: Header = {
    format,
    bytesPerSample,
    patient: readField(bytes, 'patient'),
    recording: readField(bytes, 'recording'),
    start: parseStart(bytes, plus !== null, findings),
    headerBytes,
    recordBytes,
    recordDuration,
    records,
    claimedRecords,
    trailingBytes,
    signals,
  }
  return { header, findings }
}

type Family = 'EDF' | 'BDF'

function readField(bytes: Uint8Array, field: FileField): string {
  const { offset, length } = FILE_FIELDS[field]
  return cleanField(decodeText(bytes.subarray(offset, offset + length)).text)
}

function isBiosemi(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && /^biosemi$/i.test(String.fromCharCode(...bytes.subarray(1, 8)))
}

/** The number of signals, which everything else hangs on; throws where the file shows no header. */
function countSignals(bytes: Uint8Array, byteLength: number, findings: Finding[]): number {
  const foreign = describeForeign(bytes, byteLength)
  if (foreign !== null) throw new ReviewError('not-edf', foreign)
  if (bytes.length < FIXED_HEADER_BYTES) {
    throw new ReviewError(
      'not-edf',
      `Not an EDF or BDF file: it has only ${byteLength} bytes, a header has at least 256.`,
    )
  }
  const declared = parseInteger(readField(bytes, 'signals')).value
  const headerField = parseInteger(readField(bytes, 'headerBytes')).value
  const implied = headerField !== null && headerField % 256 === 0 ? headerField / 256 - 1 : null
  const version = readField(bytes, 'version')
  const known = version === '0' || isBiosemi(bytes)
  const usable = (count: number | null) => count !== null && count >= 1 && count <= 9999
  const fits = (count: number | null) =>
    usable(count) && FIXED_HEADER_BYTES + 256 * (count ?? 0) <= byteLength

  if (!known && !(fits(declared) && declared === implied)) {
    throw new ReviewError('not-edf', 'Not an EDF or BDF file: it does not begin with the header of one.')
  }
  if (!known) {
    findings.push({
      code: 'version',
      clause: 'EDF: version of this data format',
      field: 'Version',
      byteOffset: 0,
      found: quote(version),
      expected: '"0" (EDF) or 0xFF "BIOSEMI" (BDF)',
      howRead: 'read as an EDF header, which the rest of it is',
    })
  }
  if (fits(declared)) return declared as number
  const found = quote(readField(bytes, 'signals'))
  if (fits(implied)) {
    findings.push({
      code: 'signal-count',
      clause: 'EDF: number of signals',
      field: 'Number of signals',
      byteOffset: FILE_FIELDS.signals.offset,
      found,
      expected: 'a whole number from 1 to 9999',
      howRead: `read as ${implied} signals, as the header's length says`,
    })
    return implied as number
  }
  if (usable(declared)) {
    throw new ReviewError(
      'damaged',
      `The file is cut off inside its header: ${declared} signals need ${256 * ((declared ?? 0) + 1)} bytes of header, the file has ${byteLength} bytes.`,
    )
  }
  throw new ReviewError('damaged', `The header is damaged: its number of signals is ${found}.`)
}

function parseFamily(bytes: Uint8Array, findings: Finding[]): Family {
  if (isBiosemi(bytes)) return 'BDF'
  if (readField(bytes, 'version') === '0') return 'EDF'
  const reserved = readField(bytes, 'reserved')
  findings.push()
  return bytes[0] === 0xff || /^(?:BDF\+|24 ?BIT)/i.test(reserved) ? 'BDF' : 'EDF'
}

type Plus = 'C' | 'D'

function parsePlus(bytes: Uint8Array, family: Family, findings: Finding[]): Plus | null {
  const reserved = readField(bytes, 'reserved')
  const match = /^([EB])DF\+([CD])?/i.exec(reserved)
  if (match === null) return null
  const letter = match[2]?.toUpperCase() as Plus | undefined
  const named = `${match[1]?.toUpperCase()}DF`
  const asked = {
    clause: 'EDF+ 2.1.1: reserved field',
    field: 'Reserved field',
    byteOffset: FILE_FIELDS.reserved.offset,
    found: quote(reserved),
    expected: `"${family}+C" or "${family}+D"`,
  }
  if (letter === undefined) {
    findings.push({ ...asked, code: 'reserved', howRead: `read as ${family}+C, without gaps` })
  } else if (named !== family) {
    findings.push({ ...asked, code: 'reserved', howRead: `read as ${family}+${letter}` })
  } else if (!reserved.startsWith(`${family}+${letter}`)) {
    findings.push({ ...asked, code: 'reserved', howRead: `read as ${family}+${letter}`, minor: true })
  }
  return letter ?? 'C'
}

function parseClaimedRecords(bytes: Uint8Array, findings: Finding[]): number | null {
  const text = readField(bytes, 'records')
  const { value, oddity } = parseInteger(text)
  if (value === null || oddity !== null) {
    findings.push({
      code: 'record-count',
      clause: 'EDF: number of data records',
      field: 'Number of data records',
      byteOffset: FILE_FIELDS.records.offset,
      found: quote(text),
      expected: 'a whole number',
      howRead: value === null ? "counted from the file's length" : `read as ${value}`,
    })
  }
  return value
}

type FileFacts = {
  readonly byteLength: number
  readonly ownHeaderBytes: number
  readonly claimedRecords: number | null
}

/** Whether the claimed records, at this sample size and header length, fill the file to the byte. */
function fillsFile(
  drafts: readonly SignalDraft[],
  sampleBytes: number,
  headerBytes: number,
  facts: FileFacts,
): boolean {
  const { claimedRecords, byteLength } = facts
  if (claimedRecords === null || claimedRecords < 1) return false
  const samples = drafts.reduce((sum, draft) => sum + (draft.samplesPerRecord ?? Number.NaN), 0)
  return samples > 0 && headerBytes + claimedRecords * samples * sampleBytes === byteLength
}

function decideSampleSize(
  bytes: Uint8Array,
  drafts: readonly SignalDraft[],
  family: Family,
  facts: FileFacts,
  findings: Finding[],
): 2 | 3 {
  const own = family === 'EDF' ? 2 : 3
  const other = family === 'EDF' ? 3 : 2
  const reserved = readField(bytes, 'reserved')
  const saysOther = family === 'EDF' ? /^(?:BDF\+|24 ?BIT)/i.test(reserved) : /^EDF\+/i.test(reserved)
  const proven =
    saysOther &&
    fillsFile(drafts, other, facts.ownHeaderBytes, facts) &&
    !fillsFile(drafts, own, facts.ownHeaderBytes, facts)
  if (!proven) return own
  findings.push({
    code: 'version',
    clause: 'EDF: version of this data format',
    field: 'Version',
    byteOffset: 0,
    found: `the mark of ${family} in a file whose length and reserved field are those of ${other}-byte samples`,
    expected: other === 3 ? '0xFF "BIOSEMI"' : '"0"',
    howRead: `read as ${other === 3 ? 'BDF, 24 bits a sample' : 'EDF, 16 bits a sample'}`,
  })
  return other
}

function decideHeaderBytes(
  bytes: Uint8Array,
  drafts: readonly SignalDraft[],
  bytesPerSample: 2 | 3,
  facts: FileFacts,
  findings: Finding[],
): number {
  const text = readField(bytes, 'headerBytes')
  const { value } = parseInteger(text)
  const { ownHeaderBytes, byteLength } = facts
  if (value === ownHeaderBytes && /^\d+$/.test(text)) return ownHeaderBytes
  const elsewhere =
    value !== null &&
    value > ownHeaderBytes &&
    value <= byteLength &&
    fillsFile(drafts, bytesPerSample, value, facts) &&
    !fillsFile(drafts, bytesPerSample, ownHeaderBytes, facts)
  const used = elsewhere ? value : ownHeaderBytes
  findings.push({
    code: 'header-bytes',
    clause: 'EDF: number of bytes in header record',
    field: 'Number of header bytes',
    byteOffset: FILE_FIELDS.headerBytes.offset,
    found: quote(text),
    expected: `${ownHeaderBytes} (256 for the file and 256 for each of ${drafts.length} signals)`,
    howRead: `samples read from byte ${used}${elsewhere ? ", where the data records fit the file's length" : ''}`,
    ...(value === used && !elsewhere ? { minor: true } : {}),
  })
  return used
}

/** Samples a record of each signal; a single unreadable one is worked out from the file's length. */
function decideSampleCounts(
  drafts: readonly SignalDraft[],
  signalCount: number,
  bytesPerSample: 2 | 3,
  facts: { readonly dataBytes: number; readonly claimedRecords: number | null },
  findings: Finding[],
): readonly number[] {
  const unreadable = drafts.flatMap((draft, index) => (draft.samplesPerRecord === null ? [index] : []))
  const counts = drafts.map((draft) => draft.samplesPerRecord ?? 0)
  const [index] = unreadable
  if (index === undefined) return counts
  const draft = drafts[index]
  const refusal = () =>
    new ReviewError(
      'damaged',
      `The header is damaged: the number of samples of signal ${index} is ${quote(draft?.samplesText ?? '')}, so where the samples lie cannot be told.`,
    )
  const { dataBytes, claimedRecords } = facts
  if (unreadable.length > 1 || claimedRecords === null || claimedRecords < 1) throw refusal()
  const recordSamples = dataBytes / claimedRecords / bytesPerSample
  const missing = recordSamples - counts.reduce((sum, count) => sum + count, 0)
  if (!Number.isInteger(missing) || missing < 1) throw refusal()
  findings.push({
    code: 'samples-per-record',
    clause: 'EDF: number of samples in each data record',
    field: 'Samples in a data record',
    byteOffset: draft?.samplesOffset(signalCount) ?? null,
    found: quote(draft?.samplesText ?? ''),
    expected: 'a whole number',
    howRead: `read as ${missing}, which the file's length leaves`,
    signal: index,
  })
  counts[index] = missing
  return counts
}

function noteRecordCount(
  facts: {
    readonly claimedRecords: number | null
    readonly records: number
    readonly trailingBytes: number
    readonly recordBytes: number
    readonly byteLength: number
    readonly headerBytes: number
  },
  findings: Finding[],
): void {
  const { claimedRecords, records, trailingBytes, recordBytes, byteLength } = facts
  if (claimedRecords !== null && claimedRecords > 0 && records === 0 && recordBytes > 0) {
    throw new ReviewError(
      'damaged',
      `The file is cut off or its header damaged: a data record needs ${recordBytes} bytes, ${byteLength - facts.headerBytes} follow the header.`,
    )
  }
  const asked = {
    clause: 'EDF: number of data records',
    field: 'Number of data records',
    byteOffset: FILE_FIELDS.records.offset,
    expected: `${records}, which the file holds`,
  }
  if (claimedRecords === -1) {
    findings.push({
      ...asked,
      code: 'record-count',
      found: '-1 (still recording, or not closed)',
      howRead: `${records} whole records read`,
    })
  } else if (claimedRecords !== null && claimedRecords !== records) {
    findings.push({
      ...asked,
      code: 'record-count',
      found: `${claimedRecords}`,
      howRead:
        claimedRecords > records
          ? `the end is missing, ${records} records read`
          : `all ${records} records read`,
    })
  }
  if (trailingBytes > 0) {
    findings.push({
      code: 'trailing-bytes',
      clause: 'EDF: data records',
      field: 'End of the file',
      byteOffset: byteLength - trailingBytes,
      found: `${trailingBytes} bytes after the last whole data record`,
      expected: 'whole data records only',
      howRead: 'these bytes are left out',
    })
  }
}

function decideFormat(
  bytesPerSample: 2 | 3,
  plus: Plus | null,
  drafts: readonly SignalDraft[],
  findings: Finding[],
): EdfFormat {
  const family = bytesPerSample === 2 ? 'EDF' : 'BDF'
  if (plus === null) return family
  if (!drafts.some((draft) => draft.kind === 'annotations')) {
    if (plus === 'D') {
      throw new ReviewError(
        'damaged',
        `The recording has gaps (${family}+D), but no signal that says when each record was made: ask for an export as continuous EDF.`,
      )
    }
    findings.push({
      code: 'no-annotation-signal',
      clause: 'EDF+ 2.2: annotation signal',
      field: 'Signals',
      byteOffset: FIXED_HEADER_BYTES,
      found: 'no annotation signal',
      expected: `a signal labelled "${family} Annotations" in ${family}+`,
      howRead: 'read as one run of records without annotations',
    })
  }
  return `${family}+${plus}`
}

function parseRecordDuration(bytes: Uint8Array, findings: Finding[]): number {
  const text = readField(bytes, 'recordDuration')
  const { value, oddity } = parseNumber(text)
  const asked = {
    code: 'record-duration',
    clause: 'EDF: duration of a data record, in seconds',
    field: 'Duration of a data record',
    byteOffset: FILE_FIELDS.recordDuration.offset,
    found: quote(text),
    expected: 'seconds, as a number with a decimal point',
  }
  if (value === null || value < 0) {
    findings.push({ ...asked, howRead: 'the samples have no time axis and cannot be plotted' })
    return 0
  }
  if (oddity !== null) findings.push({ ...asked, howRead: `${oddity}, read as ${value} s` })
  return value
}

function noteNoDuration(recordDuration: number, signals: readonly SignalHeader[], findings: Finding[]): void {
  const ordinary = signals.filter((signal) => signal.kind !== 'annotations' && signal.samplesPerRecord > 0)
  if (recordDuration > 0 || ordinary.length === 0) return
  if (findings.some((finding) => finding.code === 'record-duration')) return
  findings.push({
    code: 'record-duration',
    clause: 'EDF+ 2.2.2: files with annotations only',
    field: 'Duration of a data record',
    byteOffset: FILE_FIELDS.recordDuration.offset,
    found: `0 s with ${ordinary.length} ordinary signal${ordinary.length > 1 ? 's' : ''}`,
    expected: 'more than 0 s where there are samples',
    howRead: 'the annotations are read; the samples have no time axis and cannot be plotted',
  })
}

function finishSignal(
  draft: SignalDraft,
  facts: {
    readonly index: number
    readonly samplesPerRecord: number
    readonly recordDuration: number
    readonly records: number
  },
): SignalHeader {
  const { index, samplesPerRecord, recordDuration, records } = facts
  const usable = samplesPerRecord > 0
  return {
    index,
    label: draft.label,
    kind: draft.kind,
    transducer: draft.transducer,
    unit: draft.scaling === 'calibrated' ? draft.unit : '',
    prefilter: draft.prefilter,
    physicalMin: draft.physicalMin,
    physicalMax: draft.physicalMax,
    digitalMin: draft.digitalMin,
    digitalMax: draft.digitalMax,
    samplesPerRecord,
    sampleRate: recordDuration > 0 && usable ? samplesPerRecord / recordDuration : null,
    samples: samplesPerRecord * records,
    scaling: usable ? draft.scaling : 'unusable',
    problem: usable ? draft.problem : 'The header gives this signal no samples.',
  }
}

/** Local date and time at the patient; EDF+ `Startdate` wins over the two-digit year of the field. */
function parseStart(bytes: Uint8Array, plus: boolean, findings: Finding[]): string | null {
  const dateText = readField(bytes, 'startDate')
  const timeText = readField(bytes, 'startTime')
  const parsed = parseDate(dateText)
  const time = parseTime(timeText)
  const subfield = /^Startdate +(\S+)/i.exec(readField(bytes, 'recording'))?.[1]
  const named = subfield === undefined ? null : parseNamedDate(subfield)
  const own = parsed.kind === 'date' ? parsed.date : null
  const date = plus ? (named?.date ?? own) : (own ?? named?.date ?? null)

  const asked = {
    code: 'start-date',
    clause: plus ? 'EDF+ 2.1.3 (2): startdate' : 'EDF: startdate of recording',
    field: 'Start date',
    byteOffset: FILE_FIELDS.startDate.offset,
    found: quote(dateText),
    expected: 'a date as dd.mm.yy',
  }
  const read = date === null ? 'the start is shown as unknown' : `read as ${formatDay(date)}`
  if (parsed.kind === 'none') findings.push({ ...asked, howRead: read })
  else if (parsed.kind === 'date' && !parsed.strict) findings.push({ ...asked, howRead: read })
  else if (parsed.kind === 'year-elsewhere' && date === null) findings.push({ ...asked, howRead: read })
  if (plus && named !== null && own !== null && formatDay(named.date) !== formatDay(own)) {
    findings.push({
      ...asked,
      clause: 'EDF+ 2.1.3 (4): startdate subfield',
      expected: 'the same day as the Startdate subfield',
      howRead: `the Startdate subfield is taken: ${formatDay(named.date)}`,
    })
  }
  if (time === null || !time.strict) {
    findings.push({
      code: 'start-time',
      clause: plus ? 'EDF+ 2.1.3 (2): starttime' : 'EDF: starttime of recording',
      field: 'Start time',
      byteOffset: FILE_FIELDS.startTime.offset,
      found: quote(timeText),
      expected: 'a time as hh.mm.ss',
      howRead: time === null ? 'the start is shown as unknown' : `read as ${formatClock(time.time)}`,
    })
  }
  return date === null || time === null ? null : formatStart(date, time.time)
}

function formatDay(date: Parameters<typeof formatStart>[0]): string {
  return formatStart(date, { hour: 0, minute: 0, second: 0 }).slice(0, 10)
}

function formatClock(time: Parameters<typeof formatStart>[1]): string {
  return formatStart({ year: 2000, month: 1, day: 1 }, time).slice(11)
}
