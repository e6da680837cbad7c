/**
 * What another hand draws into a background: discharges of complexes that are none like another (`drawnComplexes`) with
 * a centre somewhere in front or in the middle and a reference that is not silent, slowing as sines, saws and arches,
 * and muscles that ramp, flicker, come late and shake the wires.
 */
import type { Chance } from './chance.ts'
import { type DrawnRun, drawRun } from './drawnComplexes.ts'
import type { Put, Scene } from './heldApart.ts'
import { LEGS, MUSCLES } from './heldApart.ts'
import { addBurst } from './muscles.ts'

/** Left to right and front to back, of the nineteen, on a head of radius 1. */
const PLACES: Readonly<Record<string, readonly [number, number]>> = {
  FP1: [-0.3, 0.9],
  FP2: [0.3, 0.9],
  F7: [-0.78, 0.55],
  F3: [-0.4, 0.5],
  FZ: [0, 0.45],
  F4: [0.4, 0.5],
  F8: [0.78, 0.55],
  T3: [-0.95, 0],
  C3: [-0.48, 0],
  CZ: [0, 0],
  C4: [0.48, 0],
  T4: [0.95, 0],
  T5: [-0.78, -0.55],
  P3: [-0.4, -0.5],
  PZ: [0, -0.45],
  P4: [0.4, -0.5],
  T6: [0.78, -0.55],
  O1: [-0.3, -0.9],
  O2: [0.3, -0.9],
}
const CENTRES = ['FZ', 'FZ', 'F3', 'F4', 'CZ', 'FP1', 'FP2'] as const

/** What may be asked of a discharge otherwise than by chance. */
export type Asked = { readonly size?: number; readonly jitter?: number; readonly spikeSeconds?: number }

export const putDrawnDischarge =
  (asked: Asked = {}): Put =>
  (scene, at) => {
    const { chance, rate } = scene
    const firstHertz = chance.between(3, 3.6)
    const run: DrawnRun = {
      seconds: chance.between(3, 11),
      firstHertz,
      lastHertz: firstHertz - chance.between(0.2, 0.7),
      jitter: asked.jitter ?? chance.between(0.5, 1.5),
      spikeShare: chance.between(0.35, 0.9),
      spikeSeconds: asked.spikeSeconds ?? chance.between(0.02, 0.04),
      doubled: chance.uniform() < 0.3 ? chance.between(0.3, 1) : 0,
    }
    const { spikes, waves } = drawRun(run, rate, chance)
    const size = asked.size ?? chance.between(130, 350)
    addField(scene, at, spikes, size, chance.between(0.7, 1.3))
    addField(scene, at, waves, size, chance.between(1, 2))
    return { kind: 'spike_wave_3hz', what: 'drawn', start: at, end: at + run.seconds }
  }

/** Negative at the scalp, largest at a centre; the reference picks up some of it. */
function addField(scene: Scene, at: number, wave: Float64Array, size: number, width: number): void {
  const { chance, labels, eeg, rate } = scene
  const [x, y] = PLACES[CENTRES[Math.floor(CENTRES.length * chance.uniform())]!]!
  const leak = chance.between(0, 0.3)
  const from = Math.round(at * rate)
  const lead = 0.012 * chance.normal()
  for (const [c, target] of eeg.entries()) {
    const [u, v] = placeOf(labels[c]!)
    const share = Math.exp(-((u - x) ** 2 + (v - y) ** 2) / (2 * width * width)) * (1 + 0.1 * chance.normal())
    const lag = Math.round(rate * (lead * u + 0.008 * (y - v) + 0.002 * chance.normal()))
    for (let k = 0; k < wave.length && from + k < target.length; k++) {
      const value = wave[k - lag] ?? 0
      target[from + k] = target[from + k]! - size * (share - leak) * value
    }
  }
}

function placeOf(label: string): readonly [number, number] {
  return (
    PLACES[
      label
        .replace(/^EEG\s+/i, '')
        .split('-')[0]!
        .toUpperCase()
    ] ?? [0, 0]
  )
}

/** A sine, a rounded saw that is steep on one side, or arches with a notch; each cycle of its own length and height. */
export const putDrawnSlowing: Put = (scene, at) => {
  const { chance, rate } = scene
  const seconds = chance.between(3, 11)
  const hertz = chance.between(2.4, 4.5)
  const change = chance.between(-0.5, 0.2)
  const kind = Math.floor(3 * chance.uniform())
  const steep = chance.between(-0.8, 0.8)
  const wave = new Float64Array(Math.round(seconds * rate))
  let [phase, height, pace] = [0, 1, 1]
  for (let k = 0; k < wave.length; k++) {
    const done = k / wave.length
    phase += ((hertz + change * done) * pace) / rate
    if (phase >= 1) {
      phase -= 1
      height = Math.max(0.4, 1 + 0.2 * chance.normal())
      pace = 1 + 0.04 * chance.normal()
    }
    const ramp = Math.min(1, done * 5, (1 - done) * 5)
    const drawn = [
      Math.sin(2 * Math.PI * phase),
      Math.sin(2 * Math.PI * phase + steep * Math.sin(2 * Math.PI * phase)),
      1.3 * Math.sin(Math.PI * phase) ** 2 - 0.35 * Math.exp(-(((phase - 0.5) / 0.13) ** 2)) - 0.6,
    ][kind]!
    wave[k] = (ramp * height * drawn) / 2
  }
  addField(scene, at, wave, chance.between(130, 350), chance.between(0.7, 2))
  return {
    kind: 'mimic',
    what: `slowing, ${['sine', 'saw', 'notched arch'][kind]}`,
    start: at,
    end: at + seconds,
  }
}

/** Neck or chin first or the legs, up to 80 ms apart, 60 to 250 ms, some with a second burst; wires and head shake. */
export const putRoughJerk: Put = ({ emg, eeg, tone, rate, chance }, at) => {
  const order = [...MUSCLES].sort(() => chance.uniform() - 0.5)
  const muscles = order.slice(0, 1 + Math.floor(4 * chance.uniform()))
  let end = at
  for (const [k, muscle] of muscles.entries()) {
    const seconds = chance.between(0.075, 0.25)
    const from = at + (k === 0 ? 0 : chance.between(0, 0.08))
    const size = tone.get(muscle)! * chance.between(8, 30)
    addBurst(emg.get(muscle)!, rate, { at: from, seconds, size, ramp: chance.between(0.05, 0.4) }, chance)
    end = Math.max(end, from + seconds)
    if (chance.uniform() < 0.25) {
      const again = { at: from + seconds + chance.between(0.04, 0.12), seconds: 0.08, ramp: 0.3 }
      addBurst(emg.get(muscle)!, rate, { ...again, size: size * chance.between(0.2, 0.6) }, chance)
    }
    sway(emg.get(muscle)!, from, rate, chance.between(0, 60), chance)
  }
  const shaken = chance.between(0, 200)
  for (const channel of eeg) sway(channel, at, rate, shaken * chance.uniform(), chance)
  return { kind: 'hypnic_jerk', what: `jerk of ${muscles.length}`, start: at, end }
}

/** A slow swing of a wire or of the head. */
function sway(target: Float64Array, at: number, rate: number, size: number, chance: Chance): void {
  const hertz = chance.between(1, 3)
  const from = Math.round(at * rate)
  for (let k = 0; k < 0.8 * rate && from + k < target.length; k++) {
    const t = k / rate
    target[from + k] = target[from + k]! + size * Math.sin(2 * Math.PI * hertz * t) * Math.exp(-4 * t)
  }
}

/** One leg or both, 0.7 to 4 s: swelling, or flickering as a muscle does that is not held. */
export const putRoughLegMovement: Put = ({ emg, tone, rate, chance }, at) => {
  const seconds = chance.between(0.7, 4)
  const legs = chance.uniform() < 0.5 ? LEGS : [LEGS[Math.floor(2 * chance.uniform())]!]
  const flickers = chance.uniform() < 0.5
  for (const leg of legs) {
    const size = tone.get(leg)! * chance.between(4, 15)
    const burst = { at, seconds, size, ramp: chance.between(0.1, 0.45) }
    if (!flickers) addBurst(emg.get(leg)!, rate, burst, chance)
    for (let t = 0; flickers && t < seconds; ) {
      const length = Math.min(chance.between(0.12, 0.6), seconds - t)
      const each = { at: at + t, seconds: length, size: size * chance.between(0.5, 1), ramp: 0.2 }
      addBurst(emg.get(leg)!, rate, each, chance)
      t += length + chance.between(0.03, 0.2)
    }
  }
  return { kind: 'mimic', what: flickers ? 'leg, flickering' : 'leg', start: at, end: at + seconds }
}

/** Chin alone or with the neck; one cycle in ten is left out, and sizes differ. */
export const putRoughChewing: Put = ({ emg, eeg, tone, rate, chance, labels }, at) => {
  const hertz = chance.between(0.8, 2.2)
  const seconds = chance.between(4, 14)
  const withNeck = chance.uniform() < 0.4
  for (let t = 0; t < seconds; t += (1 / hertz) * Math.max(0.6, 1 + 0.15 * chance.normal())) {
    if (chance.uniform() < 0.1) continue
    const burst = { at: at + t, seconds: chance.between(0.25, 0.6) / hertz, ramp: 0.35 }
    const size = chance.between(5, 16)
    addBurst(emg.get('EMG Chin')!, rate, { ...burst, size: tone.get('EMG Chin')! * size }, chance)
    if (withNeck)
      addBurst(emg.get('EMG Neck')!, rate, { ...burst, size: tone.get('EMG Neck')! * size * 0.5 }, chance)
    for (const [c, label] of labels.entries())
      if (/[TF][3478]$/i.test(label)) addBurst(eeg[c]!, rate, { ...burst, size: 3 * size }, chance)
  }
  return { kind: 'mimic', what: withNeck ? 'chewing with neck' : 'chewing', start: at, end: at + seconds }
}

/** Of one foot or of both in turn, 0.5 to 3 a second. */
export const putRoughTremor: Put = ({ emg, tone, rate, chance }, at) => {
  const hertz = chance.between(0.5, 3)
  const seconds = chance.between(Math.max(6, 4 / hertz), 15)
  const alternates = chance.uniform() < 0.4
  const own = Math.floor(2 * chance.uniform())
  for (let t = 0, k = 0; t < seconds; k++) {
    const leg = LEGS[alternates ? k % 2 : own]!
    const size = tone.get(leg)! * chance.between(5, 14)
    const length = Math.min(chance.between(0.25, 0.7), 0.65 / hertz)
    addBurst(emg.get(leg)!, rate, { at: at + t, seconds: length, size, ramp: 0.3 }, chance)
    t += (1 / hertz) * Math.max(0.6, 1 + 0.12 * chance.normal())
  }
  return { kind: 'mimic', what: alternates ? 'feet in turn' : 'foot tremor', start: at, end: at + seconds }
}

export const DRAWN_SCRIPT: readonly Put[] = [
  putDrawnDischarge(),
  putRoughJerk,
  putDrawnSlowing,
  putRoughLegMovement,
  putRoughJerk,
  putRoughChewing,
  putRoughTremor,
]
