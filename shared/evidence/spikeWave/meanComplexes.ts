/** What each channel does in the mean of all complexes: what is not tied to them averages out, and what is left of it is taken off. */
import { decimate } from '../../candidates/common/passBand.ts'
import type { Hertz } from '../../units.ts'
import type { Line } from '../common/entry.ts'
import type { Run } from './complexes.ts'
import { between } from './curve.ts'

export type MeanComplex = {
  readonly line: Line
  /** Less its mean, from `FROM` of a period before the spike on. */
  readonly values: Float64Array
  /** Power of what is the same in every complex, in the square of the line's unit. */
  readonly power: number
  /** Of the whole power while the run lasts, how much that is: 0 to 1. */
  readonly share: number
}

/** Shares of a period. */
const FROM = 0.25
const TO = 0.75
const ENOUGH_RATE: Hertz = 500

export type MeanComplexes = { readonly sampleRate: Hertz; readonly channels: readonly MeanComplex[] }

export function meanComplexes({ lines, cuts, sampleRate, start, times, period }: Run): MeanComplexes {
  const factor = Math.max(1, Math.floor(sampleRate / ENOUGH_RATE))
  const rate = sampleRate / factor
  const before = Math.round(FROM * period * rate)
  const length = Math.round((FROM + TO) * period * rate)
  const origin = start + (factor - 1) / (2 * sampleRate)
  const channels = lines.map((line, c) => {
    const values = decimate(cuts[c]!.values, factor)
    return {
      line,
      ...meanOf(
        values,
        times.map((time) => (time - origin) * rate - before),
        length,
      ),
    }
  })
  return { sampleRate: rate, channels }
}

function meanOf(values: Float64Array, starts: readonly number[], length: number): Omit<MeanComplex, 'line'> {
  const usable = starts.filter((at) => at >= 0 && at + length + 1 < values.length)
  const count = Math.max(1, usable.length)
  const mean = new Float64Array(length)
  for (const at of usable) {
    for (let i = 0; i < length; i++) mean[i] = mean[i]! + between(values, at + i) / count
  }
  const level = mean.reduce((sum, value) => sum + value, 0) / length
  for (let i = 0; i < length; i++) mean[i] = mean[i]! - level
  let unlike = 0
  let whole = 0
  for (const at of usable) {
    const own = between(values, at)
    let sum = 0
    for (let i = 0; i < length; i++) sum += between(values, at + i) - own
    const offset = own + sum / length
    for (let i = 0; i < length; i++) {
      const value = between(values, at + i) - offset
      whole += value * value
      unlike += (value - mean[i]!) ** 2
    }
  }
  const samples = count * length
  // Of unlike cycles chance leaves one part in their number in the mean.
  const noise = count > 1 ? unlike / samples / (count - 1) : 0
  const power = Math.max(0, mean.reduce((sum, value) => sum + value * value, 0) / length - noise)
  return { values: mean, power, share: whole > 0 ? Math.min(1, power / (whole / samples)) : 0 }
}
