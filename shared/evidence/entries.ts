/** THE list of what the evidence card measures, top to bottom within its side. */
import type { Entry } from './common/entry.ts'
import { arousalAfter } from './jerk/arousalAfter.ts'
import { bursts } from './jerk/bursts.ts'
import { heartLock } from './jerk/heartLock.ts'
import { heartRate } from './jerk/heartRate.ts'
import { muscleOrder } from './jerk/muscleOrder.ts'
import { repeatedBursts } from './jerk/repeatedBursts.ts'
import { sharpTransient } from './jerk/sharpTransient.ts'
import { waveAfter } from './jerk/waveAfter.ts'
import { bluntedEeg, bluntedEyes, bluntedMuscles } from './missing/blunted.ts'
import { noEyes } from './missing/noEyes.ts'
import { noHeart } from './missing/noHeart.ts'
import { noMuscles } from './missing/noMuscles.ts'
import { noVideo } from './missing/noVideo.ts'
import { shortContext } from './missing/shortContext.ts'
import { abruptness } from './spikeWave/abruptness.ts'
import { amplitude } from './spikeWave/amplitude.ts'
import { channelShare } from './spikeWave/channelShare.ts'
import { complexCount } from './spikeWave/complexCount.ts'
import { duration } from './spikeWave/duration.ts'
import { frontalToOccipital } from './spikeWave/frontalToOccipital.ts'
import { harmonics } from './spikeWave/harmonics.ts'
import { leftRightLag } from './spikeWave/leftRightLag.ts'
import { regularity } from './spikeWave/regularity.ts'
import { repetitionRate } from './spikeWave/repetitionRate.ts'
import { spikeDuration } from './spikeWave/spikeDuration.ts'
import { spikesPerComplex } from './spikeWave/spikesPerComplex.ts'
import { alphaBefore } from './state/alphaBefore.ts'
import { muscleTone } from './state/muscleTone.ts'
import { notesBefore } from './state/notesBefore.ts'
import { slowEyes } from './state/slowEyes.ts'
import { thetaBefore } from './state/thetaBefore.ts'

export const ENTRIES: readonly Entry[] = [
  // What is missing
  bluntedEeg,
  noMuscles,
  bluntedMuscles,
  noHeart,
  noVideo,
  noEyes,
  bluntedEyes,
  shortContext,
  // Spike-and-wave
  repetitionRate,
  regularity,
  complexCount,
  duration,
  abruptness,
  spikesPerComplex,
  spikeDuration,
  harmonics,
  channelShare,
  frontalToOccipital,
  leftRightLag,
  amplitude,
  // Jerk
  bursts,
  muscleOrder,
  repeatedBursts,
  heartLock,
  heartRate,
  sharpTransient,
  waveAfter,
  arousalAfter,
  // State
  alphaBefore,
  thetaBefore,
  muscleTone,
  slowEyes,
  notesBefore,
]
