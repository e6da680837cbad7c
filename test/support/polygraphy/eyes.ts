/** Where both eyes look, as a voltage, and what an amplifier makes of it. */

export type EyeMovement = {
  readonly at: number
  /** From one place to the other. */
  readonly seconds: number
  /** uV of one lead; negative: the other way. */
  readonly size: number
}

/** A place that stays until the next movement. */
export function addMovements(values: Float64Array, rate: number, movements: readonly EyeMovement[]): void {
  for (const { at, seconds, size } of movements) {
    for (let i = Math.max(0, Math.ceil(at * rate)); i < values.length; i++) {
      const x = Math.min(1, (i / rate - at) / seconds)
      values[i] = values[i]! + (size / 2) * (1 - Math.cos(Math.PI * x))
    }
  }
}

/** An amplifier of first order, at rest at its first value. */
export function amplified(values: Float64Array, rate: number, lowFrequency: number): Float64Array {
  const keep = Math.exp((-2 * Math.PI * lowFrequency) / rate)
  let level = values[0] ?? 0
  return values.map((value) => {
    level = keep * level + (1 - keep) * value
    return value - level
  })
}
