/** The graphoelements of sleep onset: vertex waves, K-complexes, spindles, arousals. */
import { bell, sine } from './arithmetic.ts'
import { between, onSphere, placeOf, radialField } from './head.ts'
import { addBurst, addCapBurst } from './muscle.ts'
import { addToHead, raiseControl, type Scene, scaleControl } from './scene.ts'
import { RATE } from './waves.ts'

/** A vertex sharp wave with its negative peak at `at`: sharp at Cz, hardly anything at the rim. */
export function addVertexWave(scene: Scene, at: number, microvolts: number): void {
  const random = scene.random(`vertex ${at}`)
  const rise = random.between(0.036, 0.048)
  const fall = random.between(0.04, 0.055)
  const after = random.between(0.15, 0.19)
  const wave = Float64Array.from({ length: Math.round(0.9 * RATE) }, (_, k) => {
    const t = k / RATE - 0.3
    return (
      0.22 * bell((t + 0.1) / 0.035) -
      bell(t / (t < 0 ? rise : fall)) +
      0.18 * bell((t - after) / 0.065) -
      0.12 * bell((t - 0.33) / 0.08)
    )
  })
  const centre = onSphere([random.between(-0.1, 0.1), random.between(-0.05, 0.2), 1])
  addToHead(scene, radialField(centre, random.between(31, 36), 0.04), wave, at - 0.3, 1.3 * microvolts)
}

/**
 * A K-complex from its first deflection at `at`: a sharp negative wave and at once a slow positive one, greatest at the
 * frontal midline, 60 to 70 % of that over the sides, 0.7 to 1 s long. `microvolts` from peak to peak.
 */
export function addKComplex(scene: Scene, at: number, microvolts: number): void {
  const random = scene.random(`k ${at}`)
  const centre = onSphere([random.between(-0.08, 0.08), random.between(0.42, 0.6), 0.85])
  const stretch = random.between(0.9, 1.15)
  const rise = random.between(0.032, 0.042)
  const shoulder = random.between(0, 0.22)
  const positive = random.between(0.5, 0.68)
  const wave = Float64Array.from({ length: 2 * RATE }, (_, k) => {
    const t = k / RATE
    const after = (t - 0.2) / stretch
    return (
      0.08 * bell((t - 0.07) / 0.025) -
      bell(t < 0.2 ? (t - 0.2) / rise : after / 0.085) -
      shoulder * bell((after - 0.14) / 0.05) +
      positive * bell((after - 0.36) / (after < 0.36 ? 0.11 : 0.16)) -
      0.1 * bell((after - 0.85) / 0.15)
    )
  })
  addToHead(scene, radialField(centre, 41, 0.09), wave, at, (1.24 * microvolts) / (1 + positive))
}

/** Of a spindle, from a third of its height to a third. */
const SEEN = 0.67

/** A sleep spindle: 12-14 Hz, waxing and waning, seen for 0.5-1.5 s, central. */
export function addSpindle(scene: Scene, at: number, microvolts: number): void {
  const random = scene.random(`spindle ${at}`)
  const seconds = random.between(0.65, 1.4) / SEEN
  for (const side of ['C3', 'Cz', 'C4'] as const) {
    const hertz = random.between(12.5, 13.8)
    const slowing = random.between(0.2, 0.7)
    const phase = 0.3 + random.between(-0.03, 0.03)
    const peak = random.between(0.35, 0.6)
    const beat = random.between(1.2, 2.4)
    const wave = Float64Array.from({ length: Math.round(seconds * RATE) }, (_, k) => {
      const x = k / RATE / seconds
      const envelope = bell((x - peak) / 0.23) * (1 + 0.22 * sine(beat * x * seconds + phase))
      return envelope * sine((hertz - 0.5 * slowing * x) * x * seconds + phase)
    })
    addToHead(
      scene,
      radialField(placeOf(side), 27, 0.05),
      wave,
      at,
      (side === 'Cz' ? 0.55 : 0.42) * microvolts,
    )
  }
}

/** A positive occipital sharp transient of sleep. */
export function addPost(scene: Scene, at: number, microvolts: number): void {
  const random = scene.random(`post ${at}`)
  const wave = Float64Array.from({ length: RATE }, (_, k) => {
    const t = k / RATE - 0.3
    return bell(t / (t < 0 ? 0.045 : 0.03)) - 0.4 * bell((t - 0.09) / 0.045)
  })
  addToHead(
    scene,
    radialField(between('O1', 'O2', random.between(0.35, 0.65)), 26),
    wave,
    at - 0.3,
    microvolts,
  )
}

/**
 * A brief return of wakefulness: alpha and muscle tone come back, theta and slow eye movements stop,
 * and drowsiness returns afterwards.
 */
export function addArousal(
  scene: Scene,
  options: {
    readonly at: number
    readonly seconds: number
    readonly alpha: number
    readonly tone: number
    readonly restless?: boolean
  },
): void {
  const { at, seconds } = options
  const bend = { from: at, to: at + seconds, rise: 0.5, fall: 1.6 }
  raiseControl(scene, 'alpha', { ...bend, from: at + 0.5 }, options.alpha)
  raiseControl(scene, 'tone', { from: at, to: at + 0.6 * seconds, rise: 0.15, fall: 3 }, options.tone)
  scaleControl(scene, 'theta', bend, 0.45)
  scaleControl(scene, 'delta', bend, 0.45)
  scaleControl(scene, 'slowEyes', bend, 0.2)
  raiseControl(scene, 'beta', bend, 1)
  if (options.restless === true) {
    const random = scene.random(`restless ${at}`)
    for (let t = at + 0.25; t < at + 0.45 * seconds; t += random.between(0.3, 0.9)) {
      const length = random.between(0.3, 0.9)
      addBurst(scene, 'Neck', {
        at: t,
        seconds: length,
        microvolts: random.between(8, 22),
        rise: 0.1,
        fall: 0.2,
      })
      addBurst(scene, 'Chin', {
        at: t,
        seconds: length,
        microvolts: random.between(5, 14),
        rise: 0.1,
        fall: 0.2,
      })
      addCapBurst(scene, {
        at: t,
        seconds: length,
        microvolts: random.between(4, 9),
        where: 'neck',
        rise: 0.1,
        fall: 0.2,
      })
    }
  }
}
