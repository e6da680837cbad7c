/** Generalised discharges: typical 3 Hz spike-and-wave, polyspike-and-wave, the phantom at 6 Hz. */
import { bell, smoothStep } from './arithmetic.ts'
import { balanced, between, type Field, placeOf, radialField, sumFields } from './head.ts'
import type { Random } from './random.ts'
import { addToHead, type Scene } from './scene.ts'
import { RATE, sampleAt } from './waves.ts'

/** Spikes and slow waves of a discharge, each with its field on the left and on the right. */
type Fields = { readonly spike: readonly [Field, Field]; readonly wave: readonly [Field, Field] }

/** Bilateral and frontal: spikes between F3/F4 and Fz, slow waves wider and a little further forward. */
export function frontalFields(random: Random): Fields {
  const forward = random.between(0.12, 0.3)
  const midline = radialField(placeOf('Fz'), 38, 0.06)
  const spike = (side: 'F3' | 'F4', pole: 'Fp1' | 'Fp2'): Field =>
    sumFields([1, radialField(between(side, pole, forward), 35, 0.06)], [0.16, midline])
  const wave = (side: 'F3' | 'F4', pole: 'Fp1' | 'Fp2'): Field =>
    sumFields([1, radialField(between(side, pole, forward + 0.5), 38, 0.08)], [0.12, midline])
  return {
    spike: balanced(spike('F3', 'Fp1'), spike('F4', 'Fp2')),
    wave: balanced(wave('F3', 'Fp1'), wave('F4', 'Fp2')),
  }
}

/** Occipital and parietal, for the drowsy kind of the phantom. */
export function posteriorFields(): Fields {
  const spike = balanced(
    radialField(between('O1', 'P3', 0.05), 30, 0.05),
    radialField(between('O2', 'P4', 0.05), 30, 0.05),
  )
  const wave = balanced(
    radialField(between('O1', 'P3', 0.2), 36, 0.08),
    radialField(between('O2', 'P4', 0.2), 36, 0.08),
  )
  return { spike, wave }
}

/** One complex: its spikes and its slow wave. Times in seconds after the main spike's peak. */
type Complex = {
  readonly at: number
  readonly period: number
  /** Negative spikes: offset, height; the last is the main one. */
  readonly spikes: readonly (readonly [offset: number, microvolts: number])[]
  readonly spikeWidth: number
  readonly wave: number
  /** Where in the period the slow wave is highest. */
  readonly crest: number
  /** What sets this complex apart from the next, on the left and on the right. */
  readonly sides?: readonly [Side, Side]
}

/** One side of a complex: no two are alike, and now the one, now the other is higher and earlier. */
type Side = {
  /** Seconds after the complex's own time. */
  readonly lag: number
  readonly spikeGain: number
  readonly waveGain: number
  /** Of the slow wave's slopes, against the usual. */
  readonly rise: number
  readonly fall: number
  /** Height of a notch in the slow wave, as a share of it. */
  readonly notch: number
}

type Shape = {
  /** Standard deviation of the spike's bell, in seconds; its base is about four of them wide. */
  readonly spikeWidth: number
  readonly spike: number
  readonly wave: number
}

export type RunOptions = {
  /** Time of the first complex's onset. */
  readonly at: number
  readonly seconds: number
  readonly hertz: readonly [first: number, last: number]
  readonly shape: Shape
  /** Share of complexes with two spikes. */
  readonly doubles: number
}

export type Run = {
  readonly complexes: readonly Complex[]
  readonly afterwave: Complex | null
  readonly onset: number
  readonly end: number
}

const LEAD_IN = 0.05

/** Plans the complexes of a run whose rate falls smoothly from the first to the last. */
export function planRun(random: Random, options: RunOptions): Run {
  const [first, last] = options.hertz
  const complexes: Complex[] = []
  const onset = options.at
  let at = onset + LEAD_IN
  while (at - onset < options.seconds - 0.6 / last) {
    const progress = (at - onset) / options.seconds
    const rate = first + (last - first) * smoothStep(0.08 + 0.92 * progress)
    const period = (1 / rate) * (1 + 0.014 * random.normal())
    const number = complexes.length
    const swell = number === 0 ? random.between(0.55, 0.72) : number === 1 ? random.between(0.78, 0.95) : 1
    const fading = 1 - 0.2 * smoothStep((progress - 0.72) / 0.28)
    const height = swell * fading * (1 + 0.06 * random.normal())
    // Spikes shrink as a run goes on, the waves hardly.
    const shrunk = (1 - 0.25 * progress) * (1 - 0.2 * smoothStep((progress - 0.3) / 0.7))
    const spike = options.shape.spike * height * (1 + 0.13 * random.normal()) * shrunk
    // A spike may be low, but a complex without one is no spike-and-wave.
    const least = 0.68 * options.shape.spike
    const spikes: (readonly [number, number])[] = [[0, spike > least ? spike : least]]
    if (random.uniform() < options.doubles)
      spikes.unshift([-random.between(0.05, 0.062), spike * random.between(0.3, 0.55)])
    complexes.push({
      at,
      period,
      spikes,
      spikeWidth: options.shape.spikeWidth * random.between(0.9, 1.12),
      wave: options.shape.wave * height * (1 + 0.03 * random.normal()),
      crest: random.between(0.5, 0.56),
    })
    at += period
  }
  const closing = complexes.at(-1)!
  // One low slow wave without a spike often lingers after the end.
  const afterwave: Complex = {
    at: closing.at + closing.period,
    period: random.between(0.42, 0.6),
    spikes: [],
    spikeWidth: options.shape.spikeWidth,
    wave: options.shape.wave * random.between(0.08, 0.22),
    crest: 0.5,
  }
  return { complexes, afterwave, onset, end: closing.at + 0.92 * closing.period }
}

/** Between the hemispheres' sources, in seconds; each electrode sees both, so that some 5 to 12 ms are measured. */
const LEAD = [0.007, 0.018] as const

/**
 * Gives each complex of a run its own two sides. The balance drifts from complex to complex, and the side that leads
 * holds for some complexes and changes then, as in recordings of typical absences.
 */
export function varySides(random: Random, run: Run, lean: number): Run {
  let drift = 0
  let leader = random.uniform() < 0.5 ? -1 : 1
  const complexes = run.complexes.map((complex) => {
    drift = 0.55 * drift + 0.1 * random.normal()
    if (random.uniform() < 0.3) leader = -leader
    const lead = leader * random.between(...LEAD)
    const balance = Math.max(-0.3, Math.min(0.3, 0.06 * lean + drift))
    const side = (sign: -1 | 1): Side => ({
      lag: 0.5 * sign * lead,
      spikeGain: Math.max(0.8, (1 + sign * 1.1 * balance) * (1 + 0.08 * random.normal())),
      waveGain: (1 + sign * balance) * (1 + 0.06 * random.normal()),
      rise: 1 + 0.06 * random.normal(),
      fall: 1 + 0.06 * random.normal(),
      notch: random.uniform() < 0.3 ? random.between(0.06, 0.2) : 0,
    })
    return { ...complex, sides: [side(-1), side(1)] as const }
  })
  return { ...run, complexes }
}

const PLAIN: Side = { lag: 0, spikeGain: 1, waveGain: 1, rise: 1, fall: 1, notch: 0 }

/** Writes the complexes into the head, each side with its own differences of height, form and time. */
export function addComplexes(scene: Scene, run: Run, fields: Fields): void {
  const from = run.onset - 0.4
  const length = sampleAt(run.end - from + 1.5)
  for (const index of [0, 1] as const) {
    const spikes = new Float64Array(length)
    const waves = new Float64Array(length)
    for (const complex of run.afterwave === null ? run.complexes : [...run.complexes, run.afterwave]) {
      const side = complex.sides?.[index] ?? PLAIN
      const at = complex.at - from + side.lag
      for (const [offset, microvolts] of complex.spikes) {
        addSpike(spikes, at + offset, complex.spikeWidth, side.spikeGain * microvolts)
      }
      addSlowWave(waves, at, complex, side)
    }
    addToHead(scene, fields.spike[index], spikes, from)
    addToHead(scene, fields.wave[index], waves, from)
  }
}

/** A negative spike between two small positive ones; the second is the trough before the slow wave. */
function addSpike(wave: Float64Array, at: number, width: number, microvolts: number): void {
  const reach = 6 * width
  for (let k = Math.max(0, sampleAt(at - reach)); k < Math.min(wave.length, sampleAt(at + reach)); k++) {
    const t = k / RATE - at
    const value =
      0.16 * bell((t + 2.7 * width) / width) -
      1.04 * bell(t / (t < 0 ? 1.05 * width : 0.9 * width)) +
      0.42 * bell((t - 2.5 * width) / (1.15 * width))
    wave[k] = wave[k]! + microvolts * value
  }
}

/** A negative dome that ends as the next spike begins, and the positive shift that balances it. */
function addSlowWave(wave: Float64Array, at: number, complex: Complex, side: Side): void {
  const { period } = complex
  const peak = at + complex.crest * period
  for (let k = Math.max(0, sampleAt(at - 0.2)); k < Math.min(wave.length, sampleAt(at + 2 * period)); k++) {
    const t = k / RATE
    const dome = bell((t - peak) / (t < peak ? 0.17 * side.rise * period : 0.185 * side.fall * period))
    const notch = side.notch * bell((t - peak - 0.07 * period) / (0.05 * period))
    const level = bell((t - at - 0.5 * period) / (0.42 * period))
    wave[k] = wave[k]! + side.waveGain * complex.wave * (0.2 * level + notch - 1.06 * dome)
  }
}
