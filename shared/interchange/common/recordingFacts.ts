/** What an exchange has to know of a recording: no patient field is among it. */
import type { AnnotationDocument } from '../../annotation/document.ts'
import type { Recording } from '../../edf/header/model.ts'
import { placesOfLabel, placesOfShown } from '../../montage/places.ts'
import { type Hertz, TICKS_PER_SECOND, type Ticks, ticksFromSeconds } from '../../units.ts'

export type RecordingFacts = {
  /** The file's name, without folder. */
  readonly name: string
  /** `YYYY-MM-DDTHH:MM:SS`; null where the header has none. */
  readonly start: string | null
  /** After the header's start second; null where only the set is at hand, which does not say. */
  readonly firstSample: Ticks | null
  /** The end of the last sample, gaps counted. */
  readonly end: Ticks
  readonly gaps: number
  readonly signals: readonly { readonly label: string; readonly sampleRate: Hertz | null }[]
}

export function factsOfRecording({ header, timeline }: Recording, name: string): RecordingFacts {
  return {
    name,
    start: header.start,
    firstSample: ticksFromSeconds(timeline.firstRecordOnset),
    end: ticksFromSeconds(timeline.span.end),
    gaps: timeline.gaps.length,
    signals: header.signals
      .filter(({ kind }) => kind !== 'annotations')
      .map(({ label, sampleRate }) => ({ label, sampleRate })),
  }
}

/** What is known of a recording from a set alone. */
export function factsOfSet({ recording }: AnnotationDocument): RecordingFacts {
  const { fileName, records, recordDuration, signals } = recording
  return {
    name: fileName,
    start: null,
    firstSample: null,
    end: Math.round(records * recordDuration * TICKS_PER_SECOND) as Ticks,
    gaps: 0,
    signals: signals.map(({ label, samplesPerRecord }) => ({
      label,
      sampleRate: recordDuration > 0 ? samplesPerRecord / recordDuration : null,
    })),
  }
}

/** The recording's name without its ending. */
export function baseOf({ name }: Pick<RecordingFacts, 'name'>): string {
  return name.replace(/\.[^.]*$/, '') || 'recording'
}

/** Ticks between the first sample and the end. */
export function lengthOf({ firstSample, end }: RecordingFacts): Ticks {
  return (end - (firstSample ?? 0)) as Ticks
}

type Signals = RecordingFacts['signals']

/** What a label means takes a few patterns to find out, and a set has the same few labels ten thousand times. */
const knownPlaces = new WeakMap<Signals, Map<string, readonly string[]>>()

function placesOf(label: string, signals: Signals, find: () => readonly string[]): readonly string[] {
  const known = knownPlaces.get(signals) ?? new Map<string, readonly string[]>()
  knownPlaces.set(signals, known)
  const places = known.get(label) ?? find()
  if (known.size < MOST_KNOWN) known.set(label, places)
  return places
}

/** More labels than any recording has: those of a file of anything. */
const MOST_KNOWN = 10_000

/**
 * The recording's own labels for what a mark is tied to: a signal whose electrodes are all among them. An electrode
 * that no signal is of keeps its own name.
 */
export function labelsOf(channels: readonly string[], { signals }: RecordingFacts): readonly string[] {
  if (channels.length === 0) return []
  const labels: string[] = []
  const covered = new Set<string>()
  for (const { label } of signals) {
    const places = placesOf(`signal ${label}`, signals, () => placesOfLabel(label))
    if (!places.every((place) => channels.includes(place))) continue
    if (places.every((place) => covered.has(place))) continue
    labels.push(label)
    for (const place of places) covered.add(place)
  }
  return [...labels, ...channels.filter((channel) => !covered.has(channel))]
}

/** The electrodes and signals that labels of another program's file mean in this recording, none twice. */
export function channelsOf(
  labels: readonly string[],
  { signals }: Pick<RecordingFacts, 'signals'>,
): readonly string[] {
  const find = (label: string) =>
    placesOfShown(
      label,
      signals.map((signal) => signal.label),
    )
  const places = labels.flatMap((label) => {
    const plain = label.trim()
    return placesOf(`shown ${plain}`, signals, () => find(plain))
  })
  return [...new Set(places)].filter((place) => place !== '')
}
