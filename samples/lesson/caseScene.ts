/**
 * The recording of one case before its event: somebody in some state, with what goes on in that state and means nothing.
 * All are equally long and hold equally much, whatever is put in.
 */
import { addLidFlutter } from '../eyes.ts'
import { addHyperventilationWaves } from '../mimics.ts'
import { addMotorUnit } from '../muscle.ts'
import type { Random } from '../random.ts'
import { randomStream } from '../random.ts'
import { type Control, emptyScene, type Scene } from '../scene.ts'
import { addKComplex, addPost, addSpindle, addVertexWave } from '../sleep.ts'
import { ADULT, CHILD, COMPOSITE, type Subject } from '../subjects.ts'

/** Seconds of a recording; the stretch lies within, and filters have settled where it begins. */
export const CASE_SECONDS = 24
/** Seconds of a stretch. */
export const STRETCH_SECONDS = 15

export type State = 'awake' | 'slow' | 'overbreathing' | 'drowsy' | 'asleep'
export type Age = 'child' | 'adult' | 'any'

/** Least and most of what a state is made of; where in between a person lies is drawn. */
const LEVELS: Readonly<Record<State, Readonly<Record<Control, readonly [number, number]>>>> = {
  awake: {
    ...{ alpha: [10, 17], theta: [2.6, 4.4], delta: [2, 3], beta: [2.2, 4.2] },
    ...{ tone: [0.85, 1.15], slowEyes: [2, 5], heart: [64, 76] },
  },
  // Awake with a slow background, as with an encephalopathy.
  slow: {
    ...{ alpha: [2.5, 4.5], theta: [7, 9.5], delta: [7, 10], beta: [1.8, 2.8] },
    ...{ tone: [0.8, 1.1], slowEyes: [2, 5], heart: [66, 78] },
  },
  overbreathing: {
    ...{ alpha: [8, 13], theta: [4.4, 6.2], delta: [5, 8], beta: [2.2, 3.4] },
    ...{ tone: [1.1, 1.3], slowEyes: [2, 5], heart: [70, 80] },
  },
  drowsy: {
    ...{ alpha: [1.6, 3.4], theta: [6, 8.4], delta: [3.8, 6.4], beta: [1.8, 3] },
    ...{ tone: [0.3, 0.5], slowEyes: [50, 105], heart: [58, 68] },
  },
  asleep: {
    ...{ alpha: [1.1, 1.6], theta: [6.4, 7.8], delta: [6.5, 9], beta: [1.6, 2.2] },
    ...{ tone: [0.16, 0.26], slowEyes: [3, 8], heart: [56, 64] },
  },
}

const LABELS = [COMPOSITE, ADULT, CHILD].map(({ label }) => label)

/** Nobody twice: rhythm, mu, lambda, heart and the laboratory's way of labelling are drawn. */
export function drawSubject(random: Random, age: Age): Subject {
  const [slowest, fastest] = age === 'child' ? [7.9, 9.3] : age === 'adult' ? [9.2, 11.2] : [8.1, 11]
  return {
    note: 'Synthetic',
    alphaHertz: random.between(slowest, fastest),
    mu: random.between(2.5, 6.5),
    lambda: random.between(12, 36),
    heartTrace: random.between(0.4, 2.3),
    label: LABELS[Math.floor(random.between(0, LABELS.length))] ?? COMPOSITE.label,
  }
}

/** `name` decides all that is drawn; nothing of it is written into the file. */
export function caseScene(name: string, state: State, age: Age): Scene {
  const random = randomStream(`${name}/who`)
  const levels = LEVELS[state]
  const flat = (control: Control) => {
    const [least, most] = levels[control]
    const begins = random.between(least, most)
    return [
      [0, begins],
      [CASE_SECONDS, Math.min(most, Math.max(least, begins * random.between(0.88, 1.12)))],
    ] as const
  }
  return emptyScene(name, drawSubject(random, age), CASE_SECONDS, {
    ...{ alpha: flat('alpha'), theta: flat('theta'), delta: flat('delta'), beta: flat('beta') },
    ...{ tone: flat('tone'), slowEyes: flat('slowEyes'), heart: flat('heart') },
  })
}

/** How near to the event's edges nothing else of note is put, in seconds. */
const APART = 1.4

/**
 * What goes on besides, drawn for each recording by its state alone: a case is not to be told by being the only one that
 * is not clean.
 */
export function addUnmarked(
  scene: Scene,
  state: State,
  event: { readonly from: number; readonly to: number } | null,
): void {
  const random = scene.random('unmarked')
  const isFree = (from: number, to = from) =>
    event === null || to < event.from - APART || from > event.to + APART
  const moments = (least: number, most: number, put: (at: number) => void) => {
    for (let at = random.between(0.6, 3); at < CASE_SECONDS - 1.5; at += random.between(least, most)) {
      if (isFree(at)) put(Math.round(at * 100) / 100)
    }
  }
  const muscle = (['T8', 'F8', 'F7', 'T7'] as const)[Math.floor(random.between(0, 4))] ?? 'T8'
  const from = Math.round(random.between(1, 16) * 10) / 10
  const unit = {
    lead: muscle,
    seconds: random.between(2, 5),
    hertz: random.between(7, 12),
    microvolts: random.between(8, 16),
  }
  if (random.uniform() < 0.6) addMotorUnit(scene, { ...unit, at: from })
  switch (state) {
    case 'awake':
    case 'slow':
      moments(7, 14, (at) => {
        if (isFree(at, at + 2.4))
          addLidFlutter(scene, { at, seconds: 2.2, microvolts: random.between(25, 55) })
      })
      return
    case 'overbreathing':
      moments(7, 13, (at) => {
        if (isFree(at, at + 4)) {
          const microvolts = random.between(60, 130)
          addHyperventilationWaves(scene, { at, seconds: 4, hertz: [3.8, 3.3], microvolts })
        }
      })
      return
    case 'drowsy':
      moments(3.2, 8, (at) => addVertexWave(scene, at, random.between(45, 95)))
      moments(6, 14, (at) => addPost(scene, at, random.between(22, 40)))
      return
    case 'asleep':
      moments(4, 9, (at) => addSpindle(scene, at, random.between(18, 34)))
      moments(8, 16, (at) => addKComplex(scene, at, random.between(105, 150)))
      moments(4, 9, (at) => addVertexWave(scene, at, random.between(50, 95)))
      return
  }
}
