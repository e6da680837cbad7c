/**
 * Bytes of sample ranges: a few large reads in file order, each range handed on stretch by stretch, so that
 * memory is bounded however much is asked for. Small records are read whole, neighbours together; of large
 * ones (a record may be hours long) only the bytes wanted.
 */
import type { ByteSource } from '../../bytes.ts'
import { giveMemoryBack, takeMemory } from '../../spareMemory.ts'
import { recordOffset, signalOffsets } from '../header/layout.ts'
import type { Header } from '../header/model.ts'
import type { SampleRange } from './planReading.ts'

/** Larger reads are no faster, and take more memory, of which one half is filled while the other is decoded. */
const READ_BYTES = 1024 * 1024
const LARGE_RECORD_BYTES = 256 * 1024
/** Reading through a hole of this size costs about as much as one more read. */
const HOLE_BYTES = 64 * 1024

/** `count` samples of `ranges[range]`, in memory that is used again afterwards, from its sample `at` on, lie at `offset` in `bytes`. */
export type Stretch = {
  readonly range: number
  readonly at: number
  readonly count: number
  readonly bytes: Uint8Array
  readonly offset: number
}

/** Reads the ranges and hands every stretch of them to `take`, in file order. */
export async function readRanges(
  source: ByteSource,
  header: Header,
  ranges: readonly SampleRange[],
  take: (stretch: Stretch) => void,
): Promise<void> {
  const blocks =
    header.recordBytes > LARGE_RECORD_BYTES
      ? planLargeRecords(header, ranges)
      : planSmallRecords(header, ranges)
  let ahead: Promise<Uint8Array> | null = null
  let previous: Block | null = null
  let bytes: Uint8Array | null = null
  for (const block of blocks) {
    if (previous !== null) {
      bytes = await ahead
      ahead = readBlock(source, block)
      if (bytes !== null) {
        handOut(header, ranges, previous, bytes, take)
        giveBack(source, bytes)
      }
    } else ahead = readBlock(source, block)
    previous = block
  }
  if (previous === null || ahead === null) return
  const last = await ahead
  handOut(header, ranges, previous, last, take)
  giveBack(source, last)
}

/** Bytes [start, end) of the file, and which ranges take which records from it. */
type Block = {
  readonly start: number
  readonly end: number
  readonly firstRecord: number
  readonly endRecord: number
  readonly wanted: readonly number[]
}

function readBlock(source: ByteSource, block: Block): Promise<Uint8Array> {
  const read = source.readInto === undefined ? source.slice(block.start, block.end) : readAgain(source, block)
  // It may fail while the block before it is still being handed out; the failure is met when it is awaited.
  read.catch(() => undefined)
  return read
}

async function readAgain(source: ByteSource, { start, end }: Block): Promise<Uint8Array> {
  const bytes = takeMemory(end - start)
  await source.readInto?.(start, bytes)
  return bytes
}

/** What a source has sliced is its own. */
function giveBack(source: ByteSource, bytes: Uint8Array): void {
  if (source.readInto !== undefined) giveMemoryBack(bytes)
}

type RecordSpan = { first: number; end: number; wanted: number[] }

/** The records the ranges touch, neighbours joined, in file order. */
function recordSpans(header: Header, ranges: readonly SampleRange[]): readonly RecordSpan[] {
  const spans: RecordSpan[] = []
  for (const [index, { signal, from, to }] of ranges.entries()) {
    const n = header.signals[signal]?.samplesPerRecord ?? 0
    if (n === 0 || to <= from) continue
    spans.push({ first: Math.floor(from / n), end: Math.ceil(to / n), wanted: [index] })
  }
  spans.sort((a, b) => a.first - b.first)
  const joined: RecordSpan[] = []
  for (const span of spans) {
    const last = joined.at(-1)
    if (last !== undefined && span.first <= last.end) {
      last.end = Math.max(last.end, span.end)
      last.wanted.push(...span.wanted)
    } else joined.push(span)
  }
  return joined
}

function* planSmallRecords(header: Header, ranges: readonly SampleRange[]): Generator<Block> {
  const perBlock = Math.max(1, Math.floor(READ_BYTES / header.recordBytes))
  for (const span of recordSpans(header, ranges)) {
    for (let record = span.first; record < span.end; record += perBlock) {
      const endRecord = Math.min(record + perBlock, span.end)
      yield {
        start: recordOffset(header, record),
        end: recordOffset(header, endRecord),
        firstRecord: record,
        endRecord,
        wanted: span.wanted,
      }
    }
  }
}

function* planLargeRecords(header: Header, ranges: readonly SampleRange[]): Generator<Block> {
  const offsets = signalOffsets(header)
  for (const span of recordSpans(header, ranges)) {
    for (let record = span.first; record < span.end; record++) {
      const parts: { start: number; end: number; index: number }[] = []
      for (const index of span.wanted) {
        const part = partInRecord(header, ranges[index] as SampleRange, record)
        if (part === null) continue
        const start =
          recordOffset(header, record) + (offsets[part.signal] ?? 0) + part.within * header.bytesPerSample
        parts.push({ start, end: start + part.count * header.bytesPerSample, index })
      }
      yield* joinParts(parts, record, header.bytesPerSample)
    }
  }
}

/** Neighbouring parts share a read; a part longer than a read is taken in several. */
function* joinParts(
  parts: { start: number; end: number; index: number }[],
  record: number,
  bytesPerSample: number,
): Generator<Block> {
  parts.sort((a, b) => a.start - b.start)
  const wholeSamples = READ_BYTES - (READ_BYTES % bytesPerSample)
  let open: { start: number; end: number; wanted: number[] } | null = null
  const at = { firstRecord: record, endRecord: record + 1 }
  for (const part of parts) {
    if (open !== null && part.start - open.end <= HOLE_BYTES && part.end - open.start <= READ_BYTES) {
      open.end = Math.max(open.end, part.end)
      open.wanted.push(part.index)
      continue
    }
    if (open !== null) yield { ...open, ...at }
    let { start } = part
    for (; part.end - start > wholeSamples; start += wholeSamples) {
      yield { start, end: start + wholeSamples, wanted: [part.index], ...at }
    }
    open = { start, end: part.end, wanted: [part.index] }
  }
  if (open !== null) yield { ...open, ...at }
}

type Part = { readonly signal: number; readonly within: number; readonly count: number; readonly at: number }

/** What a range takes from one record: samples from `within` on, which are its own from `at` on. */
function partInRecord(header: Header, { signal, from, to }: SampleRange, record: number): Part | null {
  const n = header.signals[signal]?.samplesPerRecord ?? 0
  const start = Math.max(from, record * n)
  const end = Math.min(to, (record + 1) * n)
  return end <= start ? null : { signal, within: start - record * n, count: end - start, at: start - from }
}

function handOut(
  header: Header,
  ranges: readonly SampleRange[],
  block: Block,
  bytes: Uint8Array,
  take: (stretch: Stretch) => void,
): void {
  const offsets = signalOffsets(header)
  const size = header.bytesPerSample
  for (const range of block.wanted) {
    const wanted = ranges[range] as SampleRange
    const n = header.signals[wanted.signal]?.samplesPerRecord ?? 0
    const first = Math.max(block.firstRecord, Math.floor(wanted.from / n))
    const end = Math.min(block.endRecord, Math.ceil(wanted.to / n))
    for (let record = first; record < end; record++) {
      const part = partInRecord(header, wanted, record)
      if (part === null) continue
      const start = recordOffset(header, record) + (offsets[part.signal] ?? 0) + part.within * size
      // A long part comes in several blocks: of it, the samples that this block holds.
      const from = Math.max(start, block.start)
      const to = Math.min(start + part.count * size, block.end)
      if (to <= from) continue
      const skipped = (from - start) / size
      take({ range, at: part.at + skipped, count: (to - from) / size, bytes, offset: from - block.start })
    }
  }
}
