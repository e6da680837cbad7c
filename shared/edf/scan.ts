/**
 * One pass over the whole recording: every annotation and record time and, where asked, every sample, for
 * its range and its digest.
 */
import type { ByteSource } from '../bytes.ts'
import type { Finding } from './finding.ts'
import { countOutside, decodeDigital } from './kernel.ts'
import { recordOffset, signalOffsets } from './layout.ts'
import type { FileAnnotation, Header, Timeline } from './model.ts'
import { readRanges } from './ranges.ts'
import { parseTalBlock, type TalProblem } from './tal.ts'
import { createTimelineBuilder } from './timeline.ts'
import {
  annotationSignals,
  LARGEST_WHOLE_RECORD_BYTES,
  type RecordBlock,
  throwIfCancelled,
  walkRecords,
} from './walk.ts'

/** A running digest of one signal's samples; the caller brings the algorithm. */
export type Digest = { readonly update: (bytes: Uint8Array) => unknown; readonly hex: () => string }

export type ScanOptions = {
  /** From 0 to 1, about once a block of 4 MiB. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
  /** Look at every sample too: for those outside the digital range. */
  readonly samples?: boolean
  /** Makes the digest of one signal, fed with its digital samples as little-endian 32-bit integers. */
  readonly digest?: () => Digest
}

export type ScanResult = {
  /** In file order. */
  readonly annotations: readonly FileAnnotation[]
  readonly timeline: Timeline
  readonly findings: readonly Finding[]
  /** Per signal, where asked for. */
  readonly digests: readonly string[] | null
}

/** More would fill the memory; the rest is counted. */
const MOST_ANNOTATIONS = 400_000

/** Throws ReviewError `cancelled`, or what the source throws. */
export async function scan(
  source: ByteSource,
  header: Header,
  options: ScanOptions = {},
): Promise<ScanResult> {
  const texts = annotationSignals(header)
  const builder = createTimelineBuilder(header)
  const tals = createTalReader(header, texts)
  const looksAtSamples = options.samples === true || options.digest !== undefined
  const samples = looksAtSamples ? createSampleReader(header, options.digest) : null
  const isLarge = header.recordBytes > LARGEST_WHOLE_RECORD_BYTES
  const wanted = samples === null || isLarge ? texts : header.signals.map((signal) => signal.index)
  const [keeper] = texts
  for await (const block of walkRecords(source, header, wanted, options.signal)) {
    for (let record = block.firstRecord; record < block.firstRecord + block.records; record++) {
      for (const index of texts) {
        const onset = tals.read(block.bytesOf(record, index), record, index)
        if (index === keeper) builder.add(onset)
      }
    }
    samples?.read(block)
    if (!isLarge || samples === null) {
      options.onProgress?.((block.firstRecord + block.records) / header.records)
    }
  }
  if (samples !== null && isLarge) await samples.readEach(source, options)
  const { timeline, findings } = builder.finish(true)
  return {
    annotations: tals.annotations,
    timeline,
    findings: [...findings, ...tals.findings(), ...(samples?.findings() ?? [])],
    digests: samples?.digests() ?? null,
  }
}

type Sighting = { count: number; readonly record: number; readonly offset: number; readonly signal: number }

function createTalReader(header: Header, texts: readonly number[]) {
  const offsets = signalOffsets(header)
  const annotations: FileAnnotation[] = []
  let dropped = 0
  const sightings = new Map<TalProblem, Sighting>()
  const read = (bytes: Uint8Array, record: number, signal: number) => {
    const block = parseTalBlock(bytes, signal === texts[0])
    for (const annotation of block.annotations) {
      if (annotations.length < MOST_ANNOTATIONS) annotations.push(annotation)
      else dropped++
    }
    for (const { problem, offset } of block.problems) {
      const seen = sightings.get(problem)
      if (seen !== undefined) seen.count++
      else {
        const at = recordOffset(header, record) + (offsets[signal] ?? 0) + offset
        sightings.set(problem, { count: 1, record, offset: at, signal })
      }
    }
    return block.recordOnset
  }
  const findings = (): Finding[] => {
    const found = [...sightings].map(([problem, sighting]) => talFinding(problem, sighting))
    if (dropped > 0) {
      found.push({
        code: 'annotation-count',
        clause: 'EDF+ 2.2.2: TALs',
        field: 'Annotations',
        byteOffset: null,
        found: `${MOST_ANNOTATIONS + dropped}`,
        expected: `at most ${MOST_ANNOTATIONS}`,
        howRead: `the first ${MOST_ANNOTATIONS} are listed`,
      })
    }
    return found
  }
  return { annotations, read, findings }
}

const TAL_FINDINGS: Readonly<
  Record<TalProblem, Pick<Finding, 'code' | 'clause' | 'expected' | 'howRead' | 'minor'> & { what: string }>
> = {
  malformed: {
    code: 'tal',
    clause: 'EDF+ 2.2.2: TALs',
    what: 'bytes that are no annotation',
    expected: 'onset, duration and text, each with its end mark',
    howRead: 'these bytes are skipped, the rest is kept',
  },
  'time-stamp': {
    code: 'tal-time-stamp',
    clause: 'EDF+ 2.2.2: onset and duration',
    what: 'an onset or duration in a form of its own',
    expected: 'a sign before an onset and none before a duration, a point only before decimals',
    howRead: 'read as the number it is',
    minor: true,
  },
  late: {
    code: 'tal-late',
    clause: 'EDF+ 2.2.2: TALs follow immediately',
    what: 'an annotation behind bytes of 0',
    expected: 'the first at the first byte, the others one after the other',
    howRead: 'read all the same',
    minor: true,
  },
  unfinished: {
    code: 'tal-end',
    clause: 'EDF+ 2.2.2: TALs',
    what: 'an annotation without its end mark',
    expected: 'byte 20 after each text and byte 0 after the last',
    howRead: 'read as far as it goes',
  },
  'latin-1': {
    code: 'tal-encoding',
    clause: 'EDF+ 2.2.3: annotations',
    what: 'a text that is not UTF-8',
    expected: 'UTF-8',
    howRead: 'read as Latin-1',
  },
  duration: {
    code: 'tal-duration',
    clause: 'EDF+ 2.2.2: duration',
    what: 'a duration that is no number',
    expected: 'seconds, without a sign',
    howRead: 'the annotation is kept without a duration',
  },
  control: {
    code: 'tal-control',
    clause: 'EDF+ 2.2.3: annotations',
    what: 'a control character in a text',
    expected: 'no byte below 32 but tab, line feed and carriage return',
    howRead: 'kept, and shown as a sign of its own',
    minor: true,
  },
}

function talFinding(problem: TalProblem, { count, record, offset, signal }: Sighting): Finding {
  const { what, ...rest } = TAL_FINDINGS[problem]
  const more = count > 1 ? `, and ${count - 1} more` : ''
  return {
    ...rest,
    field: 'Annotations',
    byteOffset: offset,
    found: `${what} in record ${record}${more}`,
    signal,
  }
}

function createSampleReader(header: Header, createDigest?: () => Digest) {
  const { bytesPerSample, signals } = header
  const offsets = signalOffsets(header)
  const digests = createDigest === undefined ? null : signals.map(createDigest)
  const outside = signals.map(() => 0)
  const first = signals.map((): number | null => null)
  const extreme = bytesPerSample === 2 ? 32768 : 8388608
  // Where the range is all that the bytes can say, no sample can be outside of it.
  const limited = new Set(
    signals
      .filter(({ kind, scaling }) => kind !== 'annotations' && scaling === 'calibrated')
      .filter(({ digitalMin: a, digitalMax: b }) => Math.min(a, b) > -extreme || Math.max(a, b) < extreme - 1)
      .map((signal) => signal.index),
  )
  let samples = new Int32Array(0)

  /** `count` samples of one signal, the first of them in this record. */
  const take = (index: number, bytes: Uint8Array, offset: number, count: number, record: number) => {
    const { digitalMin, digitalMax } = signals[index] ?? { digitalMin: 0, digitalMax: 0 }
    if (limited.has(index)) {
      const low = Math.min(digitalMin, digitalMax)
      const found = countOutside(bytes, offset, bytesPerSample, count, low, Math.max(digitalMin, digitalMax))
      if (found > 0) {
        outside[index] = (outside[index] ?? 0) + found
        first[index] ??= record
      }
    }
  }

  const read = ({ bytes, firstRecord, records }: RecordBlock) => {
    if (bytes === null) return
    for (const { index, samplesPerRecord: n } of signals) {
      const offset = offsets[index] ?? 0
      if (limited.has(index)) {
        for (let k = 0; k < records; k++)
          take(index, bytes, k * header.recordBytes + offset, n, firstRecord + k)
      }
      if (digests === null) continue
      if (n * records > samples.length) samples = new Int32Array(n * records)
      for (let k = 0; k < records; k++) {
        decodeDigital(bytes, k * header.recordBytes + offset, bytesPerSample, samples, k * n, n)
      }
      digests[index]?.update(littleEndian(samples, n * records))
    }
  }

  /** Signal by signal, where a record is too large to be held. */
  const readEach = async (source: ByteSource, options: ScanOptions) => {
    for (const { index, samples: to, samplesPerRecord } of signals) {
      if (digests === null && !limited.has(index)) continue
      await readRanges(source, header, [{ signal: index, from: 0, to }], ({ bytes, offset, at, count }) => {
        throwIfCancelled(options.signal)
        take(index, bytes, offset, count, Math.floor(at / samplesPerRecord))
        if (digests === null) return
        if (count > samples.length) samples = new Int32Array(count)
        decodeDigital(bytes, offset, bytesPerSample, samples, 0, count)
        digests[index]?.update(littleEndian(samples, count))
      })
      options.onProgress?.((index + 1) / signals.length)
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

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

function littleEndian(samples: Int32Array, count: number): Uint8Array {
  if (HOST_IS_LITTLE_ENDIAN) return new Uint8Array(samples.buffer, 0, count * 4)
  const bytes = new Uint8Array(count * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < count; i++) view.setInt32(4 * i, samples[i] as number, true)
  return bytes
}
