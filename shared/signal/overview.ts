/**
 * The summary under the overview strip: how large the EEG and how active the muscles are along the whole
 * recording. It is made in blocks, so that the caller can show progress, answer pages in between and stop.
 *
 * plan = planOverview(recording); state = startOverview(plan); for each of plan.blocks: read plan.signals
 * over the block, addToOverview(state, samples); readOverview(state) at any time.
 */
import type { Recording, SamplePiece, SignalSamples } from '../edf/model.ts'
import { factorOf } from '../montage/recordedLines.ts'
import {
  type Hertz,
  type Microvolts,
  type Seconds,
  type Span,
  secondsFromTicks,
  spansOverlap,
} from '../units.ts'
import { firstSampleFrom } from './envelope.ts'

export type OverviewPlan = {
  readonly span: Span
  readonly bins: number
  readonly binLength: Seconds
  /** Signals to read, by header index: EEG, then EMG. */
  readonly signals: readonly number[]
  readonly channels: readonly OverviewChannel[]
  /** Spans to read, in order, each a whole number of bins; those without any record are left out. */
  readonly blocks: readonly Span[]
}

type OverviewChannel = {
  readonly signal: number
  readonly kind: 'eeg' | 'emg'
  /** uV per unit of the file. */
  readonly factor: number
}

export type Overview = {
  readonly start: Seconds
  readonly binLength: Seconds
  /** Largest deviation in the bin after a 1 Hz low-frequency filter: the median of the EEG channels, uV. */
  readonly eeg: Float32Array
  /** RMS above 10 Hz of the most active EMG channel, uV. */
  readonly emg: Float32Array
  /** 1 where the bin has samples that were seen, else 0 (a gap, or not yet scanned). */
  readonly seen: Uint8Array
}

/** Opaque to callers; changed by addToOverview. */
export type OverviewState = {
  readonly plan: OverviewPlan
  readonly peaks: readonly Float32Array[]
  readonly squares: readonly Float64Array[]
  readonly counts: readonly Float64Array[]
}

const SHORTEST_BIN: Seconds = 1
/** Short enough that a page asked for meanwhile waits for less than ten milliseconds (32 channels at 256 Hz). */
const BLOCK: Seconds = 60

/** EEG below 1 Hz is sway and electrode drift; EMG below 10 Hz is movement (AASM pass band 10-100 Hz). */
const FLOOR: Readonly<Record<OverviewChannel['kind'], Hertz>> = { eeg: 1, emg: 10 }

/** What to read for a strip of at most `bins` bins. */
export function planOverview(recording: Recording, bins = 1500): OverviewPlan {
  const { header, timeline } = recording
  const { span } = timeline
  const length = Math.max(0, span.end - span.start)
  const binLength = Math.max(SHORTEST_BIN, length / bins)
  const count = Math.max(0, Math.ceil(length / binLength - 1e-9))
  const channels = header.signals.flatMap((signal): OverviewChannel[] => {
    const { index, kind, scaling, sampleRate } = signal
    const factor = factorOf(signal)
    const isUsable = scaling === 'calibrated' && factor !== null && sampleRate !== null
    return isUsable && (kind === 'eeg' || kind === 'emg') ? [{ signal: index, kind, factor }] : []
  })
  const perBlock = Math.max(1, Math.floor(BLOCK / binLength))
  const blocks: Span[] = []
  const segments = timeline.segments.map(({ onset, records }): Span => {
    const start = secondsFromTicks(onset)
    return { start, end: start + records * header.recordDuration }
  })
  let nearest = 0
  for (let bin = 0; bin < count; bin += perBlock) {
    const start = span.start + bin * binLength
    const block = { start, end: Math.min(span.end, start + perBlock * binLength) }
    while (nearest < segments.length && segments[nearest]!.end <= block.start) nearest += 1
    if (segments.slice(nearest, nearest + 2).some((segment) => spansOverlap(segment, block)))
      blocks.push(block)
  }
  const signals = channels.map(({ signal }) => signal)
  return { span, bins: count, binLength, signals, channels, blocks: signals.length === 0 ? [] : blocks }
}

export function startOverview(plan: OverviewPlan): OverviewState {
  return {
    plan,
    peaks: plan.channels.map(() => new Float32Array(plan.bins)),
    squares: plan.channels.map(({ kind }) => new Float64Array(kind === 'emg' ? plan.bins : 0)),
    counts: plan.channels.map(() => new Float64Array(plan.bins)),
  }
}

/** Takes in one block. Blocks may come in any order, each once. */
export function addToOverview(state: OverviewState, samples: readonly SignalSamples[]): void {
  const bySignal = new Map(samples.map((each) => [each.signal, each]))
  state.plan.channels.forEach(({ signal }, channel) => {
    const read = bySignal.get(signal)
    for (const piece of read?.pieces ?? []) addPiece(state, channel, piece, read?.sampleRate ?? 1)
  })
}

function addPiece(state: OverviewState, channel: number, piece: SamplePiece, rate: Hertz): void {
  const { plan } = state
  const { kind, factor } = plan.channels[channel]!
  const peaks = state.peaks[channel]!
  const squares = state.squares[channel]!
  const counts = state.counts[channel]!
  const { values } = piece
  const keep = 1 / (1 + (2 * Math.PI * FLOOR[kind]) / rate)
  let previous = values[0] ?? 0
  let high = 0
  let i = 0
  let bin = Math.max(0, Math.floor((piece.start - plan.span.start) / plan.binLength + 1e-9))
  for (; bin < plan.bins && i < values.length; bin++) {
    const end = plan.span.start + (bin + 1) * plan.binLength
    const stop = Math.min(values.length, Math.max(i, firstSampleFrom(end, piece.start, rate)))
    let peak = 0
    let square = 0
    counts[bin]! += stop - i
    for (; i < stop; i++) {
      const value = values[i]!
      high = keep * (high + value - previous)
      previous = value
      const size = high < 0 ? -high : high
      if (size > peak) peak = size
      square += high * high
    }
    peaks[bin] = Math.max(peaks[bin]!, peak * factor)
    if (kind === 'emg') squares[bin]! += square * factor * factor
  }
}

/** What has been seen so far. */
export function readOverview(state: OverviewState): Overview {
  const { bins, span, binLength, channels } = state.plan
  const eeg = new Float32Array(bins)
  const emg = new Float32Array(bins)
  const seen = new Uint8Array(bins)
  for (let bin = 0; bin < bins; bin++) {
    const peaks: Microvolts[] = []
    channels.forEach(({ kind }, channel) => {
      const count = state.counts[channel]![bin]!
      if (count === 0) return
      seen[bin] = 1
      if (kind === 'eeg') peaks.push(state.peaks[channel]![bin]!)
      else emg[bin] = Math.max(emg[bin]!, Math.sqrt(state.squares[channel]![bin]! / count))
    })
    if (peaks.length > 0) eeg[bin] = peaks.sort((a, b) => a - b)[peaks.length >> 1]!
  }
  return { start: span.start, binLength, eeg, emg, seen }
}
