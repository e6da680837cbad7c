/** An ECG as bells for P, Q, R, S and T on a beat that breathes and wanders. */
import type { Dice } from './dice.ts'

const WAVES = [
  { at: -0.18, width: 0.022, height: 0.12 },
  { at: -0.03, width: 0.009, height: -0.14 },
  { at: 0, width: 0.011, height: 1 },
  { at: 0.03, width: 0.01, height: -0.22 },
  { at: 0.27, width: 0.045, height: 0.28 },
] as const

/** R waves from 0 to `seconds`: beats a minute by a function of time, a swing of breathing, and some chance. */
export function beatsOf(dice: Dice, seconds: number, rateAt: (time: number) => number): readonly number[] {
  const beats: number[] = []
  const phase = dice.between(0, 6)
  for (let t = dice.between(0.1, 0.9); t < seconds; ) {
    beats.push(t)
    const breath = 1 + 0.04 * Math.sin(2 * Math.PI * 0.25 * t + phase)
    t += (60 / rateAt(t)) * breath * (1 + 0.012 * dice.normal())
  }
  return beats
}

export function addHeart(values: Float64Array, rate: number, beats: readonly number[], height: number): void {
  for (const beat of beats) {
    for (const wave of WAVES) {
      const middle = beat + wave.at
      const first = Math.max(0, Math.ceil((middle - 5 * wave.width) * rate))
      const last = Math.min(values.length - 1, Math.floor((middle + 5 * wave.width) * rate))
      for (let i = first; i <= last; i++) {
        const x = (i / rate - middle) / wave.width
        values[i] = values[i]! + height * wave.height * Math.exp(-0.5 * x * x)
      }
    }
  }
}
