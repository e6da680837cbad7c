/** THE list of what the evidence card measures, top to bottom within its side. */
import type { Entry } from './common/entry.ts'
import { duration } from './spikeWave/duration.ts'
import { repetitionRate } from './spikeWave/repetitionRate.ts'

export const ENTRIES: readonly Entry[] = [
  // What is missing
  // Spike-and-wave
  repetitionRate,
  duration,
  // Jerk
  // State
]
