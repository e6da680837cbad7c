/**
 * The summary under the overview strip: how large the EEG is along the whole recording. Every sample is looked
 * at, as digital value and record by record as it lies in the file: that is all the time there is for 700
 * million of them. For the reader: `readOverview`.
 */

import type { ByteSource } from '../bytes.ts'
import { signalOffsets } from '../edf/header/layout.ts'
import type { Header, Recording, Segment, SignalHeader } from '../edf/header/model.ts'
import {
  LARGEST_WHOLE_RECORD_BYTES,
  type RecordBlock,
  throwIfCancelled,
  walkRecords,
} from '../edf/records/walkRecords.ts'
import { decodeDigital, scaleOf, viewOf16 } from '../edf/samples/kernel.ts'
import { readRanges } from '../edf/samples/readRanges.ts'
import { groupBy } from '../groupBy.ts'
import { factorOf } from '../montage/recordedLines.ts'
import {
  type Hertz,
  intersectSpans,
  type Microvolts,
  type SampleIndex,
  type Seconds,
  type Span,
  secondsFromTicks,
} from '../units.ts'
import { type SegmentAxis, sampleFrom, segmentAxis, timeOfSample } from './derive.ts'

export type Overview = {
  readonly start: Seconds
  readonly binLength: Seconds
  /**
   * Largest deviation in each bin after a 1 Hz low-frequency filter: the median of the EEG channels, uV; 0 in
   * gaps and where nothing was read yet.
   */
  readonly eeg: Float32Array
}

export type OverviewOptions = {
  readonly bins?: number
  /** The part of the recording that is summed up; all of it where not given. */
  readonly span?: Span
  /** After every block of 1 MiB: how far it is, from 0 to 1, and what would be seen by now. */
  readonly onProgress?: (done: number, soFar: () => Overview) => void
  readonly signal?: AbortSignal
}

const SHORTEST_BIN: Seconds = 1
/** Sway and electrode drift lie below. */
const FLOOR: Hertz = 1
/** Read before a part of a recording: after so long a filter that began there has what one from the start has. */
const SETTLES: Seconds = 5
/** So short a piece of work that a page asked for meanwhile waits for less than a millisecond. */
const BLOCK_BYTES = 1024 * 1024

/** Reads the EEG, all of it or that of a part, for a strip of at most `bins` bins. Throws ReviewError `cancelled`, or what the source throws. */
export async function readOverview(
  source: ByteSource,
  recording: Recording,
  { bins = 1500, span, onProgress, signal }: OverviewOptions = {},
): Promise<Overview> {
  const { header, timeline } = recording
  const part = span === undefined ? timeline.span : intersectSpans(span, timeline.span)
  const { start, end } = part ?? { start: timeline.span.start, end: timeline.span.start }
  const length = Math.max(0, end - start)
  const binLength = Math.max(SHORTEST_BIN, length / bins)
  const wanted = Math.max(0, Math.ceil(length / binLength - 1e-9))
  // Samples before and after a part fall into bins of their own, which are left out at the end.
  const before = span === undefined ? 0 : 1 + Math.ceil(SETTLES / binLength)
  const axis: Axis = {
    start: start - before * binLength,
    binLength,
    bins: before + wanted + (span === undefined ? 0 : 1),
    segments: timeline.segments,
  }
  const { from, to } =
    span === undefined
      ? { from: 0, to: header.records }
      : recordsWithin(recording, { start: start - SETTLES, end })
  const channels = header.signals.flatMap((each) => {
    const factor = each.kind === 'eeg' && each.scaling === 'calibrated' ? factorOf(each) : null
    return factor === null || each.sampleRate === null ? [] : [channelOf(each, factor, axis)]
  })
  const soFar = () => {
    const eeg = medianOf(channels, axis.bins).slice(before, before + wanted)
    return { start, binLength, eeg }
  }
  if (channels.length > 0 && header.recordBytes > LARGEST_WHOLE_RECORD_BYTES) {
    for (const [index, channel] of channels.entries()) {
      await addLargeRecords(source, header, createGroup([channel], axis), { from, to }, signal)
      onProgress?.((index + 1) / channels.length, soFar)
    }
  } else if (channels.length > 0) {
    const groups = [...groupBy(channels, (channel) => channel.samplesPerRecord).values()]
    const add = createBlockAdder(
      header,
      groups.map((group) => createGroup(group, axis)),
    )
    const signals = channels.map((channel) => channel.signal)
    const walk = { blockBytes: BLOCK_BYTES, from, to }
    for await (const block of walkRecords(source, header, signals, signal, walk)) {
      add(block)
      onProgress?.((block.firstRecord + block.records - from) / (to - from), soFar)
    }
  }
  return soFar()
}

/** Whole records that hold what lies within a span: from the first to behind the last, gaps between them or not. */
function recordsWithin({ header, timeline }: Recording, span: Span): { from: number; to: number } {
  let from = header.records
  let to = 0
  for (const { firstRecord, records, onset } of timeline.segments) {
    const start = secondsFromTicks(onset)
    if (start >= span.end || start + records * header.recordDuration <= span.start) continue
    const at = (time: Seconds) => firstRecord + (time - start) / header.recordDuration
    from = Math.min(from, Math.floor(Math.max(firstRecord, at(span.start))))
    to = Math.max(to, Math.ceil(Math.min(firstRecord + records, at(span.end))))
  }
  return { from, to: Math.min(to, header.records) }
}

type Axis = {
  readonly start: Seconds
  readonly binLength: Seconds
  readonly bins: number
  readonly segments: readonly Segment[]
}

type Channel = {
  readonly signal: number
  readonly samplesPerRecord: number
  readonly sampleRate: Hertz
  /** uV per digital step, without its sign. */
  readonly step: number
  /** Per bin, uV; -1 where the bin has no samples. */
  readonly peaks: Float32Array
}

function channelOf(signal: SignalHeader, factor: number, { bins }: Axis): Channel {
  const { index, samplesPerRecord, sampleRate } = signal
  return {
    signal: index,
    samplesPerRecord,
    sampleRate: sampleRate ?? 1,
    step: Math.abs(scaleOf(signal).gain * factor),
    peaks: new Float32Array(bins).fill(-1),
  }
}

/** The middle of the channels, so that one bad electrode does not fill the strip. */
function medianOf(channels: readonly Channel[], bins: number): Float32Array {
  const median = new Float32Array(bins)
  for (let bin = 0; bin < bins; bin++) {
    const peaks: Microvolts[] = []
    for (const { peaks: own } of channels) if (own[bin]! >= 0) peaks.push(own[bin]!)
    if (peaks.length > 0) median[bin] = peaks.sort((a, b) => a - b)[peaks.length >> 1]!
  }
  return median
}

type Samples = Int16Array | Int32Array
type Place = { readonly samples: Samples; readonly at: number }

/** Channels of one rate: they share the place on the axis, and are filtered four at once. */
type Group = {
  readonly channels: readonly Channel[]
  /** Takes in `count` samples of each channel, all in one record, from the file's sample `from` on. */
  readonly add: (from: SampleIndex, count: number, places: readonly Place[]) => void
}

function createGroup(channels: readonly Channel[], axis: Axis): Group {
  const { sampleRate, samplesPerRecord } = channels[0] as Channel
  const keep = 1 / (1 + (2 * Math.PI * FLOOR) / sampleRate)
  const states = channels.map(() => new Float64Array(STATE_LENGTH))
  let segment = -1
  let run: SegmentAxis | null = null
  let bin = 0
  let binEnd = 0
  let next = -1

  /** The bin of a sample, and the sample with which the bin ends. */
  const place = (sample: SampleIndex) => {
    while (sample >= (run?.endSample ?? 0) && segment + 1 < axis.segments.length) {
      segment += 1
      run = segmentAxis(axis.segments[segment]!, samplesPerRecord, sampleRate)
      next = -1
    }
    if (run === null) return
    const time = timeOfSample(run, sample)
    bin = Math.min(Math.max(0, Math.floor((time - axis.start) / axis.binLength + 1e-9)), axis.bins - 1)
    const end = sampleFrom(run, axis.start + (bin + 1) * axis.binLength)
    // The last bin takes what rounding leaves over.
    binEnd = bin === axis.bins - 1 ? run.endSample : Math.min(run.endSample, Math.max(sample + 1, end))
  }

  const note = () => {
    for (const [index, { peaks, step }] of channels.entries()) {
      const state = states[index]!
      peaks[bin] = Math.max(peaks[bin]!, state[PEAK]! * step)
    }
  }

  const add: Group['add'] = (from, count, places) => {
    for (let done = 0; done < count; ) {
      const sample = from + done
      if (sample >= binEnd || sample !== next) {
        place(sample)
        if (sample !== next)
          for (const [index, state] of states.entries()) settle(state, places[index]!, done)
        for (const state of states) state[PEAK] = 0
      }
      // Samples beyond the last stretch belong to the last bin.
      const length = binEnd > sample ? Math.min(count - done, binEnd - sample) : count - done
      for (let index = 0; index < channels.length; index += 4) {
        followFour(places, states, index, { done, length, keep })
      }
      done += length
      next = from + done
      note()
    }
  }
  return { channels, add }
}

const STATE_LENGTH = 3
const PREVIOUS = 0
const HIGH = 1
/** The largest deviation in the bin, whichever way. */
const PEAK = 2

/** The filter begins afresh behind a gap: on the first value, whatever the electrode's offset. */
function settle(state: Float64Array, { samples, at }: Place, skipped: number): void {
  state[PREVIOUS] = samples[at + skipped]!
  state[HIGH] = 0
}

/**
 * A first-order low-frequency filter over four runs at once, and the largest deviation of each. A value waits for the one
 * before it; with four the processor has something to do meanwhile (0.8 ns a sample in place of 3.3 with one), as long as
 * each needs no more than one comparison.
 */
function followFour(
  places: readonly Place[],
  states: readonly Float64Array[],
  from: number,
  { done, length, keep }: { readonly done: number; readonly length: number; readonly keep: number },
): void {
  // Where fewer than four are left, the last goes with itself.
  const last = states.length - 1
  const b = Math.min(from + 1, last)
  const c = Math.min(from + 2, last)
  const d = Math.min(from + 3, last)
  const first = states[from]!
  const second = states[b]!
  const third = states[c]!
  const fourth = states[d]!
  const inA = places[from]!.samples
  const inB = places[b]!.samples
  const inC = places[c]!.samples
  const inD = places[d]!.samples
  const atA = places[from]!.at + done
  const atB = places[b]!.at + done
  const atC = places[c]!.at + done
  const atD = places[d]!.at + done
  let pA = first[PREVIOUS]!
  let pB = second[PREVIOUS]!
  let pC = third[PREVIOUS]!
  let pD = fourth[PREVIOUS]!
  let hA = first[HIGH]!
  let hB = second[HIGH]!
  let hC = third[HIGH]!
  let hD = fourth[HIGH]!
  let peakA = first[PEAK]!
  let peakB = second[PEAK]!
  let peakC = third[PEAK]!
  let peakD = fourth[PEAK]!
  for (let k = 0; k < length; k++) {
    const vA = inA[atA + k]!
    const vB = inB[atB + k]!
    const vC = inC[atC + k]!
    const vD = inD[atD + k]!
    hA = keep * (hA + (vA - pA))
    hB = keep * (hB + (vB - pB))
    hC = keep * (hC + (vC - pC))
    hD = keep * (hD + (vD - pD))
    pA = vA
    pB = vB
    pC = vC
    pD = vD
    const sizeA = Math.abs(hA)
    const sizeB = Math.abs(hB)
    const sizeC = Math.abs(hC)
    const sizeD = Math.abs(hD)
    if (sizeA > peakA) peakA = sizeA
    if (sizeB > peakB) peakB = sizeB
    if (sizeC > peakC) peakC = sizeC
    if (sizeD > peakD) peakD = sizeD
  }
  keepState(first, pA, hA, peakA)
  keepState(second, pB, hB, peakB)
  keepState(third, pC, hC, peakC)
  keepState(fourth, pD, hD, peakD)
}

function keepState(state: Float64Array, previous: number, high: number, peak: number): void {
  state[PREVIOUS] = previous
  state[HIGH] = high
  state[PEAK] = peak
}

/** Adds blocks of whole records to the groups, without an object a record where they are 16-bit. */
function createBlockAdder(header: Header, groups: readonly Group[]): (block: RecordBlock) => void {
  const offsets = signalOffsets(header)
  const copies = groups.map(({ channels }) =>
    channels.map(({ samplesPerRecord }) => ({ samples: new Int32Array(samplesPerRecord), at: 0 })),
  )
  const size = header.bytesPerSample
  return ({ firstRecord, records, bytes, bytesOf }) => {
    const words = bytes !== null && size === 2 ? viewOf16(bytes) : null
    const shared = groups.map(({ channels }) => channels.map(() => ({ samples: words ?? NONE, at: 0 })))
    for (let k = 0; k < records; k++) {
      for (const [g, { channels, add }] of groups.entries()) {
        const { samplesPerRecord } = channels[0]!
        const places = words === null ? copies[g]! : shared[g]!
        for (const [c, { signal }] of channels.entries()) {
          if (words !== null) places[c]!.at = (k * header.recordBytes + offsets[signal]!) / 2
          else {
            const own = bytesOf(firstRecord + k, signal)
            decodeDigital(own, 0, size, copies[g]![c]!.samples, 0, samplesPerRecord)
          }
        }
        add((firstRecord + k) * samplesPerRecord, samplesPerRecord, places)
      }
    }
  }
}

const NONE = new Int16Array(0)

/** One channel through records that are too large to be held. */
async function addLargeRecords(
  source: ByteSource,
  header: Header,
  { channels, add }: Group,
  records: { readonly from: number; readonly to: number },
  abort?: AbortSignal,
): Promise<void> {
  const { signal, samplesPerRecord } = channels[0]!
  const from = samplesPerRecord * records.from
  const to = samplesPerRecord * records.to
  if (to <= from) return
  let samples = new Int32Array(0)
  await readRanges(source, header, [{ signal, from, to }], ({ bytes, offset, at, count }) => {
    throwIfCancelled(abort)
    if (count > samples.length) samples = new Int32Array(count)
    decodeDigital(bytes, offset, header.bytesPerSample, samples, 0, count)
    add(at, count, [{ samples, at: 0 }])
  })
}
