/**
 * A copy of a recording with a set's marks in it: every record byte by byte as it is, and behind it one further signal of
 * annotations. A plain EDF or BDF becomes EDF+C or BDF+C by it; a file with annotations keeps its own, record times
 * among them. Lenient reading ends here: a header that the standard forbids is refused, not passed on. For the reader:
 * `planCopy`, then `copyChunks`.
 */
import type { ByteSource } from '../../bytes.ts'
import { annotationCells, encodeHeader, plainNumber, type SignalCells } from '../../edf/encodeHeader.ts'
import {
  FILE_FIELDS,
  recordOffset,
  SIGNAL_FIELDS,
  type SignalField,
  signalFieldOffset,
} from '../../edf/header/layout.ts'
import type { Header, Recording } from '../../edf/header/model.ts'
import { latin1 } from '../../edf/header/text.ts'
import { exactDuration, ticksOfRecords } from '../../edf/time/sampleClock.ts'
import { ReviewError } from '../../failure.ts'
import type { Ticks } from '../../units.ts'
import type { WriteJob } from '../common/format.ts'
import { identificationFields } from './identification.ts'
import { encodeEvents, keepTime, shareOut } from './tals.ts'

const BLOCK_BYTES = 4 * 1024 * 1024

export type CopyPlan = {
  readonly header: Header
  readonly headerBytes: Uint8Array
  /** What each record has more, the same number of bytes in all of them. */
  readonly annotationsOf: (record: number) => Uint8Array
  readonly bytes: number
}

/** `raw`: the header's own bytes. Throws ReviewError `unsupported` where it cannot be written strictly. */
export function planCopy({ header, timeline }: Recording, raw: Uint8Array, job: WriteJob): CopyPlan {
  if (header.records === 0) throw refuse('it has no data record')
  const lists = encodeEvents(job)
  const { bytes: eventBytes, counts } = shareOut(lists, header.records)
  const isPlus = header.signals.some(({ kind }) => kind === 'annotations')
  const duration = exactDuration(header.recordDuration)
  const first = timeline.segments[0]?.onset ?? (0 as Ticks)
  const startOf = (record: number) => (first + ticksOfRecords(duration, record)) as Ticks
  // The time of any record has at most as many digits as the last one's seconds and 100 ns have.
  const timeBytes = isPlus ? 0 : keepTime(startOf(header.records)).byteLength + 8
  const step = header.bytesPerSample
  const room = step * Math.max(1, Math.ceil((eventBytes + timeBytes) / step))
  const firstOf = runningSums(counts)
  const annotationsOf = (record: number) => {
    const extra = new Uint8Array(room)
    let at = 0
    const put = (list: Uint8Array) => {
      extra.set(list, at)
      at += list.byteLength
    }
    // Only the first annotation signal keeps time (EDF+ 2.2.4); a file that has one already has its times.
    if (!isPlus) put(keepTime(startOf(record)))
    const from = firstOf[record] ?? lists.length
    for (const list of lists.slice(from, from + (counts[record] ?? 0))) put(list)
    return extra
  }
  const headerBytes = headerOfCopy(header, raw, job, room / step)
  return {
    header,
    headerBytes,
    annotationsOf,
    bytes: headerBytes.byteLength + header.records * (header.recordBytes + room),
  }
}

function runningSums(counts: readonly number[]): readonly number[] {
  let sum = 0
  return counts.map((count) => {
    sum += count
    return sum - count
  })
}

/** The copy's bytes in order, in blocks; `onProgress` hears how far it is, from 0 to 1. */
export async function* copyChunks(
  source: ByteSource,
  plan: CopyPlan,
  options: { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void } = {},
): AsyncGenerator<Uint8Array> {
  const { header } = plan
  const { records, recordBytes } = header
  yield plan.headerBytes
  const atOnce = Math.max(1, Math.floor(BLOCK_BYTES / Math.max(1, recordBytes)))
  for (let record = 0; record < records; record += atOnce) {
    if (options.signal?.aborted === true) throw new ReviewError('cancelled', 'The copy was cancelled.')
    const count = Math.min(atOnce, records - record)
    const start = recordOffset(header, record)
    // One record may be larger than a block: it is handed on in pieces.
    if (count === 1) {
      for (let at = 0; at < recordBytes; at += BLOCK_BYTES) {
        yield await source.slice(start + at, start + Math.min(at + BLOCK_BYTES, recordBytes))
      }
      yield plan.annotationsOf(record)
    } else yield interleave(await source.slice(start, start + count * recordBytes), plan, record, count)
    options.onProgress?.((record + count) / records)
  }
}

function interleave(bytes: Uint8Array, plan: CopyPlan, first: number, count: number): Uint8Array {
  const { recordBytes } = plan.header
  const extras = Array.from({ length: count }, (_, index) => plan.annotationsOf(first + index))
  const room = extras[0]?.byteLength ?? 0
  const out = new Uint8Array(bytes.byteLength + count * room)
  for (const [index, extra] of extras.entries()) {
    const at = index * (recordBytes + room)
    out.set(bytes.subarray(index * recordBytes, (index + 1) * recordBytes), at)
    out.set(extra, at + recordBytes)
  }
  return out
}

function headerOfCopy(header: Header, raw: Uint8Array, job: WriteJob, samples: number): Uint8Array {
  const family = header.bytesPerSample === 2 ? 'EDF' : 'BDF'
  const isPlain = header.format === family
  const label = `${family} Annotations`
  const count = header.signals.length
  if (isPlain && header.signals.some((signal) => signal.label === label)) {
    throw refuse(`a signal of it is called "${label}", which EDF+ keeps for annotations`)
  }
  if (count + 1 > 9999) throw refuse('it has more signals than fit')
  const signals = header.signals.map((_, index): SignalCells => {
    const names = Object.keys(SIGNAL_FIELDS) as SignalField[]
    return Object.fromEntries(
      names.map((field) => [field, signalCell(raw, field, index, count)]),
    ) as SignalCells
  })
  for (const { index, label: name, digitalMin, digitalMax } of header.signals) {
    if (!(digitalMin < digitalMax))
      throw refuse(`the digital minimum of signal ${index + 1} (${name}) is not below its maximum`)
  }
  return encodeHeader({
    family,
    identification: identificationFields(job),
    reserved: isPlain ? `${family}+C` : header.format,
    records: header.records,
    recordDuration: numberCell(fieldOf(raw, FILE_FIELDS.recordDuration.offset, 8), 'the record duration'),
    signals: [...signals, annotationCells(family, samples)],
  })
}

const NUMBERS: ReadonlySet<SignalField> = new Set([
  ...(['physicalMin', 'physicalMax', 'digitalMin', 'digitalMax', 'samplesPerRecord'] as const),
])

function signalCell(raw: Uint8Array, field: SignalField, index: number, count: number): string {
  const { length } = SIGNAL_FIELDS[field]
  const text = fieldOf(raw, signalFieldOffset(field, count, index), length)
  if (NUMBERS.has(field)) return numberCell(text, `the ${field} of signal ${index + 1}`)
  // A micro sign in Latin-1, and what else is no ASCII, has no place in EDF+.
  const plain = text.replaceAll('\u00b5', 'u').replace(/[^\x20-\x7e]/g, (sign) => (sign < ' ' ? ' ' : '?'))
  return plain.trimEnd()
}

function numberCell(text: string, name: string): string {
  const plain = plainNumber(text)
  if (plain === null) throw refuse(`${name} is no plain number`)
  return plain
}

function fieldOf(raw: Uint8Array, offset: number, length: number): string {
  return latin1(raw.subarray(offset, offset + length))
}

function refuse(reason: string): ReviewError {
  return new ReviewError('unsupported', `This recording cannot be copied as EDF+: ${reason}.`)
}
