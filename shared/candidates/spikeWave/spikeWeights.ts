/**
 * How the channels are to be summed so that spikes stand out: where the fast part has more power at the spike's place
 * of the cycle than far from it, channel by channel and in common. The first eigenvector of the difference of both
 * covariances, each channel against its usual size; alpha and muscle are in both, and cancel out.
 */
import { BINS, momentOf, NEAR } from './cycles.ts'

/** Between the place and what is far from it, bins are of neither. */
const FAR = 9
const ROUNDS = 60

/** A weight a channel; `usual`: the size of each channel's fast part, `place`: a bin of the cycle. */
export function spikeWeights(
  fast: readonly Float64Array[],
  usual: readonly number[],
  crossings: readonly number[],
  place: number,
): Float64Array {
  const near = emptyCovariance(fast.length)
  const far = emptyCovariance(fast.length)
  for (const k of crossings.slice(1).keys()) {
    for (let bin = place - BINS / 2; bin < place + BINS / 2; bin++) {
      const distance = Math.abs(bin - place)
      if (distance > NEAR && distance < FAR) continue
      const at = Math.round(momentOf(crossings, k, bin))
      const values = fast.map((channel, c) => (channel[at] ?? 0) / usual[c]!)
      addTo(distance <= NEAR ? near : far, values)
    }
  }
  const weights = firstOfDifference(near, far)
  return weights.map((weight, c) => weight / usual[c]!)
}

type Covariance = { readonly sums: readonly Float64Array[]; count: number }

function emptyCovariance(size: number): Covariance {
  return { sums: Array.from({ length: size }, () => new Float64Array(size)), count: 0 }
}

function addTo(covariance: Covariance, values: readonly number[]): void {
  covariance.count += 1
  for (const [a, row] of covariance.sums.entries())
    for (let b = 0; b < values.length; b++) row[b] = row[b]! + values[a]! * values[b]!
}

/** By power iteration; half of the second one's trace is added, so that no negative value is the largest. */
function firstOfDifference(near: Covariance, far: Covariance): Float64Array {
  const size = near.sums.length
  const differences = near.sums.map((row, a) =>
    row.map((sum, b) => sum / near.count - far.sums[a]![b]! / far.count),
  )
  const trace = far.sums.reduce((sum, row, a) => sum + row[a]! / far.count, 0)
  let vector = new Float64Array(size).fill(1)
  for (let round = 0; round < ROUNDS; round++) {
    const next = vector.map((own, a) =>
      differences[a]!.reduce((sum, value, b) => sum + value * vector[b]!, (trace / 2) * own),
    )
    const length = Math.hypot(...next) || 1
    vector = next.map((value) => value / length)
  }
  return vector
}
