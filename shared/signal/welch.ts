/**
 * Power by frequency, by Welch (1967): windows that overlap by half, each less its mean and under a Hann window, the
 * squares of their transforms averaged. The same as scipy.signal.welch(x, fs, 'hann', nperseg, nperseg // 2, nfft) with
 * detrend 'constant' and scaling 'density', which a test compares.
 */
import type { Hertz, Seconds } from '../units.ts'
import { fftOf } from './fft.ts'

export type PowerSpectrum = {
  /** From one value to the next; the first stands at 0 Hz. */
  readonly step: Hertz
  /** Up to half the sampling rate, in the square of the signal's unit a hertz. */
  readonly power: Float64Array
  readonly windows: number
  readonly windowLength: Seconds
}

/** Windows are filled up with zeros to at least twice their length: the values lie twice as dense as they are sharp. */
const PADDING = 2

/**
 * Averaged over every window of `length` samples that fits into one of the stretches: no window crosses a gap. null
 * where none fits.
 */
export function computeWelch(
  stretches: readonly Float64Array[],
  sampleRate: Hertz,
  length: number,
): PowerSpectrum | null {
  const starts = stretches.flatMap((values) =>
    windowsOf(values.length, length).map((from) => ({ values, from })),
  )
  if (starts.length === 0) return null
  const fft = fftOf(paddedSize(length))
  const { size } = fft
  const { window, energy } = hann(length)
  const re = new Float64Array(size)
  const im = new Float64Array(size)
  const power = new Float64Array(size / 2 + 1)
  // Two windows at once, one as the real and one as the imaginary part: their transforms are its two symmetries.
  for (let index = 0; index < starts.length; index += 2) {
    const second = starts[index + 1]
    place(starts[index]!, window, re)
    if (second === undefined) im.fill(0)
    else place(second, window, im)
    fft.transform(re, im)
    // Their squares add up to half of what lies at both: |(Z + Z*)/2|^2 + |(Z - Z*)/2|^2.
    for (let k = 0, mirror = 0; k < power.length; k++, mirror = size - k) {
      const a = re[k]!
      const b = im[k]!
      const c = re[mirror]!
      const d = im[mirror]!
      power[k] = power[k]! + (a * a + b * b + c * c + d * d) / 2
    }
  }
  // The frequencies below 0 have the same power again, but for 0 and half the sampling rate, which are their own.
  for (let k = 0; k < power.length; k++) {
    const sides = k === 0 || k === power.length - 1 ? 1 : 2
    power[k] = (sides * power[k]!) / (sampleRate * energy * starts.length)
  }
  return { step: sampleRate / size, power, windows: starts.length, windowLength: length / sampleRate }
}

/** Where windows of half an overlap begin. */
function windowsOf(samples: number, length: number): readonly number[] {
  const starts: number[] = []
  const hop = length - (length >> 1)
  for (let from = 0; from + length <= samples; from += hop) starts.push(from)
  return starts
}

function paddedSize(length: number): number {
  return 2 ** Math.ceil(Math.log2(PADDING * length))
}

type Window = { readonly window: Float64Array; readonly energy: number }

/** The last few: a recording has a rate or two, and a night of it a million windows. */
const windows = new Map<number, Window>()
const MOST_WINDOWS = 8

/** Periodic, as for a transform: its first value is 0, and the one after its last would be. */
function hann(length: number): Window {
  const known = windows.get(length)
  if (known !== undefined) return known
  if (windows.size >= MOST_WINDOWS) windows.clear()
  const window = new Float64Array(length)
  let energy = 0
  for (let n = 0; n < length; n++) {
    const value = 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / length)
    window[n] = value
    energy += value * value
  }
  const made = { window, energy }
  windows.set(length, made)
  return made
}

function place(
  { values, from }: { readonly values: Float64Array; readonly from: number },
  window: Float64Array,
  out: Float64Array,
): void {
  let mean = 0
  for (let n = 0; n < window.length; n++) mean += values[from + n]!
  mean /= window.length
  out.fill(0)
  for (let n = 0; n < window.length; n++) out[n] = (values[from + n]! - mean) * window[n]!
}

/** Power between two frequencies, in the square of the signal's unit: density times step, [from, to). */
export function bandPower({ power, step }: PowerSpectrum, from: Hertz, to: Hertz): number {
  let sum = 0
  for (let k = Math.ceil(from / step - 1e-9); k < power.length && k * step < to - 1e-9; k++) sum += power[k]!
  return sum * step
}
