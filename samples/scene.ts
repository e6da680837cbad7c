/**
 * A recording while it is being made: the potentials of every lead, the state of the sleeper and the heart
 * over time, the technician's notes, and the list of what was put in. Events write their waves and bend the
 * state around them; the background is made last, from the state that results.
 */
import type { Evidence, MarkKind } from '../shared/annotation/kinds.ts'
import { smoothStep } from './arithmetic.ts'
import { type Field, HEAD_LEADS } from './head.ts'
import { type Random, randomStream } from './random.ts'
import type { Subject } from './subjects.ts'
import { type CurvePoint, curve, RATE, sampleAt } from './waves.ts'

export const BODY_LEADS = ['Chin', 'Neck', 'LAT', 'RAT', 'ECG'] as const

export type BodyLead = (typeof BODY_LEADS)[number]

/** What the state of the sleeper is made of, each a curve over the recording. */
export type Control =
  | 'alpha' // posterior alpha, uV RMS at its maximum
  | 'theta' // theta of drowsiness, uV RMS
  | 'delta' // irregular delta, uV RMS
  | 'beta' // fast activity, uV RMS
  | 'tone' // muscle tone, 1 = awake and relaxed
  | 'slowEyes' // slow eye movements, uV to each side at the outer canthus
  | 'heart' // heart rate, beats/min, before its own variability

type Note = { readonly onset: number; readonly text: string }

/** An event as it was put in: what the key says of it. Times in seconds. */
export type SceneEvent = {
  readonly kind: MarkKind
  readonly subtype: string | null
  readonly onset: number
  readonly duration: number
  readonly channels: readonly string[]
  readonly evidence: readonly Evidence[]
  readonly comment: string
  readonly parameters: Readonly<Record<string, number | string>>
}

export type Scene = {
  readonly name: string
  readonly subject: Subject
  readonly seconds: number
  readonly length: number
  /** In the order of HEAD_LEADS, uV against the reference. */
  readonly head: readonly Float64Array[]
  readonly body: Readonly<Record<BodyLead, Float64Array>>
  readonly control: Readonly<Record<Control, Float64Array>>
  readonly notes: Note[]
  readonly events: SceneEvent[]
  /** A stream of chance for one part, so that a change in one part leaves the others as they were. */
  readonly random: (part: string) => Random
}

export function emptyScene(
  name: string,
  subject: Subject,
  seconds: number,
  states: Readonly<Record<Control, readonly CurvePoint[]>>,
): Scene {
  const length = sampleAt(seconds)
  const flat = (): Float64Array => new Float64Array(length)
  const along = (control: Control): Float64Array => curve(length, states[control])
  return {
    name,
    subject,
    seconds,
    length,
    head: HEAD_LEADS.map(flat),
    body: { Chin: flat(), Neck: flat(), LAT: flat(), RAT: flat(), ECG: flat() },
    control: {
      alpha: along('alpha'),
      theta: along('theta'),
      delta: along('delta'),
      beta: along('beta'),
      tone: along('tone'),
      slowEyes: along('slowEyes'),
      heart: along('heart'),
    },
    notes: [{ onset: 1.5, text: subject.note }],
    events: [],
    random: (part) => randomStream(`${name}/${part}`),
  }
}

/** Adds a wave that begins `at` seconds to every head lead, through its field. */
export function addToHead(scene: Scene, field: Field, wave: Float64Array, at: number, gain = 1): void {
  scene.head.forEach((lead, index) => {
    addWave(lead, wave, at, gain * field[index]!)
  })
}

/** A share of a source that no digital step would show. */
const NOTHING = 0.0002

export function addWave(lead: Float64Array, wave: Float64Array, at: number, gain = 1): void {
  if (gain < NOTHING && gain > -NOTHING) return
  const start = sampleAt(at)
  const from = Math.max(0, -start)
  const to = Math.min(wave.length, lead.length - start)
  for (let k = from; k < to; k++) lead[start + k] = lead[start + k]! + gain * wave[k]!
}

/** A span over which a state is bent, with soft edges of `rise` and `fall` seconds outside the span. */
type Bend = { readonly from: number; readonly to: number; readonly rise: number; readonly fall: number }

/** 0 outside, 1 inside the span. */
function bendAt(bend: Bend, seconds: number): number {
  return (
    smoothStep((seconds - bend.from + bend.rise) / bend.rise) *
    (1 - smoothStep((seconds - bend.to) / bend.fall))
  )
}

/** Multiplies a state by `factor` within the span. */
export function scaleControl(scene: Scene, control: Control, bend: Bend, factor: number): void {
  bendControl(scene, control, bend, (value, share) => value * (1 + (factor - 1) * share))
}

/** Adds `amount` to a state within the span. */
export function raiseControl(scene: Scene, control: Control, bend: Bend, amount: number): void {
  bendControl(scene, control, bend, (value, share) => value + amount * share)
}

function bendControl(
  scene: Scene,
  control: Control,
  bend: Bend,
  change: (value: number, share: number) => number,
): void {
  const wave = scene.control[control]
  const from = Math.max(0, sampleAt(bend.from - bend.rise))
  const to = Math.min(wave.length, sampleAt(bend.to + bend.fall) + 1)
  for (let k = from; k < to; k++) wave[k] = change(wave[k]!, bendAt(bend, k / RATE))
}

export function note(scene: Scene, onset: number, text: string): void {
  scene.notes.push({ onset, text })
}
