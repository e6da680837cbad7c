/** What is mistaken for the two: slowing of several kinds, vertex trains, legs, muscles, electrodes. */
import type { Evidence } from '../shared/annotation/kinds.ts'
import { bell } from './arithmetic.ts'
import { addLooseContact, addPop } from './artifacts.ts'
import { balanced, between, type HeadLead, placeOf, radialField, sumFields } from './head.ts'
import { quickenHeart } from './heart.ts'
import { addBurst, addCapBurst } from './muscle.ts'
import { addToHead, type Scene, scaleControl } from './scene.ts'
import { addArousal, addVertexWave } from './sleep.ts'
import { addSlowing, type SlowingOptions } from './slowing.ts'
import { RATE } from './waves.ts'

export function putMimic(
  scene: Scene,
  subtype: string,
  span: { readonly onset: number; readonly duration: number },
  facts: {
    readonly comment: string
    readonly parameters: Readonly<Record<string, number | string>>
    readonly channels?: readonly string[]
    readonly evidence?: readonly Evidence[]
  },
): void {
  scene.events.push({
    kind: 'mimic',
    subtype,
    ...span,
    channels: facts.channels ?? [],
    evidence: facts.evidence ?? ['eeg'],
    comment: facts.comment,
    parameters: facts.parameters,
  })
}

export const FRONTAL = balanced(
  sumFields([0.7, radialField(between('F3', 'Fp1'), 44, 0.1)], [0.2, radialField(placeOf('Fz'), 44, 0.1)]),
  sumFields([0.7, radialField(between('F4', 'Fp2'), 44, 0.1)], [0.2, radialField(placeOf('Fz'), 44, 0.1)]),
)

const CENTRAL = balanced(
  sumFields([0.55, radialField(between('F3', 'C3'), 44, 0.12)], [0.3, radialField(between('Fz', 'Cz'), 40)]),
  sumFields([0.55, radialField(between('F4', 'C4'), 44, 0.12)], [0.3, radialField(between('Fz', 'Cz'), 40)]),
)

const OCCIPITAL = balanced(
  radialField(between('O1', 'P3', 0.1), 29, 0.03),
  radialField(between('O2', 'P4', 0.1), 29, 0.03),
)

export type Slowing = {
  readonly at: number
  readonly seconds: number
  readonly hertz: readonly [number, number]
  readonly microvolts: number
}

export function putSlowing(
  scene: Scene,
  subtype: string,
  slowing: Slowing,
  manner: Omit<SlowingOptions, keyof Slowing>,
  comment: string,
): readonly number[] {
  const troughs = addSlowing(scene, subtype, { ...slowing, ...manner })
  const bend = { from: slowing.at + 0.3, to: slowing.at + slowing.seconds - 0.3, rise: 0.4, fall: 0.8 }
  scaleControl(scene, 'alpha', bend, 0.4)
  putMimic(
    scene,
    subtype,
    { onset: slowing.at, duration: slowing.seconds },
    {
      comment,
      parameters: {
        firstHertz: slowing.hertz[0],
        lastHertz: slowing.hertz[1],
        meanPeakToPeakMicrovolts: slowing.microvolts,
      },
    },
  )
  return troughs
}

/** Rhythmic slow waves that build up and fade while the patient breathes hard. */
export function putHyperventilationSlowing(scene: Scene, slowing: Slowing): void {
  const manner = {
    fields: FRONTAL,
    rise: 0.35 * slowing.seconds,
    fall: 0.3 * slowing.seconds,
    irregularity: 0.8,
    sharpness: 0.14,
    mixture: 0.3,
    notches: 0.1,
  }
  putSlowing(
    scene,
    'hyperventilation_slowing',
    slowing,
    manner,
    'Builds up gradually during hyperventilation; no spikes.',
  )
}

/** Slow waves of overbreathing too small or brief to be marked. */
export function addHyperventilationWaves(scene: Scene, slowing: Slowing): void {
  addSlowing(scene, 'overbreathing', {
    ...slowing,
    fields: FRONTAL,
    rise: 0.4 * slowing.seconds,
    fall: 0.4 * slowing.seconds,
    irregularity: 0.9,
    sharpness: 0.1,
    mixture: 0.3,
    notches: 0.1,
  })
}

/** High 3-5 Hz waves of drowsiness that build up within a second, frontocentral, with sharp bits that keep no step. */
export function putHypersynchrony(scene: Scene, slowing: Slowing): void {
  const manner = {
    fields: CENTRAL,
    rise: 1.3,
    fall: 0.8,
    irregularity: 0.7,
    sharpness: 0.2,
    mixture: 0.32,
    notches: 0.18,
  }
  putSlowing(
    scene,
    'hypnagogic_hypersynchrony',
    slowing,
    manner,
    'Drowsy; high 4 Hz waves without a spike in step with them.',
  )
  const random = scene.random(`sharp bits ${slowing.at}`)
  for (let k = 0; k < 3; k++) {
    addSharpBit(
      scene,
      slowing.at + random.between(0.5, slowing.seconds - 0.6),
      random.between(25, 45),
      random.between(-0.3, 0.3),
    )
  }
}

/** High 3-4 Hz waves of drowsiness with a poorly formed spike in some of the positive troughs. */
export function putRudimentarySpikeWave(scene: Scene, slowing: Slowing): void {
  const manner = {
    fields: CENTRAL,
    rise: 0.5,
    fall: 0.5,
    irregularity: 0.5,
    sharpness: 0.12,
    mixture: 0.2,
    notches: 0.08,
  }
  const troughs = putSlowing(
    scene,
    'rudimentary_spike_wave',
    slowing,
    manner,
    'Drowsiness only; the spike is small and poorly formed in the trough.',
  )
  const random = scene.random(`rudimentary spikes ${slowing.at}`)
  for (const trough of troughs) {
    if (random.uniform() < 0.25) continue
    addSharpBit(
      scene,
      trough + random.between(-0.022, 0.022),
      random.between(28, 52),
      random.between(-0.15, 0.15),
    )
  }
}

function addSharpBit(scene: Scene, at: number, microvolts: number, side: number): void {
  const wave = Float64Array.from({ length: Math.round(0.3 * RATE) }, (_, k) => {
    const t = k / RATE - 0.12
    return -bell(t / 0.016) + 0.35 * bell((t - 0.04) / 0.02)
  })
  addToHead(scene, radialField(between('C3', 'C4', 0.5 + side), 34), wave, at - 0.12, microvolts)
}

/** Occipital intermittent rhythmic delta: builds up with closed eyes, and goes as they open at its end. */
export function putOirda(scene: Scene, slowing: Slowing): void {
  const manner = {
    fields: OCCIPITAL,
    rise: 1.2,
    fall: 0.35,
    irregularity: 0.55,
    sharpness: 0.26,
    mixture: 0.25,
    notches: 0.4,
  }
  putSlowing(
    scene,
    'oirda',
    slowing,
    manner,
    'Eyes closed; occipital, notched, no spikes; gone as the eyes open.',
  )
}

/** Vertex waves one after the other, about one a second. */
export function putVertexTrain(
  scene: Scene,
  train: { readonly at: number; readonly waves: number; readonly microvolts: number },
): void {
  const random = scene.random(`train ${train.at}`)
  let at = train.at + 0.12
  let last = at
  for (let k = 0; k < train.waves; k++) {
    addVertexWave(scene, at, train.microvolts * random.between(0.75, 1.12))
    last = at
    at += random.between(0.62, 1.15)
  }
  putMimic(
    scene,
    'vertex_waves',
    { onset: train.at, duration: last + 0.3 - train.at },
    {
      comment: 'Vertex waves in series: sharp at Cz, no slow wave bound to them.',
      parameters: { waves: train.waves, microvolts: train.microvolts },
    },
  )
}

/** One leg moves for longer than half a second, without a jerk elsewhere. */
export function putLegMovement(
  scene: Scene,
  leg: {
    readonly at: number
    readonly seconds: number
    readonly side: 'LAT' | 'RAT'
    readonly microvolts: number
  },
): void {
  const { at, seconds, microvolts } = leg
  addBurst(scene, leg.side, { at, seconds, microvolts, rise: 0.12, fall: 0.3 })
  addBurst(scene, leg.side === 'LAT' ? 'RAT' : 'LAT', {
    at: at + 0.1,
    seconds: 0.6 * seconds,
    microvolts: 0.05 * microvolts,
    rise: 0.1,
    fall: 0.2,
  })
  quickenHeart(scene, at, 3)
  putMimic(
    scene,
    'leg_movement',
    { onset: at, duration: seconds },
    {
      comment: 'Longer than 0.5 s, one leg, neck and chin silent.',
      parameters: { microvoltsRms: microvolts, side: leg.side === 'LAT' ? 'left' : 'right' },
      channels: [`EMG ${leg.side}`],
      evidence: ['emg'],
    },
  )
}

/** The patient bites: muscle over temples and jaw. */
export function putJawClench(
  scene: Scene,
  clench: {
    readonly at: number
    readonly bites: readonly (readonly [delay: number, seconds: number])[]
    readonly microvolts: number
  },
): void {
  for (const [delay, seconds] of clench.bites) {
    const at = clench.at + delay
    addCapBurst(scene, { at, seconds, microvolts: clench.microvolts, where: 'jaw', rise: 0.16, fall: 0.28 })
    addBurst(scene, 'Chin', { at, seconds, microvolts: 1.4 * clench.microvolts, rise: 0.14, fall: 0.25 })
    addBurst(scene, 'Neck', { at, seconds, microvolts: 0.35 * clench.microvolts, rise: 0.2, fall: 0.3 })
  }
  const [delay, seconds] = clench.bites.at(-1)!
  putMimic(
    scene,
    'emg_artifact',
    { onset: clench.at, duration: delay + seconds },
    {
      comment: 'Bites: fast activity highest at the temples and in the chin.',
      parameters: { bites: clench.bites.length, microvoltsRms: clench.microvolts },
      evidence: ['eeg', 'emg'],
    },
  )
}

/** One electrode that pops, again and again, with hum and wandering between. */
export function putElectrodePops(
  scene: Scene,
  options: {
    readonly lead: HeadLead
    readonly at: number
    readonly pops: readonly (readonly [delay: number, microvolts: number])[]
  },
): void {
  for (const [delay, microvolts] of options.pops)
    addPop(scene, options.lead, options.at + 0.02 + delay, microvolts)
  const seconds = options.pops.at(-1)![0] + 0.9
  addLooseContact(scene, options.lead, options.at - 0.5, seconds + 1)
  putMimic(
    scene,
    'electrode_artifact',
    { onset: options.at, duration: seconds },
    {
      comment: `${options.lead} alone: steep rises that nothing around it shares.`,
      parameters: {
        pops: options.pops.length,
        microvolts: Math.max(...options.pops.map(([, height]) => Math.abs(height))),
      },
      channels: [options.lead],
    },
  )
}

/** The sleeper wakes a little, and no jerk has woken him. */
export function putArousal(scene: Scene, arousal: { readonly at: number; readonly seconds: number }): void {
  addArousal(scene, { ...arousal, alpha: 10, tone: 0.7, restless: true })
  quickenHeart(scene, arousal.at, 8)
  putMimic(
    scene,
    'arousal',
    { onset: arousal.at, duration: arousal.seconds },
    {
      comment: 'Alpha and tone return from sleep without a jerk before.',
      parameters: { seconds: arousal.seconds },
      evidence: ['eeg', 'emg'],
    },
  )
}
