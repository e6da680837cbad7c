/** Typical 3 Hz spike-and-wave as runs, bursts and fragments, and the phantom at 6 Hz. */
import { addComplexes, frontalFields, planRun, posteriorFields, varySides } from './discharges.ts'
import { quickenHeart } from './heart.ts'
import { type Scene, scaleControl } from './scene.ts'

export type SpikeWave = {
  readonly at: number
  readonly seconds: number
  readonly hertz: readonly [first: number, last: number]
  /** Peak to peak at the frontal maximum against the reference. */
  readonly microvolts: number
  readonly state: string
}

/** Share of the peak-to-peak height that the slow wave and the spike below zero make up. */
const WAVE_SHARE = 0.66
const SPIKE_SHARE = 0.82

export function putSpikeWave(scene: Scene, run: SpikeWave): void {
  const random = scene.random(`spike-wave ${run.at}`)
  // The field belongs to the patient: the same in every run of a recording, but for a little.
  const fields = frontalFields(scene.random('spike-wave fields'))
  const lean = random.between(-1, 1)
  const planned = planRun(random, {
    at: run.at,
    seconds: run.seconds,
    hertz: run.hertz,
    shape: {
      spikeWidth: random.between(0.0085, 0.0102),
      spike: SPIKE_SHARE * run.microvolts,
      wave: WAVE_SHARE * run.microvolts,
    },
    doubles: 0.1,
  })
  const plan = varySides(scene.random(`halves ${run.at}`), planned, lean)
  addComplexes(scene, plan, fields)
  const bend = { from: plan.onset, to: plan.end - 0.1, rise: 0.12, fall: 0.9 }
  scaleControl(scene, 'alpha', bend, 0.12)
  scaleControl(scene, 'beta', bend, 0.6)
  scaleControl(scene, 'tone', { ...bend, from: plan.onset + 0.6, rise: 0.6 }, 0.6)
  if (run.seconds >= 3) quickenHeart(scene, plan.onset + 1, 4)
  const form = run.seconds >= 3 ? 'run' : run.seconds >= 2 ? 'burst' : 'fragment'
  scene.events.push({
    kind: 'spike_wave_3hz',
    subtype: null,
    onset: plan.onset,
    duration: plan.end - plan.onset,
    channels: [],
    evidence: ['eeg'],
    comment: `Generalised ${form}, frontal maximum, ${run.state}.`,
    parameters: {
      form,
      firstHertz: run.hertz[0],
      lastHertz: run.hertz[1],
      complexes: plan.complexes.length,
      peakToPeakMicrovolts: run.microvolts,
      state: run.state,
    },
  })
}

/** The phantom: tiny spikes and small waves at 6 Hz for a second or so, posterior, in drowsiness. */
export function putPhantom(
  scene: Scene,
  options: {
    readonly at: number
    readonly seconds: number
    readonly hertz: number
    readonly microvolts: number
  },
): void {
  const random = scene.random(`phantom ${options.at}`)
  const fields = posteriorFields()
  const spike = 24
  const plan = planRun(random, {
    at: options.at,
    seconds: options.seconds,
    hertz: [options.hertz, options.hertz],
    shape: { spikeWidth: 0.0062, spike, wave: options.microvolts },
    doubles: 0,
  })
  addComplexes(scene, varySides(scene.random(`sides ${options.at}`), plan, 0.6), fields)
  scaleControl(scene, 'alpha', { from: plan.onset, to: plan.end, rise: 0.2, fall: 0.6 }, 0.3)
  scene.events.push({
    kind: 'mimic',
    subtype: 'phantom_6hz',
    onset: plan.onset,
    duration: plan.end - plan.onset,
    channels: [],
    evidence: ['eeg'],
    comment: 'Drowsy; spikes below 30 uV and 30 ms at 6 Hz, posterior, gone in deeper sleep.',
    parameters: {
      hertz: options.hertz,
      spikeMicrovolts: spike,
      waveMicrovolts: options.microvolts,
      complexes: plan.complexes.length,
    },
  })
}
