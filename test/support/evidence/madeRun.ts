/**
 * Runs of complexes whose truth is known to the number: onsets, spikes, gains and delays are given, or drawn from a seed
 * and told. Shapes are plain geometry (a spike is a triangle or a raised cosine, a wave half a sine), so that what is
 * meant by a duration or a ratio needs no algorithm.
 */

import { writeEdf } from '../../../shared/edf/writer.ts'
import { type Opened, openBytes } from '../recordings.ts'

const ROWS = ['Fp1 Fp2', 'F7 F3 Fz F4 F8', 'T7 C3 Cz C4 T8', 'P7 P3 Pz P4 P8', 'O1 O2']

export type MadeRun = {
  readonly seed: number
  readonly sampleRate: number
  /** Hz, linear in time. */
  readonly firstRate: number
  readonly lastRate: number
  readonly complexes: number
  /** Standard deviation of each interval about its trend, as a share of it. */
  readonly jitter: number
  /** In each complex; 0: the wave alone. */
  readonly spikes: number
  /** At its base, in seconds. */
  readonly spikeBase: number
  readonly spikeShape: 'triangle' | 'cosine'
  /** uV of the spike and of the wave, where the gain is 1. */
  readonly spikeSize: number
  readonly waveSize: number
  /** Gain by electrode. */
  readonly gains: Readonly<Record<string, number>>
  /** How much later electrodes of the right are, in seconds. */
  readonly rightLag: number
  /** In seconds: the size grows from nothing, and falls to nothing, along a straight line. */
  readonly rise: number
  readonly fall: number
  /** uV RMS of a background, pink with some alpha, of its own in each channel but for a third. */
  readonly noise: number
  /** uV RMS of muscle, from 20 Hz, in each channel. */
  readonly muscle: number
  /** Given, where they are not to be drawn from the rates. */
  readonly intervals?: readonly number[]
  /** Seconds before the first complex and after the last. */
  readonly around: number
}

export const PLAIN_RUN: MadeRun = {
  seed: 1,
  sampleRate: 256,
  firstRate: 3.3,
  lastRate: 2.8,
  complexes: 15,
  jitter: 0.01,
  spikes: 1,
  spikeBase: 0.05,
  spikeShape: 'triangle',
  spikeSize: 200,
  waveSize: 250,
  gains: gainsOf(1, 0.6),
  rightLag: 0,
  rise: 0,
  fall: 0,
  noise: 15,
  muscle: 3,
  around: 6,
}

/** Of the usual nineteen electrodes, evenly from front to back. */
export function gainsOf(front: number, back: number): Readonly<Record<string, number>> {
  return Object.fromEntries(
    ROWS.flatMap((row, at) =>
      row.split(' ').map((name) => [name, front + ((back - front) * at) / 4] as const),
    ),
  )
}

export type Made = {
  /** uV, by electrode. */
  readonly channels: ReadonlyMap<string, Float64Array>
  readonly sampleRate: number
  /** Seconds; the run is [start, end). */
  readonly start: number
  readonly end: number
  /** Where each complex begins. */
  readonly onsets: readonly number[]
  /** From one to the next, the last one's own included. */
  readonly intervals: readonly number[]
  readonly gains: Readonly<Record<string, number>>
}

/** Of the wave, after the spikes: shares of what is left of the interval. */
const WAVE_FROM = 0.06
const WAVE_TO = 0.94

export function makeRun(change: Partial<MadeRun> = {}): Made {
  const run = { ...PLAIN_RUN, ...change }
  const random = uniform(run.seed)
  const start = run.around
  const intervals = run.intervals ?? drawIntervals(run, random)
  const onsets: number[] = []
  let at = start
  for (const interval of intervals) {
    onsets.push(at)
    at += interval
  }
  const end = at
  const samples = Math.round((end + run.around) * run.sampleRate)
  const shared = background(samples, run.sampleRate, random)
  const channels = Object.entries(run.gains).map(([name, gain]) => {
    const lag = run.rightLag * sideOf(name)
    const own = background(samples, run.sampleRate, random)
    const emg = muscle(samples, random)
    const values = Float64Array.from({ length: samples }, (_, i) => {
      const t = i / run.sampleRate
      const noise = (own[i]! + shared[i]! / 3) / Math.sqrt(1 + 1 / 9)
      return gain * valueAt(run, onsets, intervals, t - lag) + run.noise * noise + run.muscle * emg[i]!
    })
    return [name, values] as const
  })
  return {
    channels: new Map(channels),
    sampleRate: run.sampleRate,
    start,
    end,
    onsets,
    intervals,
    gains: run.gains,
  }
}

/** 1 on the right, 0 on the left, half on the midline: odd numbers are left. */
function sideOf(name: string): number {
  const number = Number.parseInt(name.replace(/\D/g, ''), 10)
  return Number.isNaN(number) ? 0.5 : number % 2 === 0 ? 1 : 0
}

/** As a file of 16 bits, a tenth of a microvolt a step. */
export function openMade({ channels, sampleRate }: Pick<Made, 'channels' | 'sampleRate'>): Promise<Opened> {
  const signals = [...channels].map(([name, values]) => ({
    label: `EEG ${name}-Ref`,
    ...{ transducer: '', unit: 'uV', prefilter: '' },
    ...{ physicalMin: -3276.8, physicalMax: 3276.7, digitalMin: -32_768, digitalMax: 32_767 },
    samplesPerRecord: sampleRate,
    samples: Int16Array.from({ length: sampleRate * Math.floor(values.length / sampleRate) }, (_, i) =>
      Math.round(10 * values[i]!),
    ),
  }))
  const bytes = writeEdf({
    ...{ format: 'EDF+C', patient: 'X X X X', recording: 'Startdate X X X X', start: '2026-01-31T22:00:00' },
    ...{ recordDuration: 1, signals, annotations: [] },
  })
  return openBytes(bytes)
}

/** Intervals by a rate that is linear in time, each with its own deviation. */
function drawIntervals(run: MadeRun, random: () => number): readonly number[] {
  const middle = (run.firstRate + run.lastRate) / 2
  const length = run.complexes / middle
  const slope = (run.lastRate - run.firstRate) / length
  // Phase f0 t + slope t^2 / 2 = k, solved for t.
  const timeOf = (k: number) =>
    Math.abs(slope) < 1e-9
      ? k / run.firstRate
      : (-run.firstRate + Math.sqrt(run.firstRate ** 2 + 2 * slope * k)) / slope
  return Array.from({ length: run.complexes }, (_, k) => {
    const plain = timeOf(k + 1) - timeOf(k)
    return plain * (1 + run.jitter * gauss(random))
  })
}

/** uV, negative as spikes and waves are. */
function valueAt(run: MadeRun, onsets: readonly number[], intervals: readonly number[], t: number): number {
  let k = 0
  while (k + 1 < onsets.length && onsets[k + 1]! <= t) k += 1
  const u = t - onsets[k]!
  const interval = intervals[k]!
  if (u < 0 || u >= interval) return 0
  const spikesEnd = run.spikes * run.spikeBase * SPACING
  const begin = onsets[0]!
  const end = onsets.at(-1)! + intervals.at(-1)!
  const size = Math.min(
    1,
    run.rise === 0 ? 1 : (t - begin) / run.rise,
    run.fall === 0 ? 1 : (end - t) / run.fall,
  )
  let value = 0
  for (let spike = 0; spike < run.spikes; spike++) {
    value -= run.spikeSize * spikeAt(run, (u - spike * run.spikeBase * SPACING) / run.spikeBase)
  }
  const left = interval - spikesEnd
  const share = (u - spikesEnd - WAVE_FROM * left) / ((WAVE_TO - WAVE_FROM) * left)
  if (share > 0 && share < 1) value -= run.waveSize * Math.sin(Math.PI * share)
  return size * value
}

/** From the start of a spike to that of the next, in spikes. */
const SPACING = 1.25

function spikeAt({ spikeShape }: MadeRun, share: number): number {
  if (share <= 0 || share >= 1) return 0
  return spikeShape === 'triangle' ? 1 - Math.abs(2 * share - 1) : (1 - Math.cos(2 * Math.PI * share)) / 2
}

/** Of RMS 1: pink from 0.5 Hz, a third of its power alpha. */
function background(samples: number, sampleRate: number, random: () => number): Float64Array {
  const values = new Float64Array(samples)
  const waves = Array.from({ length: 25 }, (_, k) => {
    const frequency = 0.5 * 1.2 ** k
    return { frequency, size: 1 / Math.sqrt(k + 2), phase: 2 * Math.PI * random() }
  }).filter(({ frequency }) => frequency < Math.min(45, sampleRate / 2.5))
  const alpha = 9 + 2 * random()
  const phase = 2 * Math.PI * random()
  for (let i = 0; i < samples; i++) {
    const t = i / sampleRate
    let sum = 0.9 * Math.sin(2 * Math.PI * alpha * t + phase + 2 * Math.sin(0.7 * t + phase))
    for (const wave of waves) {
      // Each wanders, so that none is a line.
      sum +=
        wave.size *
        Math.sin(2 * Math.PI * wave.frequency * t + wave.phase + 1.5 * Math.sin(0.9 * t + 3 * wave.phase))
    }
    values[i] = sum
  }
  return ofSizeOne(values)
}

function muscle(samples: number, random: () => number): Float64Array {
  const values = new Float64Array(samples)
  let before = 0
  for (let i = 0; i < samples; i++) {
    const white = gauss(random)
    values[i] = white - before
    before = white
  }
  return ofSizeOne(values)
}

function ofSizeOne(values: Float64Array): Float64Array {
  let power = 0
  for (const value of values) power += value * value
  const size = Math.sqrt(power / values.length) || 1
  return values.map((value) => value / size)
}

function gauss(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Mulberry32. */
export function uniform(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
