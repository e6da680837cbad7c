/** Reading a curve at places that are no samples. */

/** The value on the straight line between two neighbours; 0 before the first. */
export function between(values: Float64Array, at: number): number {
  const i = Math.floor(at)
  const a = values[i] ?? 0
  return a + (at - i) * ((values[i + 1] ?? a) - a)
}

/** Of three neighbours, how far the top of the parabola through them lies from the middle one, in samples. */
export function topOf(before: number, here: number, after: number): number {
  const bend = before - 2 * here + after
  return bend < 0 ? (before - after) / (2 * bend) : 0
}

/** Where it is farthest from 0. */
export function farthestFrom0(values: Float64Array): number {
  let best = 0
  for (let i = 0; i < values.length; i++) if (Math.abs(values[i]!) > Math.abs(values[best]!)) best = i
  return best
}
