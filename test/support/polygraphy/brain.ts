/** Scalp EEG: a background of many tones whose power falls with frequency, an alpha rhythm, and single waves. */
import type { Dice } from './dice.ts'

const TONES = 90
const LOWEST = 0.4
const HIGHEST = 45

/** Adds a background of `size` uV root mean square; power falls with frequency to the `slope`. */
export function addBackground(
  values: Float64Array,
  rate: number,
  size: number,
  { between }: Dice,
  slope = 1.2,
): void {
  const tones = Array.from({ length: TONES }, (_, k) => {
    const hertz = LOWEST * (HIGHEST / LOWEST) ** ((k + between(0, 1)) / TONES)
    // Of equal steps in the logarithm of frequency: the width of a tone's share grows with it.
    return { hertz, height: Math.sqrt(hertz ** (1 - slope)), phase: between(0, 2 * Math.PI) }
  }).filter(({ hertz }) => hertz < 0.45 * rate)
  const power = tones.reduce((sum, { height }) => sum + (height * height) / 2, 0)
  const gain = size / Math.sqrt(power)
  for (const { hertz, height, phase } of tones) addTone(values, rate, hertz, gain * height, phase)
}

/** By turning a vector: a sine and a cosine a sample would cost ten times as much. */
function addTone(values: Float64Array, rate: number, hertz: number, height: number, phase: number): void {
  const cos = Math.cos((2 * Math.PI * hertz) / rate)
  const sin = Math.sin((2 * Math.PI * hertz) / rate)
  let x = Math.cos(phase)
  let y = Math.sin(phase)
  for (let i = 0; i < values.length; i++) {
    values[i] = values[i]! + height * x
    const next = x * cos - y * sin
    y = x * sin + y * cos
    x = next
  }
}

/** A rhythm whose height is asked for at each moment and wanders by a third; its frequency wanders by 0.3 Hz. */
export function addRhythm(
  values: Float64Array,
  rate: number,
  hertz: number,
  heightAt: (time: number) => number,
  { between }: Dice,
): void {
  const [a, b, c] = [between(0, 6), between(0, 6), between(0, 6)]
  for (let i = 0; i < values.length; i++) {
    const t = i / rate
    const height = heightAt(t) * (1 + 0.33 * Math.sin(2 * Math.PI * 0.41 * t + a))
    values[i] =
      values[i]! + height * Math.sin(2 * Math.PI * hertz * t + 0.6 * Math.sin(2 * Math.PI * 0.5 * t + b) + c)
  }
}

/** Half a period of a raised cosine on either side: `seconds` from base to base, its top at `at`. */
export function addWave(
  values: Float64Array,
  rate: number,
  at: number,
  seconds: number,
  height: number,
): void {
  const first = Math.max(0, Math.ceil((at - seconds / 2) * rate))
  const last = Math.min(values.length - 1, Math.floor((at + seconds / 2) * rate))
  for (let i = first; i <= last; i++) {
    values[i] = values[i]! + (height / 2) * (1 + Math.cos((2 * Math.PI * (i / rate - at)) / seconds))
  }
}
