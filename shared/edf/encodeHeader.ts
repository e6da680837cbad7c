/**
 * The header of an EDF+ or BDF+ file from its fields as texts, for what is made of another recording: numbers go along as
 * they are written there. For the reader: `encodeHeader`.
 */
import { ReviewError } from '../failure.ts'
import { SIGNAL_FIELDS, SIGNAL_HEADER_BYTES, type SignalField } from './header/layout.ts'
import { headerField } from './writer.ts'

/** The fields of one signal, each as it stands in the header, without its padding. */
export type SignalCells = Readonly<Record<SignalField, string>>

export type HeaderCells = {
  readonly family: 'EDF' | 'BDF'
  /** Bytes 8 to 183: patient, recording, date and time. */
  readonly identification: string
  /** `EDF+C`, `BDF+D`. */
  readonly reserved: string
  readonly records: number
  /** Seconds, as they are written. */
  readonly recordDuration: string
  readonly signals: readonly SignalCells[]
}

/** Throws ReviewError `bad-input` for a field that is too long or no printable ASCII, or more signals than fit. */
export function encodeHeader(cells: HeaderCells): Uint8Array {
  const { family, signals } = cells
  if (signals.length > 9999) throw new ReviewError('bad-input', 'The number of signals does not fit.')
  const names = Object.keys(SIGNAL_FIELDS) as SignalField[]
  const columns = names.flatMap((name) =>
    signals.map((signal) => headerField(name, signal[name], SIGNAL_FIELDS[name].length)),
  )
  const text = [
    headerField('version', '0', 8),
    cells.identification,
    headerField('header bytes', String(SIGNAL_HEADER_BYTES * (signals.length + 1)), 8),
    headerField('reserved', cells.reserved, 44),
    headerField('number of records', String(cells.records), 8),
    headerField('record duration', cells.recordDuration, 8),
    headerField('number of signals', String(signals.length), 4),
    ...columns,
  ].join('')
  const bytes = new TextEncoder().encode(text)
  if (family === 'BDF') bytes.set([0xff, ...new TextEncoder().encode('BIOSEMI')], 0)
  return bytes
}

/** The annotation signal's own fields (EDF+ 2.2.1), with room for so many samples a record. */
export function annotationCells(family: HeaderCells['family'], samples: number): SignalCells {
  const limit = family === 'EDF' ? 32768 : 8388608
  return {
    ...{ label: `${family} Annotations`, transducer: '', unit: '', physicalMin: '-1', physicalMax: '1' },
    ...{ digitalMin: String(-limit), digitalMax: String(limit - 1), prefilter: '' },
    ...{ samplesPerRecord: String(samples), reserved: '' },
  }
}

/** A number of a header as written, where it is a decimal one; a comma becomes the point it stands for. null: it is none. */
export function plainNumber(text: string): string | null {
  const plain = text.replace(/[\s\0]/g, '').replace(',', '.')
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? plain : null
}
