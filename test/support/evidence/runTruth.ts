/** What is true of a run that was made, by arithmetic on what it was made of. */
import type { Made, MadeRun } from './madeRun.ts'

/** Complexes a second in the first second after the first onset, and in the last before the last onset. */
export function rateTruth({ onsets }: Made): {
  readonly first: number
  readonly last: number
  readonly mean: number
} {
  const [begin, end] = [onsets[0]!, onsets.at(-1)!]
  const part = Math.min(1, end - begin)
  return {
    first: phaseAt(onsets, begin + part) / part,
    last: (onsets.length - 1 - phaseAt(onsets, end - part)) / part,
    mean: (onsets.length - 1) / (end - begin),
  }
}

/** How many complexes have begun since the first, with parts. */
function phaseAt(onsets: readonly number[], time: number): number {
  const k = Math.max(
    0,
    onsets.findLastIndex((onset, at) => onset <= time && at < onsets.length - 1),
  )
  return k + (time - onsets[k]!) / (onsets[k + 1]! - onsets[k]!)
}

/** Percent: the deviation of the intervals from their own straight line, by the normal equations. */
export function variationTruth({ onsets }: Made): number {
  const y = onsets.slice(1).map((onset, k) => onset - onsets[k]!)
  const n = y.length
  const sum = (of: (k: number) => number) => y.reduce((all, _, k) => all + of(k), 0)
  const [sx, sy, sxx, sxy] = [sum((k) => k), sum((k) => y[k]!), sum((k) => k * k), sum((k) => k * y[k]!)]
  const slope = (n * sxy - sx * sy) / (n * sxx - sx * sx)
  const offset = (sy - slope * sx) / n
  const left = sum((k) => (y[k]! - offset - slope * k) ** 2)
  return (100 * Math.sqrt(left / (n - 2))) / (sy / n)
}

/** Root of the mean square of the gains in front over that of the gains behind. */
export function ratioTruth({ gains }: Made): number {
  const size = (names: string) => {
    const squares = names.split(' ').map((name) => gains[name]! ** 2)
    return Math.sqrt(squares.reduce((all, square) => all + square, 0) / squares.length)
  }
  return size('Fp1 Fp2 F7 F3 Fz F4 F8') / size('O1 O2')
}

const STEPS = 4000
const HARMONICS = 15

/** Percent of the power of fifteen harmonics of one mean complex: all above the first, and all from the third on. */
export function harmonicTruth(
  run: MadeRun,
  { onsets }: Made,
): { readonly above: number; readonly fromThird: number } {
  const interval = (onsets.at(-1)! - onsets[0]!) / (onsets.length - 1)
  const row = run.spikes * run.spikeBase * 1.25
  const left = interval - row
  const shape = Array.from({ length: STEPS }, (_, i) => {
    const t = (i / STEPS) * interval
    let value = 0
    for (let spike = 0; spike < run.spikes; spike++) {
      const share = (t - spike * run.spikeBase * 1.25) / run.spikeBase
      if (share > 0 && share < 1) value -= run.spikeSize * (1 - Math.abs(2 * share - 1))
    }
    const share = (t - row - 0.06 * left) / (0.88 * left)
    return share > 0 && share < 1 ? value - run.waveSize * Math.sin(Math.PI * share) : value
  })
  const powers = Array.from({ length: HARMONICS }, (_, k) => {
    const turn = (2 * Math.PI * (k + 1)) / STEPS
    const re = shape.reduce((all, value, i) => all + value * Math.cos(turn * i), 0)
    const im = shape.reduce((all, value, i) => all + value * Math.sin(turn * i), 0)
    return re * re + im * im
  })
  const all = powers.reduce((sum, power) => sum + power, 0)
  return {
    above: 100 * (1 - powers[0]! / all),
    fromThird: 100 * (1 - (powers[0]! + powers[1]!) / all),
  }
}
