/**
 * Spike-and-wave drawn complex by complex, none like the one before: where the spike stands, how high and how wide it
 * is, whether it is one or two, how long and how steep the wave is, and which side leads. A third kind beside the neural
 * mass, whose complexes are nearly the same, and the samples of the project; it shares no code with either.
 */
import type { Chance } from './chance.ts'

export type DrawnRun = {
  readonly seconds: number
  readonly firstHertz: number
  readonly lastHertz: number
  /** 1: position of the spike by 10 ms, its height by 25 %, widths by 15 %, cycles by 3 % (standard deviations). */
  readonly jitter: number
  /** Of the spike against the wave, and its width at half of its height. */
  readonly spikeShare: number
  readonly spikeSeconds: number
  /** Of the complexes. */
  readonly doubled: number
}

export type Components = { readonly spikes: Float64Array; readonly waves: Float64Array }

/** Spikes and waves apart, since they have different fields; the wave peaks at about 1, both go the same way. */
export function drawRun(
  { seconds, firstHertz, lastHertz, jitter, spikeShare, spikeSeconds, doubled }: DrawnRun,
  rate: number,
  chance: Chance,
): Components {
  const length = Math.round(seconds * rate)
  const spikes = new Float64Array(length)
  const waves = new Float64Array(length)
  const wander = (spread: number) => Math.max(0.35, 1 + spread * jitter * chance.normal())
  // Of the run: how steep its waves rise, and how much its spikes have shrunk at its end.
  const skew = chance.between(0.3, 0.55)
  const kept = chance.between(0.4, 1)
  for (let at = 0; at < seconds; ) {
    const done = at / seconds
    const period = (1 / (firstHertz + (lastHertz - firstHertz) * done)) * wander(0.03)
    const end = Math.min(1, (at + 0.2) / 0.4, Math.max(0, seconds - at) / 0.4)
    const height = end * wander(0.15)
    const waveLength = period * Math.min(0.92, 0.66 * wander(0.12))
    const waveFrom = at + period - waveLength
    const peak = Math.min(0.7, Math.max(0.2, skew * wander(0.15)))
    addShape(waves, rate, waveFrom, waveLength, (x) => {
      const part = x < peak ? (0.5 * x) / peak : 0.5 + (0.5 * (x - peak)) / (1 - peak)
      return height * Math.sin(Math.PI * part) ** 1.3
    })
    const count = chance.uniform() < doubled ? 2 : 1
    for (let k = 0; k < count; k++) {
      const width = spikeSeconds * wander(0.15)
      const middle = waveFrom - 0.5 * width + 0.01 * jitter * chance.normal() - k * 1.9 * width
      const size = height * spikeShare * wander(0.25) * (1 + (kept - 1) * done)
      // A positive dip follows the spike.
      addBell(spikes, rate, middle, width, size)
      addBell(spikes, rate, middle + 1.3 * width, width, -0.4 * size)
    }
    at += period
  }
  return { spikes, waves }
}

function addShape(
  target: Float64Array,
  rate: number,
  from: number,
  seconds: number,
  shape: (part: number) => number,
): void {
  const first = Math.max(0, Math.ceil(from * rate))
  for (let k = first; k < target.length && k / rate < from + seconds; k++)
    target[k] = target[k]! + shape((k / rate - from) / seconds)
}

/** `width` at half of its height. */
function addBell(target: Float64Array, rate: number, middle: number, width: number, size: number): void {
  const first = Math.max(0, Math.floor((middle - 2 * width) * rate))
  for (let k = first; k < target.length && k / rate < middle + 2 * width; k++)
    target[k] = target[k]! + size * Math.exp(-4 * Math.LN2 * ((k / rate - middle) / width) ** 2)
}
