/** Rhythmic slow activity without spikes: of hyperventilation, drowsiness, and the occipital kind. */
import { sine, smoothStep } from './arithmetic.ts'
import type { Field } from './head.ts'
import { addToHead, type Scene } from './scene.ts'
import { RATE, sampleAt, slowNoise } from './waves.ts'

export type SlowingOptions = {
  readonly at: number
  readonly seconds: number
  readonly hertz: readonly [first: number, last: number]
  /** Peak to peak where it is highest. */
  readonly microvolts: number
  readonly fields: readonly [left: Field, right: Field]
  /** Seconds to full height and from it. */
  readonly rise: number
  readonly fall: number
  /** 0 = like a clock, 1 = hardly a rhythm. */
  readonly irregularity: number
  /** Share of the second harmonic: sharpens the negative half. */
  readonly sharpness: number
}

/** Adds the waves and returns the times at which they are most positive. */
export function addSlowing(scene: Scene, name: string, options: SlowingOptions): readonly number[] {
  const random = scene.random(`${name} ${options.at}`)
  const length = sampleAt(options.seconds)
  const common = slowNoise(random, length, 0.8)
  const swell = slowNoise(random, length, 0.9)
  const start = random.uniform()
  const troughs: number[] = []
  for (const field of options.fields) {
    const own = slowNoise(random, length, 0.9)
    const ownSwell = slowNoise(random, length, 0.8)
    const notch = slowNoise(random, length, 1.2)
    const wave = new Float64Array(length)
    let phase = start + random.between(-0.03, 0.03)
    for (let k = 0; k < length; k++) {
      const t = k / RATE
      const edge = smoothStep(t / options.rise) * smoothStep((options.seconds - t) / options.fall)
      const size = 1 + options.irregularity * (0.34 * swell[k]! + 0.2 * ownSwell[k]!)
      const harmonic = options.sharpness * (1 + 0.6 * notch[k]!)
      wave[k] =
        -0.5 *
        edge *
        (size > 0.3 ? size : 0.3) *
        (sine(phase) + harmonic * sine(2 * phase + 0.75 + 0.06 * notch[k]!))
      const hertz = options.hertz[0] + (options.hertz[1] - options.hertz[0]) * (t / options.seconds)
      const before = phase
      phase += (hertz * (1 + options.irregularity * (0.13 * common[k]! + 0.05 * own[k]!))) / RATE
      if (field === options.fields[0] && Math.floor(phase + 0.25) > Math.floor(before + 0.25))
        troughs.push(options.at + t)
    }
    addToHead(scene, field, wave, options.at, options.microvolts)
  }
  return troughs
}
