/**
 * One pass over the whole recording: every annotation and record time and, where asked, every sample, for
 * its range and its digest.
 */
import type { ByteSource } from '../bytes.ts'
import {
  createSampleClock,
  createStatusReader,
  type StatusBits,
  statusFindings,
  statusNotes,
} from './annotations/biosemiStatus.ts'
import { linkableLabels, linkToSignal, parseTalBlock, type TalProblem } from './annotations/tal.ts'
import type { CodePage } from './header/codePages.ts'
import type { Finding } from './header/finding.ts'
import { recordOffset, signalOffsets } from './header/layout.ts'
import type { FileAnnotation, Header, StatusChannel, Timeline } from './header/model.ts'
import { annotationSignals, LARGEST_WHOLE_RECORD_BYTES, walkRecords } from './records/walkRecords.ts'
import { createSampleAudit, type Digest } from './samples/auditSamples.ts'
import { breakTimeline } from './time/breaks.ts'
import { createTimelineBuilder } from './time/timeline.ts'

export type ScanOptions = {
  /** From 0 to 1, about once a block of 4 MiB. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
  /** Look at every sample too: for those outside the digital range. */
  readonly samples?: boolean
  /** The Status channel to be read too. */
  readonly status?: StatusChannel
  /** Of the annotations' texts, where the reader has said it. */
  readonly page?: CodePage
  /** Makes the digest of one signal, fed with its digital samples as little-endian 32-bit integers. */
  readonly digest?: () => Digest
}

export type ScanResult = {
  /** In file order. */
  readonly annotations: readonly FileAnnotation[]
  /** What the Status channel tells: triggers, pauses, a lost reference; in the order of time. */
  readonly statusNotes: readonly FileAnnotation[]
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
  const tals = createTalReader(header, options.page)
  const looksAtSamples = options.samples === true || options.digest !== undefined
  const samples = looksAtSamples ? createSampleAudit(header, options.digest) : null
  const isLarge = header.recordBytes > LARGEST_WHOLE_RECORD_BYTES
  const status = options.status === undefined ? null : createStatusReader(header, options.status)
  const few = options.status === undefined ? texts : [...texts, options.status.signal]
  const wanted = samples === null || isLarge ? few : header.signals.map((signal) => signal.index)
  const [keeper] = texts
  for await (const block of walkRecords(source, header, wanted, options.signal)) {
    for (let record = block.firstRecord; record < block.firstRecord + block.records; record++) {
      for (const index of texts) {
        const onset = tals.read(block.bytesOf(record, index), record, index)
        if (index === keeper) builder.add(onset)
      }
      if (options.status !== undefined) {
        status?.read(block.bytesOf(record, options.status.signal), record)
      }
    }
    samples?.read(block)
    if (!isLarge || samples === null) {
      options.onProgress?.((block.firstRecord + block.records) / header.records)
    }
  }
  if (samples !== null && isLarge) await samples.readEach(source, options.signal, options.onProgress)
  const { timeline, findings } = builder.finish(true)
  const told = tellStatus(header, timeline, options.status, status?.bits() ?? null)
  return {
    annotations: tals.annotations,
    statusNotes: told.notes,
    timeline: told.timeline,
    findings: [...findings, ...tals.findings(), ...told.findings, ...(samples?.findings() ?? [])],
    digests: samples?.digests() ?? null,
  }
}

function tellStatus(
  header: Header,
  timeline: Timeline,
  status: StatusChannel | undefined,
  bits: StatusBits | null,
): {
  readonly timeline: Timeline
  readonly notes: readonly FileAnnotation[]
  readonly findings: readonly Finding[]
} {
  const signal = status === undefined ? undefined : header.signals[status.signal]
  if (status === undefined || signal === undefined || bits === null)
    return { timeline, notes: [], findings: [] }
  const timeOf = createSampleClock(header, timeline, status.signal)
  return {
    timeline: breakTimeline(timeline, header, bits.epochs, signal.samplesPerRecord),
    notes: statusNotes(bits, signal.label, timeOf),
    findings: statusFindings(header, status, bits, timeOf),
  }
}

type Sighting = { count: number; readonly record: number; readonly offset: number; readonly signal: number }

function createTalReader(header: Header, page?: CodePage) {
  const offsets = signalOffsets(header)
  const [keeper] = annotationSignals(header)
  const labels = linkableLabels(header)
  const annotations: FileAnnotation[] = []
  let dropped = 0
  const sightings = new Map<TalProblem, Sighting>()
  const read = (bytes: Uint8Array, record: number, signal: number) => {
    const block = parseTalBlock(bytes, MOST_ANNOTATIONS - annotations.length, page)
    for (const annotation of block.annotations) annotations.push(linkToSignal(annotation, labels))
    dropped += block.dropped
    for (const [problem, { count, offset }] of block.problems) {
      if (problem === 'time-order' && signal !== keeper) continue
      const seen = sightings.get(problem)
      const at = recordOffset(header, record) + (offsets[signal] ?? 0) + offset
      if (seen === undefined) sightings.set(problem, { count, record, offset: at, signal })
      else seen.count += count
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
  'time-order': {
    code: 'tal-time-order',
    clause: 'EDF+ 2.2.4: time keeping of data records',
    what: "the annotation that keeps a record's time behind another",
    expected: 'the one with an empty text first',
    howRead: "its onset is taken as the record's start",
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
