/** The events of a set as lists of times and texts, which is what most formats are. For the reader: `listEvents`. */
import type { AnnotationDocument, Mark, ReviewedRange } from '../../annotation/document.ts'
import type { Ticks } from '../../units.ts'
import type { Found } from './format.ts'
import { labelsOf, type RecordingFacts } from './recordingFacts.ts'
import { REVIEWED_TEXT, textOfMark } from './vocabulary.ts'

/** One line of such a list: an event of one signal, or of all. */
export type ListedEvent = {
  readonly onset: Ticks
  readonly duration: Ticks
  readonly text: string
  /** The recording's label; null: all. */
  readonly channel: string | null
}

/** Marks and reviewed ranges in order; a mark of several signals is listed once for each. */
export function listEvents(document: AnnotationDocument, recording: RecordingFacts): readonly ListedEvent[] {
  return inOrder(document).flatMap((item): readonly ListedEvent[] => {
    const { onset, duration } = item
    if (!('kind' in item)) return [{ onset, duration, text: REVIEWED_TEXT, channel: null }]
    const text = textOfMark(item)
    const labels = labelsOf(item.channels, recording)
    if (labels.length === 0) return [{ onset, duration, text, channel: null }]
    return labels.map((channel) => ({ onset, duration, text, channel }))
  })
}

export function inOrder({ marks, reviewed }: AnnotationDocument): readonly (Mark | ReviewedRange)[] {
  return [...reviewed, ...marks].sort((a, b) => a.onset - b.onset || b.duration - a.duration)
}

/** One event again of those that stand there once for each of its channels. */
export function joinChannels(found: readonly Found[]): readonly Found[] {
  const joined: Found[] = []
  const known = new Map<string, number>()
  for (const event of found) {
    if (event.channels.length === 0) {
      joined.push(event)
      continue
    }
    const key = JSON.stringify([event.onset, event.duration, event.text])
    const at = known.get(key)
    const first = at === undefined ? undefined : joined[at]
    if (at === undefined || first === undefined) {
      known.set(key, joined.length)
      joined.push(event)
    } else joined[at] = { ...first, channels: [...new Set([...first.channels, ...event.channels])] }
  }
  return joined
}

/**
 * `Hypnic jerk@@EMG Chin`: the text and the channel. A text of this project's own ends at the first `@@`, since a
 * label may have one in it; another is split at the last, and only before a label of the recording.
 */
export function splitChannel(
  text: string,
  recording: RecordingFacts,
  isKnown: (text: string) => boolean,
): { readonly text: string; readonly channel: string | null } {
  const first = text.indexOf('@@')
  if (first === -1) return { text, channel: null }
  if (isKnown(text.slice(0, first))) return { text: text.slice(0, first), channel: text.slice(first + 2) }
  const last = text.lastIndexOf('@@')
  const label = text.slice(last + 2).trim()
  const isLabel = recording.signals.some((signal) => signal.label === label)
  return isLabel ? { text: text.slice(0, last), channel: label } : { text, channel: null }
}
