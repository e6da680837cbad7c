import type { Run } from './run.ts'
import { fastPart } from './spikeTimes.ts'

/** Which way the mean spike points in the run's wave: 1 or -1. */
export function spikeSign(run: Run): 1 | -1 {
  const { sampleRate, start, times } = run
  const fast = fastPart(run.aligned, sampleRate)
  let sum = 0
  for (const time of times) sum += fast[Math.round((time - start) * sampleRate)] ?? 0
  return sum < 0 ? -1 : 1
}
