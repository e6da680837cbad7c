/**
 * Peaks of a curve as scipy.signal.find_peaks finds them: its rules for plateaus, distance and prominence, in its order,
 * so that a figure read here is the one that a reader gets from the samples elsewhere.
 */

export type PeakRules = {
  /** How far a peak stands out of the higher of the two valleys beside it, at least. */
  readonly prominence: number
  /** Samples between two peaks, at least; of two that are nearer the lower one goes. */
  readonly distance: number
}

export type Peak = { readonly index: number; readonly prominence: number }

/**
 * All peaks that keep the rules, in the order of samples. A level top counts once, at its middle; the first and the
 * last sample never.
 */
export function findPeaks(values: Float64Array, { prominence, distance }: PeakRules): readonly Peak[] {
  return keepApart(values, localMaxima(values), Math.ceil(distance))
    .map((index) => ({ index, prominence: prominenceOf(values, index) }))
    .filter((peak) => peak.prominence >= prominence)
}

/** How far the peak that stands out most does so; 0 where there is none. */
export function largestProminence(values: Float64Array): number {
  return localMaxima(values).reduce((most, index) => Math.max(most, prominenceOf(values, index)), 0)
}

/**
 * Index of the highest of the samples at most `reach` away; of equal ones the nearer to the beginning, `index` before
 * all.
 */
export function highestNear(curve: Float64Array, index: number, reach: number): number {
  let highest = index
  for (let i = Math.max(0, index - reach); i <= Math.min(curve.length - 1, index + reach); i++) {
    if (curve[i]! > curve[highest]!) highest = i
  }
  return highest
}

function localMaxima(values: Float64Array): readonly number[] {
  const found: number[] = []
  for (let i = 1; i < values.length - 1; i++) {
    if (values[i - 1]! >= values[i]!) continue
    let after = i + 1
    while (after < values.length - 1 && values[after] === values[i]) after++
    if (values[after]! >= values[i]!) continue
    found.push(Math.floor((i + after - 1) / 2))
    i = after
  }
  return found
}

/** The highest first: each drives away what is lower and too near. Of equal ones the later has precedence. */
function keepApart(values: Float64Array, peaks: readonly number[], distance: number): readonly number[] {
  if (distance <= 1) return peaks
  const kept = peaks.map(() => true)
  const byHeight = peaks
    .map((_, position) => position)
    .sort((a, b) => values[peaks[b]!]! - values[peaks[a]!]! || b - a)
  for (const position of byHeight) {
    if (!kept[position]) continue
    const at = peaks[position]!
    for (let k = position - 1; k >= 0 && at - peaks[k]! < distance; k--) kept[k] = false
    for (let k = position + 1; k < peaks.length && peaks[k]! - at < distance; k++) kept[k] = false
  }
  return peaks.filter((_, position) => kept[position])
}

function prominenceOf(values: Float64Array, peak: number): number {
  const top = values[peak]!
  let left = top
  for (let i = peak; i >= 0 && values[i]! <= top; i--) left = Math.min(left, values[i]!)
  let right = top
  for (let i = peak; i < values.length && values[i]! <= top; i++) right = Math.min(right, values[i]!)
  return top - Math.max(left, right)
}
