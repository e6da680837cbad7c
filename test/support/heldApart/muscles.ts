/** Surface EMG from band-limited noise: resting tone and what stands out of it. */
import type { Chance } from './chance.ts'

/** Noise of some 25 to 120 Hz, root mean square 1. */
export function muscleNoise(length: number, rate: number, chance: Chance): Float64Array {
  const low = 1 - Math.exp((-2 * Math.PI * 25) / rate)
  const high = 1 - Math.exp((-2 * Math.PI * Math.min(120, rate / 3)) / rate)
  let slow = 0
  let fast = 0
  const noise = Float64Array.from({ length }, () => {
    fast += high * (chance.normal() - fast)
    slow += low * (fast - slow)
    return fast - slow
  })
  let power = 0
  for (const value of noise) power += (value * value) / length
  return noise.map((value) => value / Math.sqrt(power || 1))
}

/** Adds a burst with a rise and a fall of their own, `size` root mean square at its height. */
export function addBurst(
  target: Float64Array,
  rate: number,
  { at, seconds, size, ramp }: { at: number; seconds: number; size: number; ramp: number },
  chance: Chance,
): void {
  const length = Math.round(seconds * rate)
  const noise = muscleNoise(length + 64, rate, chance)
  const from = Math.round(at * rate)
  for (let k = 0; k < length && from + k < target.length; k++) {
    const edge = Math.min(1, k / (ramp * length + 1), (length - k) / (ramp * length + 1))
    target[from + k] = target[from + k]! + size * Math.sin((Math.PI / 2) * edge) * noise[k + 32]!
  }
}
