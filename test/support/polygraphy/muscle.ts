/**
 * Surface EMG as the sum of what its motor units fire: trains of potentials without memory, each unit with its own
 * shape. What lies between two potentials is silent, so a burst is as ragged as a real one.
 */
import type { Dice } from './dice.ts'

type Activity = {
  readonly from: number
  readonly to: number
  /** uV root mean square, about. */
  readonly size: number
  /** Share of its length over which units join, and over which they fall silent; none: at once. */
  readonly ramp?: number
}

/** Biphasic, `width` seconds from its positive to its negative peak and as much on either side. */
function potential(t: number, width: number): number {
  const x = t / width
  return x * Math.exp(0.5 - 0.5 * x * x)
}

/** Potentials of a muscle a second, of all its units together. */
const FIRINGS = 900
const UNITS = 24

/** Adds activity to `values`; the first potential has its middle within a few milliseconds after `from`. */
export function addMuscle(
  values: Float64Array,
  rate: number,
  activity: Activity,
  { between, normal, wait, even }: Dice,
): void {
  const { from, to, size, ramp = 0 } = activity
  const units = Array.from({ length: UNITS }, () => ({
    width: between(0.0012, 0.0028),
    height: Math.exp(0.5 * normal()) * (even() < 0.5 ? -1 : 1),
  }))
  // Power of one potential is about 1.5 sqrt(pi) width e / 2 times its height squared.
  const power = units.reduce(
    (sum, { width, height }) => sum + 0.5 * Math.E * Math.sqrt(Math.PI) * width * height * height,
    0,
  )
  const gain = size / Math.sqrt((FIRINGS * power) / UNITS)
  for (let t = from + wait(1 / FIRINGS); t < to; t += wait(1 / FIRINGS)) {
    if (even() * ramp * (to - from) > Math.min(t - from, to - t)) continue
    const { width, height } = units[Math.floor(even() * UNITS)]!
    const first = Math.max(0, Math.ceil((t - 5 * width) * rate))
    const last = Math.min(values.length - 1, Math.floor((t + 5 * width) * rate))
    for (let i = first; i <= last; i++) {
      values[i] = values[i]! + gain * height * potential(i / rate - t, width)
    }
  }
}

/** The noise of an amplifier. */
export function addNoise(values: Float64Array, deviation: number, { normal }: Dice): void {
  for (let i = 0; i < values.length; i++) values[i] = values[i]! + deviation * normal()
}

/** A muscle at rest from 0 to `seconds`, with bursts. */
export function muscleWith(
  dice: Dice,
  options: {
    readonly rate: number
    readonly seconds: number
    readonly rest: number
    readonly noise?: number
    readonly bursts?: readonly Activity[]
  },
): Float64Array {
  const { rate, seconds, rest, noise = 0.5, bursts = [] } = options
  const values = new Float64Array(Math.round(seconds * rate))
  addMuscle(values, rate, { from: 0, to: seconds, size: rest }, dice)
  for (const burst of bursts) addMuscle(values, rate, burst, dice)
  addNoise(values, noise, dice)
  return values
}
