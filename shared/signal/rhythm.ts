/**
 * How fast a rhythm of 2 to 5 Hz beats, by autocorrelation: shape does not matter to it, so spike-and-wave is
 * measured as well as a sine, and several channels are pooled whatever their polarity.
 */
import type { Hertz, Seconds } from '../units.ts'

const SLOWEST: Hertz = 2
const FASTEST: Hertz = 5

/** A faster rhythm repeats at 2 to 5 Hz too; it is looked for up to here. */
const FASTEST_DISTURBANCE: Hertz = 16

/** Below this correlation of one period with the next there is no rhythm (1 = each the same as the last). */
const RHYTHMIC = 0.5

/** A shorter period explains the signal if it correlates nearly as well. */
const NEARLY_AS_WELL = 0.85

const ENOUGH_RATE: Hertz = 250

export type Rhythm = {
  readonly frequency: Hertz
  /** Correlation at that period, RHYTHMIC to 1. */
  readonly strength: number
}

/** Channels of one rate and length, without offset, thinned so that the work does not grow with the rate. */
export type RhythmInput = { readonly sampleRate: Hertz; readonly channels: readonly Float64Array[] }

/** Averages neighbouring samples down to about 250 Hz. */
export function thin(channels: readonly Float64Array[], sampleRate: Hertz): RhythmInput {
  const factor = Math.max(1, Math.floor(sampleRate / ENOUGH_RATE))
  if (factor === 1) return { sampleRate, channels }
  const thinned = channels.map((values) =>
    Float64Array.from({ length: Math.floor(values.length / factor) }, (_, i) => {
      let sum = 0
      for (let k = 0; k < factor; k++) sum += values[i * factor + k]!
      return sum / factor
    }),
  )
  return { sampleRate: sampleRate / factor, channels: thinned }
}

/**
 * The dominant rate between 2 and 5 Hz in a window of `length` samples from `from`, or null where nothing in
 * that band repeats well enough, or where a faster rhythm does.
 */
export function measureRhythm(
  { sampleRate, channels }: RhythmInput,
  from: number,
  length: number,
): Rhythm | null {
  const windows = channels.map((values) => withoutMean(values.subarray(from, from + length)))
  const longest = Math.min(Math.ceil((1.1 * sampleRate) / SLOWEST), length - 2)
  const shortest = Math.max(1, Math.floor(sampleRate / FASTEST_DISTURBANCE))
  if (longest <= Math.ceil(sampleRate / FASTEST)) return null
  const correlation = new Float64Array(longest + 2)
  for (let lag = shortest - 1; lag <= longest + 1; lag++) correlation[lag] = correlate(windows, lag)
  const peaks: { readonly frequency: Hertz; readonly strength: number }[] = []
  for (let lag = shortest; lag <= longest; lag++) {
    const [before, here, after] = [correlation[lag - 1]!, correlation[lag]!, correlation[lag + 1]!]
    if (here < RHYTHMIC || here < before || here <= after) continue
    const shift = (before - after) / (2 * (before - 2 * here + after))
    peaks.push({ frequency: sampleRate / (lag + shift), strength: here })
  }
  const inBand = peaks.filter(({ frequency }) => frequency >= SLOWEST - 0.05 && frequency <= FASTEST + 0.05)
  const best = Math.max(...inBand.map(({ strength }) => strength))
  // Ascending lags: the first that explains the signal is the period, later ones are multiples of it.
  const found = peaks.find(({ strength }) => strength >= NEARLY_AS_WELL * best)
  return found !== undefined && inBand.includes(found)
    ? { ...found, strength: Math.min(1, found.strength) }
    : null
}

/** Correlation of all channels together with themselves `lag` samples later, by the overlap only. */
export function correlate(windows: readonly Float64Array[], lag: number): number {
  let product = 0
  let early = 0
  let late = 0
  for (const values of windows) {
    const end = values.length - lag
    for (let i = 0; i < end; i++) {
      const a = values[i]!
      const b = values[i + lag]!
      product += a * b
      early += a * a
      late += b * b
    }
  }
  return early > 0 && late > 0 ? product / Math.sqrt(early * late) : 0
}

export function withoutMean(values: Float64Array): Float64Array {
  let sum = 0
  for (const value of values) sum += value
  const mean = values.length === 0 ? 0 : sum / values.length
  return values.map((value) => value - mean)
}

/** Centred; at the ends over what there is. */
export function runningMean(values: Float64Array, width: number): Float64Array {
  const sums = new Float64Array(values.length + 1)
  for (let i = 0; i < values.length; i++) sums[i + 1] = sums[i]! + values[i]!
  const before = (width - 1) >> 1
  const after = width - before
  return values.map((_, i) => {
    const from = Math.max(0, i - before)
    const to = Math.min(values.length, i + after)
    return (sums[to]! - sums[from]!) / (to - from)
  })
}

/** Whole windows of `length` seconds over a span, at most `most` of them, the first and the last at its ends. */
export function windowStarts(
  samples: number,
  sampleRate: Hertz,
  length: Seconds,
  most: number,
): readonly number[] {
  const room = samples - Math.round(length * sampleRate)
  if (room < 0) return []
  const count = Math.min(most, Math.ceil(room / (0.25 * sampleRate)) + 1)
  return Array.from({ length: count }, (_, k) => (count === 1 ? 0 : Math.round((k * room) / (count - 1))))
}
