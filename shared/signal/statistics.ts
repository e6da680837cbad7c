/** The few numbers about numbers that detectors, measurements and filters share. */

/** 0 at `low` and below, 1 at `high` and above, even between them. */
export function share(value: number, low: number, high: number): number {
  return Math.min(1, Math.max(0, (value - low) / (high - low)))
}

/** The upper one of the two in the middle of an even number of values; of no values: NaN. */
export function medianOf(values: ArrayLike<number>): number {
  return quantileOf(values, 0.5)
}

/** The value below which that part of them lies; of no values: NaN. */
export function quantileOf(values: ArrayLike<number>, part: number): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN
}
