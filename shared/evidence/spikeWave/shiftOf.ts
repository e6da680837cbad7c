import type { Hertz, Seconds } from '../../units.ts'
import { topOf } from './curve.ts'

/** Seconds that `b` comes after `a`: the shift of at most `farthest` at which they agree best. null: at none. */
export function shiftOf(
  a: Float64Array,
  b: Float64Array,
  sampleRate: Hertz,
  farthest: Seconds,
): Seconds | null {
  const most = Math.max(1, Math.round(farthest * sampleRate))
  const agreement = Array.from({ length: 2 * most + 1 }, (_, k) => {
    const shift = k - most
    let sum = 0
    for (let i = most; i + most < a.length; i++) sum += a[i]! * b[i + shift]!
    return sum
  })
  let best = 0
  for (let k = 0; k < agreement.length; k++) if (agreement[k]! > agreement[best]!) best = k
  const [before, here, after] = [agreement[best - 1], agreement[best]!, agreement[best + 1]]
  if (before === undefined || after === undefined || !(here > 0)) return null
  return (best - most + topOf(before, here, after)) / sampleRate
}

/** From each sample to the next: sharp edges tell where a curve lies, slow waves do not. */
export function slopesOf(values: Float64Array): Float64Array {
  return Float64Array.from({ length: Math.max(0, values.length - 1) }, (_, i) => values[i + 1]! - values[i]!)
}
