/**
 * How a page is shown, said once: each setting with the steps a reader is offered, the value a recording is opened
 * with, and its words. Types, schemas, the bar above the page and the keys are made from here.
 */

import type { MontageId } from '../montage/montages.ts'
import type { Hertz, Seconds } from '../units.ts'

type Row<Value> = {
  /** As on the bar; `shortLabel` where the window is narrow. */
  readonly label: string
  readonly shortLabel: string
  /** Inside a sentence. */
  readonly name: string
  readonly steps: readonly Value[]
  /** ACNS guideline 1: 7 uV/mm, 10 s, 1-70 Hz, notch off. */
  readonly first: Value
}

/** In the order in which a chain applies them; null is off. The frequency is the -3 dB point as displayed. */
export const FILTERS = {
  /** High-pass. The time constants are 1/(2 pi f): 0.1 Hz 1.6 s, 0.5 Hz 0.3 s, 1 Hz 0.16 s, 1.6 Hz 0.1 s. */
  lowFrequency: filter('LFF', 'LFF', 'low-frequency filter', [null, 0.1, 0.3, 0.5, 1, 1.6, 5, 10], 1),
  /** Low-pass. */
  highFrequency: filter('HFF', 'HFF', 'high-frequency filter', [15, 30, 35, 50, 70, 100, null], 70),
  notch: filter('Notch', 'N', 'notch filter', [null, 50, 60], null),
} as const

/** How a page is drawn; no sample depends on it. */
export const SCALES = {
  /** uV/mm of EEG. */
  sensitivity: {
    label: 'Sensitivity',
    shortLabel: 'Sens',
    name: 'sensitivity',
    steps: [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200],
    first: 7,
  },
  /** Seconds a page. */
  timebase: {
    label: 'Time',
    shortLabel: 'Time',
    name: 'timebase',
    steps: [5, 10, 15, 20, 30, 60],
    first: 10,
  },
} as const satisfies Readonly<Record<string, Row<number>>>

export type FilterName = keyof typeof FILTERS
export type FilterSettings = { readonly [Name in FilterName]: Hertz | null }

/** What decides the samples of a page. */
export type ViewSettings = FilterSettings & { readonly montage: MontageId }

/** All that a reader chooses of a page. */
export type View = ViewSettings & { readonly sensitivity: number; readonly timebase: Seconds }

export const FILTER_NAMES = Object.keys(FILTERS) as FilterName[]
export const SCALE_NAMES = Object.keys(SCALES) as (keyof typeof SCALES)[]

export const NO_FILTERS: FilterSettings = { lowFrequency: null, highFrequency: null, notch: null }

/** How a recording is opened; the montage depends on its electrodes. */
export const DEFAULT_VIEW: Omit<View, 'montage'> = {
  lowFrequency: FILTERS.lowFrequency.first,
  highFrequency: FILTERS.highFrequency.first,
  notch: FILTERS.notch.first,
  sensitivity: SCALES.sensitivity.first,
  timebase: SCALES.timebase.first,
}

/** The part of a view that decides the samples: what the host is asked with. */
export function settingsOf({ montage, lowFrequency, highFrequency, notch }: View): ViewSettings {
  return { montage, lowFrequency, highFrequency, notch }
}

/** The same text for the same samples. */
export function settingsKey(settings: ViewSettings): string {
  return [settings.montage, ...FILTER_NAMES.map((name) => settings[name])].join(' ')
}

/**
 * The neighbour of `value` in a list, 1 for the next and -1 for the one before; stays at the ends. A value
 * that is not in the list goes to the nearest in that direction. `null` (off) is matched as itself.
 */
export function stepInList<T extends number | null>(list: readonly T[], value: T, direction: 1 | -1): T {
  const at = list.indexOf(value)
  if (at >= 0) {
    // Not `??`: null is an entry, "off".
    const next = list[at + direction]
    return next === undefined ? value : next
  }
  if (value === null) return value
  const beyond = list.filter((each) => each !== null && (direction === 1 ? each > value : each < value))
  return (direction === 1 ? beyond[0] : beyond.at(-1)) ?? value
}

function filter(
  label: string,
  shortLabel: string,
  name: string,
  steps: readonly (Hertz | null)[],
  first: Hertz | null,
): Row<Hertz | null> {
  return { label, shortLabel, name, steps, first }
}
