/**
 * One pass over the whole recording: every annotation and record time and, where asked, every sample, for
 * its range and its digest.
 */
import type { ByteSource } from '../bytes.ts'
import type { Finding } from './finding.ts'
import { countOutside, decodeDigital } from './kernel.ts'
import { recordOffset, signalOffsets } from './layout.ts'
import type { FileAnnotation, Header, Timeline } from './model.ts'
import { parseTalBlock, type TalProblem } from './tal.ts'
import { createTimelineBuilder } from './timeline.ts'
import { annotationSignals, type RecordBlock, walkRecords } from './walk.ts'

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
  const wanted = samples === null ? texts : header.signals.map((signal) => signal.index)
  const [keeper] = texts
  for await (const block of walkRecords(source, header, wanted, options.signal)) {
    for (let record = block.firstRecord; record < block.firstRecord + block.records; record++) {
      for (const index of texts) {
        const onset = tals.read(block.bytesOf(record, index), record, index)
        if (index === keeper) builder.add(onset)
      }
    }
    samples?.read(block)
    options.onProgress?.((block.firstRecord + block.records) / header.records)
  }
  if (keeper === undefined && header.records > 0) builder.add(null, header.records)
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
  unsigned: {
    code: 'tal-sign',
    clause: 'EDF+ 2.2.2: onset',
    what: 'an onset without a sign',
    expected: '"+" or "-" before it',
    howRead: 'read as "+"',
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
    clause: 'EDF+ 2.2.2: annotation text',
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
  const limited = signals.filter(
    ({ kind, scaling, digitalMin, digitalMax }) =>
      kind !== 'annotations' &&
      scaling === 'calibrated' &&
      (Math.min(digitalMin, digitalMax) > -extreme || Math.max(digitalMin, digitalMax) < extreme - 1),
  )
  let samples = new Int32Array(0)

  const read = ({ bytes, firstRecord, records }: RecordBlock) => {
    if (bytes === null) return
    for (const { index, samplesPerRecord, digitalMin, digitalMax } of limited) {
      const low = Math.min(digitalMin, digitalMax)
      const high = Math.max(digitalMin, digitalMax)
      for (let k = 0; k < records; k++) {
        const offset = k * header.recordBytes + (offsets[index] ?? 0)
        const found = countOutside(bytes, offset, bytesPerSample, samplesPerRecord, low, high)
        if (found === 0) continue
        outside[index] = (outside[index] ?? 0) + found
        first[index] ??= firstRecord + k
      }
    }
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
  return { read, findings, digests: () => digests?.map((digest) => digest.hex()) ?? null }
}

const HOST_IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

function littleEndian(samples: Int32Array, count: number): Uint8Array {
  if (HOST_IS_LITTLE_ENDIAN) return new Uint8Array(samples.buffer, 0, count * 4)
  const bytes = new Uint8Array(count * 4)
  const view = new DataView(bytes.buffer)
  for (let i = 0; i < count; i++) view.setInt32(4 * i, samples[i] as number, true)
  return bytes
}
