/** Recordings of a day and more, streamed to a path, for measuring. The caller deletes them. */
import { type FileHandle, open } from 'node:fs/promises'
import { annotationSignal, edfBytes, type SignalBytes } from './edfBytes.ts'

export type LargeFile = {
  readonly format: 'EDF' | 'EDF+C' | 'EDF+D'
  readonly hours: number
  readonly channels: number
  readonly rate: number
  /** Gaps of 60 s, evenly spread (EDF+D). */
  readonly gaps?: number
  /** Waves of the size and shape of EEG rather than noise: what a page of it costs to draw. */
  readonly waves?: boolean
  /** Of the channels, where they are to be others than electrodes of the 10-20 system over and over. */
  readonly labels?: readonly string[]
  /** Writes the first and last records only: the rest is a hole in the file, read as zeros. */
  readonly sparse?: boolean
}

const ANNOTATION_BYTES = 60
const CHUNK_RECORDS = 256
/** Records at either end of a sparse file that hold samples. */
const SPARSE_EDGE_RECORDS = 64

/** Writes the recording; 1 s records, 10-20 names, seeded noise. Returns its size in bytes. */
export async function writeLargeFile(path: string, file: LargeFile): Promise<number> {
  const { channels, rate } = file
  const records = file.hours * 3600
  const plus = file.format !== 'EDF'
  const signals: SignalBytes[] = Array.from({ length: channels }, (_, index) => ({
    label: file.labels?.[index] ?? electrodeLabel(index),
    samplesPerRecord: String(rate),
    record: () => [],
  }))
  if (plus) signals.push(annotationSignal(() => '', { bytes: ANNOTATION_BYTES }))
  const header = edfBytes({
    signals,
    reserved: plus ? file.format : '',
    records: String(records),
    recordCount: 0,
  })
  const recordBytes = channels * rate * 2 + (plus ? ANNOTATION_BYTES : 0)
  const onset = onsets(records, file.gaps ?? 0)
  const handle = await open(path, 'w')
  try {
    await writeAll(handle, header, 0)
    const chunk = file.waves === true ? waves(file, recordBytes) : noise(CHUNK_RECORDS * recordBytes)
    for (let record = 0; record < records; record += CHUNK_RECORDS) {
      const edge = record < SPARSE_EDGE_RECORDS || record + CHUNK_RECORDS > records - SPARSE_EDGE_RECORDS
      const count = Math.min(CHUNK_RECORDS, records - record)
      if (file.sparse === true && !edge) {
        if (plus) await writeTimes(handle, header.length, recordBytes, record, count, onset)
        continue
      }
      if (plus) {
        for (let k = 0; k < count; k++)
          chunk.set(keeping(onset(record + k)), (k + 1) * recordBytes - ANNOTATION_BYTES)
      }
      await writeAll(handle, chunk.subarray(0, count * recordBytes), header.length + record * recordBytes)
    }
    const size = header.length + records * recordBytes
    await handle.truncate(size)
    return size
  } finally {
    await handle.close()
  }
}

function electrodeLabel(index: number): string {
  const turn = Math.floor(index / NAMES.length)
  return `EEG ${NAMES[index % NAMES.length]}-Ref${turn === 0 ? '' : turn}`
}

const NAMES = [
  'Fp1',
  'Fp2',
  'F3',
  'F4',
  'C3',
  'C4',
  'P3',
  'P4',
  'O1',
  'O2',
  'F7',
  'F8',
  'T3',
  'T4',
  'T5',
  'T6',
]

function onsets(records: number, gaps: number): (record: number) => number {
  const run = Math.ceil(records / (gaps + 1))
  return (record) => record + 60 * Math.floor(record / run)
}

/** A timekeeping TAL and, once in 100 records, an annotation. */
function keeping(onset: number): Uint8Array {
  const note = onset % 100 === 50 ? `+${onset}.25\x14note ${onset}\x14\0` : ''
  const bytes = new Uint8Array(ANNOTATION_BYTES)
  bytes.set(new TextEncoder().encode(`+${onset}\x14\x14\0${note}`))
  return bytes
}

async function writeTimes(
  handle: FileHandle,
  headerBytes: number,
  recordBytes: number,
  first: number,
  count: number,
  onset: (record: number) => number,
): Promise<void> {
  for (let k = 0; k < count; k++) {
    const end = headerBytes + (first + k + 1) * recordBytes
    await handle.write(keeping(onset(first + k)), 0, ANNOTATION_BYTES, end - ANNOTATION_BYTES)
  }
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  let written = 0
  while (written < bytes.length) {
    const result = await handle.write(bytes, written, bytes.length - written, position + written)
    written += result.bytesWritten
  }
}

/** Samples between -2000 and 2000 from a fixed seed. */
function noise(bytes: number): Uint8Array {
  const samples = new Int16Array(bytes / 2)
  let state = 0x2545f491
  for (let i = 0; i < samples.length; i++) {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    samples[i] = ((state >>> 0) % 4001) - 2000
  }
  return new Uint8Array(samples.buffer)
}

/** Alpha that waxes and wanes, slower waves and a little noise, a few tens of microvolts; digits are 0.1 uV. */
function waves({ channels, rate }: LargeFile, recordBytes: number): Uint8Array {
  const bytes = noise(CHUNK_RECORDS * recordBytes)
  const samples = new Int16Array(bytes.buffer)
  for (let record = 0; record < CHUNK_RECORDS; record++) {
    for (let channel = 0; channel < channels; channel++) {
      const first = (record * recordBytes) / 2 + channel * rate
      for (let i = 0; i < rate; i++) {
        const time = 2 * Math.PI * (record + i / rate)
        const alpha = 200 * (1 + Math.sin(0.13 * time + channel)) * Math.sin((9 + 0.04 * channel) * time)
        const slow = 120 * Math.sin(2.3 * time + 2 * channel)
        samples[first + i] = Math.round(alpha + slow + samples[first + i]! / 40)
      }
    }
  }
  return bytes
}
