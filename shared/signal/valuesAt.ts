/** The value of every line of a page at one moment: true samples in the page's montage and filters. */
import type { Recording, SignalSamples } from '../edf/header/model.ts'
import type { Seconds } from '../units.ts'
import { computeValues, planView, type ViewPlan } from './view.ts'
import type { ViewSettings } from './viewSettings.ts'

/** In the line's unit; `time` is the sample's own. */
export type LineValue = { readonly id: string; readonly time: Seconds; readonly value: number }

/** A line of a sample a second still has one as near as this; slower ones hold their value, as the page shows. */
const REACH: Seconds = 1

export type ValuesPlan = { readonly view: ViewPlan; readonly time: Seconds }

export function planValues(recording: Recording, settings: ViewSettings, time: Seconds): ValuesPlan {
  const view = planView(recording, settings, { start: time - REACH, end: time + REACH })
  return { view: { ...view, held: null }, time }
}

/**
 * The value of each line at the moment, from the samples of `plan.view.signals` over `plan.view.readSpan`; without lines
 * that have no sample within one of the moment.
 */
export function computeValuesAt(
  { view, time }: ValuesPlan,
  samples: readonly SignalSamples[],
): readonly LineValue[] {
  const lines = computeValues(view, samples, { start: time - REACH, end: time + REACH })
  return lines.flatMap(({ derivation: { id, sampleRate }, pieces }) => {
    if (sampleRate === null) return []
    for (const { start, values } of pieces) {
      const place = (time - start) * sampleRate
      const index = Math.min(Math.max(Math.round(place), 0), values.length - 1)
      const value = values[index]
      if (value !== undefined && Math.abs(place - index) <= 1)
        return [{ id, time: start + index / sampleRate, value }]
    }
    return []
  })
}
