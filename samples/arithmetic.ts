/**
 * Sine, exponential and square root from additions and multiplications only. IEEE 754 fixes the result
 * of those to the last bit, while engines may differ in Math.sin or Math.exp; the samples must be the
 * same bytes on every machine.
 */
const LN2 = Math.LN2
const TWO_PI = 6.283185307179586

/** Sine of an angle in turns (1 = a full circle); error below 1e-9. */
export function sine(turns: number): number {
  let r = turns - Math.floor(turns + 0.5)
  if (r > 0.25) r = 0.5 - r
  else if (r < -0.25) r = -0.5 - r
  const x = r * TWO_PI
  const q = x * x
  return (
    x *
    (1 -
      (q / 6) *
        (1 - (q / 20) * (1 - (q / 42) * (1 - (q / 72) * (1 - (q / 110) * (1 - (q / 156) * (1 - q / 210)))))))
  )
}

/** Cosine of an angle in turns. */
export function cosine(turns: number): number {
  return sine(turns + 0.25)
}

/** e to the x, relative error below 1e-12 for |x| < 700. */
export function exponential(x: number): number {
  const halvings = Math.floor(x / LN2 + 0.5)
  const r = x - halvings * LN2
  let sum = 1
  for (let k = 13; k >= 1; k--) sum = 1 + (r / k) * sum
  for (let k = 0; k < halvings; k++) sum *= 2
  for (let k = 0; k > halvings; k--) sum *= 0.5
  return sum
}

/** Square root by Newton's steps from above, which fall until they stand still. */
export function squareRoot(x: number): number {
  if (x <= 0) return 0
  let guess = x > 1 ? x : 1
  for (;;) {
    const next = 0.5 * (guess + x / guess)
    if (next >= guess) return guess
    guess = next
  }
}

/** exp(-z^2 / 2): 1 at the centre, 0 beyond six standard deviations. */
export function bell(z: number): number {
  return z > 6 || z < -6 ? 0 : exponential(-0.5 * z * z)
}

/** 0 below 0, 1 above 1, and between them a step without corners. */
export function smoothStep(x: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  return x * x * x * (x * (6 * x - 15) + 10)
}
