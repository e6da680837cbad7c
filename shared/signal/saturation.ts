/** Where an amplifier or the file's range was at its limit: what is drawn there is not the patient. */
import type { SamplePiece, SignalHeader } from '../edf/header/model.ts'
import { type Hertz, mergeSpans, type Seconds, type Span } from '../units.ts'

/** More than this share of samples beyond the header's range: then the range is wrong, not the signal. */
const CREDIBLE_SHARE = 0.05

/** One sample at the limit can be a peak that just fits; two together are a plateau. */
const SHORTEST_RUN = 2

/** A piece of one signal within the page, and where its first value lies. */
export type TimedPiece = { readonly values: SamplePiece['values']; readonly start: Seconds }

/** Whether a signal has limits that mean something: a calibrated bioelectric one. */
export function canSaturate({ kind, scaling }: SignalHeader): boolean {
  const isBioelectric = kind === 'eeg' || kind === 'eog' || kind === 'emg' || kind === 'ecg'
  return isBioelectric && scaling === 'calibrated'
}

/**
 * Spans in which 2 or more samples together lie at or beyond the header's physical minimum or maximum
 * (within half a digital step). Empty where more than 5 % of all samples lie beyond them.
 */
export function findSaturation(
  header: SignalHeader,
  pieces: readonly TimedPiece[],
  sampleRate: Hertz,
): readonly Span[] {
  if (!canSaturate(header)) return []
  const low = Math.min(header.physicalMin, header.physicalMax)
  const high = Math.max(header.physicalMin, header.physicalMax)
  const halfStep = Math.abs((high - low) / (header.digitalMax - header.digitalMin)) / 2
  const spans: Span[] = []
  let beyond = 0
  let all = 0
  for (const { values, start } of pieces) {
    all += values.length
    if (!reaches(values, low + halfStep, high - halfStep)) continue
    let runFrom = -1
    for (let i = 0; i <= values.length; i++) {
      const value = i < values.length ? values[i]! : Number.NaN
      if (value >= high - halfStep || value <= low + halfStep) {
        if (value > high + halfStep || value < low - halfStep) beyond += 1
        if (runFrom < 0) runFrom = i
      } else if (runFrom >= 0) {
        if (i - runFrom >= SHORTEST_RUN) {
          spans.push({ start: start + runFrom / sampleRate, end: start + i / sampleRate })
        }
        runFrom = -1
      }
    }
  }
  return beyond > CREDIBLE_SHARE * all ? [] : mergeSpans(spans)
}

/** Whether any value lies at or beyond a limit: on most pages none does, and this is all that is looked at. */
function reaches(values: Float64Array, low: number, high: number): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (value >= high || value <= low) return true
  }
  return false
}
