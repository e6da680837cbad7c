/**
 * The few figures that the procedure `measure` has always answered with, taken from the entries of the card: one way to
 * each value. Every figure is null where its entry was refused.
 */
import type { ByteSource } from '../bytes.ts'
import type { Recording } from '../edf/header/model.ts'
import { ENOUGH_FOR_BURSTS } from '../signal/measure.ts'
import type { Hertz, Microvolts, Seconds, Span } from '../units.ts'
import type { EvidenceValue } from './common/entry.ts'
import type { EvidenceRow } from './evidence.ts'
import { IN_SHORT } from './inShort.ts'
import { measureEvidence } from './measureEvidence.ts'
import { listChannels } from './planEvidence.ts'

export type SpanMeasures = {
  readonly duration: Seconds
  /** Repetitions in the first and in the last second of a run of 2 to 5 Hz. */
  readonly firstRate: Hertz | null
  readonly lastRate: Hertz | null
  readonly complexes: number | null
  /** Largest deflection within half a second, of the EEG as it was recorded. */
  readonly peakToPeak: { readonly microvolts: Microvolts; readonly channel: string } | null
  /** RMS of frontal over RMS of occipital electrodes, against the recorded reference. */
  readonly frontalToOccipital: number | null
  /** EEG channels that take part in the rhythm. */
  readonly channelsInvolved: { readonly involved: number; readonly of: number } | null
  /** One burst a muscle, by onset; empty where no muscle was active. */
  readonly emgBursts: readonly MuscleBurst[] | null
  /** Muscles recorded with too few samples a second to time a burst well, or at all. */
  readonly slowMuscles: readonly { readonly channel: string; readonly sampleRate: Hertz }[]
}

type MuscleBurst = { readonly channel: string; readonly onset: Seconds; readonly duration: Seconds }

type Options = {
  readonly span: Span
  readonly bad: readonly number[]
  readonly giveWay?: () => Promise<void>
  readonly signal?: AbortSignal
}

/** Throws ReviewError `cancelled`, or what the source throws. */
export async function measureSpan(
  source: ByteSource,
  recording: Recording,
  options: Options,
): Promise<SpanMeasures> {
  const { span, bad } = options
  const { rows } = await measureEvidence(source, recording, {
    ...options,
    ...{ notes: [], areNotesComplete: true, only: IN_SHORT },
  })
  const value = (entry: string, id: string) => valuesOf(rows, entry)?.find((each) => each.id === id)?.value
  const peak = valuesOf(rows, 'amplitude')?.[0]
  const involved = value('channels', 'involved')
  const share = value('channels', 'share')
  return {
    duration: span.end - span.start,
    firstRate: value('repetition-rate', 'first') ?? null,
    lastRate: value('repetition-rate', 'last') ?? null,
    complexes: value('complexes', 'count') ?? null,
    peakToPeak: peak?.channel === undefined ? null : { microvolts: peak.value, channel: peak.channel },
    frontalToOccipital: value('frontal-to-occipital', 'ratio') ?? null,
    channelsInvolved:
      involved === undefined || share === undefined || share === 0
        ? null
        : { involved, of: Math.round((100 * involved) / share) },
    emgBursts: burstsOf(valuesOf(rows, 'muscle-bursts')),
    slowMuscles: listChannels(recording, bad).flatMap(({ channel, kind, sampleRate, problem }) =>
      kind === 'emg' && problem === null && sampleRate !== null && sampleRate < ENOUGH_FOR_BURSTS
        ? [{ channel, sampleRate }]
        : [],
    ),
  }
}

/** null where the entry was refused. */
function valuesOf(rows: readonly EvidenceRow[], entry: string): readonly EvidenceValue[] | null {
  const finding = rows.find((row) => row.entry === entry)?.finding
  return finding?.is === 'measured' ? finding.values : null
}

function burstsOf(values: readonly EvidenceValue[] | null): readonly MuscleBurst[] | null {
  if (values === null) return null
  const bursts = values.flatMap(({ id, channel, value }) => {
    const length = values.find((other) => other.id === 'length' && other.channel === channel)
    if (id !== 'onset' || channel === undefined || length === undefined) return []
    return [{ channel, onset: value, duration: length.value / 1000 }]
  })
  return bursts.sort((a, b) => a.onset - b.onset)
}
