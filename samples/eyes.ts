/** Eyes: the front of each is positive, so that a turn or a blink moves the field of a dipole. */
import { bell, sine, smoothStep } from './arithmetic.ts'
import { between, type Field, HEAD_LEADS, place, placeOf, radialField, withLeads } from './head.ts'
import { addToHead, type Scene } from './scene.ts'
import { RATE, sampleAt, slowNoise } from './waves.ts'

/**
 * Eyes turned up, as in a blink: positive at the forehead. The left eye electrode lies below the eye and the
 * right one above, so that they go opposite ways.
 */
const UPWARD: Field = withLeads(radialField(place(100, 90), 31), {
  LOC: -0.62,
  ROC: 0.78,
  A1: -0.02,
  A2: -0.02,
})

/** Eyes turned to the right: positive at the right canthus, negative at the left, less at F8 and F7. */
const RIGHTWARD: Field = Float64Array.from(HEAD_LEADS, (lead) => {
  if (lead === 'LOC') return -1
  if (lead === 'ROC') return 0.94
  const [x, y] = placeOf(lead)
  const near = radialField(place(100, x < 0 ? 125 : 55), 30)[HEAD_LEADS.indexOf(lead)]!
  return y < -0.2 || x === 0 ? 0 : 0.46 * near * (x < 0 ? -1 : 1)
})

/** One blink, its upstroke beginning at `at`. */
function addBlink(scene: Scene, at: number): void {
  const random = scene.random(`blink ${at}`)
  const height = random.between(95, 165)
  const rise = random.between(0.038, 0.05)
  const fall = random.between(0.055, 0.085)
  const peak = 3.2 * rise
  const wave = Float64Array.from({ length: RATE }, (_, k) => {
    const t = k / RATE - peak
    return bell(t / (t < 0 ? rise : fall)) + 0.1 * bell((t - 0.24) / 0.09)
  })
  addToHead(scene, UPWARD, wave, at, height)
  if (random.uniform() < 0.4) addToHead(scene, RIGHTWARD, wave, at, random.between(-14, 14))
}

/** Blinks as they come with open eyes in [from, to), first after `first` seconds, and small glances between. */
export function addOpenEyes(scene: Scene, from: number, to: number, first = 0.8): void {
  const random = scene.random(`open ${from}`)
  for (let t = from + first; t < to - 0.5; t += random.between(1.7, 4.1)) {
    addBlink(scene, Math.round(t * 100) / 100)
    if (random.uniform() < 0.25 && t < to - 1.2) addBlink(scene, Math.round((t + 0.46) * 100) / 100)
  }
  let gaze = 0
  for (let t = from + random.between(0.3, 1.2); t < to - 0.5; t += random.between(0.5, 1.8)) {
    const next = random.between(-26, 26)
    addGlance(scene, t, next - gaze, RIGHTWARD)
    // Only a look from one thing to another brings one, not every tremble.
    if (Math.abs(next - gaze) > 12) addLambda(scene, t + 0.1)
    if (random.uniform() < 0.4) addGlance(scene, t, random.between(-9, 9), UPWARD)
    gaze = next
  }
}

/** A lambda wave: positive and sharp at the back of the head, a tenth of a second after a look. */
function addLambda(scene: Scene, at: number): void {
  const random = scene.random(`lambda ${at}`)
  const wave = Float64Array.from({ length: RATE }, (_, k) => {
    const t = k / RATE - 0.25
    return 0.8 * bell(t / (t < 0 ? 0.032 : 0.04)) - 0.2 * bell((t - 0.12) / 0.05)
  })
  const height = scene.subject.lambda * random.between(0.6, 1.15)
  addToHead(
    scene,
    radialField(between('O1', 'O2', random.between(0.3, 0.7)), 27),
    wave,
    at - 0.25,
    1.25 * height,
  )
}

/** The closed lids flutter: quick small waves in front, in step on both sides and opposite in the two eye leads. */
export function addLidFlutter(
  scene: Scene,
  flutter: { readonly at: number; readonly seconds: number; readonly microvolts: number },
): void {
  const random = scene.random(`flutter ${flutter.at}`)
  const length = sampleAt(flutter.seconds)
  const wander = slowNoise(random, length, 1.5)
  const swell = slowNoise(random, length, 1)
  let phase = random.uniform()
  const wave = Float64Array.from({ length }, (_, k) => {
    const t = k / RATE
    phase += (5.6 * (1 + 0.22 * wander[k]!)) / RATE
    const edge = smoothStep(t / 0.4) * smoothStep((flutter.seconds - t) / 0.5)
    return 0.5 * edge * Math.max(0.25, 1 + 0.4 * swell[k]!) * (sine(phase) + 0.25 * sine(2 * phase + 0.1))
  })
  addToHead(scene, UPWARD, wave, flutter.at, flutter.microvolts)
}

/** A quick turn of the eyes to a new place, where they stay. */
function addGlance(scene: Scene, at: number, microvolts: number, field: Field): void {
  const rest = Math.max(1, Math.min(scene.length - sampleAt(at), 6 * RATE))
  const wave = Float64Array.from({ length: rest }, (_, k) => {
    // The step is let down over seconds, as the amplifier's coupling would do in the end.
    return smoothStep(k / (0.045 * RATE)) * (1 - smoothStep(k / RATE / 6))
  })
  addToHead(scene, field, wave, at, microvolts)
}

/** Closing (lids down, eyes up: positive at the forehead) or opening them (the other way). */
export function addLids(scene: Scene, at: number, direction: 'close' | 'open'): void {
  const random = scene.random(`lids ${at}`)
  const height = direction === 'close' ? random.between(70, 100) : -random.between(80, 110)
  const wave = Float64Array.from({ length: 3 * RATE }, (_, k) => {
    const t = k / RATE
    return smoothStep(t / 0.19) * (0.62 * bell(t / 0.24) + 0.38 * (1 - smoothStep(t / 2.6)))
  })
  addToHead(scene, UPWARD, wave, at, 1.5 * height)
}

/** Slow pendular movements of the closed eyes in drowsiness, as high as the state says. */
export function addSlowEyes(scene: Scene): void {
  const random = scene.random('slow eyes')
  const wave = new Float64Array(scene.length)
  let from = 0
  let here = 0
  let side = 1
  while (from < scene.length) {
    const length = Math.round(random.between(0.9, 2.6) * RATE)
    const there = random.uniform() < 0.16 ? here * 0.6 : side * random.between(0.35, 1.15)
    side = -side
    for (let k = 0; k < length && from + k < scene.length; k++) {
      wave[from + k] = (here + (there - here) * smoothStep(k / length)) * scene.control.slowEyes[from + k]!
    }
    from += length
    here = there
  }
  addToHead(scene, RIGHTWARD, wave, 0)
}
