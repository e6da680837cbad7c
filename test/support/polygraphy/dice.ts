/** Numbers by chance that a seed decides: a linear congruential generator of 48 bits (Knuth's drand48), no other. */
export type Dice = {
  /** [0, 1). */
  readonly even: () => number
  readonly between: (low: number, high: number) => number
  /** Mean 0, deviation 1: Marsaglia's polar method. */
  readonly normal: () => number
  /** Waiting time of a process without memory. */
  readonly wait: (mean: number) => number
}

const MULTIPLIER = 0x5deece66dn
const MASK = (1n << 48n) - 1n

export function dice(seed: number): Dice {
  let state = ((BigInt(Math.trunc(seed)) << 16n) | 0x330en) & MASK
  const even = () => {
    state = (MULTIPLIER * state + 11n) & MASK
    return Number(state) / 2 ** 48
  }
  for (let k = 0; k < 8; k++) even()
  const normal = () => {
    for (;;) {
      const a = 2 * even() - 1
      const b = 2 * even() - 1
      const s = a * a + b * b
      if (s > 0 && s < 1) return a * Math.sqrt((-2 * Math.log(s)) / s)
    }
  }
  return {
    even,
    normal,
    between: (low, high) => low + (high - low) * even(),
    wait: (mean) => -mean * Math.log(1 - even()),
  }
}
