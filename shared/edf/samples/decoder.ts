/**
 * Displayed 16-bit samples through edfdecoder, the only place that knows it. It decodes whole files, takes a
 * header at its word and scales to 32-bit floats; so it is handed a miniature EDF made for the purpose: one
 * record that holds exactly the samples wanted, behind a header without oddities. Its digital values are
 * exact, and physical ones are computed from them in double precision.
 */
import * as imported from 'edfdecoder'
import { ReviewError } from '../../failure.ts'
import {
  FILE_FIELDS,
  FIXED_HEADER_BYTES,
  type SIGNAL_FIELDS,
  SIGNAL_HEADER_BYTES,
  signalFieldOffset,
} from '../header/layout.ts'

// A UMD module: loaded as it is, its exports are on `default`; bundled, they may be on the namespace itself.
const EdfDecoder = imported.EdfDecoder ?? imported.default.EdfDecoder

/** A miniature EDF to be filled: the bytes of signal k go to `data` from `offsets[k]` on. */
export type Miniature = {
  readonly buffer: ArrayBuffer
  readonly data: Uint8Array
  readonly offsets: readonly number[]
}

/** An empty miniature for these numbers of samples, each at least 1 and at most 99,999,999. */
export function createMiniature(counts: readonly number[]): Miniature {
  const headerBytes = FIXED_HEADER_BYTES + SIGNAL_HEADER_BYTES * counts.length
  const offsets: number[] = []
  let bytes = 0
  for (const count of counts) {
    offsets.push(bytes)
    bytes += 2 * count
  }
  const buffer = new ArrayBuffer(headerBytes + bytes)
  writeHeader(new Uint8Array(buffer, 0, headerBytes), counts)
  return { buffer, data: new Uint8Array(buffer, headerBytes), offsets }
}

/** The digital samples of each of its `signals` signals. */
export function decodeMiniature(miniature: Miniature, signals: number): readonly Int16Array[] {
  const decoder = new EdfDecoder()
  decoder.setInput(miniature.buffer)
  decoder.decode()
  const output = decoder.getOutput()
  const decoded: Int16Array[] = []
  for (let index = 0; index < signals; index++) {
    const signal = output?.getRawSignal(index, 0)
    if (signal === null || signal === undefined)
      throw new ReviewError('internal', 'The samples could not be decoded.')
    decoded.push(signal)
  }
  return decoded
}

function writeHeader(header: Uint8Array, counts: readonly number[]): void {
  header.fill(0x20)
  const write = (offset: number, text: string) => {
    for (let i = 0; i < text.length; i++) header[offset + i] = text.charCodeAt(i)
  }
  write(FILE_FIELDS.version.offset, '0')
  write(FILE_FIELDS.startDate.offset, '01.01.85')
  write(FILE_FIELDS.startTime.offset, '00.00.00')
  write(FILE_FIELDS.headerBytes.offset, String(header.length))
  write(FILE_FIELDS.records.offset, '1')
  write(FILE_FIELDS.recordDuration.offset, '1')
  write(FILE_FIELDS.signals.offset, String(counts.length))
  for (const [index, count] of counts.entries()) {
    const field = (name: keyof typeof SIGNAL_FIELDS, text: string) =>
      write(signalFieldOffset(name, counts.length, index), text)
    field('physicalMin', '-32768')
    field('physicalMax', '32767')
    field('digitalMin', '-32768')
    field('digitalMax', '32767')
    field('samplesPerRecord', String(count))
  }
}
