/**
 * Recordings that the detectors were not made on, with what was put into them: discharges by a neural mass, slowing by a
 * resonator, muscles of band-limited noise, on real backgrounds where there are any. It shares no code with `samples/`.
 */
import type { CandidateKind } from '../../../shared/candidates/common/candidate.ts'
import { type EdfWriterSignal, TENTHS_OF_MICROVOLT, writeEdf } from '../../../shared/edf/writer.ts'
import type { Span } from '../../../shared/units.ts'
import type { Chance } from './chance.ts'
import { addBurst, muscleNoise } from './muscles.ts'
import { neuralMassRun, resonatorRun } from './thalamocortical.ts'

export type Truth = Span & { readonly what: string; readonly kind: CandidateKind | 'mimic' }

export type HeldApart = { readonly bytes: Uint8Array; readonly truth: readonly Truth[] }

export type Scene = {
  readonly rate: number
  readonly labels: readonly string[]
  readonly eeg: readonly Float64Array[]
  readonly emg: ReadonlyMap<Muscle, Float64Array>
  /** Resting tone of each muscle. */
  readonly tone: ReadonlyMap<Muscle, number>
  readonly chance: Chance
}

export const MUSCLES = ['EMG Neck', 'EMG Chin', 'EMG LAT', 'EMG RAT'] as const
export type Muscle = (typeof MUSCLES)[number]
export const LEGS = ['EMG LAT', 'EMG RAT'] as const

export type Put = (scene: Scene, at: number) => Truth

/** Every 20 s one of these, in turn. */
export const SCRIPT: readonly Put[] = [
  putDischarge,
  putJerk,
  putSlowing,
  putLegMovement,
  putJerk,
  putChewing,
  putTremor,
]

/** Puts the script into a background, whose samples are changed. Times count from its start. */
export function makeHeldApart(
  { rate, labels, channels }: { rate: number; labels: readonly string[]; channels: readonly Float64Array[] },
  chance: Chance,
  script: readonly Put[] = SCRIPT,
): HeldApart {
  const length = channels[0]!.length
  const tone = new Map(MUSCLES.map((muscle) => [muscle, chance.between(1.5, 8)]))
  const emg = new Map(
    MUSCLES.map((muscle) => [
      muscle,
      muscleNoise(length, rate, chance).map((value) => tone.get(muscle)! * value),
    ]),
  )
  const scene: Scene = { rate, labels, eeg: channels, emg, tone, chance }
  const truth: Truth[] = []
  let next = 0
  for (let at = 12; at < length / rate - 20; at += 20 + chance.between(0, 4)) {
    truth.push(script[next % script.length]!(scene, at))
    next += 1
  }
  const signals = [
    ...labels.map((label, k) => signalOf(label, channels[k]!, rate)),
    ...MUSCLES.map((muscle) => signalOf(muscle, emg.get(muscle)!, rate)),
  ]
  const bytes = writeEdf({
    format: 'EDF+C',
    patient: 'X X X X',
    recording: 'Startdate X X X X',
    start: '2020-01-01T22:00:00',
    recordDuration: 1,
    signals,
    annotations: [],
  })
  return { bytes, truth }
}

/** 3.0 to 3.6 Hz, slowing by 0.2 to 0.7; 130 to 350 uV at its largest. */
export function putDischarge(scene: Scene, at: number): Truth {
  const { chance, rate } = scene
  const seconds = chance.between(3, 11)
  const first = chance.between(3, 3.6)
  const last = first - chance.between(0.2, 0.7)
  const wave = neuralMassRun({ rate, length: Math.round(seconds * rate), first, last }, chance)
  spread(scene, wave, at, chance.between(130, 350))
  return { kind: 'spike_wave_3hz', what: 'neural mass', start: at, end: at + seconds }
}

export function putSlowing(scene: Scene, at: number): Truth {
  const { chance, rate } = scene
  const seconds = chance.between(3, 11)
  const length = Math.round(seconds * rate)
  const shape = {
    hertz: chance.between(2.4, 4.5),
    width: chance.between(0.01, 0.2),
    notch: chance.between(0, 0.35),
  }
  spread(scene, resonatorRun({ rate, length, ...shape }, chance), at, chance.between(130, 350))
  return { kind: 'mimic', what: 'slowing without spikes', start: at, end: at + seconds }
}

/** Highest in front, a little later on one side, a little different in each channel. */
function spread({ labels, eeg, rate, chance }: Scene, wave: Float64Array, at: number, size: number): void {
  const from = Math.round(at * rate)
  const edge = 0.2 * rate
  for (const [c, target] of eeg.entries()) {
    const lag = Math.round(0.006 * rate * chance.normal())
    const gain = size * shareAt(labels[c]!) * (1 + 0.12 * chance.normal())
    for (let k = 0; k < wave.length && from + k < target.length; k++) {
      const ramp = Math.min(1, k / edge, (wave.length - k) / edge)
      target[from + k] =
        target[from + k]! + gain * ramp * wave[Math.max(0, Math.min(wave.length - 1, k - lag))]!
    }
  }
}

function shareAt(label: string): number {
  const name = label.replace(/^EEG\s+/i, '')
  if (/^F[z34]/i.test(name)) return 1
  if (/^(?:Fp|A?F|C)/i.test(name)) return 0.8
  return /^P/i.test(name) ? 0.5 : 0.38
}

/** Of two to four muscles within 60 ms, 75 to 300 ms long. */
export function putJerk({ emg, tone, rate, chance }: Scene, at: number): Truth {
  const muscles = [...MUSCLES]
    .sort(() => chance.uniform() - 0.5)
    .slice(0, 2 + Math.floor(3 * chance.uniform()))
  const lengths = muscles.map((muscle) => {
    const burst = { at: at + chance.between(0, 0.06), seconds: chance.between(0.075, 0.3), ramp: 0.15 }
    addBurst(emg.get(muscle)!, rate, { ...burst, size: tone.get(muscle)! * chance.between(6, 20) }, chance)
    return burst.at + burst.seconds
  })
  return { kind: 'hypnic_jerk', what: 'jerk', start: at, end: Math.max(...lengths) }
}

export function putLegMovement({ emg, tone, rate, chance }: Scene, at: number): Truth {
  const seconds = chance.between(0.7, 4)
  const ramp = chance.between(0.05, 0.4)
  const legs = chance.uniform() < 0.5 ? LEGS : [LEGS[Math.floor(2 * chance.uniform())]!]
  for (const leg of legs) {
    const size = tone.get(leg)! * chance.between(5, 15)
    addBurst(emg.get(leg)!, rate, { at: at + chance.between(0, 0.05), seconds, size, ramp }, chance)
  }
  return { kind: 'mimic', what: 'leg movement', start: at, end: at + seconds }
}

export function putChewing({ emg, tone, rate, chance, eeg, labels }: Scene, at: number): Truth {
  const hertz = chance.between(0.9, 2)
  const seconds = chance.between(5, 14)
  for (let t = 0; t < seconds; t += (1 / hertz) * chance.between(0.85, 1.15)) {
    const burst = { at: at + t, seconds: chance.between(0.3, 0.55) / hertz, ramp: 0.3 }
    const size = chance.between(7, 14)
    addBurst(emg.get('EMG Chin')!, rate, { ...burst, size: tone.get('EMG Chin')! * size }, chance)
    for (const [c, label] of labels.entries()) {
      if (/T[3478]$/i.test(label)) addBurst(eeg[c]!, rate, { ...burst, size: 3 * size }, chance)
    }
  }
  return { kind: 'mimic', what: 'chewing', start: at, end: at + seconds }
}

export function putTremor({ emg, tone, rate, chance }: Scene, at: number): Truth {
  const hertz = chance.between(1, 2)
  const seconds = chance.between(8, 14)
  const leg = LEGS[Math.floor(2 * chance.uniform())]!
  for (let t = 0; t < seconds; t += (1 / hertz) * chance.between(0.9, 1.1)) {
    const length = Math.min(chance.between(0.3, 0.7), 0.7 / hertz)
    const size = tone.get(leg)! * chance.between(6, 12)
    addBurst(emg.get(leg)!, rate, { at: at + t, seconds: length, size, ramp: 0.25 }, chance)
  }
  return { kind: 'mimic', what: 'foot tremor', start: at, end: at + seconds }
}

const STEPS_PER_MICROVOLT = 10

function signalOf(label: string, values: Float64Array, rate: number): EdfWriterSignal {
  const samples = new Int16Array(Math.floor(values.length / rate) * rate)
  for (let k = 0; k < samples.length; k++) {
    samples[k] = Math.max(-32_768, Math.min(32_767, Math.round(STEPS_PER_MICROVOLT * values[k]!)))
  }
  return { ...TENTHS_OF_MICROVOLT, label, samplesPerRecord: rate, samples }
}
