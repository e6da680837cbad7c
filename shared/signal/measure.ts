/**
 * What can be measured on a selected mark. The filters of the page have no part in it, neither their frequencies nor
 * their direction: a figure must not change with how a page is looked at (a muscle burst of 170 ms came out as 210 ms
 * under a high-frequency filter of 15 Hz). Every figure is null where the signal does not support it: a number that
 * looks measured must be measured.
 */
import type { Recording, SignalKind, SignalSamples } from '../edf/header/model.ts'
import type { Derivation } from '../montage/derivation.ts'
import { parseElectrode, type Region, siteOf } from '../montage/electrodes.ts'
import type { Hertz, Microvolts, Seconds, Span } from '../units.ts'
import { BASELINE, measureBurst } from './emgBurst.ts'
import {
  correlate,
  countBeats,
  measureRhythm,
  type RhythmInput,
  thin,
  windowStarts,
  withoutMean,
} from './rhythm.ts'
import { computeValues, type DerivedSignal, planView, type ViewPlan } from './view.ts'
import { badOf, type FilterSettings, type ViewSettings } from './viewSettings.ts'

export type SpanMeasures = {
  readonly duration: Seconds
  /** Dominant rate between 2 and 5 Hz in the first and in the last second. */
  readonly firstRate: Hertz | null
  readonly lastRate: Hertz | null
  /** Complexes of a rhythm that runs through the whole mark. */
  readonly complexes: number | null
  /** Largest deflection within half a second, of the EEG. */
  readonly peakToPeak: { readonly microvolts: Microvolts; readonly channel: string } | null
  /** RMS of frontal over RMS of occipital electrodes, against the recorded reference whatever is shown. */
  readonly frontalToOccipital: number | null
  /** EEG derivations that take part in the rhythm. */
  readonly channelsInvolved: { readonly involved: number; readonly of: number } | null
  /** One burst a muscle, by onset; empty where no muscle was active. */
  readonly emgBursts: readonly MuscleBurst[] | null
  /** Muscles recorded with too few samples a second to time a burst well, or at all. */
  readonly slowMuscles: readonly { readonly channel: string; readonly sampleRate: Hertz }[]
}

/**
 * What the figures are measured on, whatever filters the page has; a filter that a sampling rate cannot carry is
 * left out, as on a page. EEG: the band of ACNS guideline 1. EMG: 10-100 Hz is the band that
 * the AASM manual records.
 */
export const MEASURE_BANDS = {
  eeg: { lowFrequency: 1, highFrequency: 70, notch: null },
  emg: { lowFrequency: 10, highFrequency: 100, notch: null },
} as const satisfies Readonly<Record<string, FilterSettings>>

/** A longer span is not measured: it is read and computed while a reader waits. */
export const LONGEST_MEASURED: Seconds = 300

/** A burst keeps its edges only with the whole band of the EMG: below this rate its timing is limited. */
export const ENOUGH_FOR_BURSTS: Hertz = 256

type MuscleBurst = { readonly channel: string; readonly onset: Seconds; readonly duration: Seconds }

const WINDOW: Seconds = 1
const MOST_WINDOWS = 120
/** Share of windows that must be rhythmic for the mark to be one run of complexes. */
const THROUGHOUT = 0.8
/** Two ways of counting may differ by so many beats: a mark's edges seldom fall between two complexes. */
const COUNT_TOLERANCE = 1.5
/** Half a second holds spike and wave at 2 Hz, and little of a drift. */
const DEFLECTION: Seconds = 0.5
const INVOLVED_CORRELATION = 0.4
const INVOLVED_AMPLITUDE = 0.1

/** Read on both sides of a mark, to know the resting tone of its muscles. */
const CONTEXT: Seconds = 2 * BASELINE

export type MeasurePlan = {
  readonly span: Span
  readonly context: Span
  /** The montage on screen, every electrode as recorded, and the muscles in their own band. */
  readonly shown: ViewPlan
  readonly recorded: ViewPlan
  readonly muscles: ViewPlan
  /** What to read, as for a page. */
  readonly signals: readonly number[]
  readonly readSpan: Span
}

/**
 * What must be read to measure a mark in the montage shown: the mark, some signal around it, the margin of the
 * filters of MEASURE_BANDS. Of the view the montage counts and which electrodes are bad: nothing is measured on those.
 */
export function planMeasure(recording: Recording, settings: ViewSettings, span: Span): MeasurePlan {
  const context = { start: span.start - CONTEXT, end: span.end + CONTEXT }
  const { eeg, emg } = MEASURE_BANDS
  const bad = badOf(settings)
  const { montage, own } = settings
  const view = own === undefined ? { ...eeg, montage, bad } : { ...eeg, montage, own, bad }
  const shown = keepKind(planView(recording, view, context), 'eeg')
  const recorded = keepKind(planView(recording, { ...eeg, montage: 'recorded', bad }, context), 'eeg')
  const muscles = keepKind(planView(recording, { ...emg, montage: 'recorded', bad }, context), 'emg')
  const plans = [shown, recorded, muscles]
  return {
    span,
    context,
    shown,
    recorded,
    muscles,
    signals: [...new Set(plans.flatMap(({ signals }) => signals))].sort((a, b) => a - b),
    readSpan: {
      start: Math.min(...plans.map(({ readSpan }) => readSpan.start)),
      end: Math.max(...plans.map(({ readSpan }) => readSpan.end)),
    },
  }
}

/** The plan for lines of one kind only. */
function keepKind(plan: ViewPlan, kind: SignalKind): ViewPlan {
  const recipes = plan.recipes.filter(({ index }) => plan.derivations[index]?.kind === kind)
  const terms = recipes.flatMap(({ index }) => plan.derivations[index]?.terms ?? [])
  return { ...plan, recipes, signals: [...new Set(terms.map(({ signal }) => signal))] }
}

/** Measures a mark on the samples of `plan.signals` over `plan.readSpan`. */
export function computeMeasures(plan: MeasurePlan, samples: readonly SignalSamples[]): SpanMeasures {
  const shown = computeValues(plan.shown, samples, plan.context)
  const recorded = [plan.recorded, plan.muscles].flatMap((each) => computeValues(each, samples, plan.context))
  const slowMuscles = plan.muscles.derivations.flatMap(({ kind, label, sampleRate, problem }) =>
    kind === 'emg' && problem === null && sampleRate !== null && sampleRate < ENOUGH_FOR_BURSTS
      ? [{ channel: label, sampleRate }]
      : [],
  )
  return { ...measureSpan(shown, recorded, plan.span), slowMuscles }
}

/**
 * Measures `span` on derived signals that also hold some of what lies around it: those of the montage shown,
 * and those recorded, each in its band. A signal counts only if it has samples throughout the span: nothing is measured across
 * a gap.
 */
export function measureSpan(
  shown: readonly DerivedSignal[],
  recorded: readonly DerivedSignal[],
  span: Span,
): Omit<SpanMeasures, 'slowMuscles'> {
  const eeg = shown.flatMap((signal) => (signal.derivation.kind === 'eeg' ? cut(signal, span) : []))
  return {
    duration: span.end - span.start,
    ...measureRun(eeg),
    peakToPeak: largestDeflection(eeg),
    frontalToOccipital: frontalToOccipital(recorded.flatMap((signal) => cut(signal, span))),
    emgBursts: measureBursts(recorded, span),
  }
}

type Channel = { readonly derivation: Derivation; readonly sampleRate: Hertz; readonly values: Float64Array }

/** The values of a signal within the span, in a list of one, or none where they do not fill it. */
function cut({ derivation, pieces }: DerivedSignal, span: Span): readonly Channel[] {
  const { sampleRate } = derivation
  if (sampleRate === null) return []
  for (const { start, values } of pieces) {
    const from = Math.ceil((span.start - start) * sampleRate - 1e-6)
    const to = Math.ceil((span.end - start) * sampleRate - 1e-6)
    if (from >= 0 && to <= values.length && to > from) {
      return [{ derivation, sampleRate, values: values.subarray(from, to) }]
    }
  }
  return []
}

type Run = Pick<SpanMeasures, 'firstRate' | 'lastRate' | 'complexes' | 'channelsInvolved'>

const NO_RUN: Run = { firstRate: null, lastRate: null, complexes: null, channelsInvolved: null }

function measureRun(eeg: readonly Channel[]): Run {
  const sampleRate = eeg[0]?.sampleRate
  if (sampleRate === undefined) return NO_RUN
  const channels = eeg.filter((channel) => channel.sampleRate === sampleRate)
  const input = thin(
    channels.map((channel) => channel.values),
    sampleRate,
  )
  const samples = input.channels[0]?.length ?? 0
  const length = Math.round(WINDOW * input.sampleRate)
  const starts = windowStarts(samples, input.sampleRate, WINDOW, MOST_WINDOWS)
  const rhythms = starts.map((from) => measureRhythm(input, from, length))
  const found = rhythms.filter((rhythm) => rhythm !== null)
  const isRun = found.length > 0 && found.length >= THROUGHOUT * rhythms.length
  return {
    firstRate: rhythms.at(0)?.frequency ?? null,
    lastRate: rhythms.at(-1)?.frequency ?? null,
    complexes: isRun ? countComplexes(input, mean(found.map((rhythm) => rhythm.frequency))) : null,
    channelsInvolved: isRun
      ? countInvolved(
          input,
          starts,
          rhythms.map((rhythm) => rhythm?.frequency ?? null),
        )
      : null,
  }
}

/** Rate times duration, if the beats of the largest channel say the same. */
function countComplexes({ channels, sampleRate }: RhythmInput, rate: Hertz): number | null {
  const largest = channels.reduce((a, b) => (energy(b) > energy(a) ? b : a))
  const expected = (rate * largest.length) / sampleRate
  const counted = countBeats(largest, sampleRate, rate)
  return Math.abs(counted - expected) <= COUNT_TOLERANCE ? Math.round(expected) : null
}

function countInvolved(
  { channels, sampleRate }: RhythmInput,
  starts: readonly number[],
  rates: readonly (Hertz | null)[],
): { readonly involved: number; readonly of: number } {
  const length = Math.round(WINDOW * sampleRate)
  const sizes = channels.map((values) => Math.sqrt(energy(withoutMean(values)) / values.length))
  const largest = Math.max(...sizes)
  const involved = channels.filter((values, channel) => {
    if (sizes[channel]! < INVOLVED_AMPLITUDE * largest) return false
    const correlations = starts.flatMap((from, window) => {
      const rate = rates[window]
      if (rate == null) return []
      const part = withoutMean(values.subarray(from, from + length))
      return [correlate([part], Math.round(sampleRate / rate))]
    })
    return mean(correlations) >= INVOLVED_CORRELATION
  })
  return { involved: involved.length, of: channels.length }
}

function largestDeflection(eeg: readonly Channel[]): SpanMeasures['peakToPeak'] {
  let best: SpanMeasures['peakToPeak'] = null
  for (const { derivation, sampleRate, values } of eeg) {
    if (derivation.unit !== 'uV') continue
    const width = Math.min(values.length, Math.max(1, Math.round(DEFLECTION * sampleRate)))
    const hop = Math.max(1, width >> 1)
    for (let from = 0; from === 0 || from + width <= values.length + hop - 1; from += hop) {
      const begin = Math.min(from, values.length - width)
      let min = Number.POSITIVE_INFINITY
      let max = Number.NEGATIVE_INFINITY
      for (let i = begin; i < begin + width; i++) {
        min = Math.min(min, values[i]!)
        max = Math.max(max, values[i]!)
      }
      if (best === null || max - min > best.microvolts)
        best = { microvolts: max - min, channel: derivation.label }
    }
  }
  return best
}

/**
 * Only of electrodes against a reference that takes little part: in a bipolar derivation the field cancels
 * between neighbours, and an average reference puts a part of the front into the back.
 */
function frontalToOccipital(recorded: readonly Channel[]): number | null {
  const sizeOf = (region: Region) => {
    const powers = recorded.flatMap(({ derivation, values }) => {
      const electrode =
        derivation.kind === 'eeg' && derivation.unit === 'uV' ? parseElectrode(derivation.label) : null
      if (electrode === null || electrode.reference === 'Avg') return []
      return siteOf(electrode.electrode)?.region === region
        ? [energy(withoutMean(values)) / values.length]
        : []
    })
    return powers.length === 0 ? null : Math.sqrt(mean(powers))
  }
  const frontal = sizeOf('frontal')
  const occipital = sizeOf('occipital')
  return frontal === null || occipital === null || !(occipital > 0) ? null : frontal / occipital
}

function measureBursts(signals: readonly DerivedSignal[], span: Span): readonly MuscleBurst[] | null {
  const found = signals.flatMap(({ derivation, pieces }) => {
    if (derivation.kind !== 'emg' || derivation.sampleRate === null) return []
    const { sampleRate } = derivation
    const piece = pieces.find(
      ({ start, values }) =>
        start <= span.start + 1e-6 && start + values.length / sampleRate >= span.end - 1e-6,
    )
    const burst = piece === undefined ? null : measureBurst(piece.values, piece.start, sampleRate, span)
    return burst === null ? [] : [{ channel: derivation.label, burst }]
  })
  if (found.length === 0) return null
  return found
    .flatMap(({ channel, burst }) =>
      burst === 'none' ? [] : [{ channel, onset: burst.onset, duration: burst.duration }],
    )
    .sort((a, b) => a.onset - b.onset)
}

function energy(values: Float64Array): number {
  let sum = 0
  for (const value of values) sum += value * value
  return sum
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
