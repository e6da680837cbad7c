/** The channels of a clip: which of a recording's can be written strictly, and the header fields of each. */
import { plainNumber, type SignalCells } from '../edf/encodeHeader.ts'
import { SIGNAL_FIELDS, type SignalField, signalFieldOffset } from '../edf/header/layout.ts'
import type { Header, SignalHeader, SignalKind } from '../edf/header/model.ts'
import { latin1 } from '../edf/header/text.ts'
import { ReviewError } from '../failure.ts'
import type { TextGate } from './texts.ts'

/** Why EDF+ has no way to write a signal of this recording; null: it has. `raw`: the header's own bytes. */
export function whyNotWritable(header: Header, raw: Uint8Array, signal: SignalHeader): string | null {
  if (signal.samplesPerRecord === 0 || signal.scaling === 'unusable') return 'it has no samples'
  // In a plain EDF file they are samples like any other, and whatever is written in them would go along unread.
  if (/annotation/i.test(signal.label)) return 'it is called annotations, and its samples may be texts'
  if (header.recordDuration <= 0) return 'its samples have no time'
  const cell = (field: SignalField) => plainNumber(cellOf(raw, field, signal.index, header.signals.length))
  const [low, high, top, bottom] = (['digitalMin', 'digitalMax', 'physicalMax', 'physicalMin'] as const).map(
    cell,
  )
  if (low == null || high == null || top == null || bottom == null) return 'its range is no plain numbers'
  const extreme = header.bytesPerSample === 2 ? 32768 : 8388608
  const digital = [low, high].map(Number)
  if (!digital.every(Number.isInteger)) return 'its digital range is no whole numbers'
  if (!(Number(low) < Number(high))) return 'its digital minimum is not below its maximum'
  if (digital.some((value) => value < -extreme || value >= extreme))
    return `its digital range is wider than ${8 * header.bytesPerSample} bits`
  if (Number(top) === Number(bottom)) return 'its physical minimum and maximum are the same'
  return null
}

/**
 * The signals of a clip in the header's order: those asked for, or all that can be written. Throws ReviewError `bad-input`
 * for none, for one that there is not, and for one that cannot be written.
 */
export function chooseSignals(
  header: Header,
  raw: Uint8Array,
  asked: readonly number[] | null,
): readonly SignalHeader[] {
  const ordinary = header.signals.filter(({ kind }) => kind !== 'annotations')
  if (asked === null) {
    const writable = ordinary.filter((signal) => whyNotWritable(header, raw, signal) === null)
    if (writable.length > 0) return writable
    const why = ordinary[0] === undefined ? 'it has none' : whyNotWritable(header, raw, ordinary[0])
    throw new ReviewError('unsupported', `No channel of this recording can be written as EDF+: ${why}.`)
  }
  const none = asked.find((index) => !ordinary.some((signal) => signal.index === index))
  if (none !== undefined) {
    throw new ReviewError(
      'bad-input',
      `There is no channel ${none} with samples in this recording: choose others.`,
    )
  }
  const chosen = ordinary.filter(({ index }) => asked.includes(index))
  if (chosen.length === 0)
    throw new ReviewError('bad-input', 'A clip needs one channel at least: choose some.')
  for (const signal of chosen) {
    const why = whyNotWritable(header, raw, signal)
    if (why === null) continue
    throw new ReviewError(
      'bad-input',
      `Channel ${signal.index} (${signal.label}) cannot be written as EDF+: ${why}. Leave it out.`,
    )
  }
  return chosen
}

/** What a channel is called whose label stays behind: what it records, and its place among the recording's. */
const NEUTRAL: Readonly<Record<SignalKind, string>> = {
  ...{
    eeg: 'EEG',
    eog: 'EOG',
    emg: 'EMG',
    ecg: 'ECG',
    respiration: 'Resp',
    status: 'Trigger',
    other: 'Signal',
  },
  annotations: 'Signal',
}

type Chosen = { readonly header: Header; readonly raw: Uint8Array; readonly signals: readonly SignalHeader[] }

/** The fields of each, samples a record left to the grid. Ranges as they are written, texts as far as they go. */
export function channelCells(
  { header, raw, signals }: Chosen,
  gate: TextGate,
): readonly Omit<SignalCells, 'samplesPerRecord'>[] {
  const labels = signals.map(({ label }) =>
    label !== '' && gate.goes('label', label) ? asciiOf(label, 16) : null,
  )
  const taken = new Set(labels)
  return signals.map((signal, slot) => {
    const { index, unit, transducer, prefilter, kind } = signal
    const number = (field: SignalField) => plainNumber(cellOf(raw, field, index, header.signals.length)) ?? ''
    return {
      label: labels[slot] ?? neutralLabel(kind, index, taken),
      transducer: gate.goes('transducer', transducer) ? asciiOf(transducer, 80) : '',
      unit: gate.goes('unit', unit) ? asciiOf(unit, 8) : '',
      physicalMin: number('physicalMin'),
      physicalMax: number('physicalMax'),
      digitalMin: number('digitalMin'),
      digitalMax: number('digitalMax'),
      prefilter: gate.goes('prefilter', prefilter) ? asciiOf(prefilter, 80) : '',
      reserved: '',
    }
  })
}

/** Whether a label is one of those. */
export function isNeutralLabel(label: string): boolean {
  return /^\S+ \d+$/.test(label) && Object.values(NEUTRAL).includes(label.replace(/ \d+$/, ''))
}

function neutralLabel(kind: SignalKind, index: number, taken: Set<string | null>): string {
  for (let number = index + 1; ; number += 1) {
    const label = `${NEUTRAL[kind]} ${number}`
    if (taken.has(label)) continue
    taken.add(label)
    return label
  }
}

/** Whether the header has something in a field that no clip has. */
export function isFilled(header: Header, raw: Uint8Array, field: SignalField, index: number): boolean {
  return /[^\s\0]/.test(cellOf(raw, field, index, header.signals.length))
}

function cellOf(raw: Uint8Array, field: SignalField, index: number, count: number): string {
  const offset = signalFieldOffset(field, count, index)
  return latin1(raw.subarray(offset, offset + SIGNAL_FIELDS[field].length))
}

/** As it stands in a header of EDF+, which has printable ASCII from its first character on. */
export function asciiOf(text: string, length: number): string {
  const plain = text
    .replaceAll('\u00b5', 'u')
    .replaceAll('\u03bc', 'u')
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]/g, '?')
  return plain.trim().slice(0, length).trimEnd()
}
