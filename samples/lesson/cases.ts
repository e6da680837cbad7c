/**
 * What the lesson's cases are: a row a case, with the state it happens in and how it is put in. Where in the page an event
 * lies, who it is and what else goes on is drawn; the order in the lesson too (makeLesson.ts).
 */
import type { Difficulty } from '../../shared/teaching/lesson.ts'
import { type HypnicJerk, putHypnicJerk, putPolyspikeJerk } from '../jerks.ts'
import {
  putArousal,
  putElectrodePops,
  putHypersynchrony,
  putHyperventilationSlowing,
  putJawClench,
  putLegMovement,
  putOirda,
  putRudimentarySpikeWave,
  putVertexTrain,
} from '../mimics.ts'
import type { Random } from '../random.ts'
import type { Scene } from '../scene.ts'
import { putPhantom, putSpikeWave } from '../spikeWaveEvents.ts'
import type { Age, State } from './caseScene.ts'
import { putFirda, putRhythmicFeet, putSlowSpikeWave, putTwitches } from './otherMimics.ts'

export type CaseRow = {
  readonly sort: 'jerk' | 'run' | 'mimic' | 'nothing'
  /** Decides what is drawn; learners never see it. */
  readonly seed: string
  readonly state: State
  readonly age: Age
  readonly difficulty: Difficulty
  /** About how long the event is, in seconds: so that it can be laid into the stretch. */
  readonly seconds: number
  /** null: nothing is put in. */
  readonly put: ((scene: Scene, at: number, random: Random) => void) | null
}

/** Which muscles take part, the first the earliest. */
type Muscles = readonly HypnicJerk['bursts'][number]['lead'][]

function jerk(
  seed: string,
  difficulty: Difficulty,
  state: State,
  muscles: Muscles,
  response: HypnicJerk['response'],
): CaseRow {
  return {
    ...{ sort: 'jerk', seed, difficulty, state, age: 'any', seconds: 0.2 },
    put: (scene, at, random) => {
      const strength = difficulty === 'hard' ? 0.6 : 1
      putHypnicJerk(scene, {
        at,
        bursts: muscles.map((lead, index) => ({
          lead,
          delay: index === 0 ? 0 : Math.round(random.between(6, 52)),
          length: Math.round(random.between(90, 225)),
          microvolts: strength * (lead === 'Chin' ? random.between(32, 60) : random.between(75, 135)),
        })),
        response,
        awake: response === 'arousal' ? random.between(5, 7) : random.between(1.8, 4.2),
        movement: strength * random.between(140, 230),
        beats: Math.round(random.between(7, 15)),
      })
    },
  }
}

function run(
  seed: string,
  difficulty: Difficulty,
  state: State,
  seconds: number,
  microvolts: readonly [number, number],
): CaseRow {
  return {
    ...{ sort: 'run', seed, difficulty, state, age: 'child', seconds },
    put: (scene, at, random) =>
      putSpikeWave(scene, {
        ...{ at, seconds, microvolts: random.between(...microvolts) },
        hertz: [
          round(random.between(3.2, 3.6)),
          round(seconds < 3 ? random.between(3, 3.2) : random.between(2.6, 3)),
        ],
        state: STATE_WORDS[state],
      }),
  }
}

const STATE_WORDS: Readonly<Record<State, string>> = {
  awake: 'awake',
  slow: 'awake',
  overbreathing: 'hyperventilation',
  drowsy: 'drowsy',
  asleep: 'asleep',
}

function mimic(
  seed: string,
  difficulty: Difficulty,
  state: State,
  age: Age,
  seconds: number,
  put: NonNullable<CaseRow['put']>,
): CaseRow {
  return { sort: 'mimic', seed, difficulty, state, age, seconds, put }
}

function nothing(seed: string, difficulty: Difficulty, state: State, age: Age): CaseRow {
  return { sort: 'nothing', seed, difficulty, state, age, seconds: 0, put: null }
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}

const side = (random: Random) => (random.uniform() < 0.5 ? 'LAT' : 'RAT')

/** A row a case. Of the easy, of the medium and of the hard ones some are of each sort. */
export const CASE_ROWS: readonly CaseRow[] = [
  jerk('jerk 1', 'easy', 'drowsy', ['Neck', 'RAT', 'LAT'], 'vertex wave'),
  jerk('jerk 2', 'easy', 'drowsy', ['Neck', 'Chin', 'LAT', 'RAT'], 'arousal'),
  jerk('jerk 3', 'easy', 'drowsy', ['RAT', 'LAT', 'Neck'], 'K-complex'),
  jerk('jerk 4', 'medium', 'drowsy', ['LAT', 'Neck'], 'vertex wave'),
  jerk('jerk 5', 'medium', 'asleep', ['Neck', 'LAT', 'RAT'], 'K-complex'),
  jerk('jerk 6', 'medium', 'drowsy', ['Neck', 'RAT'], 'arousal'),
  jerk('jerk 7', 'medium', 'drowsy', ['RAT', 'Chin', 'Neck'], 'vertex wave'),
  jerk('jerk 8', 'hard', 'drowsy', ['LAT', 'RAT'], 'vertex wave'),
  jerk('jerk 9', 'hard', 'asleep', ['RAT', 'Neck'], 'K-complex'),
  jerk('jerk 10', 'hard', 'drowsy', ['Neck'], 'arousal'),

  run('run 1', 'easy', 'overbreathing', 6.2, [380, 470]),
  run('run 2', 'easy', 'awake', 5.2, [350, 430]),
  run('run 3', 'easy', 'overbreathing', 4.6, [400, 480]),
  run('run 4', 'medium', 'awake', 3.6, [280, 350]),
  run('run 5', 'medium', 'overbreathing', 2.5, [300, 360]),
  run('run 6', 'medium', 'awake', 2.2, [240, 310]),
  run('run 7', 'medium', 'overbreathing', 5.6, [260, 320]),
  run('run 8', 'hard', 'drowsy', 1.6, [200, 250]),
  run('run 9', 'hard', 'asleep', 1.4, [190, 240]),
  run('run 10', 'hard', 'awake', 1.2, [180, 230]),

  mimic('slowing 1', 'easy', 'overbreathing', 'child', 6.4, (scene, at, random) =>
    putHyperventilationSlowing(scene, {
      at,
      seconds: 6.4,
      hertz: [3.6, 3.1],
      microvolts: random.between(170, 220),
    }),
  ),
  mimic('slowing 2', 'medium', 'overbreathing', 'child', 5.4, (scene, at, random) =>
    putHyperventilationSlowing(scene, {
      at,
      seconds: 5.4,
      hertz: [3.3, 2.8],
      microvolts: random.between(200, 260),
    }),
  ),
  mimic('hypersynchrony 1', 'easy', 'drowsy', 'child', 4.2, (scene, at, random) =>
    putHypersynchrony(scene, { at, seconds: 4.2, hertz: [4.4, 3.9], microvolts: random.between(190, 250) }),
  ),
  mimic('hypersynchrony 2', 'hard', 'drowsy', 'child', 3.2, (scene, at, random) =>
    putHypersynchrony(scene, { at, seconds: 3.2, hertz: [3.8, 3.4], microvolts: random.between(220, 280) }),
  ),
  mimic('rudimentary 1', 'medium', 'drowsy', 'child', 2.8, (scene, at, random) =>
    putRudimentarySpikeWave(scene, {
      at,
      seconds: 2.8,
      hertz: [3.7, 3.4],
      microvolts: random.between(180, 230),
    }),
  ),
  mimic('rudimentary 2', 'hard', 'drowsy', 'child', 2, (scene, at, random) =>
    putRudimentarySpikeWave(scene, {
      at,
      seconds: 2,
      hertz: [3.5, 3.2],
      microvolts: random.between(190, 240),
    }),
  ),
  mimic('occipital', 'easy', 'awake', 'child', 3.6, (scene, at, random) =>
    putOirda(scene, { at, seconds: 3.6, hertz: [3.1, 2.8], microvolts: random.between(110, 150) }),
  ),
  mimic('frontal', 'medium', 'slow', 'adult', 4.4, (scene, at, random) =>
    putFirda(scene, { at, seconds: 4.4, hertz: [2.2, 2], microvolts: random.between(130, 180) }),
  ),
  mimic('slow run', 'hard', 'slow', 'child', 5.4, (scene, at, random) =>
    putSlowSpikeWave(scene, { at, seconds: 5.4, hertz: [2.1, 1.9], microvolts: random.between(280, 360) }),
  ),
  mimic('phantom', 'hard', 'drowsy', 'adult', 1.4, (scene, at, random) =>
    putPhantom(scene, { at, seconds: 1.4, hertz: 6, microvolts: random.between(55, 75) }),
  ),
  mimic('vertex', 'medium', 'drowsy', 'any', 4, (scene, at, random) =>
    putVertexTrain(scene, { at, waves: 5, microvolts: random.between(85, 115) }),
  ),
  mimic('polyspike 1', 'medium', 'awake', 'any', 0.6, (scene, at, random) =>
    putPolyspikeJerk(scene, {
      at,
      spikes: 4,
      burst: Math.round(random.between(34, 46)),
      microvolts: random.between(190, 230),
    }),
  ),
  mimic('polyspike 2', 'hard', 'awake', 'any', 0.6, (scene, at, random) =>
    putPolyspikeJerk(scene, {
      at,
      spikes: 3,
      burst: Math.round(random.between(32, 44)),
      microvolts: random.between(130, 165),
    }),
  ),
  mimic('leg 1', 'easy', 'drowsy', 'any', 1.4, (scene, at, random) =>
    putLegMovement(scene, { at, seconds: 1.4, side: side(random), microvolts: random.between(55, 75) }),
  ),
  mimic('leg 2', 'hard', 'asleep', 'any', 0.75, (scene, at, random) =>
    putLegMovement(scene, { at, seconds: 0.75, side: side(random), microvolts: random.between(60, 85) }),
  ),
  mimic('feet', 'easy', 'drowsy', 'any', 5, (scene, at, random) =>
    putRhythmicFeet(scene, { at, bursts: 6, side: side(random), microvolts: random.between(45, 65) }),
  ),
  mimic('twitches', 'medium', 'asleep', 'adult', 5, (scene, at, random) =>
    putTwitches(scene, { at, count: 6, microvolts: random.between(28, 42) }),
  ),
  mimic('arousal', 'medium', 'asleep', 'any', 4, (scene, at) => putArousal(scene, { at, seconds: 4 })),
  mimic('bites', 'easy', 'slow', 'any', 3.6, (scene, at, random) =>
    putJawClench(scene, {
      at,
      bites: [
        [0, 1],
        [1.5, 0.7],
        [2.5, 1.1],
      ],
      microvolts: random.between(28, 40),
    }),
  ),
  mimic('electrode', 'medium', 'awake', 'any', 5, (scene, at, random) =>
    putElectrodePops(scene, {
      ...{ lead: random.uniform() < 0.5 ? 'P8' : 'F7', at },
      pops: [0, 1.3, 2.1, 3.6].map((delay) => [delay, random.between(90, 210)] as const),
    }),
  ),

  nothing('nothing 1', 'easy', 'awake', 'any'),
  nothing('nothing 2', 'medium', 'drowsy', 'any'),
  nothing('nothing 3', 'hard', 'asleep', 'any'),
]
