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
  type Slowing,
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

/** Drawn evenly between the two. */
type Range = readonly [number, number]

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
  microvolts: Range,
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

/** A run of slow waves, or of what looks like one. */
function slowing(
  seed: string,
  difficulty: Difficulty,
  state: State,
  age: Age,
  put: (scene: Scene, slowing: Slowing) => void,
  { seconds, hertz, microvolts }: Omit<Slowing, 'at' | 'microvolts'> & { readonly microvolts: Range },
): CaseRow {
  return mimic(seed, difficulty, state, age, seconds, (scene, at, random) =>
    put(scene, { at, seconds, hertz, microvolts: random.between(...microvolts) }),
  )
}

function polyspike(
  seed: string,
  difficulty: Difficulty,
  {
    spikes,
    burst,
    microvolts,
  }: { readonly spikes: number; readonly burst: Range; readonly microvolts: Range },
): CaseRow {
  return mimic(seed, difficulty, 'awake', 'any', 0.6, (scene, at, random) =>
    putPolyspikeJerk(scene, {
      at,
      spikes,
      burst: Math.round(random.between(...burst)),
      microvolts: random.between(...microvolts),
    }),
  )
}

function leg(
  seed: string,
  difficulty: Difficulty,
  state: State,
  { seconds, microvolts }: { readonly seconds: number; readonly microvolts: Range },
): CaseRow {
  return mimic(seed, difficulty, state, 'any', seconds, (scene, at, random) =>
    putLegMovement(scene, { at, seconds, side: side(random), microvolts: random.between(...microvolts) }),
  )
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

  slowing('slowing 1', 'easy', 'overbreathing', 'child', putHyperventilationSlowing, {
    seconds: 6.4,
    hertz: [3.6, 3.1],
    microvolts: [170, 220],
  }),
  slowing('slowing 2', 'medium', 'overbreathing', 'child', putHyperventilationSlowing, {
    seconds: 5.4,
    hertz: [3.3, 2.8],
    microvolts: [200, 260],
  }),
  slowing('hypersynchrony 1', 'easy', 'drowsy', 'child', putHypersynchrony, {
    seconds: 4.2,
    hertz: [4.4, 3.9],
    microvolts: [190, 250],
  }),
  slowing('hypersynchrony 2', 'hard', 'drowsy', 'child', putHypersynchrony, {
    seconds: 3.2,
    hertz: [3.8, 3.4],
    microvolts: [220, 280],
  }),
  slowing('rudimentary 1', 'medium', 'drowsy', 'child', putRudimentarySpikeWave, {
    seconds: 2.8,
    hertz: [3.7, 3.4],
    microvolts: [180, 230],
  }),
  slowing('rudimentary 2', 'hard', 'drowsy', 'child', putRudimentarySpikeWave, {
    seconds: 2,
    hertz: [3.5, 3.2],
    microvolts: [190, 240],
  }),
  slowing('occipital', 'easy', 'awake', 'child', putOirda, {
    seconds: 3.6,
    hertz: [3.1, 2.8],
    microvolts: [110, 150],
  }),
  slowing('frontal', 'medium', 'slow', 'adult', putFirda, {
    seconds: 4.4,
    hertz: [2.2, 2],
    microvolts: [130, 180],
  }),
  slowing('slow run', 'hard', 'slow', 'child', putSlowSpikeWave, {
    seconds: 5.4,
    hertz: [2.1, 1.9],
    microvolts: [280, 360],
  }),
  mimic('phantom', 'hard', 'drowsy', 'adult', 1.4, (scene, at, random) =>
    putPhantom(scene, { at, seconds: 1.4, hertz: 6, microvolts: random.between(55, 75) }),
  ),
  mimic('vertex', 'medium', 'drowsy', 'any', 4, (scene, at, random) =>
    putVertexTrain(scene, { at, waves: 5, microvolts: random.between(85, 115) }),
  ),
  polyspike('polyspike 1', 'medium', { spikes: 4, burst: [34, 46], microvolts: [190, 230] }),
  polyspike('polyspike 2', 'hard', { spikes: 3, burst: [32, 44], microvolts: [130, 165] }),
  leg('leg 1', 'easy', 'drowsy', { seconds: 1.4, microvolts: [55, 75] }),
  leg('leg 2', 'hard', 'asleep', { seconds: 0.75, microvolts: [60, 85] }),
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
