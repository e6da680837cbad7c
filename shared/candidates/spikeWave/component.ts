/** What the channels have in common: the one wave, with a weight for each channel, that explains most of them. */

export type Component = {
  /** A weight a channel; the squares sum to 1, the sum of all is not negative. */
  readonly weights: Float64Array
  /** Of the power of all channels, how much the wave explains: 0 to 1. */
  readonly explained: number
  /** A value a sample. */
  readonly wave: Float64Array
  /** Of each channel with the wave, -1 to 1. */
  readonly correlations: Float64Array
}

const ROUNDS = 8
/** One electrode that has come loose must not be what the channels have in common. */
const LOUDEST = 4

/**
 * The first principal component of `channels` over [from, from + length), by power iteration from `guess`. A channel
 * louder than four times the middle one counts as that loud.
 */
export function commonWave(
  channels: readonly Float64Array[],
  from: number,
  length: number,
  guess?: Float64Array,
): Component {
  const count = channels.length
  const powers = channels.map((values) => {
    let power = 0
    for (let i = from; i < from + length; i++) power += values[i]! * values[i]!
    return power
  })
  const middle = [...powers].sort((a, b) => a - b)[count >> 1]!
  const gains = powers.map((power) =>
    power > LOUDEST * LOUDEST * middle ? (LOUDEST * Math.sqrt(middle)) / Math.sqrt(power) : 1,
  )
  const total = powers.reduce((sum, power, c) => sum + power * gains[c]! * gains[c]!, 0)
  const weights = guess === undefined ? new Float64Array(count).fill(1) : Float64Array.from(guess)
  for (let c = 0; c < count; c++) weights[c] = weights[c]! + 0.01 * (c % 3)
  const wave = new Float64Array(length)
  let power = 0
  for (let round = 0; round < ROUNDS; round++) {
    normalise(weights)
    wave.fill(0)
    for (let c = 0; c < count; c++) {
      const values = channels[c]!
      const weight = weights[c]! * gains[c]!
      for (let i = 0; i < length; i++) wave[i] = wave[i]! + weight * values[from + i]!
    }
    power = 0
    for (const value of wave) power += value * value
    for (let c = 0; c < count; c++) {
      const values = channels[c]!
      let sum = 0
      for (let i = 0; i < length; i++) sum += values[from + i]! * wave[i]!
      weights[c] = sum * gains[c]!
    }
  }
  const correlations = Float64Array.from(weights, (weight, c) => {
    const size = Math.sqrt(powers[c]! * power) * gains[c]!
    return size > 0 ? weight / size : 0
  })
  normalise(weights)
  return { weights, explained: total > 0 ? Math.min(1, power / total) : 0, wave, correlations }
}

/** As large as the channels are on average; for channels that were filtered, and so have no offsets. */
export function summed(channels: readonly Float64Array[], weights: Float64Array): Float64Array {
  const total = weights.reduce((sum, weight) => sum + Math.abs(weight), 0) || 1
  const wave = new Float64Array(channels[0]?.length ?? 0)
  for (const [c, values] of channels.entries()) {
    const weight = weights[c]! / total
    for (let i = 0; i < wave.length; i++) wave[i] = wave[i]! + weight * values[i]!
  }
  return wave
}

function normalise(weights: Float64Array): void {
  let squares = 0
  let sum = 0
  for (const weight of weights) {
    squares += weight * weight
    sum += weight
  }
  const scale = (sum < 0 ? -1 : 1) / Math.sqrt(squares || 1)
  for (let c = 0; c < weights.length; c++) weights[c] = weights[c]! * scale
}
