/** The heart: an ECG with P, QRS and T at a varying rate, and its faint trace at the ears and the neck. */
import { bell, exponential, sine, squareRoot } from './arithmetic.ts'
import { HEAD_LEADS, placeOf } from './head.ts'
import { addToHead, addWave, type Scene } from './scene.ts'
import { RATE, sampleAt, slowNoise } from './waves.ts'

export function addHeart(scene: Scene): void {
  const random = scene.random('heart')
  const wander = slowNoise(random, scene.length, 0.09)
  const breath = random.between(0.22, 0.27)
  const electric = new Float64Array(scene.length)
  const baseline = slowNoise(random, scene.length, 0.3)
  let seconds = -random.uniform()
  while (seconds < scene.seconds + 1) {
    const index = Math.min(scene.length - 1, Math.max(0, sampleAt(seconds)))
    const rate =
      scene.control.heart[index]! *
      (1 + 0.035 * sine(breath * seconds) + 0.02 * wander[index]! + 0.006 * random.normal())
    const interval = 60 / rate
    addBeat(electric, seconds, interval, 1 + 0.05 * sine(breath * seconds + 0.2) + 0.015 * random.normal())
    seconds += interval
  }
  addWave(scene.body.ECG, electric, 0)
  for (let k = 0; k < scene.length; k++) {
    scene.body.ECG[k] =
      scene.body.ECG[k]! + 14 * baseline[k]! + 2.2 * random.normal() + 2.5 * sine((50.02 * k) / RATE)
  }
  // The heart lies below and to the left: opposite signs at the two ears, less on the scalp.
  const field = Float64Array.from(HEAD_LEADS, (lead) => {
    const [x, y, z] = placeOf(lead)
    const low = z < -0.3 ? 1 : 0.28
    return low * (0.0062 * x + 0.001 * y - 0.0016)
  })
  addToHead(scene, field, electric, 0, scene.subject.heartTrace)
  addWave(scene.body.Neck, electric, 0, 0.011)
  addWave(scene.body.Chin, electric, 0, 0.004)
}

/** One beat with its R wave at `seconds`; T comes later when the interval is long (Bazett). */
function addBeat(wave: Float64Array, seconds: number, interval: number, size: number): void {
  const stretch = squareRoot(interval)
  const parts: readonly (readonly [number, number, number, number])[] = [
    [-0.165, 0.024, 0.024, 95],
    [-0.026, 0.0085, 0.0085, -85],
    [0, 0.0105, 0.0105, 930],
    [0.027, 0.0095, 0.012, -190],
    [0.275 * stretch, 0.062, 0.042, 240],
  ]
  for (const [offset, before, after, height] of parts) {
    const centre = seconds + offset
    const from = Math.max(0, sampleAt(centre - 0.3))
    const to = Math.min(wave.length, sampleAt(centre + 0.3))
    for (let k = from; k < to; k++) {
      const t = k / RATE - centre
      wave[k] = wave[k]! + size * height * bell(t / (t < 0 ? before : after))
    }
  }
}

/** Quickens the heart after a start: from 0.8 s on, most at 3-4 s, settled after ten. */
export function quickenHeart(scene: Scene, at: number, beats: number): void {
  const wave = scene.control.heart
  const to = Math.min(wave.length, sampleAt(at + 14))
  for (let k = Math.max(0, sampleAt(at + 0.7)); k < to; k++) {
    const t = k / RATE - at - 0.7
    // A gamma-shaped course, x^2 e^-x scaled to 1 at its height.
    const x = t / 1.55
    if (x > 0) wave[k] = wave[k]! + beats * 0.25 * x * x * exponential(2 - x)
  }
}
