/**
 * Rulers for the samples: what a reader would measure on the finished files, by textbook methods that
 * know nothing of how the samples are made.
 */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import type { AnnotationDocument, Mark } from '../../shared/annotation/document.ts'
import { parseSet } from '../../shared/annotation/format.ts'
import { bytesSource } from '../../shared/bytes.ts'
import type { FileAnnotation, Recording } from '../../shared/edf/header/model.ts'
import { openRecording, readSamples, scanRecording } from '../../shared/edf/recording.ts'
import { secondsFromTicks } from '../../shared/units.ts'

export const SAMPLE_NAMES = ['mixed-teaching', 'hypnic-jerks', 'spike-wave-3hz'] as const
export const FOLDER = path.resolve(import.meta.dirname, '../../samples')
export const RATE = 256

export type Sample = {
  readonly name: string
  readonly bytes: Uint8Array
  readonly recording: Recording
  readonly notes: readonly FileAnnotation[]
  readonly key: AnnotationDocument
  /** Physical values of the signal with this label, or of the scalp electrode of this name. */
  readonly of: (label: string) => Float64Array
}

export async function loadSample(name: string): Promise<Sample> {
  const bytes = new Uint8Array(readFileSync(path.join(FOLDER, `${name}.edf`)))
  const source = bytesSource(bytes)
  const { recording, annotations } = await scanRecording(source, await openRecording(source))
  const signals = new Map<string, Float64Array>()
  for (const { index, label, samples, kind } of recording.header.signals) {
    if (kind === 'annotations') continue
    signals.set(label, await readSamples(source, recording, index, 0, samples))
  }
  const of = (label: string): Float64Array => {
    const values = signals.get(label) ?? signals.get(electrodeLabel(name, label))
    if (values === undefined) throw new Error(`${name} has no signal ${label}`)
    return values
  }
  const key = parseSet(readFileSync(path.join(FOLDER, `${name}.key.json`), 'utf8'))
  return { name, bytes, recording, notes: annotations, key, of }
}

/** Each sample labels its electrodes as another laboratory would: the names of today, those before, and in capitals. */
export function electrodeLabel(name: string, electrode: string): string {
  const before: Readonly<Record<string, string>> = { T7: 'T3', T8: 'T4', P7: 'T5', P8: 'T6' }
  if (name === 'mixed-teaching') return `EEG ${electrode}-Ref`
  const old = before[electrode] ?? electrode
  return name === 'hypnic-jerks' ? `EEG ${old}-Ref` : `EEG ${old.toUpperCase()}-REF`
}

export type Stretch = { readonly start: number; readonly end: number }

export function stretchOf(mark: Mark): Stretch {
  const start = secondsFromTicks(mark.onset)
  return { start, end: start + secondsFromTicks(mark.duration) }
}

export function cut(values: Float64Array, start: number, end: number): Float64Array {
  return values.subarray(Math.max(0, Math.round(start * RATE)), Math.round(end * RATE))
}

export function subtract(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, index) => value - b[index]!)
}

/** Second-order Butterworth sections by the bilinear transform, run forwards and backwards: no delay. */
export function bandPass(values: Float64Array, low: number, high: number): Float64Array {
  let wave: Float64Array = Float64Array.from(values)
  for (const [kind, hertz] of [
    ['high', low],
    ['low', high],
  ] as const) {
    wave = section(wave, kind, hertz).reverse()
    wave = section(wave, kind, hertz).reverse()
  }
  return wave
}

function section(values: Float64Array, kind: 'high' | 'low', hertz: number): Float64Array {
  const k = Math.tan((Math.PI * hertz) / RATE)
  const norm = 1 / (1 + Math.SQRT2 * k + k * k)
  const gain = kind === 'low' ? k * k * norm : norm
  const middle = kind === 'low' ? 2 : -2
  const a1 = 2 * (k * k - 1) * norm
  const a2 = (1 - Math.SQRT2 * k + k * k) * norm
  let z1 = 0
  let z2 = 0
  return values.map((x) => {
    const y = gain * x + z1
    z1 = middle * gain * x - a1 * y + z2
    z2 = gain * x - a2 * y
    return y
  })
}

export function rms(values: Float64Array): number {
  return Math.sqrt(values.reduce((sum, value) => sum + value * value, 0) / values.length)
}

export function peakToPeak(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), -Infinity) - least(values)
}

export function least(values: Float64Array): number {
  return values.reduce((low, value) => Math.min(low, value), Infinity)
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

export function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  const [ma, mb] = [mean(a), mean(b)]
  let [ab, aa, bb] = [0, 0, 0]
  for (let k = 0; k < a.length; k++) {
    ab += (a[k]! - ma) * (b[k]! - mb)
    aa += (a[k]! - ma) ** 2
    bb += (b[k]! - mb) ** 2
  }
  return ab / Math.sqrt(aa * bb)
}

/** Frequency of the highest peak of the autocorrelation between two frequencies, to a fraction of a sample. */
export function rateByAutocorrelation(values: Float64Array, low: number, high: number): number {
  const at = (lag: number) => correlation(values.subarray(0, values.length - lag), values.subarray(lag))
  let best = { lag: 0, value: -1 }
  for (let lag = Math.floor(RATE / high); lag <= Math.ceil(RATE / low); lag++) {
    const value = at(lag)
    if (value > best.value) best = { lag, value }
  }
  const [before, after] = [at(best.lag - 1), at(best.lag + 1)]
  return RATE / (best.lag + (0.5 * (before - after)) / (before - 2 * best.value + after))
}

/** Amplitude (half of peak to peak) of one frequency, by the Fourier sum over the stretch. */
export function amplitudeAt(values: Float64Array, hertz: number): number {
  let [real, imaginary] = [0, 0]
  for (let k = 0; k < values.length; k++) {
    real += values[k]! * Math.cos((2 * Math.PI * hertz * k) / RATE)
    imaginary += values[k]! * Math.sin((2 * Math.PI * hertz * k) / RATE)
  }
  return (2 / values.length) * Math.hypot(real, imaginary)
}

/** Times of the R waves: the highest sample of each stretch above half of the highest of all. */
export function beats(ecg: Float64Array): readonly number[] {
  const threshold = 0.5 * ecg.reduce((most, value) => Math.max(most, value), 0)
  const times: number[] = []
  for (let k = 0; k < ecg.length; k++) {
    if (ecg[k]! < threshold) continue
    let top = k
    for (; k < ecg.length && ecg[k]! >= threshold; k++) if (ecg[k]! > ecg[top]!) top = k
    times.push(top / RATE)
  }
  return times
}

/**
 * The EMG burst near a time: its edges where the 12 ms RMS above 20 Hz crosses a threshold over the resting
 * level of the five seconds before; pauses up to 30 ms belong to it. Null where nothing crosses.
 */
export function emgBurst(values: Float64Array, near: number): Stretch | null {
  const around = cut(values, near - 6, near + 2)
  const fast = bandPass(around, 20, 100)
  const level = fast.map((_, k) => rms(fast.subarray(Math.max(0, k - 1), k + 2)))
  const rest = median([...level.subarray(RATE, Math.round(5.8 * RATE))])
  const threshold = Math.max(12, 6 * rest)
  const from = Math.round(5.9 * RATE)
  const first = level.findIndex((value, k) => k >= from && value > threshold)
  if (first < 0 || first > from + 0.5 * RATE) return null
  let last = first
  for (let k = first; k < level.length && k - last <= 0.03 * RATE; k++) if (level[k]! > threshold) last = k
  return { start: near - 6 + first / RATE, end: near - 6 + (last + 1) / RATE }
}
