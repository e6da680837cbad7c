/** The electroencephalogram without events: 1/f noise, alpha, theta, delta, beta, and what the electrodes add. */
import { sine, smoothStep, squareRoot } from './arithmetic.ts'
import { between, cortex, type Field, HEAD_LEADS, type Place, placeOf, radialField, SCALP } from './head.ts'
import { addToHead, type Control, type Scene } from './scene.ts'
import { brainNoise, RATE, rhythm, slowNoise } from './waves.ts'

/** Independent generators over the cortex; with fields of 30 degrees neighbours share two thirds. */
const GENERATORS = 34
const FLOOR_MICROVOLTS = 6.8

export function addBackground(scene: Scene): void {
  addFloor(scene)
  addAlpha(scene)
  addMu(scene)
  addSpread(scene, 'theta', { hertz: 5.4, bandwidth: 0.9, width: 34, places: THETA_PLACES })
  addSpread(scene, 'delta', { hertz: 1.6, bandwidth: 0.7, width: 42, places: DELTA_PLACES })
  addSpread(scene, 'beta', { hertz: 22, bandwidth: 2.4, width: 27, places: BETA_PLACES })
  addElectrodes(scene)
}

/** Scales fields of independent sources so that the loudest lead of the scalp has a power of 1. */
function evenGain(fields: readonly Field[]): number {
  let most = 0
  for (let lead = 0; lead < SCALP.length; lead++) {
    most = Math.max(
      most,
      fields.reduce((sum, field) => sum + field[lead]! * field[lead]!, 0),
    )
  }
  return 1 / most
}

function addFloor(scene: Scene): void {
  const fields = cortex(GENERATORS).map((centre) => radialField(centre, 30))
  // Each lead is levelled by itself: the rim of the spiral would else be quieter than its middle.
  const power = HEAD_LEADS.map((_, lead) =>
    fields.reduce((sum, field) => sum + field[lead]! * field[lead]!, 0),
  )
  const level = HEAD_LEADS.map((lead) =>
    lead === 'A1' || lead === 'A2' ? 0.45 : lead === 'LOC' || lead === 'ROC' ? 0.7 : 1,
  )
  fields.forEach((field, index) => {
    const wave = brainNoise(scene.random(`floor ${index}`), scene.length, 14)
    const levelled = field.map((weight, lead) => (weight * level[lead]!) / squareRoot(power[lead]!))
    addToHead(scene, levelled, wave, 0, FLOOR_MICROVOLTS)
  })
}

/** Alpha: a common occipital rhythm, one of each side's own, and a parietal share that lags behind. */
function addAlpha(scene: Scene): void {
  const random = scene.random('alpha')
  const hertz = scene.subject.alphaHertz + random.between(-0.35, 0.35)
  const options = { bandwidth: 0.42, arch: 0.09, drift: 0.14 }
  const sources: readonly (readonly [Place, number, number, number])[] = [
    [between('O1', 'O2'), 35, 0.78, 0],
    [placeOf('O1'), 31, 0.5, 0.05],
    [placeOf('O2'), 31, 0.58, -0.05],
    [between('P3', 'O1', 0.3), 30, 0.2, 0.2],
    [between('P4', 'O2', 0.3), 30, 0.22, 0.15],
    [between('P7', 'O1', 0.4), 26, 0.2, -0.15],
    [between('P8', 'O2', 0.4), 26, 0.22, 0.1],
  ]
  sources.forEach(([centre, width, share, faster], index) => {
    const wave = rhythm(scene.random(`alpha ${index}`), scene.length, { ...options, hertz: hertz + faster })
    addToHead(scene, radialField(centre, width, 0.04), modulated(wave, scene, 'alpha'), 0, share)
  })
  // Frontal alpha is faint in most people, but never nothing.
  const frontal = rhythm(scene.random('alpha Fz'), scene.length, { ...options, hertz: hertz + 0.4 })
  addToHead(scene, radialField(placeOf('Fz'), 26), modulated(frontal, scene, 'alpha'), 0, 0.14)
}

/** Mu: arches over the hand areas while awake, each side by itself, in spells; open eyes do not block it. */
function addMu(scene: Scene): void {
  for (const lead of ['C3', 'C4'] as const) {
    const random = scene.random(`mu ${lead}`)
    const hertz = scene.subject.alphaHertz + random.between(0.2, 0.9)
    const wave = rhythm(random, scene.length, { hertz, bandwidth: 0.5, arch: 0.16, drift: 0.15 })
    const spells = slowNoise(random, scene.length, 0.12)
    const shown = wave.map((value, k) => {
      const awake = smoothStep((scene.control.tone[k]! - 0.55) / 0.3)
      return value * awake * (0.65 + smoothStep(0.5 + 0.6 * spells[k]!))
    })
    addToHead(scene, radialField(placeOf(lead), 24), shown, 0, scene.subject.mu)
  }
}

const THETA_PLACES = ['F3', 'Fz', 'F4', 'C3', 'Cz', 'C4', 'T7', 'T8', 'P3', 'P4', 'O1', 'O2'] as const
const DELTA_PLACES = ['Fp1', 'Fp2', 'F3', 'F4', 'C3', 'C4', 'P7', 'P8', 'Pz'] as const
const BETA_PLACES = ['Fp1', 'Fp2', 'F3', 'Fz', 'F4', 'C3', 'C4', 'T7', 'T8', 'Pz'] as const

function addSpread(
  scene: Scene,
  control: Control,
  options: {
    readonly hertz: number
    readonly bandwidth: number
    readonly width: number
    readonly places: readonly (typeof SCALP)[number][]
  },
): void {
  const fields = options.places.map((lead) => radialField(placeOf(lead), options.width))
  const gain = squareRoot(evenGain(fields))
  fields.forEach((field, index) => {
    const random = scene.random(`${control} ${index}`)
    const hertz = options.hertz * random.between(0.85, 1.15)
    const wave = rhythm(random, scene.length, {
      hertz,
      bandwidth: options.bandwidth,
      drift: options.bandwidth / 3,
    })
    addToHead(scene, field, modulated(wave, scene, control), 0, gain)
  })
}

function modulated(wave: Float64Array, scene: Scene, control: Control): Float64Array {
  const level = scene.control[control]
  return wave.map((value, k) => value * level[k]!)
}

/** What each electrode adds by itself: amplifier noise, slow drift of the skin, mains hum by its impedance. */
function addElectrodes(scene: Scene): void {
  const mains = scene.random('mains')
  const common = mains.uniform()
  HEAD_LEADS.forEach((lead, index) => {
    const random = scene.random(`electrode ${lead}`)
    const drift = slowNoise(random, scene.length, 0.12)
    const swell = slowNoise(random, scene.length, 0.08)
    const hum = 0.9 + 1.5 * random.uniform() * random.uniform()
    const lag = common + random.between(-0.12, 0.12)
    const target = scene.head[index]!
    for (let k = 0; k < scene.length; k++) {
      const level = hum * (1 + 0.15 * swell[k]!)
      target[k] = target[k]! + 3 * drift[k]! + 0.35 * random.normal() + level * sine((50.02 * k) / RATE + lag)
    }
  })
}
