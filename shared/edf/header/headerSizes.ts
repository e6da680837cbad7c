/**
 * Where the data lie, decided from the header's claims and the file's length: a claim is believed only where
 * the length bears it out.
 */
import { ReviewError } from '../../failure.ts'
import { parseInteger } from './fields.ts'
import type { Finding } from './finding.ts'
import { type Family, FILE_FIELDS, readField } from './layout.ts'
import type { SignalDraft } from './signalDraft.ts'
import { quote } from './text.ts'

export type FileFacts = {
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

/** Whether every field that the samples hang on reads, and the records fill the file (where counted, so many). */
export function fitsThroughout(drafts: readonly SignalDraft[], family: Family, facts: FileFacts): boolean {
  const reads = drafts.every(
    ({ samplesPerRecord, scaling, kind }) =>
      samplesPerRecord !== null && (scaling === 'calibrated' || kind === 'annotations'),
  )
  if (!reads) return false
  const { byteLength, ownHeaderBytes, claimedRecords } = facts
  const samples = drafts.reduce((sum, { samplesPerRecord }) => sum + (samplesPerRecord ?? 0), 0)
  const records = (byteLength - ownHeaderBytes) / (samples * (family === 'EDF' ? 2 : 3))
  return Number.isInteger(records) && records >= 1 && (claimedRecords === -1 || claimedRecords === records)
}

export function decideSampleSize(
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

export function decideHeaderBytes(
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
export function decideSampleCounts(
  drafts: readonly SignalDraft[],
  signalCount: number,
  bytesPerSample: 2 | 3,
  facts: {
    readonly dataBytes: number
    readonly claimedRecords: number | null
    /** The number of signals that the header's length is that of. */
    readonly impliedSignals: number | null
  },
  findings: Finding[],
): readonly number[] {
  const unreadable = drafts.flatMap((draft, index) => (draft.samplesPerRecord === null ? [index] : []))
  const counts = drafts.map((draft) => draft.samplesPerRecord ?? 0)
  const [index] = unreadable
  if (index === undefined) return counts
  const draft = drafts[index]
  const { dataBytes, claimedRecords, impliedSignals } = facts
  // With the wrong number of signals, fields are read from other fields or from samples: none is quoted.
  if (impliedSignals !== null && impliedSignals !== signalCount) {
    throw new ReviewError(
      'damaged',
      `The header is damaged: its number of signals is ${signalCount}, its length of ${256 * (impliedSignals + 1)} bytes is that of ${impliedSignals}, so where the samples lie cannot be told.`,
    )
  }
  const refusal = () =>
    new ReviewError(
      'damaged',
      `The header is damaged: the number of samples of signal ${index} is ${quote(draft?.samplesText ?? '')}, so where the samples lie cannot be told.`,
    )
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

export function noteRecordCount(
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
      clause: 'EDF+ 2.1.3 (10): number of data records',
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
      found: `${trailingBytes} byte${trailingBytes > 1 ? 's' : ''} after the last whole data record`,
      expected: 'whole data records only',
      howRead: 'these bytes are left out',
    })
  }
}
