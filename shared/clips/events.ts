/** The annotations of a clip: a set's marks by their fixed texts, and of the recording's own those whose texts go along. */
import type { AnnotationDocument, Mark, ReviewedRange } from '../annotation/document.ts'
import type { FileAnnotation, Header } from '../edf/header/model.ts'
import { inOrder } from '../interchange/common/events.ts'
import { labelsOf, type RecordingFacts } from '../interchange/common/recordingFacts.ts'
import { REVIEWED_TEXT, textOfMark } from '../interchange/common/vocabulary.ts'
import { type Ticks, ticksFromSeconds } from '../units.ts'
import type { ClipEvent } from './model.ts'
import type { TextGate } from './texts.ts'
import { isKnown } from './words.ts'

/** How a time of the recording becomes one of the clip, and which part of it is there. */
export type ClipTimes = {
  /** To the nearest tick. */
  readonly toClip: (time: Ticks) => Ticks
  /** On the clip's axis; null: the whole recording, of which nothing is outside. */
  readonly window: { readonly start: Ticks; readonly end: Ticks } | null
}

export type ClipChannels = {
  readonly header: Header
  /** What each signal of the clip is called there, by header index. */
  readonly labels: ReadonlyMap<number, string>
}

export type ClipEvents = {
  readonly events: readonly ClipEvent[]
  readonly count: number
  /** Cut at the clip's edges. */
  readonly cut: number
  /** On channels that are not in the clip. */
  readonly elsewhere: number
  /** By their texts. */
  readonly removed: number
}

const NONE: ClipEvents = { events: [], count: 0, cut: 0, elsewhere: 0, removed: 0 }

/** Marks and reviewed ranges; a mark of several channels once for each of them that is in the clip. */
export function eventsOfSet(
  document: AnnotationDocument | null,
  facts: RecordingFacts,
  times: ClipTimes,
  channels: ClipChannels,
): ClipEvents {
  if (document === null) return NONE
  const found = { ...NONE, events: [] as ClipEvent[] }
  for (const item of inOrder(document)) {
    const place = placeOf(item.onset, item.duration, times)
    if (place === null) continue
    const { cut, ...span } = place
    const labels = labelsOfItem(item, facts, channels)
    if (labels === null) {
      found.elsewhere += 1
      continue
    }
    const text = 'kind' in item ? textOfMark(item) : REVIEWED_TEXT
    if ('kind' in item) found.count += 1
    if (cut && 'kind' in item) found.cut += 1
    const texts = labels.length === 0 ? [text] : labels.map((label) => `${text}@@${label}`)
    for (const each of texts) found.events.push({ ...span, text: each })
  }
  return found
}

/** What a mark's channels are called in the clip, none for all; null: none of them is in it. */
function labelsOfItem(
  item: Mark | ReviewedRange,
  facts: RecordingFacts,
  channels: ClipChannels,
): readonly string[] | null {
  if (!('kind' in item) || item.channels.length === 0) return []
  const labels = labelsOf(item.channels, facts).flatMap((label) => labelInClip(label, channels) ?? [])
  return labels.length === 0 ? null : [...new Set(labels)]
}

function labelInClip(label: string, { header, labels }: ClipChannels): string | null {
  const same = header.signals.filter((signal) => signal.label === label && signal.kind !== 'annotations')
  if (same.length > 0) {
    const there = same.find(({ index }) => labels.has(index))
    return there === undefined ? null : (labels.get(there.index) ?? null)
  }
  // An electrode that no signal is called after keeps its own name; anything else may be a person's.
  return isKnown('label', label) ? label : null
}

/** The recording's own, in their order. */
export function eventsOfFile(
  annotations: readonly FileAnnotation[],
  gate: TextGate,
  times: ClipTimes,
  channels: ClipChannels,
): ClipEvents {
  const found = { ...NONE, events: [] as ClipEvent[] }
  for (const { onset, duration, text, channel } of annotations) {
    const length = duration === null ? null : ticksFromSeconds(duration)
    const place = placeOf(ticksFromSeconds(onset), length, times)
    if (place === null) continue
    const label = channel === null ? '' : labelInClip(channel, channels)
    if (label === null) {
      found.elsewhere += 1
      continue
    }
    if (!gate.goes('annotation', text)) {
      found.removed += 1
      continue
    }
    const { cut, ...span } = place
    found.count += 1
    if (cut) found.cut += 1
    found.events.push({ ...span, text: writable(label === '' ? text : `${text}@@${label}`) })
  }
  return found
}

type Place = { readonly onset: Ticks; readonly duration: Ticks | null; readonly cut: boolean }

/** On the clip's axis and within it; null: outside of it. */
function placeOf(onset: Ticks, duration: Ticks | null, { toClip, window }: ClipTimes): Place | null {
  const start = toClip(onset)
  if (window === null) return { onset: start, duration, cut: false }
  if (duration === null || duration === 0) {
    return start >= window.start && start < window.end ? { onset: start, duration, cut: false } : null
  }
  const end = start + duration
  const from = Math.max(start, window.start)
  const to = Math.min(end, window.end)
  if (to <= from) return null
  return { onset: from as Ticks, duration: (to - from) as Ticks, cut: from !== start || to !== end }
}

/** As it stands in an annotation: EDF+ allows no control character in a text but tab and line ends. */
export function writable(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed()
  return wellFormed.replace(/(?![\t\n\r])\p{Cc}/gu, ' ')
}
