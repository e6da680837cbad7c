/** Mimics that the lesson has and the samples have not: FIRDA, slow spike-and-wave, feet, twitches. */
import { addComplexes, frontalFields, planRun, varySides } from '../discharges.ts'
import { FRONTAL, putMimic, putSlowing, type Slowing } from '../mimics.ts'
import { addBurst } from '../muscle.ts'
import { type Scene, scaleControl } from '../scene.ts'

/** Smooth frontal waves at about 2 Hz, in bursts. */
export function putFirda(scene: Scene, slowing: Slowing): void {
  const manner = {
    fields: FRONTAL,
    rise: 0.7,
    fall: 0.7,
    irregularity: 0.45,
    sharpness: 0.05,
    mixture: 0.15,
    notches: 0,
  }
  putSlowing(scene, 'firda', slowing, manner, 'Frontal, smooth, about 2 Hz; no spikes.')
}

/** Spike-and-wave below 2.5 Hz from its first complex, uneven, on a slow background. */
export function putSlowSpikeWave(scene: Scene, run: Slowing): void {
  const random = scene.random(`slow spike-wave ${run.at}`)
  const planned = planRun(random, {
    ...{ at: run.at, seconds: run.seconds, hertz: run.hertz },
    shape: {
      spikeWidth: random.between(0.013, 0.018),
      spike: 0.6 * run.microvolts,
      wave: 0.66 * run.microvolts,
    },
    doubles: 0.2,
  })
  const plan = varySides(scene.random(`slow halves ${run.at}`), planned, random.between(-1, 1))
  addComplexes(scene, plan, frontalFields(scene.random('slow fields')))
  scaleControl(scene, 'alpha', { from: plan.onset, to: plan.end, rise: 0.6, fall: 0.9 }, 0.3)
  putMimic(
    scene,
    'slow_spike_wave',
    { onset: plan.onset, duration: plan.end - plan.onset },
    {
      comment: `${run.hertz[0]} Hz where it begins; the background is slow.`,
      parameters: { firstHertz: run.hertz[0], lastHertz: run.hertz[1], peakToPeakMicrovolts: run.microvolts },
    },
  )
}

/** One foot, again and again, about once a second. */
export function putRhythmicFeet(
  scene: Scene,
  feet: {
    readonly at: number
    readonly bursts: number
    readonly side: 'LAT' | 'RAT'
    readonly microvolts: number
  },
): void {
  const random = scene.random(`feet ${feet.at}`)
  let at = feet.at
  let end = at
  for (let k = 0; k < feet.bursts; k++) {
    const seconds = random.between(0.34, 0.52)
    const microvolts = feet.microvolts * random.between(0.75, 1.2)
    addBurst(scene, feet.side, { at, seconds, microvolts, rise: 0.08, fall: 0.12 })
    end = at + seconds
    at += random.between(0.72, 0.92)
  }
  putMimic(
    scene,
    'rhythmic_feet',
    { onset: feet.at, duration: end - feet.at },
    {
      comment: `${feet.bursts} bursts in one leg, a little more than one a second.`,
      parameters: { bursts: feet.bursts, microvoltsRms: feet.microvolts },
      channels: [`EMG ${feet.side}`],
      evidence: ['emg'],
    },
  )
}

/** Small twitches, now here now there. */
export function putTwitches(
  scene: Scene,
  twitches: { readonly at: number; readonly count: number; readonly microvolts: number },
): void {
  const random = scene.random(`twitches ${twitches.at}`)
  const leads = ['LAT', 'RAT', 'Chin'] as const
  let at = twitches.at
  let end = at
  for (let k = 0; k < twitches.count; k++) {
    const lead = leads[Math.floor(random.between(0, leads.length))] ?? 'LAT'
    const seconds = random.between(0.06, 0.12)
    const microvolts = twitches.microvolts * random.between(0.6, 1.3) * (lead === 'Chin' ? 0.4 : 1)
    addBurst(scene, lead, { at, seconds, microvolts, rise: 0.012, fall: 0.02 })
    end = at + seconds
    at += random.between(0.5, 1.5)
  }
  putMimic(
    scene,
    'fragmentary_myoclonus',
    { onset: twitches.at, duration: end - twitches.at },
    {
      comment: `${twitches.count} small twitches in single muscles; the EEG goes on as it was.`,
      parameters: { twitches: twitches.count, microvoltsRms: twitches.microvolts },
      evidence: ['emg'],
    },
  )
}
