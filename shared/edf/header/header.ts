/**
 * The header of an EDF, EDF+, BDF or BDF+ file, read leniently: what differs from the standard is told as
 * a finding, what makes the samples unreadable is refused in one sentence. For the reader: `parseHeader`.
 */
import { ReviewError } from '../../failure.ts'
import type { CodePage } from './codePages.ts'
import { parseInteger, parseNumber } from './fields.ts'
import type { Finding } from './finding.ts'
import { decideHeaderBytes, decideSampleCounts, decideSampleSize, noteRecordCount } from './headerSizes.ts'
import { parseStart } from './headerStart.ts'
import { noteCharacters, noteIdentification } from './headerText.ts'
import { isBioelectric } from './kind.ts'
import { type Family, FILE_FIELDS, FIXED_HEADER_BYTES, readField, SIGNAL_HEADER_BYTES } from './layout.ts'
import type { EdfFormat, Header, SignalHeader } from './model.ts'
import { countSignals, impliedSignals, isBiosemi, settleSignals } from './signalCount.ts'
import type { SignalDraft } from './signalDraft.ts'
import { noteDigitalRanges, parseSignalHeaders } from './signalHeader.ts'
import { quote } from './text.ts'

/** More would not be a recording: marks are kept in ticks of 100 ns, which are exact to 28 years. */
const LONGEST_SECONDS = 900_000_000

export type ParsedHeader = { readonly header: Header; readonly findings: readonly Finding[] }

/** How many bytes of the file the header is, judged from its first 256; throws where it is no header at all. */
export function headerLength(fixed: Uint8Array, byteLength: number): number {
  // Where its two claims differ, the longer: reading decides between them.
  const signals = Math.max(countSignals(fixed, byteLength, []), impliedSignals(fixed, byteLength) ?? 0)
  return FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * signals
}

/**
 * Reads the header from the file's first bytes (as many as `headerLength` says, or more).
 * Throws ReviewError `not-edf` or `damaged`.
 */
export function parseHeader(bytes: Uint8Array, byteLength: number, page: CodePage = 'auto'): ParsedHeader {
  const findings: Finding[] = []
  const declared = countSignals(bytes, byteLength, findings)
  const family = parseFamily(bytes)
  const plus = parsePlus(bytes, family, findings)
  const claimedRecords = parseClaimedRecords(bytes, findings)
  const implied = impliedSignals(bytes, byteLength)
  const file = { family, plus: plus !== null, page }
  const signalCount = settleSignals(bytes, { byteLength, claimedRecords, declared, implied, file }, findings)
  noteCharacters(bytes, signalCount, findings)
  if (plus !== null) noteIdentification(bytes, findings)
  const ownHeaderBytes = FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * signalCount

  const drafts = parseSignalHeaders(bytes, signalCount, file, findings)
  const fields = { byteLength, ownHeaderBytes, claimedRecords }
  const bytesPerSample = decideSampleSize(bytes, drafts, family, fields, findings)
  noteDigitalRanges(drafts, bytesPerSample, findings)
  const headerBytes = decideHeaderBytes(bytes, drafts, bytesPerSample, fields, findings)
  const dataBytes = byteLength - headerBytes
  const counts = decideSampleCounts(
    drafts,
    signalCount,
    bytesPerSample,
    { dataBytes, claimedRecords, impliedSignals: implied },
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
  noteNoDuration(recordDuration, format, signals, findings)
  const header: Header = {
    format,
    bytesPerSample,
    patient: readField(bytes, 'patient', page),
    recording: readField(bytes, 'recording', page),
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

function parseFamily(bytes: Uint8Array): Family {
  if (isBiosemi(bytes)) return 'BDF'
  if (readField(bytes, 'version') === '0') return 'EDF'
  const reserved = readField(bytes, 'reserved')
  return bytes[0] === 0xff || /^(?:BDF\+|24 ?BIT)/i.test(reserved) ? 'BDF' : 'EDF'
}

type Plus = 'C' | 'D'

function parsePlus(bytes: Uint8Array, family: Family, findings: Finding[]): Plus | null {
  const reserved = readField(bytes, 'reserved')
  const match = /^([EB])DF\+([CD])?/i.exec(reserved)
  if (match === null) {
    if (family === 'BDF' && reserved !== '24BIT') {
      findings.push({
        code: 'reserved',
        clause: 'BDF: reserved field',
        field: 'Reserved field',
        byteOffset: FILE_FIELDS.reserved.offset,
        found: quote(reserved),
        expected: '"24BIT", "BDF+C" or "BDF+D"',
        howRead: 'read as BDF',
        minor: true,
      })
    }
    return null
  }
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
  // Shorter than a tick of 100 ns, a record could not be told from the next.
  if (value === null || value < 0 || (value > 0 && value < 1e-7)) {
    findings.push({ ...asked, howRead: 'the samples have no time axis and cannot be plotted' })
    return 0
  }
  if (oddity !== null) findings.push({ ...asked, howRead: `${oddity}, read as ${value} s` })
  return value
}

function noteNoDuration(
  recordDuration: number,
  format: EdfFormat,
  signals: readonly SignalHeader[],
  findings: Finding[],
): void {
  const ordinary = signals.filter((signal) => signal.kind !== 'annotations' && signal.samplesPerRecord > 0)
  if (recordDuration > 0 || ordinary.length === 0) return
  if (findings.some((finding) => finding.code === 'record-duration')) return
  // EDF+ 2.1.2 asks for 0 where a discontinuous file holds one sample of each signal in a record.
  const legal = format.endsWith('+D') && ordinary.every((signal) => signal.samplesPerRecord === 1)
  findings.push({
    code: 'record-duration',
    clause: 'EDF+ 2.1.2: duration 0 without ordinary signals',
    field: 'Duration of a data record',
    byteOffset: FILE_FIELDS.recordDuration.offset,
    found: `0 s with ${ordinary.length} ordinary signal${ordinary.length > 1 ? 's' : ''}`,
    expected: 'more than 0 s where samples are to be plotted',
    howRead: 'the annotations are read; the samples have no time axis and cannot be plotted',
    legal,
  })
}

/** One value a second or fewer is a trend (a mean, an envelope, a rate), whatever the signal is named after. */
const TREND_RATE = 1

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
  const sampleRate = recordDuration > 0 && usable ? samplesPerRecord / recordDuration : null
  const isTrend = sampleRate !== null && sampleRate <= TREND_RATE && isBioelectric(draft.kind)
  return {
    index,
    label: draft.label,
    kind: isTrend ? 'other' : draft.kind,
    transducer: draft.transducer,
    unit: draft.scaling === 'calibrated' ? draft.unit : '',
    prefilter: draft.prefilter,
    physicalMin: draft.physicalMin,
    physicalMax: draft.physicalMax,
    digitalMin: draft.digitalMin,
    digitalMax: draft.digitalMax,
    samplesPerRecord,
    sampleRate,
    samples: samplesPerRecord * records,
    scaling: usable ? draft.scaling : 'unusable',
    problem: usable ? draft.problem : 'The header gives this signal no samples.',
  }
}
