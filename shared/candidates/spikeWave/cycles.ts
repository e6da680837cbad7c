/** A cycle in equal parts, so that long and short ones lie over one another. */
export const BINS = 32
/** Bins on either side of a place that are of it: some 40 ms at 3 Hz. */
export const NEAR = 4

/** In samples: the middle of a bin of cycle `k`; a bin below 0 or from BINS on lies before or behind the cycle. */
export function momentOf(crossings: readonly number[], k: number, bin: number): number {
  const from = crossings[k]!
  return from + ((bin + 0.5) / BINS) * (crossings[k + 1]! - from)
}
