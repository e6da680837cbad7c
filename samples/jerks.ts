/** Jerks: the hypnic jerk of sleep onset, and the myoclonic jerk with a polyspike that is mistaken for it. */
import { addMovement } from './artifacts.ts'
import { addComplexes, frontalFields, varySides } from './discharges.ts'
import { quickenHeart } from './heart.ts'
import { addBurst, addCapBurst } from './muscle.ts'
import type { Random } from './random.ts'
import { type BodyLead, raiseControl, type Scene, scaleControl } from './scene.ts'
import { addArousal, addKComplex, addSpindle, addVertexWave } from './sleep.ts'

/** Where a muscle takes part: when after the jerk's onset, for how long (ms), how high (uV RMS at its height). */
type Burst = {
  readonly lead: Exclude<BodyLead, 'ECG'>
  readonly delay: number
  readonly length: number
  readonly microvolts: number
}

export type HypnicJerk = {
  readonly at: number
  readonly bursts: readonly Burst[]
  /** What the brain answers; a brief arousal follows each, for `awake` seconds. */
  readonly response: 'vertex wave' | 'K-complex' | 'arousal'
  readonly awake: number
  /** Movement artifact on the scalp, uV. */
  readonly movement: number
  /** Rise of the heart rate, beats/min. */
  readonly beats: number
}

/**
 * Sudden, brief (75-250 ms) bursts in neck and limbs out of drowsiness; first the muscles, then the movement
 * of the cables, then the vertex wave or K-complex, then a brief return of alpha, tone and heart rate.
 */
export function putHypnicJerk(scene: Scene, jerk: HypnicJerk): void {
  const random = scene.random(`jerk ${jerk.at}`)
  for (const burst of jerk.bursts) {
    const at = jerk.at + burst.delay / 1000
    const end = at + burst.length / 1000
    // Motor units join one after the other, and leave so.
    addBurst(scene, burst.lead, {
      at,
      seconds: burst.length / 1000,
      microvolts: 1.12 * burst.microvolts,
      rise: Math.min(0.045, (0.35 * burst.length) / 1000),
      fall: 0.035,
    })
    // The muscle settles: a little activity trails behind the burst.
    addBurst(scene, burst.lead, {
      at: end - 0.03,
      seconds: random.between(0.4, 0.9),
      microvolts: 0.02 * burst.microvolts,
      rise: 0.03,
      fall: 0.3,
    })
    addAfterDischarge(scene, burst, end)
  }
  const neck = jerk.bursts.find((burst) => burst.lead === 'Neck')
  if (neck !== undefined) {
    addCapBurst(scene, {
      at: jerk.at + neck.delay / 1000,
      seconds: neck.length / 1000 + 0.03,
      microvolts: 0.11 * neck.microvolts,
      where: 'neck',
    })
  }
  addMovement(scene, jerk.at + 0.02, jerk.movement)
  const answer = jerk.at + random.between(0.19, 0.27)
  if (jerk.response === 'vertex wave') addVertexWave(scene, answer + 0.13, random.between(85, 125))
  if (jerk.response === 'K-complex') {
    addKComplex(scene, answer - 0.03, random.between(125, 165))
    addSpindle(scene, answer + 0.9, random.between(22, 32))
  }
  addArousal(scene, {
    at: jerk.at + 0.45,
    seconds: jerk.awake,
    alpha: jerk.awake > 2.5 ? random.between(8, 11) : 4,
    tone: jerk.awake > 2.5 ? 0.75 : 0.35,
    restless: jerk.response === 'arousal',
  })
  // Nothing else at the jerk itself: alpha stays away until it is over.
  scaleControl(scene, 'alpha', { from: jerk.at - 6, to: jerk.at + 0.3, rise: 3, fall: 0.6 }, 0.55)
  raiseControl(scene, 'slowEyes', { from: jerk.at - 8, to: jerk.at - 0.8, rise: 3, fall: 1 }, 18)
  quickenHeart(scene, jerk.at, jerk.beats)
  const end = Math.max(...jerk.bursts.map((burst) => burst.delay + burst.length))
  scene.events.push({
    kind: 'hypnic_jerk',
    subtype: null,
    onset: jerk.at,
    duration: end / 1000,
    channels: [],
    evidence: ['eeg', 'emg'],
    comment: `EMG ${muscles(jerk.bursts)}; followed by ${jerk.response === 'arousal' ? 'an arousal' : `a ${jerk.response}`}; no spike before.`,
    parameters: {
      ...Object.fromEntries(jerk.bursts.map((b) => [`${b.lead.toLowerCase()}BurstMs`, b.length])),
      ...Object.fromEntries(jerk.bursts.map((b) => [`${b.lead.toLowerCase()}DelayMs`, b.delay])),
      peakMicrovoltsRms: Math.max(...jerk.bursts.map((b) => b.microvolts)),
      movementMicrovolts: jerk.movement,
      response: jerk.response,
      arousalSeconds: jerk.awake,
      heartRateRise: jerk.beats,
    },
  })
}

/** Weaker, shorter bursts that follow in most of the muscles: part of the movement, not of the jerk's own length. */
function addAfterDischarge(scene: Scene, burst: Burst, end: number): void {
  const random = scene.random(`after ${burst.lead} ${end}`)
  let at = end + random.between(0.07, 0.14)
  for (let strength = random.between(0.13, 0.2); strength > 0.07; strength *= random.between(0.4, 0.65)) {
    const seconds = random.between(0.05, 0.1)
    addBurst(scene, burst.lead, {
      at,
      seconds,
      microvolts: strength * burst.microvolts,
      rise: 0.02,
      fall: 0.04,
    })
    at += seconds + random.between(0.06, 0.16)
  }
}

function muscles(bursts: readonly Burst[]): string {
  return bursts.map((burst) => `${burst.lead} ${burst.length} ms`).join(', ')
}

export type PolyspikeJerk = {
  readonly at: number
  readonly spikes: number
  /** Length of the EMG burst, ms: below 50 where a cortex fires it. */
  readonly burst: number
  readonly microvolts: number
}

/** No two intervals, heights or widths alike; the last spike, the one that fires the muscles, among the highest. */
function polyspikes(random: Random, jerk: PolyspikeJerk, spacing: number) {
  const gaps = Array.from({ length: jerk.spikes - 1 }, () => random.between(0.55, 1.7))
  const total = gaps.reduce((sum, gap) => sum + gap, 0)
  let back = spacing * (jerk.spikes - 1)
  return Array.from({ length: jerk.spikes }, (_, k) => {
    const isLast = k === jerk.spikes - 1
    const here = back
    back -= ((gaps[k] ?? 0) / total) * spacing * (jerk.spikes - 1)
    return {
      back: isLast ? 0 : here,
      microvolts: jerk.microvolts * (isLast ? random.between(0.9, 1.1) : random.between(0.35, 1.05)),
      width: random.between(0.0068, 0.0115),
      isLast,
    }
  })
}

/** Polyspike and slow wave whose last spikes fire a very short jerk, time-locked; the patient is awake. */
export function putPolyspikeJerk(scene: Scene, jerk: PolyspikeJerk): void {
  const random = scene.random(`polyspike ${jerk.at}`)
  const spacing = random.between(0.052, 0.062)
  const main = jerk.at + 0.05 + spacing * (jerk.spikes - 1)
  const complexes = polyspikes(scene.random(`polyspikes ${jerk.at}`), jerk, spacing).map(
    ({ back, microvolts, width, isLast }) => ({
      at: main - back,
      period: 0.42,
      spikes: [[0, microvolts]] as const,
      spikeWidth: width,
      wave: isLast ? 0.95 * jerk.microvolts : 0,
      crest: 0.52,
    }),
  )
  const run = { onset: jerk.at, end: main + 0.42, complexes, afterwave: null }
  const sides = varySides(scene.random(`polyspike sides ${jerk.at}`), run, random.between(-0.8, 0.8))
  addComplexes(scene, sides, frontalFields(random))
  const latency = 0.022
  const bursts = [
    ['Neck', 0, 150],
    ['Chin', 0.002, 60],
    ['LAT', 0.02, 170],
    ['RAT', 0.021, 150],
  ] as const
  for (const [lead, lag, microvolts] of bursts) {
    addBurst(scene, lead, {
      at: main + latency + lag,
      seconds: jerk.burst / 1000,
      microvolts: microvolts * random.between(0.85, 1.2),
      rise: 0.008,
      fall: 0.012,
    })
  }
  addMovement(scene, main + 0.06, 110)
  quickenHeart(scene, main, 5)
  scaleControl(scene, 'alpha', { from: jerk.at, to: main + 0.4, rise: 0.1, fall: 0.6 }, 0.3)
  scene.events.push({
    kind: 'mimic',
    subtype: 'polyspike_wave_jerk',
    onset: jerk.at,
    duration: main + 0.42 - jerk.at,
    channels: [],
    evidence: ['eeg', 'emg'],
    comment: 'Awake; polyspikes before and time-locked to EMG bursts shorter than 50 ms.',
    parameters: {
      spikes: jerk.spikes,
      spikeMicrovolts: jerk.microvolts,
      emgBurstMs: jerk.burst,
      spikeToEmgMs: 22,
    },
  })
}
