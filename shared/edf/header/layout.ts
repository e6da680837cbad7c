/** Where things lie: the fields of a header and the signals of a data record. EDF (Kemp 1992), table 1. */
import type { CodePage } from './codePages.ts'
import type { Header } from './model.ts'
import { cleanField, decodeText } from './text.ts'

/** Bytes of the part of the header that does not depend on the number of signals. */
export const FIXED_HEADER_BYTES = 256
/** Bytes of header a signal adds. */
export const SIGNAL_HEADER_BYTES = 256

export const FILE_FIELDS = {
  version: { offset: 0, length: 8 },
  patient: { offset: 8, length: 80 },
  recording: { offset: 88, length: 80 },
  startDate: { offset: 168, length: 8 },
  startTime: { offset: 176, length: 8 },
  headerBytes: { offset: 184, length: 8 },
  reserved: { offset: 192, length: 44 },
  records: { offset: 236, length: 8 },
  recordDuration: { offset: 244, length: 8 },
  signals: { offset: 252, length: 4 },
} as const

/** `before`: bytes a signal has in all the fields that come before this one (they are stored field by field). */
export const SIGNAL_FIELDS = {
  label: { before: 0, length: 16 },
  transducer: { before: 16, length: 80 },
  unit: { before: 96, length: 8 },
  physicalMin: { before: 104, length: 8 },
  physicalMax: { before: 112, length: 8 },
  digitalMin: { before: 120, length: 8 },
  digitalMax: { before: 128, length: 8 },
  prefilter: { before: 136, length: 80 },
  samplesPerRecord: { before: 216, length: 8 },
  reserved: { before: 224, length: 32 },
} as const

/** 16 bits a sample, or 24. */
export type Family = 'EDF' | 'BDF'

type FileField = keyof typeof FILE_FIELDS
export type SignalField = keyof typeof SIGNAL_FIELDS

export function signalFieldOffset(field: SignalField, signals: number, index: number): number {
  const { before, length } = SIGNAL_FIELDS[field]
  return FIXED_HEADER_BYTES + signals * before + index * length
}

/** The text of a field of the file's own part of the header, without its padding. */
export function readField(bytes: Uint8Array, field: FileField, page?: CodePage): string {
  const { offset, length } = FILE_FIELDS[field]
  return cleanField(decodeText(bytes.subarray(offset, offset + length), page).text)
}

const offsetsOf = new WeakMap<Header, readonly number[]>()

/** Byte offset of every signal's samples within a data record. */
export function signalOffsets(header: Header): readonly number[] {
  const known = offsetsOf.get(header)
  if (known !== undefined) return known
  const offsets: number[] = []
  let offset = 0
  for (const signal of header.signals) {
    offsets.push(offset)
    offset += signal.samplesPerRecord * header.bytesPerSample
  }
  offsetsOf.set(header, offsets)
  return offsets
}

/** Byte offset of a data record in the file. */
export function recordOffset(header: Header, record: number): number {
  return header.headerBytes + record * header.recordBytes
}
