/** The key of a sample: what was put in, as an annotation set by the reviewer `key`. */
import type { AnnotationDocument, Mark, RecordingIdentity } from '../shared/annotation/document.ts'
import { sortMarks } from '../shared/annotation/order.ts'
import { ticksFromSeconds } from '../shared/units.ts'
import type { Scene, SceneEvent } from './scene.ts'

const REVIEWER = 'key'
/** Fixed, so that the key is the same whenever it is made. */
const MADE = '2026-08-02T22:30:00.000Z'

/** The whole recording counts as reviewed: where the key has no mark, nothing was put in. */
export function sceneKey(scene: Scene, recording: RecordingIdentity): AnnotationDocument {
  return {
    recording,
    reviewer: REVIEWER,
    created: MADE,
    changed: MADE,
    marks: sortMarks(
      [...scene.events].sort((a, b) => a.onset - b.onset).map((event, index) => markOf(event, index)),
    ),
    reviewed: [{ id: 'key-all', onset: ticksFromSeconds(0), duration: ticksFromSeconds(scene.seconds) }],
  }
}

function markOf(event: SceneEvent, index: number): Mark {
  const { onset, duration, ...facts } = event
  return {
    ...facts,
    id: `key-${String(index + 1).padStart(2, '0')}`,
    onset: ticksFromSeconds(milliseconds(onset)),
    duration: ticksFromSeconds(milliseconds(duration)),
    confidence: 'sure',
    view: null,
    author: REVIEWER,
    created: MADE,
    changed: MADE,
    parameters: Object.fromEntries(
      Object.entries(event.parameters).map(([name, value]) => [
        name,
        typeof value === 'number' ? milliseconds(value) : value,
      ]),
    ),
  }
}

/** Rounded to a thousandth: nothing in a sample is known more finely. */
function milliseconds(value: number): number {
  return Math.round(value * 1000) / 1000
}
