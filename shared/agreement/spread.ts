/** The middle of some values and how far they scatter. */

export type Spread = {
  readonly count: number
  /** null without values. */
  readonly median: number | null
  /** First and third quartile. */
  readonly quartiles: readonly [number, number] | null
}

/** Quantiles between the two nearest values in proportion (type 7 of Hyndman and Fan 1996, as numpy and R). */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return { count: 0, median: null, quartiles: null }
  const at = (share: number) => {
    const place = share * (sorted.length - 1)
    const below = sorted[Math.floor(place)]!
    return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
  }
  return { count: sorted.length, median: at(0.5), quartiles: [at(0.25), at(0.75)] }
}
