/** An EDF or BDF file as a recording: opening it, and its samples by time or by position. */
import type { ByteSource } from '../bytes.ts'
import { ReviewError } from '../failure.ts'
import type { SampleIndex, Span } from '../units.ts'
import { findStatus, readStatusBits } from './annotations/biosemiStatus.ts'
import type { CodePage } from './header/codePages.ts'
import { findDamage } from './header/damage.ts'
import { toWarnings } from './header/finding.ts'
import { FOREIGN_BYTES } from './header/foreign.ts'
import { headerLength, type ParsedHeader, parseHeader } from './header/header.ts'
import type {
  FileAnnotation,
  Header,
  Recording,
  SamplePiece,
  SignalHeader,
  SignalSamples,
} from './header/model.ts'
import { decodeDigital, decodePhysical, scaleDigital, scaleOf, viewOf16 } from './samples/kernel.ts'
import { type PlannedPiece, planSpan } from './samples/planReading.ts'
import { readRanges } from './samples/readRanges.ts'
import { type ScanOptions, scan } from './scanRecording.ts'
import { breakTimeline } from './time/breaks.ts'
import { recordTimes, type TimelineDepth } from './time/recordTimes.ts'

/** edfdecoder decodes up to this many samples; for more the plain loop, which takes no second copy in memory. */
const DECODER_SAMPLES = 2_000_000
/** 256 MiB of values: who wants more reads it in parts. */
const MOST_SAMPLES = 32 * 1024 * 1024

/** Reads and parses the header. Throws ReviewError `not-edf`, `damaged`, or what the source throws. */
export async function readHeader(source: ByteSource, page?: CodePage): Promise<ParsedHeader> {
  const { byteLength } = source
  const fixed = await source.slice(0, Math.min(FOREIGN_BYTES, byteLength))
  const length = headerLength(fixed, byteLength)
  const bytes = length <= fixed.length ? fixed : await source.slice(0, length)
  return parseHeader(bytes, byteLength, page)
}

/**
 * Opens a recording. `timeline: 'complete'` (the default) reads when every record starts; `'quick'` samples
 * the record times of a long file (`timeline.confirmed` is then false, and `scanRecording` confirms them), and leaves
 * where a BioSemi recording was paused to the scan and to each page.
 * Throws ReviewError `not-edf`, `damaged`, `unsupported`, or what the source throws.
 */
export async function openRecording(
  source: ByteSource,
  options: {
    readonly timeline?: TimelineDepth
    /** Of the header's texts, where the reader has said it. */
    readonly page?: CodePage
  } = {},
): Promise<Recording> {
  const { header, findings } = await readHeader(source, options.page)
  const damage = await findDamage(source, header)
  const times = await recordTimes(source, header, options.timeline ?? 'complete')
  const labels = header.signals.map((signal) => signal.label)
  // What explains the rest comes first.
  const all = [...(damage === null ? [] : [damage]), ...findings, ...times.findings]
  const status = await findStatus(source, header)
  const signal = status === null ? undefined : header.signals[status.signal]
  const timeline =
    status === null || signal === undefined || options.timeline === 'quick'
      ? times.timeline
      : breakTimeline(
          times.timeline,
          header,
          (await readStatusBits(source, header, status)).epochs,
          signal.samplesPerRecord,
        )
  return {
    header,
    timeline,
    warnings: toWarnings(all, labels),
    ...(status === null ? {} : { status }),
  }
}

export type ReadOptions = {
  /** Where the file has 16 bits, and the span is no more than a page: by the plain loop, or by edfdecoder. */
  readonly decoder?: 'loop' | 'edfdecoder'
  /** Memory for so many values, whatever is in it; else new memory. Not used by edfdecoder. */
  readonly allocate?: (values: number) => Float64Array
}

/**
 * The samples whose time lies in [span.start, span.end), of each signal asked for and in that order; values
 * are physical, in double precision (digital where uncalibrated). A gap in the recording lies between two
 * pieces. At most 33,554,432 samples in all (ReviewError `bad-input`). Annotation signals, and signals without samples or rate, have no pieces.
 */
export async function readSpan(
  source: ByteSource,
  recording: Recording,
  signals: readonly number[],
  span: Span,
  { decoder = 'loop', allocate }: ReadOptions = {},
): Promise<readonly SignalSamples[]> {
  if (!Number.isFinite(span.start) || !Number.isFinite(span.end)) {
    throw new ReviewError('bad-input', `A span from ${span.start} to ${span.end} s is none.`)
  }
  const { header } = recording
  const wanted = signals.map((index) => signalAt(header, index))
  const planned = planSpan(recording, wanted, span)
  const pieces = planned.flat()
  const total = pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0)
  refuseTooMany(total)
  const throughDecoder = decoder === 'edfdecoder' && header.bytesPerSample === 2 && total <= DECODER_SAMPLES
  const values = throughDecoder
    ? await readThroughDecoder(source, header, planned)
    : await readThroughKernel(source, header, pieces, allocate?.(total))
  let next = 0
  return wanted.map((signal, slot) => ({
    signal: signal.index,
    sampleRate: signal.sampleRate ?? 0,
    pieces: (planned[slot] ?? []).map((piece): SamplePiece => {
      const own = values[next++] as Float64Array
      return { start: piece.start, firstSample: piece.from, values: own }
    }),
  }))
}

/** Physical values (digital where uncalibrated) of samples [from, from + count), as far as there are. */
export async function readSamples(
  source: ByteSource,
  recording: Recording,
  signal: number,
  from: SampleIndex,
  count: number,
): Promise<Float64Array> {
  const { header } = recording
  const [values] = await readThroughKernel(source, header, [rangeOf(header, signal, from, count)])
  return values as Float64Array
}

/** Digital values of samples [from, from + count), as far as there are. */
export async function readDigital(
  source: ByteSource,
  recording: Recording,
  signal: number,
  from: SampleIndex,
  count: number,
): Promise<Int32Array> {
  const { header } = recording
  const range = rangeOf(header, signal, from, count)
  const values = new Int32Array(range.to - range.from)
  await readRanges(source, header, [range], ({ bytes, offset, at, count: taken }) =>
    decodeDigital(bytes, offset, header.bytesPerSample, values, at, taken),
  )
  return values
}

function signalAt(header: Header, index: number): SignalHeader {
  const signal = header.signals[index]
  if (signal === undefined) {
    throw new ReviewError(
      'bad-input',
      `There is no signal ${index}: this recording has 0 to ${header.signals.length - 1}.`,
    )
  }
  return signal
}

function rangeOf(header: Header, index: number, from: SampleIndex, count: number) {
  const { samples } = signalAt(header, index)
  if (!Number.isSafeInteger(from) || from < 0 || !Number.isSafeInteger(count) || count < 0) {
    throw new ReviewError(
      'bad-input',
      `${count} samples from sample ${from} on cannot be read: both must be whole numbers.`,
    )
  }
  const range = { signal: index, from: Math.min(from, samples), to: Math.min(from + count, samples) }
  refuseTooMany(range.to - range.from)
  return range
}

function refuseTooMany(samples: number): void {
  if (samples <= MOST_SAMPLES) return
  throw new ReviewError(
    'bad-input',
    `${samples} samples are more than can be read at once (${MOST_SAMPLES}).`,
  )
}

async function readThroughKernel(
  source: ByteSource,
  header: Header,
  ranges: readonly { readonly signal: number; readonly from: number; readonly to: number }[],
  memory?: Float64Array,
): Promise<readonly Float64Array[]> {
  let used = 0
  const values = ranges.map(({ from, to }) => {
    if (memory === undefined) return new Float64Array(to - from)
    used += to - from
    return memory.subarray(used - (to - from), used)
  })
  const scales = ranges.map(({ signal }) => scaleOf(signalAt(header, signal)))
  let viewed: Uint8Array | null = null
  let words: Int16Array | null = null
  await readRanges(source, header, ranges, ({ range, bytes, offset, at, count }) => {
    const scale = scales[range]
    const target = values[range]
    if (scale === undefined || target === undefined) return
    if (bytes !== viewed) {
      viewed = bytes
      words = header.bytesPerSample === 2 ? viewOf16(bytes) : null
    }
    if (words !== null && offset % 2 === 0) scaleDigital(words, offset / 2, scale, target, at, count)
    else decodePhysical(bytes, offset, header.bytesPerSample, scale, target, at, count)
  })
  return values
}

/** One miniature for the page: each signal's pieces one after the other, as one record. */
async function readThroughDecoder(
  source: ByteSource,
  header: Header,
  planned: readonly (readonly PlannedPiece[])[],
): Promise<readonly Float64Array[]> {
  // Loaded with the first span that is measured: each thread would else hold it, and the first page wait for it.
  const { createMiniature, decodeMiniature } = await import('./samples/decoder.ts')
  const slots = planned.filter((pieces) => pieces.length > 0)
  if (slots.length === 0) return []
  const counts = slots.map((pieces) => pieces.reduce((sum, piece) => sum + piece.to - piece.from, 0))
  const miniature = createMiniature(counts)
  const pieces = slots.flat()
  // Where in the miniature, in bytes, each piece begins; and in its signal, in samples.
  const starts: number[] = []
  const begins: { slot: number; sample: number }[] = []
  for (const [slot, own] of slots.entries()) {
    let sample = 0
    for (const piece of own) {
      starts.push((miniature.offsets[slot] ?? 0) + 2 * sample)
      begins.push({ slot, sample })
      sample += piece.to - piece.from
    }
  }
  await readRanges(source, header, pieces, ({ range, bytes, offset, at, count }) => {
    miniature.data.set(bytes.subarray(offset, offset + 2 * count), (starts[range] ?? 0) + 2 * at)
  })
  const decoded = decodeMiniature(miniature, slots.length)
  return pieces.map((piece, index) => {
    const { slot, sample } = begins[index] ?? { slot: 0, sample: 0 }
    const values = new Float64Array(piece.to - piece.from)
    const scale = scaleOf(signalAt(header, piece.signal))
    scaleDigital(decoded[slot] as Int16Array, sample, scale, values, 0, values.length)
    return values
  })
}

/** A file this small is looked at sample by sample whenever it is scanned: it takes a tenth of a second. */
const SMALL_DATA_BYTES = 64 * 1024 * 1024

export type ScannedRecording = {
  /** In file order. */
  readonly annotations: readonly FileAnnotation[]
  /** What a BioSemi Status channel tells, in the order of time; no annotations of the file's own. */
  readonly statusNotes: readonly FileAnnotation[]
  /** With the record times confirmed and every warning. */
  readonly recording: Recording
  /** SHA-256 or what else was asked for, per signal. */
  readonly digests?: readonly string[]
}

/**
 * Reads every annotation and every record time, and looks at every sample (for those outside the digital
 * range) where the file is small or `samples` or `digest` asks for it. Reads in blocks, so memory is
 * bounded. Throws ReviewError `cancelled`, or what the source throws.
 */
export async function scanRecording(
  source: ByteSource,
  recording: Recording,
  options: ScanOptions = {},
): Promise<ScannedRecording> {
  const { header } = recording
  const samples = options.samples ?? header.records * header.recordBytes <= SMALL_DATA_BYTES
  const { status } = recording
  const { annotations, statusNotes, timeline, findings, digests } = await scan(source, header, {
    ...options,
    samples,
    ...(status === undefined ? {} : { status }),
  })
  const labels = header.signals.map((signal) => signal.label)
  const told = new Set(findings.map((finding) => finding.code))
  const earlier = recording.warnings.filter(
    (warning) => !told.has(warning.code) && !SCAN_CODES.has(warning.code),
  )
  const scanned = { ...recording, timeline, warnings: [...earlier, ...toWarnings(findings, labels)] }
  const found = { annotations, statusNotes, recording: scanned }
  return digests === null ? found : { ...found, digests }
}

/** What opening may have said of the record times, and the scan says again with every record read. */
const SCAN_CODES: ReadonlySet<string> = new Set([
  'record-time-missing',
  'record-time-jump',
  'record-time-backwards',
  'record-overlap',
  'first-onset',
  'contiguous',
])
