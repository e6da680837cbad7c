/** Every detector there is. A new one is a row, and its folder. */
import type { Detector } from './common/detector.ts'
import { jerks } from './jerk/jerks.ts'
import { spikeWave } from './spikeWave/spikeWave.ts'

export const DETECTORS: readonly Detector[] = [spikeWave, jerks]
