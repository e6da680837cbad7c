/** What each channel does in the mean of all complexes: what is not tied to them averages out, and what is left of it is taken off. */
import { decimate } from '../../candidates/common/passBand.ts'
import type { Hertz } from '../../units.ts'
import { between } from './curve.ts'
import type { FoundRun, MeanComplex, MeanComplexes } from './run.ts'

/** Shares of a period. */
const FROM = 0.25
const TO = 0.75
const ENOUGH_RATE: Hertz = 500

export async function meanComplexes(
  { lines, cuts, sampleRate, start, times, period }: FoundRun,
  giveWay: () => Promise<void>,
): Promise<MeanComplexes> {
  const factor = Math.max(1, Math.floor(sampleRate / ENOUGH_RATE))
  const rate = sampleRate / factor
  const before = Math.round(FROM * period * rate)
  const length = Math.round((FROM + TO) * period * rate)
  const origin = start + (factor - 1) / (2 * sampleRate)
  const starts = times.map((time) => (time - origin) * rate - before)
  const channels: MeanComplex[] = []
  for (const [c, line] of lines.entries()) {
    channels.push({ line, ...meanOf(decimate(cuts[c]!.values, factor), starts, length) })
    await giveWay()
  }
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
