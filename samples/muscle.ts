/** Muscle: resting tone of every EMG lead and of the scalp, bursts, and clenched jaws. */
import { bell, sine, smoothStep } from './arithmetic.ts'
import { type Field, type HeadLead, place, placeOf, radialField } from './head.ts'
import type { Random } from './random.ts'
import { addToHead, addWave, type BodyLead, type Scene } from './scene.ts'
import { muscleNoise, RATE, sampleAt, slowNoise } from './waves.ts'

/** uV RMS awake and relaxed, and what stays when the tone is gone. */
const RESTING: Readonly<Record<Exclude<BodyLead, 'ECG'>, readonly [awake: number, least: number]>> = {
  Chin: [6.5, 1.3],
  Neck: [4.2, 1.4],
  LAT: [1.5, 1],
  RAT: [1.7, 1],
}

/** Muscles under the cap: where, uV RMS awake. */
const UNDER_CAP: readonly (readonly [HeadLead, number])[] = [
  ['T7', 2.1],
  ['T8', 2.6],
  ['F7', 1.3],
  ['F8', 1.2],
  ['Fp1', 1.1],
  ['Fp2', 1],
  ['O1', 0.8],
  ['O2', 0.7],
]

/** Muscle spreads little: skull and scalp between two electrodes part it. */
function muscleField(lead: HeadLead): Field {
  return radialField(placeOf(lead), 15)
}

export function addMuscle(scene: Scene): void {
  for (const lead of ['Chin', 'Neck', 'LAT', 'RAT'] as const) {
    const [awake, least] = RESTING[lead]
    const random = scene.random(`tone ${lead}`)
    const noise = restless(random, scene.length)
    const target = scene.body[lead]
    const hum = random.between(0.8, 2)
    const lag = random.uniform()
    for (let k = 0; k < scene.length; k++) {
      const level = least + (awake - least) * scene.control.tone[k]!
      target[k] =
        target[k]! + level * noise[k]! + 0.5 * random.normal() + hum * sine((50.02 * k) / RATE + lag)
    }
  }
  for (const [lead, microvolts] of UNDER_CAP) {
    const noise = restless(scene.random(`cap ${lead}`), scene.length)
    const wave = noise.map((value, k) => value * scene.control.tone[k]! * scene.control.tone[k]!)
    addToHead(scene, muscleField(lead), wave, 0, microvolts)
  }
}

/** EMG whose strength comes and goes over seconds. */
function restless(random: Random, length: number): Float64Array {
  const noise = muscleNoise(random, length)
  const swell = slowNoise(random, length, 0.35)
  return noise.map((value, k) => {
    const s = 1 + 0.35 * swell[k]!
    return value * (s > 0.2 ? s : 0.2)
  })
}

/** A single motor unit firing about `hertz` times a second at one scalp lead. */
export function addMotorUnit(
  scene: Scene,
  options: {
    readonly lead: HeadLead
    readonly at: number
    readonly seconds: number
    readonly hertz: number
    readonly microvolts: number
  },
): void {
  const random = scene.random(`unit ${options.lead} ${options.at}`)
  const field = muscleField(options.lead)
  const potential = Float64Array.from({ length: 14 }, (_, k) => {
    const t = k / RATE - 0.02
    return bell(t / 0.0032) - 0.75 * bell((t - 0.0075) / 0.0042) + 0.2 * bell((t - 0.018) / 0.005)
  })
  for (let t = 0; t < options.seconds; t += random.between(0.86, 1.14) / options.hertz) {
    addToHead(scene, field, potential, options.at + t, -options.microvolts * random.between(0.85, 1.1))
  }
}

/** The envelope of a burst: up within `rise` seconds, down over the last `fall`. */
function burstWave(
  random: Random,
  options: { readonly seconds: number; readonly rise: number; readonly fall: number },
): Float64Array {
  const length = sampleAt(options.seconds)
  const noise = muscleNoise(random, length)
  const ripple = slowNoise(random, length, 9)
  return noise.map((value, k) => {
    const t = k / RATE
    const edge = smoothStep(t / options.rise) * smoothStep((options.seconds - t) / options.fall)
    const wave = 1 + 0.22 * ripple[k]!
    return value * edge * (wave > 0.5 ? wave : 0.5)
  })
}

export function addBurst(
  scene: Scene,
  lead: BodyLead,
  options: {
    readonly at: number
    readonly seconds: number
    readonly microvolts: number
    readonly rise?: number
    readonly fall?: number
  },
): void {
  const random = scene.random(`burst ${lead} ${options.at}`)
  const wave = burstWave(random, {
    seconds: options.seconds,
    rise: options.rise ?? 0.015,
    fall: options.fall ?? 0.04,
  })
  addWave(scene.body[lead], wave, options.at, options.microvolts)
}

/** The same burst picked up by the cap, low at the back of the head and at the temples. */
export function addCapBurst(
  scene: Scene,
  options: {
    readonly at: number
    readonly seconds: number
    readonly microvolts: number
    readonly where: 'neck' | 'jaw'
    readonly rise?: number
    readonly fall?: number
  },
): void {
  const sites: readonly (readonly [Field, number])[] =
    options.where === 'neck'
      ? [
          [radialField(place(112, -60), 26), 1],
          [radialField(place(112, -120), 26), 0.9],
          [muscleField('T7'), 0.5],
          [muscleField('T8'), 0.55],
        ]
      : [
          [radialField(place(100, 10), 22), 1],
          [radialField(place(100, 170), 22), 0.82],
          [muscleField('F7'), 0.62],
          [muscleField('F8'), 0.75],
          [muscleField('Fp1'), 0.3],
          [muscleField('Fp2'), 0.34],
          [muscleField('C3'), 0.1],
          [muscleField('C4'), 0.14],
        ]
  sites.forEach(([field, share], index) => {
    const random = scene.random(`cap burst ${options.at} ${index}`)
    const wave = burstWave(random, {
      seconds: options.seconds,
      rise: options.rise ?? 0.015,
      fall: options.fall ?? 0.05,
    })
    addToHead(scene, field, wave, options.at, options.microvolts * share)
  })
}
