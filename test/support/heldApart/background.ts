/** Backgrounds: of real recordings where they lie beside the project, else noise with an alpha rhythm. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { bytesSource } from '../../../shared/bytes.ts'
import { findEegLines } from '../../../shared/candidates/spikeWave/eegLines.ts'
import { openRecording, readSpan } from '../../../shared/edf/recording.ts'
import { REAL_RECORDINGS } from '../recordings.ts'
import type { Chance } from './chance.ts'

export type Background = {
  readonly rate: number
  readonly labels: readonly string[]
  /** uV. */
  readonly channels: readonly Float64Array[]
}

/** The EEG of a real recording; null where it is not there. */
export async function realBackground(name: string): Promise<Background | null> {
  let bytes: Uint8Array
  try {
    bytes = readFileSync(path.join(REAL_RECORDINGS, 'valid', name))
  } catch {
    return null
  }
  const source = bytesSource(bytes)
  const recording = await openRecording(source)
  const eeg = findEegLines(recording.header)
  if (typeof eeg === 'string') throw new Error(`${name}: ${eeg}`)
  const { lines, sampleRate } = eeg
  const samples = await readSpan(
    source,
    recording,
    lines.map(({ signal }) => signal),
    recording.timeline.span,
  )
  return {
    rate: sampleRate,
    labels: lines.map(({ label }) => label),
    channels: samples.map(({ pieces }, k) => pieces[0]!.values.map((value) => lines[k]!.factor * value)),
  }
}

/** Longer than it is: stretches of 20 to 50 s in any order, faded into one another, some of them upside down. */
export function stitch(
  { rate, channels }: Background,
  seconds: number,
  chance: Chance,
): readonly Float64Array[] {
  const length = Math.round(seconds * rate)
  const known = channels[0]!.length
  const long = channels.map(() => new Float64Array(length))
  for (let at = 0; at < length; ) {
    const count = Math.min(known - 1, Math.round(chance.between(20, 50) * rate))
    const from = Math.floor(chance.uniform() * (known - count))
    const sign = chance.uniform() < 0.5 ? -1 : 1
    for (const [c, target] of long.entries()) {
      for (let k = 0; k < count && at + k < length; k++) {
        const fade = Math.min(1, at === 0 ? 1 : k / rate, (count - k) / rate)
        target[at + k] = target[at + k]! + sign * fade * channels[c]![from + k]!
      }
    }
    at += count - rate
  }
  return long
}

const LABELS = 'Fp1 Fp2 F3 F4 F7 F8 T3 T4 C3 C4 T5 T6 P3 P4 O1 O2 Fz Cz Pz'.split(' ')

/** Noise falling with the frequency, shared in part by all, and alpha at the back of the head. */
export function madeBackground(rate: number, seconds: number, chance: Chance): Background {
  const length = Math.round(seconds * rate)
  const shared = brownNoise(length, rate, chance)
  const alpha = Float64Array.from({ length }, () => 0)
  let [re, im] = [0, 0]
  for (let k = 0; k < length; k++) {
    re += 0.006 * (chance.normal() - re)
    im += 0.006 * (chance.normal() - im)
    const phase = (2 * Math.PI * 10 * k) / rate
    alpha[k] = 500 * (re * Math.cos(phase) + im * Math.sin(phase))
  }
  const channels = LABELS.map((label) => {
    const own = brownNoise(length, rate, chance)
    const back = /^[OPT]/.test(label) ? 1 : 0.4
    return own.map((value, k) => 9 * value + 6 * shared[k]! + back * alpha[k]! * 0.9)
  })
  return { rate, labels: LABELS.map((label) => `EEG ${label}`), channels }
}

function brownNoise(length: number, rate: number, chance: Chance): Float64Array {
  let [slow, middle] = [0, 0]
  const wave = Float64Array.from({ length }, () => {
    const white = chance.normal()
    slow += (6 / rate) * (white * 10 - slow)
    middle += (60 / rate) * (white * 2 - middle)
    return slow + middle + 0.15 * white
  })
  let power = 0
  for (const value of wave) power += (value * value) / length
  return wave.map((value) => value / Math.sqrt(power))
}
