/** What the standards ask of the header's text: printable ASCII, left-justified, identification in subfields. */
import { parseNamedDate } from './fields.ts'
import type { Finding } from './finding.ts'
import { FILE_FIELDS, SIGNAL_FIELDS, signalFieldOffset } from './layout.ts'
import { latin1 } from './text.ts'

type FieldPlace = {
  readonly name: string
  readonly offset: number
  readonly length: number
  readonly signal?: number
}

const FILE_FIELD_NAMES: Readonly<Record<keyof typeof FILE_FIELDS, string>> = {
  version: 'Version',
  patient: 'Local patient identification',
  recording: 'Local recording identification',
  startDate: 'Start date',
  startTime: 'Start time',
  headerBytes: 'Number of header bytes',
  reserved: 'Reserved field',
  records: 'Number of data records',
  recordDuration: 'Duration of a data record',
  signals: 'Number of signals',
}

const SIGNAL_FIELD_NAMES: Readonly<Record<keyof typeof SIGNAL_FIELDS, string>> = {
  label: 'Label',
  transducer: 'Transducer type',
  unit: 'Physical dimension',
  physicalMin: 'Physical minimum',
  physicalMax: 'Physical maximum',
  digitalMin: 'Digital minimum',
  digitalMax: 'Digital maximum',
  prefilter: 'Prefiltering',
  samplesPerRecord: 'Samples in a data record',
  reserved: 'Reserved field',
}

function* fieldPlaces(signals: number): Generator<FieldPlace> {
  for (const [key, place] of Object.entries(FILE_FIELDS) as [keyof typeof FILE_FIELDS, FieldPlace][]) {
    yield { name: FILE_FIELD_NAMES[key], offset: place.offset, length: place.length }
  }
  for (const key of Object.keys(SIGNAL_FIELDS) as (keyof typeof SIGNAL_FIELDS)[]) {
    const { length } = SIGNAL_FIELDS[key]
    for (let signal = 0; signal < signals; signal++) {
      yield { name: SIGNAL_FIELD_NAMES[key], offset: signalFieldOffset(key, signals, signal), length, signal }
    }
  }
}

/** Bytes that are not printable ASCII, and fields that begin with a space; never the text of the field itself. */
export function noteCharacters(bytes: Uint8Array, signals: number, findings: Finding[]): void {
  for (const { name, offset, length, signal } of fieldPlaces(signals)) {
    const field = bytes.subarray(offset, offset + length)
    const own = signal === undefined ? {} : { signal }
    // BDF's version field begins with 0xFF.
    const from = offset === 0 ? 1 : 0
    const control = field.findIndex((byte, index) => index >= from && (byte < 0x20 || byte === 0x7f))
    const high = field.findIndex((byte, index) => index >= from && byte >= 0x80)
    const asked = {
      clause: 'EDF+ 2.1.3 (1): printable US-ASCII',
      field: name,
      expected: 'bytes 32 to 126',
      ...own,
    }
    if (control !== -1) {
      findings.push({
        ...asked,
        code: 'header-control',
        byteOffset: offset + control,
        found: `byte ${field[control]}`,
        howRead: 'such bytes are read as spaces',
      })
    }
    if (high !== -1) {
      findings.push({
        ...asked,
        code: 'header-ascii',
        byteOffset: offset + high,
        found: `byte ${field[high]}`,
        howRead: 'read as UTF-8 where it is that, else as Latin-1',
        minor: true,
      })
    }
    if (field[0] === 0x20 && field.some((byte) => byte > 0x20)) {
      findings.push({
        code: 'header-justified',
        clause: 'EDF: fields are left-justified',
        field: name,
        byteOffset: offset,
        found: 'a space before the text',
        expected: 'the text first, then spaces',
        howRead: 'read without the space',
        minor: true,
        ...own,
      })
    }
  }
}

/** The subfields of EDF+ identification, told by their position and never by what is in them. */
export function noteIdentification(bytes: Uint8Array, findings: Finding[]): void {
  const patient = subfields(bytes, 'patient')
  const note = (field: 'patient' | 'recording', clause: string, rest: Pick<Finding, 'found' | 'expected'>) =>
    findings.push({
      ...rest,
      code: 'identification',
      clause,
      field: FILE_FIELD_NAMES[field],
      byteOffset: FILE_FIELDS[field].offset,
      howRead: 'taken as a text',
      minor: true,
    })
  const patientClause = 'EDF+ 2.1.3 (3): local patient identification'
  const [, sex, birthdate] = patient
  if (patient.length < 4) {
    note('patient', patientClause, {
      found: `${patient.length} subfields`,
      expected: 'code, sex, birthdate and name, X where unknown',
    })
  } else if (sex !== 'F' && sex !== 'M' && sex !== 'X') {
    note('patient', patientClause, { found: 'a second subfield that is no sex', expected: 'F, M or X' })
  } else if (birthdate !== 'X' && parseNamedDate(birthdate ?? '')?.strict !== true) {
    note('patient', patientClause, {
      found: 'a third subfield that is no date',
      expected: 'dd-MMM-yyyy or X',
    })
  }
  const recording = subfields(bytes, 'recording')
  const recordingClause = 'EDF+ 2.1.3 (4): local recording identification'
  const [word, date] = recording
  if (word !== 'Startdate') {
    note('recording', recordingClause, {
      found: 'a first subfield that is not "Startdate"',
      expected: '"Startdate"',
    })
  } else if (date !== 'X' && parseNamedDate(date ?? '')?.strict !== true) {
    note('recording', recordingClause, {
      found: 'a second subfield that is no date',
      expected: 'dd-MMM-yyyy or X',
    })
  } else if (recording.length < 5) {
    note('recording', recordingClause, {
      found: `${recording.length} subfields`,
      expected: 'Startdate, date, administration code, technician and equipment, X where unknown',
    })
  }
}

function subfields(bytes: Uint8Array, field: 'patient' | 'recording'): readonly string[] {
  const { offset, length } = FILE_FIELDS[field]
  return latin1(bytes.subarray(offset, offset + length))
    .trimEnd()
    .split(' ')
}
