/** Rhythmic slow activity without spikes: of hyperventilation, drowsiness, and the occipital kind. */
import { bell, sine, smoothStep } from './arithmetic.ts'
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
  /** Share of slower and faster waves among the rhythm's own. */
  readonly mixture: number
  /** Height of the notches that some of the waves have at their negative peak, as a share of the wave. */
  readonly notches: number
}

/** Adds the waves and returns the times at which they are most positive. */
export function addSlowing(scene: Scene, name: string, options: SlowingOptions): readonly number[] {
  const random = scene.random(`${name} ${options.at}`)
  const length = sampleAt(options.seconds)
  const common = slowNoise(random, length, 0.8)
  const swell = slowNoise(random, length, 0.9)
  // What is higher on the left is lower on the right, and it changes over seconds.
  const balance = slowNoise(random, length, 0.6)
  const start = random.uniform()
  const troughs: number[] = []
  for (const [index, field] of options.fields.entries()) {
    const own = slowNoise(random, length, 0.9)
    const ownSwell = slowNoise(random, length, 0.8)
    const notch = slowNoise(random, length, 1.2)
    const others = [0.62, 1.5].map((ratio) => ({
      ratio,
      swell: slowNoise(random, length, 1),
      phase: random.uniform(),
    }))
    const wave = new Float64Array(length)
    let phase = start + random.between(-0.06, 0.06)
    for (let k = 0; k < length; k++) {
      const t = k / RATE
      const edge = smoothStep(t / options.rise) * smoothStep((options.seconds - t) / options.fall)
      const size = 1 + options.irregularity * (0.34 * swell[k]! + 0.2 * ownSwell[k]!)
      const side = 1 + (index === 0 ? 0.16 : -0.16) * balance[k]!
      const harmonic = options.sharpness * (1 + 0.6 * notch[k]!)
      const dent =
        options.notches * Math.max(0, 0.5 + notch[k]!) * bell((phase - Math.floor(phase) - 0.29) / 0.055)
      const mixed = others.reduce((sum, other) => sum + other.swell[k]! * sine(other.phase), 0)
      wave[k] =
        -0.45 *
        edge *
        side *
        (size > 0.3 ? size : 0.3) *
        (sine(phase) + harmonic * sine(2 * phase + 0.75 + 0.06 * notch[k]!) - dent + options.mixture * mixed)
      const hertz = options.hertz[0] + (options.hertz[1] - options.hertz[0]) * (t / options.seconds)
      const before = phase
      const step = (hertz * (1 + options.irregularity * (0.13 * common[k]! + 0.08 * own[k]!))) / RATE
      phase += step
      for (const other of others) other.phase += other.ratio * step
      if (index === 0 && Math.floor(phase + 0.25) > Math.floor(before + 0.25)) troughs.push(options.at + t)
    }
    addToHead(scene, field, wave, options.at, options.microvolts)
  }
  return troughs
}
