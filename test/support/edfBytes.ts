/**
 * EDF and BDF files byte by byte, straight from the specification and not through the product's writer:
 * every field of the header is the text it is given, so that a fixture can carry any defect. What is not
 * given is filled in as the specification asks.
 */

export type SignalBytes = {
  readonly label?: string
  readonly transducer?: string
  readonly unit?: string
  readonly physicalMin?: string
  readonly physicalMax?: string
  readonly digitalMin?: string
  readonly digitalMax?: string
  readonly prefilter?: string
  readonly samplesPerRecord?: string
  readonly reserved?: string
  /** Digital values of one record, or for an annotation signal its bytes. */
  readonly record?: (record: number) => readonly number[] | Uint8Array
}

export type FileBytes = {
  readonly version?: string
  readonly patient?: string
  readonly recording?: string
  readonly startDate?: string
  readonly startTime?: string
  readonly headerBytes?: string
  readonly reserved?: string
  readonly records?: string
  readonly recordDuration?: string
  readonly signalCount?: string
  readonly signals?: readonly SignalBytes[]
  /** Records written, whatever the header says. */
  readonly recordCount?: number
  /** Bytes after the last record. */
  readonly trailing?: Uint8Array
  readonly bytesPerSample?: 2 | 3
}

/** The bytes of the text, one a character, filled with spaces (or `fill`) to the length. */
export function fieldBytes(text: string, length: number, fill = 0x20): Uint8Array {
  const bytes = new Uint8Array(length).fill(fill)
  for (let i = 0; i < Math.min(text.length, length); i++) bytes[i] = text.charCodeAt(i)
  return bytes
}

export const BDF_VERSION = '\xffBIOSEMI'

/** One ordinary signal: 4 samples a record of 0, 1, 2 and 3 plus ten times the record's number. */
export const PLAIN_SIGNAL = {
  label: 'EEG Fp1-Ref',
  transducer: 'AgAgCl electrode',
  unit: 'uV',
  physicalMin: '-3276.8',
  physicalMax: '3276.7',
  digitalMin: '-32768',
  digitalMax: '32767',
  prefilter: 'HP:0.1Hz LP:75Hz N:50Hz',
  samplesPerRecord: '4',
  reserved: '',
  record: (record: number): readonly number[] => [0, 1, 2, 3].map((value) => value + 10 * record),
} satisfies SignalBytes

/** The bytes of a whole file. */
export function edfBytes(file: FileBytes = {}): Uint8Array<ArrayBuffer> {
  const size = file.bytesPerSample ?? (file.version === BDF_VERSION ? 3 : 2)
  const signals = (file.signals ?? [PLAIN_SIGNAL]).map((signal) => ({ ...PLAIN_SIGNAL, ...signal }))
  const records = file.recordCount ?? 3
  const header = [
    fieldBytes(file.version ?? '0', 8),
    fieldBytes(file.patient ?? 'X X X X', 80),
    fieldBytes(file.recording ?? 'Startdate 02-AUG-2016 X X X', 80),
    fieldBytes(file.startDate ?? '02.08.16', 8),
    fieldBytes(file.startTime ?? '22.15.30', 8),
    fieldBytes(file.headerBytes ?? String(256 * (signals.length + 1)), 8),
    fieldBytes(file.reserved ?? '', 44),
    fieldBytes(file.records ?? String(records), 8),
    fieldBytes(file.recordDuration ?? '1', 8),
    fieldBytes(file.signalCount ?? String(signals.length), 4),
    ...signals.map((signal) => fieldBytes(signal.label, 16)),
    ...signals.map((signal) => fieldBytes(signal.transducer, 80)),
    ...signals.map((signal) => fieldBytes(signal.unit, 8)),
    ...signals.map((signal) => fieldBytes(signal.physicalMin, 8)),
    ...signals.map((signal) => fieldBytes(signal.physicalMax, 8)),
    ...signals.map((signal) => fieldBytes(signal.digitalMin, 8)),
    ...signals.map((signal) => fieldBytes(signal.digitalMax, 8)),
    ...signals.map((signal) => fieldBytes(signal.prefilter, 80)),
    ...signals.map((signal) => fieldBytes(signal.samplesPerRecord, 8)),
    ...signals.map((signal) => fieldBytes(signal.reserved, 32)),
  ]
  const data: Uint8Array[] = []
  for (let record = 0; record < records; record++) {
    for (const signal of signals) data.push(sampleBytes(signal.record(record), size))
  }
  return concat([...header, ...data, file.trailing ?? new Uint8Array(0)])
}

/** Little-endian two's complement; bytes are left as they are. */
function sampleBytes(samples: readonly number[] | Uint8Array, size: 2 | 3): Uint8Array {
  if (samples instanceof Uint8Array) return samples
  const bytes = new Uint8Array(samples.length * size)
  for (const [index, sample] of samples.entries()) {
    for (let byte = 0; byte < size; byte++) bytes[index * size + byte] = (sample >> (8 * byte)) & 0xff
  }
  return bytes
}

/**
 * An annotation signal of `bytes` bytes a record: each record's TALs as text, one character a byte, with
 * `|` for the end of a text (byte 20), `^` before a duration (byte 21) and `_` for the end of a TAL (byte 0):
 * `+567||_+570.5^2|Recording starts|_`.
 */
export function annotationSignal(
  tals: (record: number) => string | Uint8Array,
  options: { readonly bytes?: number; readonly label?: string; readonly bytesPerSample?: 2 | 3 } = {},
): SignalBytes {
  const size = options.bytesPerSample ?? 2
  const bytes = options.bytes ?? 120
  return {
    label: options.label ?? (size === 2 ? 'EDF Annotations' : 'BDF Annotations'),
    transducer: '',
    unit: '',
    physicalMin: '-1',
    physicalMax: '1',
    digitalMin: size === 2 ? '-32768' : '-8388608',
    digitalMax: size === 2 ? '32767' : '8388607',
    prefilter: '',
    samplesPerRecord: String(bytes / size),
    record: (record) => {
      const own = tals(record)
      const filled = new Uint8Array(bytes)
      filled.set(own instanceof Uint8Array ? own : talBytes(own))
      return filled
    },
  }
}

export function talBytes(text: string): Uint8Array {
  const marks: Readonly<Record<string, number>> = { '|': 0x14, '^': 0x15, _: 0x00 }
  return Uint8Array.from(text, (character) => marks[character] ?? character.charCodeAt(0))
}

/** The same text, in UTF-8. */
export function talBytesUtf8(text: string): Uint8Array {
  const marks: Readonly<Record<number, number>> = { 124: 0x14, 94: 0x15, 95: 0x00 }
  return new TextEncoder().encode(text).map((byte) => marks[byte] ?? byte)
}

export function concat(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** The same file with a text written over it. */
export function patched(bytes: Uint8Array, offset: number, text: string): Uint8Array<ArrayBuffer> {
  const copy = Uint8Array.from(bytes)
  for (let i = 0; i < text.length; i++) copy[offset + i] = text.charCodeAt(i)
  return copy
}
