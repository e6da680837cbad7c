/** The bytes of a clip, in blocks: the samples as they lie in the recording, in records of the clip's own. */
import type { ByteSource } from '../bytes.ts'
import { throwIfCancelled } from '../edf/records/walkRecords.ts'
import { readRanges } from '../edf/samples/readRanges.ts'
import type { ClipPlan } from './model.ts'

const BLOCK_BYTES = 4 * 1024 * 1024

type Control = { readonly signal?: AbortSignal; readonly onProgress?: (done: number) => void }

/** `onProgress` hears how far it is, from 0 to 1. Throws ReviewError `cancelled`, or what the source throws. */
export async function* clipChunks(
  source: ByteSource,
  plan: ClipPlan,
  { signal, onProgress }: Control = {},
): AsyncGenerator<Uint8Array> {
  const { grid, headerBytes } = plan
  yield headerBytes
  const size = plan.header.bytesPerSample
  const counts = plan.cells.map(({ samplesPerRecord }) => Number(samplesPerRecord))
  const recordBytes = (plan.bytes - headerBytes.byteLength) / grid.records
  const atOnce = Math.max(1, Math.floor(BLOCK_BYTES / recordBytes))
  let record = 0
  for (const piece of grid.pieces) {
    const end = record + (piece.to - piece.from) / grid.unitsPerRecord
    for (let first = record; first < end; first += atOnce) {
      throwIfCancelled(signal)
      const records = Math.min(atOnce, end - first)
      const unit = piece.from + (first - record) * grid.unitsPerRecord
      const block = new Uint8Array(records * recordBytes)
      await copySamples(source, plan, { block, recordBytes, counts, records, unit, piece })
      const sampleBytes = counts.reduce((sum, count) => sum + count, 0) * size
      for (let k = 0; k < records; k++) {
        block.set(plan.annotationsOf(first + k), k * recordBytes + sampleBytes)
      }
      yield block
      onProgress?.((first + records) / grid.records)
    }
    record = end
  }
}

type Block = {
  readonly block: Uint8Array
  readonly recordBytes: number
  /** Samples of each signal in a record of the clip. */
  readonly counts: readonly number[]
  readonly records: number
  /** The first of the piece's stretch. */
  readonly unit: number
  readonly piece: ClipPlan['grid']['pieces'][number]
}

async function copySamples(source: ByteSource, plan: ClipPlan, target: Block): Promise<void> {
  const { header, grid, signals } = plan
  const { block, recordBytes, counts, records, unit, piece } = target
  const size = header.bytesPerSample
  const offsets: number[] = []
  let offset = 0
  for (const count of counts) {
    offsets.push(offset)
    offset += count * size
  }
  const ranges = signals.map((signal, slot) => {
    const perRecord = header.signals[signal]?.samplesPerRecord ?? 0
    const from = piece.segment.firstRecord * perRecord + (unit * perRecord) / grid.unitsPerSourceRecord
    return { signal, from, to: from + records * (counts[slot] ?? 0) }
  })
  await readRanges(source, header, ranges, ({ range, at, count, bytes, offset: start }) => {
    const own = counts[range] ?? 0
    const base = offsets[range] ?? 0
    // A stretch may reach over several records of the clip, and a record over several stretches.
    for (let done = 0; done < count; ) {
      const sample = at + done
      const record = Math.floor(sample / own)
      const within = sample - record * own
      const taken = Math.min(count - done, own - within)
      const from = start + done * size
      block.set(bytes.subarray(from, from + taken * size), record * recordBytes + base + within * size)
      done += taken
    }
  })
}
