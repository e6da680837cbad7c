/**
 * The power spectrum of every voltage on a span. The filters of the page have no part in it: a spectrum shows what was
 * recorded, and a filter's slope in it would be taken for the patient's.
 */
import type { Recording, SignalKind } from '../edf/header/model.ts'
import type { Derivation } from '../montage/derivation.ts'
import type { Hertz, Seconds, Span } from '../units.ts'
import { isHeld } from './lineFilters.ts'
import { MEASURE_BANDS } from './measure.ts'
import { isVoltage } from './sensitivity.ts'
import { type DerivedSignal, planView, type ViewPlan } from './view.ts'
import { NO_FILTERS, type ViewSettings } from './viewSettings.ts'
import { computeWelch, type PowerSpectrum } from './welch.ts'

/** Frequencies half a hertz apart can be told; a shorter span has one window of its own length. */
export const WELCH_WINDOW: Seconds = 2
/** Below this the frequencies of an EEG cannot be told from one another: a window of half a second tells 2 Hz. */
export const SHORTEST_FOR_SPECTRUM: Seconds = 0.5
/** What is handed over: the EMG's band ends here. */
export const HIGHEST_FREQUENCY: Hertz = 100

export type ChannelSpectrum = Pick<Derivation, 'id' | 'label' | 'kind' | 'side' | 'unit'> & {
  /** null where none can be made: `problem` says why. */
  readonly spectrum: PowerSpectrum | null
  /**
   * Where its power is largest within `dominantBand` of its kind; null where that is at an edge of the band, as where
   * power only falls with frequency.
   */
  readonly dominant: { readonly frequency: Hertz; readonly power: number } | null
  readonly problem: string | null
}

export type SpanSpectra = { readonly span: Span; readonly channels: readonly ChannelSpectrum[] }

/** What must be read: the lines of the montage shown, unfiltered. */
export function planSpectra(recording: Recording, settings: ViewSettings, span: Span): ViewPlan {
  return planView(recording, unfiltered(settings), span)
}

/** The montage, one of the reader's own too, without what was marked bad, and no filter of any kind. */
export function unfiltered({ montage, own, bad }: ViewSettings): ViewSettings {
  return { montage, ...NO_FILTERS, ...(own !== undefined && { own }), ...(bad !== undefined && { bad }) }
}

/** Whether a line has a spectrum to speak of: a voltage that is a wave. */
export function hasSpectrum(derivation: Derivation): boolean {
  return (
    isVoltage(derivation) &&
    derivation.kind !== 'respiration' &&
    derivation.kind !== 'status' &&
    !isHeld(derivation)
  )
}

/** The spectrum of one line, whose pieces lie within the span. */
export function computeSpectrum({ derivation, pieces }: DerivedSignal): ChannelSpectrum {
  const { id, label, kind, side, unit, sampleRate } = derivation
  const facts = { id, label, kind, side, unit }
  const refuse = (problem: string) => ({ ...facts, spectrum: null, dominant: null, problem })
  if (derivation.problem !== null || sampleRate === null)
    return refuse(derivation.problem ?? 'It has no sampling rate.')
  const stretches = pieces.map(({ values }) => values)
  const longest = Math.max(0, ...stretches.map(({ length }) => length))
  if (longest < Math.ceil(SHORTEST_FOR_SPECTRUM * sampleRate)) {
    return refuse(
      longest === 0
        ? 'It has no samples here.'
        : `Too short: a spectrum needs ${SHORTEST_FOR_SPECTRUM} s without a gap.`,
    )
  }
  const spectrum = computeWelch(
    stretches,
    sampleRate,
    Math.min(longest, Math.round(WELCH_WINDOW * sampleRate)),
  )
  if (spectrum === null || !spectrum.power.every(Number.isFinite))
    return refuse('Its values are too large to be true.')
  const values = Math.floor(HIGHEST_FREQUENCY / spectrum.step) + 1
  return {
    ...facts,
    spectrum: { ...spectrum, power: spectrum.power.slice(0, values) },
    dominant: findDominant(spectrum, dominantBand(kind)),
    problem: null,
  }
}

/** Where a dominant frequency is looked for: in the bands of what is measured on a mark. */
export function dominantBand(kind: SignalKind): { readonly from: Hertz; readonly to: Hertz } {
  const { lowFrequency: from, highFrequency: to } = MEASURE_BANDS[kind === 'emg' ? 'emg' : 'eeg']
  return { from, to }
}

function findDominant(
  { power, step }: PowerSpectrum,
  { from, to }: { readonly from: Hertz; readonly to: Hertz },
): ChannelSpectrum['dominant'] {
  const first = Math.ceil(from / step - 1e-9)
  const last = Math.min(Math.floor(to / step + 1e-9), power.length - 1)
  let best = first
  for (let k = first; k <= last; k++) if (power[k]! > power[best]!) best = k
  const isInside = best > first && best < last
  return isInside ? { frequency: best * step, power: power[best]! } : null
}
