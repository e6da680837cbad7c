/**
 * All records in file order, in bounded memory. Records are read whole, many at a time and one read ahead;
 * where they are large and only a few signals are wanted, only those signals' bytes are.
 */
import type { ByteSource } from '../../bytes.ts'
import { ReviewError } from '../../failure.ts'
import { giveMemoryBack, takeMemory } from '../../spareMemory.ts'
import { recordOffset, signalOffsets } from '../header/layout.ts'
import type { Header } from '../header/model.ts'

/** Larger blocks are read no faster. */
const BLOCK_BYTES = 1024 * 1024
/** From this size on, skipping to the wanted bytes costs less than reading what lies between them. */
const SPARSE_RECORD_BYTES = 64 * 1024
const SPARSE_BATCH = 256
/** A record larger than this is never held whole: some exporters write a night as one record. */
export const LARGEST_WHOLE_RECORD_BYTES = 8 * 1024 * 1024
/** What is read of one signal in one record at most; annotations beyond it would be a damaged header's. */
const LARGEST_SIGNAL_BYTES = 16 * 1024 * 1024

export type RecordBlock = {
  readonly firstRecord: number
  readonly records: number
  /** The bytes of one of the wanted signals in one record of this block, to be used before the next block. */
  readonly bytesOf: (record: number, signal: number) => Uint8Array
  /** The whole block, where its records were read whole (up to `LARGEST_WHOLE_RECORD_BYTES` each). */
  readonly bytes: Uint8Array | null
}

export type WalkOptions = {
  readonly blockBytes?: number
  /** The first record, and the one behind the last; all of them where not given. */
  readonly from?: number
  readonly to?: number
}

/** Walks over the records, for these signals. Throws ReviewError `cancelled` once `signal` is aborted. */
export async function* walkRecords(
  source: ByteSource,
  header: Header,
  signals: readonly number[],
  abort?: AbortSignal,
  { blockBytes = BLOCK_BYTES, from = 0, to = header.records }: WalkOptions = {},
): AsyncGenerator<RecordBlock> {
  const sizes = header.signals.map((signal) => signal.samplesPerRecord * header.bytesPerSample)
  const wantedBytes = signals.reduce((sum, index) => sum + (sizes[index] ?? 0), 0)
  if (wantedBytes === 0 || to <= from) return
  const sparse =
    header.recordBytes > LARGEST_WHOLE_RECORD_BYTES ||
    (header.recordBytes >= SPARSE_RECORD_BYTES && wantedBytes * 4 < header.recordBytes)
  const perBlock = sparse
    ? Math.max(1, Math.min(SPARSE_BATCH, Math.floor(blockBytes / wantedBytes)))
    : Math.max(1, Math.floor(blockBytes / header.recordBytes))
  const whole = sparse ? null : createBlockReader(source, header, Math.min(perBlock, to - from))
  let ahead: Promise<RecordBlock> | null = null
  for (let record = from; record < to; record += perBlock) {
    const ready: RecordBlock | null = ahead === null ? null : await ahead
    throwIfCancelled(abort)
    const records = Math.min(perBlock, to - record)
    ahead = whole?.read(record, records) ?? readSparse(source, header, signals, record, records)
    // It may fail while the block before it is in use; the failure is met when it is awaited.
    ahead.catch(() => undefined)
    if (ready !== null) yield ready
  }
  if (ahead === null) return
  const last = await ahead
  throwIfCancelled(abort)
  yield last
  throwIfCancelled(abort)
  // Of a walk that was stopped a read may still be under way: its memory is left to the collector.
  whole?.giveBack()
}

export function throwIfCancelled(abort?: AbortSignal): void {
  if (abort?.aborted === true) throw new ReviewError('cancelled', 'Reading the recording was stopped.')
}

/** Reads whole records into two buffers in turn: one is filled while the other is used. */
function createBlockReader(source: ByteSource, header: Header, mostRecords: number) {
  const offsets = signalOffsets(header)
  const own =
    source.readInto === undefined ? [] : [0, 1].map(() => takeMemory(mostRecords * header.recordBytes))
  let turn = 0
  const read = async (firstRecord: number, records: number): Promise<RecordBlock> => {
    const start = recordOffset(header, firstRecord)
    const length = records * header.recordBytes
    const buffer = own[turn]
    turn = 1 - turn
    let bytes: Uint8Array
    if (buffer !== undefined && source.readInto !== undefined) {
      bytes = buffer.subarray(0, length)
      await source.readInto(start, bytes)
    } else bytes = await source.slice(start, start + length)
    const bytesOf = (record: number, signal: number) => {
      const from = (record - firstRecord) * header.recordBytes + (offsets[signal] ?? 0)
      return bytes.subarray(
        from,
        from + (header.signals[signal]?.samplesPerRecord ?? 0) * header.bytesPerSample,
      )
    }
    return { firstRecord, records, bytesOf, bytes }
  }
  return { read, giveBack: () => own.forEach(giveMemoryBack) }
}

async function readSparse(
  source: ByteSource,
  header: Header,
  signals: readonly number[],
  firstRecord: number,
  records: number,
): Promise<RecordBlock> {
  const slices = await Promise.all(
    signals.flatMap((signal) =>
      Array.from({ length: records }, (_, index) => readSignal(source, header, firstRecord + index, signal)),
    ),
  )
  return {
    firstRecord,
    records,
    bytes: null,
    bytesOf: (record, signal) =>
      slices[signals.indexOf(signal) * records + record - firstRecord] as Uint8Array,
  }
}

/** The bytes of one signal in one record, or the first `limit` of them. */
export function readSignal(
  source: ByteSource,
  header: Header,
  record: number,
  signal: number,
  limit = LARGEST_SIGNAL_BYTES,
): Promise<Uint8Array> {
  const start = recordOffset(header, record) + (signalOffsets(header)[signal] ?? 0)
  const bytes = (header.signals[signal]?.samplesPerRecord ?? 0) * header.bytesPerSample
  return source.slice(start, start + Math.min(bytes, limit))
}

export function annotationSignals(header: Header): readonly number[] {
  return header.signals.filter((signal) => signal.kind === 'annotations').map((signal) => signal.index)
}
