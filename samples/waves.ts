/** Noise, filters and curves at the sampling rate of the samples: the raw material of every source. */
import { cosine, exponential, sine, smoothStep, squareRoot } from './arithmetic.ts'
import type { Random } from './random.ts'

/** Samples a second of every signal. */
export const RATE = 256

/** Filters start here before the first sample, so that the first page is like any other. */
const SETTLING = 4 * RATE

export function sampleAt(seconds: number): number {
  return Math.round(seconds * RATE)
}

/** Gain of a one-pole low-pass filter for a -3 dB frequency in Hz. */
function onePole(hertz: number): number {
  return 1 - exponential((-2 * Math.PI * hertz) / RATE)
}

/** Scales to a standard deviation of 1 about 0, in place. */
function normalise(wave: Float64Array): Float64Array {
  let sum = 0
  let squares = 0
  for (const value of wave) {
    sum += value
    squares += value * value
  }
  const mean = sum / wave.length
  const deviation = squareRoot(squares / wave.length - mean * mean)
  for (let k = 0; k < wave.length; k++) wave[k] = (wave[k]! - mean) / deviation
  return wave
}

/** Noise far slower than the sampling rate is made at a rate this many times lower, and drawn out smoothly. */
const COARSE = 8

/** Gaussian noise below a frequency (two poles), standard deviation 1. */
export function slowNoise(random: Random, length: number, hertz: number): Float64Array {
  const factor = hertz * 40 < RATE / COARSE ? COARSE : 1
  const points = factor === 1 ? length : Math.ceil(length / factor) + 3
  const gain = 1 - exponential((-2 * Math.PI * hertz * factor) / RATE)
  const wave = new Float64Array(points)
  let first = 0
  let second = 0
  const settling = Math.round((3 * RATE) / (hertz * factor))
  for (let k = -settling; k < points; k++) {
    first += gain * (random.normal() - first)
    second += gain * (first - second)
    if (k >= 0) wave[k] = second
  }
  const drawn = factor === 1 ? wave : drawOut(wave, length, factor)
  // A short stretch of slow noise has hardly a deviation of its own to be scaled by.
  if (length > (4 * RATE) / hertz) return normalise(drawn)
  const rest = 2 - gain
  const expected = squareRoot((gain * (2 - 2 * gain + gain * gain)) / (rest * rest * rest))
  for (let k = 0; k < length; k++) drawn[k] = drawn[k]! / expected
  return drawn
}

/** `factor` samples for each, by Catmull and Rom's cubic through the points. */
function drawOut(points: Float64Array, length: number, factor: number): Float64Array {
  const wave = new Float64Array(length)
  for (let k = 0; k < length; k++) {
    const index = Math.floor(k / factor)
    const x = (k - index * factor) / factor
    const a = points[index]!
    const b = points[index + 1]!
    const c = points[index + 2]!
    const d = points[index + 3]!
    wave[k] = b + 0.5 * x * (c - a + x * (2 * a - 5 * b + 4 * c - d + x * (3 * (b - c) + d - a)))
  }
  return wave
}

/**
 * Noise with a 1/f power spectrum from 0.1 Hz, falling faster above the corner, as the electroencephalogram
 * without its rhythms does; standard deviation 1. The poles are those of Paul Kellet's pink filter.
 */
export function brainNoise(random: Random, length: number, corner: number): Float64Array {
  const gain = onePole(corner)
  const wave = new Float64Array(length)
  let b0 = 0
  let b1 = 0
  let b2 = 0
  let b3 = 0
  let b4 = 0
  let low = 0
  for (let k = -SETTLING; k < length; k++) {
    const white = random.normal()
    b0 = 0.99886 * b0 + white * 0.0555179
    b1 = 0.99332 * b1 + white * 0.0750759
    b2 = 0.969 * b2 + white * 0.153852
    b3 = 0.8665 * b3 + white * 0.3104856
    b4 = 0.55 * b4 + white * 0.5329522
    low += gain * (b0 + b1 + b2 + b3 + b4 + white * 0.5362 - low)
    if (k >= 0) wave[k] = low
  }
  return normalise(wave)
}

/** A rhythm whose amplitude and phase wander: standard deviation 1, half its power within the bandwidth. */
export function rhythm(
  random: Random,
  length: number,
  options: {
    readonly hertz: number
    readonly bandwidth: number
    /** Share of a second harmonic in quadrature: arch-shaped waves. */
    readonly arch?: number
    /** Hz by which the centre drifts over many seconds. */
    readonly drift?: number
  },
): Float64Array {
  const real = slowNoise(random, length, options.bandwidth)
  const imaginary = slowNoise(random, length, options.bandwidth)
  const drift = slowNoise(random, length, 0.1)
  const arch = options.arch ?? 0
  const wave = new Float64Array(length)
  let phase = random.uniform()
  for (let k = 0; k < length; k++) {
    const c = cosine(phase)
    const s = sine(phase)
    const along = real[k]! * c - imaginary[k]! * s
    const across = real[k]! * s + imaginary[k]! * c
    wave[k] = along + arch * (along * along - across * across)
    phase += (options.hertz + (options.drift ?? 0) * drift[k]!) / RATE
  }
  return normalise(wave)
}

/** Brings muscle noise too short to be normalised to a standard deviation of 1; found by measuring. */
const SHORT_MUSCLE = 2.02

/** Surface EMG as it comes through an amplifier to 100 Hz: standard deviation 1, energy above 20 Hz. */
export function muscleNoise(random: Random, length: number): Float64Array {
  const low = onePole(22)
  const high = onePole(75)
  const wave = new Float64Array(length)
  let first = 0
  let second = 0
  let smooth = 0
  for (let k = -64; k < length; k++) {
    const normal = random.normal()
    // Motor units fire one by one: rarer and larger than Gaussian noise.
    const white = normal * (0.84 + 0.16 * normal * normal)
    first += low * (white - first)
    const rest = white - first
    second += low * (rest - second)
    smooth += high * (rest - second - smooth)
    if (k >= 0) wave[k] = smooth
  }
  return length > 2 * RATE ? normalise(wave) : scaled(wave, SHORT_MUSCLE)
}

function scaled(wave: Float64Array, factor: number): Float64Array {
  for (let k = 0; k < wave.length; k++) wave[k] = wave[k]! * factor
  return wave
}

export type CurvePoint = readonly [seconds: number, value: number]

/** A curve through the points without corners; constant before the first and after the last. */
export function curve(length: number, points: readonly CurvePoint[]): Float64Array {
  const wave = new Float64Array(length)
  let next = 0
  for (let k = 0; k < length; k++) {
    const seconds = k / RATE
    while (next < points.length && points[next]![0] <= seconds) next++
    const before = points[next - 1]
    const after = points[next]
    if (before === undefined) wave[k] = after![1]
    else if (after === undefined) wave[k] = before[1]
    else {
      const share = smoothStep((seconds - before[0]) / (after[0] - before[0]))
      wave[k] = before[1] + (after[1] - before[1]) * share
    }
  }
  return wave
}

/** First-order high-pass filter, in place: the coupling of an amplifier's input. */
export function highPass(wave: Float64Array, hertz: number): void {
  const gain = onePole(hertz)
  let low = 0
  for (let k = 0; k < wave.length; k++) {
    low += gain * (wave[k]! - low)
    wave[k] = wave[k]! - low
  }
}
