/** The part of a scan that looks at samples. */
import type { ByteSource } from '../../bytes.ts'
import type { Finding } from '../header/finding.ts'
import { recordOffset, signalOffsets } from '../header/layout.ts'
import type { Header } from '../header/model.ts'
import { type RecordBlock, throwIfCancelled } from '../records/walkRecords.ts'
import { countOutside, countOutside16, decodeDigital, HOST_IS_LITTLE_ENDIAN, viewOf16 } from './kernel.ts'
import { readRanges } from './readRanges.ts'

/** A running digest of one signal's samples; the caller brings the algorithm. */
export type Digest = { readonly update: (bytes: Uint8Array) => unknown; readonly hex: () => string }

/** Looks at every sample: for those outside the digital range and, where asked, for the signals' digests. */
export function createSampleAudit(header: Header, createDigest?: () => Digest) {
  const { bytesPerSample, signals } = header
  const offsets = signalOffsets(header)
  const digests = createDigest === undefined ? null : signals.map(createDigest)
  const outside = signals.map(() => 0)
  const first = signals.map((): number | null => null)
  const extreme = bytesPerSample === 2 ? 32768 : 8388608
  // Where the range is all that the bytes can say, no sample can be outside of it.
  const limited = new Map(
    signals
      .filter(({ kind, scaling }) => kind !== 'annotations' && scaling === 'calibrated')
      .map(({ index, digitalMin: a, digitalMax: b }) => [index, [Math.min(a, b), Math.max(a, b)]] as const)
      .filter(([, [low, high]]) => low > -extreme || high < extreme - 1),
  )
  let samples = new Int32Array(0)

  const note = (index: number, found: number, record: number) => {
    outside[index] = (outside[index] ?? 0) + found
    first[index] ??= record
  }

  /** In the order of memory: record by record. */
  const lookOutside = (bytes: Uint8Array, firstRecord: number, records: number) => {
    const words = bytesPerSample === 2 ? viewOf16(bytes) : null
    const limits = [...limited].map(([index, [low, high]]) => {
      return { index, low, high, offset: offsets[index] ?? 0, n: signals[index]?.samplesPerRecord ?? 0 }
    })
    for (let k = 0; k < records; k++) {
      const start = k * header.recordBytes
      for (const { index, low, high, offset, n } of limits) {
        const found =
          words === null
            ? countOutside(bytes, start + offset, bytesPerSample, n, low, high)
            : countOutside16(words, (start + offset) / 2, n, low, high)
        if (found > 0) note(index, found, firstRecord + k)
      }
    }
  }

  const read = ({ bytes, firstRecord, records }: RecordBlock) => {
    if (bytes === null) return
    if (limited.size > 0) lookOutside(bytes, firstRecord, records)
    for (const [index, digest] of digests?.entries() ?? []) {
      const n = signals[index]?.samplesPerRecord ?? 0
      if (n * records > samples.length) samples = new Int32Array(n * records)
      for (let k = 0; k < records; k++) {
        decodeDigital(
          bytes,
          k * header.recordBytes + (offsets[index] ?? 0),
          bytesPerSample,
          samples,
          k * n,
          n,
        )
      }
      digest.update(littleEndian(samples, n * records))
    }
  }

  /** Signal by signal, where a record is too large to be held. */
  const readEach = async (source: ByteSource, abort?: AbortSignal, onProgress?: (done: number) => void) => {
    for (const { index, samples: to, samplesPerRecord } of signals) {
      const range = limited.get(index)
      if (digests === null && range === undefined) continue
      await readRanges(source, header, [{ signal: index, from: 0, to }], ({ bytes, offset, at, count }) => {
        throwIfCancelled(abort)
        if (range !== undefined) {
          const found = countOutside(bytes, offset, bytesPerSample, count, range[0], range[1])
          if (found > 0) note(index, found, Math.floor(at / samplesPerRecord))
        }
        if (digests === null) return
        if (count > samples.length) samples = new Int32Array(count)
        decodeDigital(bytes, offset, bytesPerSample, samples, 0, count)
        digests[index]?.update(littleEndian(samples, count))
      })
      onProgress?.((index + 1) / signals.length)
    }
  }

  const findings = (): Finding[] =>
    signals.flatMap((signal) => {
      const found = outside[signal.index] ?? 0
      if (found === 0) return []
      const { digitalMin, digitalMax } = signal
      return [
        {
          code: 'digital-range',
          clause: 'EDF: digital minimum and maximum',
          field: 'Samples',
          byteOffset:
            recordOffset(header, first[signal.index] ?? 0) + (signalOffsets(header)[signal.index] ?? 0),
          found: `${found} of ${signal.samples} outside the digital range`,
          expected: `${Math.min(digitalMin, digitalMax)} to ${Math.max(digitalMin, digitalMax)}`,
          howRead: 'shown as they are, not clipped',
          signal: signal.index,
        },
      ]
    })
  return { read, readEach, findings, digests: () => digests?.map((digest) => digest.hex()) ?? null }
}

function littleEndian(samples: Int32Array, count: number): Uint8Array {
  if (HOST_IS_LITTLE_ENDIAN) return new Uint8Array(samples.buffer, 0, count * 4)
  const bytes = new Uint8Array(count * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < count; i++) view.setInt32(4 * i, samples[i] as number, true)
  return bytes
}
