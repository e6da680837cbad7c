/**
 * Power by frequency along the whole recording: for each column of time Welch's power of every EEG channel as it was
 * recorded, and of those the median, so that one bad electrode does not colour the night. Unfiltered; nothing crosses a
 * gap. For the reader: `readSpectrogram`.
 */
import type { ByteSource } from '../bytes.ts'
import type { Recording, SignalSamples } from '../edf/header/model.ts'
import { readSpan } from '../edf/recording.ts'
import { throwIfCancelled } from '../edf/records/walkRecords.ts'
import { ReviewError } from '../failure.ts'
import { factorOf } from '../montage/recordedLines.ts'
import { type Hertz, intersectSpans, type Seconds, type Span } from '../units.ts'
import { WELCH_WINDOW } from './spectra.ts'
import { badOf, type ViewSettings } from './viewSettings.ts'
import { computeWelch, type PowerSpectrum } from './welch.ts'

export type Spectrogram = {
  readonly start: Seconds
  readonly columnLength: Seconds
  readonly columns: number
  /** The rows are at `ROW_STEP`, twice it and so on. */
  readonly rows: number
  /** Column by column, each from the lowest row on: density in the square of `unit` a hertz; NaN where nothing was recorded. */
  readonly power: Float32Array
  readonly unit: 'uV' | ''
  /** EEG channels whose median it is. */
  readonly channels: number
}

/** A window of two seconds tells frequencies half a hertz apart. */
export const ROW_STEP: Hertz = 0.5
const ROWS = 60
const MOST_COLUMNS = 1500

type Channel = { readonly signal: number; readonly factor: number; readonly sampleRate: Hertz }

export type SpectrogramPlan = Omit<Spectrogram, 'power' | 'channels'> & {
  readonly channels: readonly Channel[]
}

/** Without which electrodes, and of which part of the recording; all of it where not given. */
type Part = Pick<ViewSettings, 'bad'> & { readonly span?: Span }

/** What is read and into how many columns. Throws ReviewError `unsupported` where no EEG reaches the highest row. */
export function planSpectrogram(
  { header, timeline }: Recording,
  { bad, span: wanted = timeline.span }: Part,
): SpectrogramPlan {
  const span = intersectSpans(wanted, timeline.span)
  if (span === null && timeline.duration > 0) {
    const { start, end } = timeline.span
    throw new ReviewError(
      'unsupported',
      `That part is not on the recording, which goes from ${start} to ${end} s.`,
    )
  }
  const { start, end } = span ?? timeline.span
  const length = Math.max(0, end - start)
  const columnLength = Math.max(WELCH_WINDOW, length / MOST_COLUMNS)
  const isBad = new Set(badOf(bad === undefined ? {} : { bad }))
  const eeg = header.signals.flatMap((signal) => {
    const { kind, scaling, sampleRate, index } = signal
    const factor = kind === 'eeg' && scaling === 'calibrated' && !isBad.has(index) ? factorOf(signal) : null
    const reaches = sampleRate !== null && sampleRate / 2 >= ROWS * ROW_STEP
    if (factor === null || !reaches) return []
    return [{ signal: index, factor, sampleRate, isVoltage: signal.unit !== '' }]
  })
  const voltages = eeg.filter(({ isVoltage }) => isVoltage)
  const channels = voltages.length > 0 ? voltages : eeg
  if (channels.length === 0 || length === 0) {
    throw new ReviewError(
      'unsupported',
      `A spectrogram needs an EEG of ${2 * ROWS * ROW_STEP} samples a second or more that is not marked bad; here is none.`,
    )
  }
  return {
    start,
    columnLength,
    columns: Math.ceil(length / columnLength - 1e-9),
    rows: ROWS,
    unit: voltages.length > 0 ? 'uV' : '',
    channels,
  }
}

export function spanOfColumn({ start, columnLength }: SpectrogramPlan, column: number): Span {
  return { start: start + column * columnLength, end: start + (column + 1) * columnLength }
}

/** The power of one channel in one column, a value a row; null where it has no window without a gap. */
export function rowsOf(
  { factor, sampleRate }: Channel,
  { pieces }: Pick<SignalSamples, 'pieces'>,
): Float64Array | null {
  const stretches = pieces.map(({ values }) => values)
  const spectrum = computeWelch(stretches, sampleRate, Math.round(WELCH_WINDOW * sampleRate))
  if (spectrum === null) return null
  return Float64Array.from(
    { length: ROWS },
    (_, row) => rowOf(spectrum, (row + 1) * ROW_STEP) * factor * factor,
  )
}

/** The mean of what the transform has within half a row of the frequency. */
function rowOf({ power, step }: PowerSpectrum, frequency: Hertz): number {
  const from = Math.ceil((frequency - ROW_STEP / 2) / step - 1e-9)
  const to = Math.ceil((frequency + ROW_STEP / 2) / step - 1e-9)
  let sum = 0
  for (let k = from; k < to; k++) sum += power[k] ?? 0
  return sum / (to - from)
}

/** Row by row the middle of the channels, of an even number the mean of the two in the middle. */
export function medianOfRows(channels: readonly Float64Array[]): Float32Array {
  const median = new Float32Array(ROWS).fill(Number.NaN)
  if (channels.length === 0) return median
  const middle = channels.length / 2
  for (let row = 0; row < ROWS; row++) {
    const sorted = channels.map((rows) => rows[row]!).sort((a, b) => a - b)
    median[row] = (sorted[Math.ceil(middle) - 1]! + sorted[Math.floor(middle)]!) / 2
  }
  return median
}

type Options = Part & {
  /** From 0 to 1. */
  readonly onProgress?: (done: number) => void
  readonly signal?: AbortSignal
  /** Called between two channels of a column, some milliseconds of work: who waits goes first. */
  readonly giveWay: () => Promise<void>
}

/** Reads all of the EEG there. Throws ReviewError `unsupported` or `cancelled`, or what the source throws. */
export async function readSpectrogram(
  source: ByteSource,
  recording: Recording,
  { onProgress, signal, giveWay, ...part }: Options,
): Promise<Spectrogram> {
  const plan = planSpectrogram(recording, part)
  const { channels, ...facts } = plan
  const power = new Float32Array(plan.columns * plan.rows)
  for (let column = 0; column < plan.columns; column++) {
    throwIfCancelled(signal)
    const wanted = channels.map((channel) => channel.signal)
    const samples = await readSpan(source, recording, wanted, spanOfColumn(plan, column))
    const rows: Float64Array[] = []
    for (const channel of channels) {
      const own = samples.find((each) => each.signal === channel.signal)
      const found = own === undefined ? null : rowsOf(channel, own)
      if (found !== null) rows.push(found)
      await giveWay()
    }
    power.set(medianOfRows(rows), column * plan.rows)
    onProgress?.((column + 1) / plan.columns)
  }
  return { ...facts, power, channels: channels.length }
}
