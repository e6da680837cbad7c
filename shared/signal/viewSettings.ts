/**
 * How a page is shown, said once: each setting with the steps a reader is offered, the value a recording is opened
 * with, and its words. Types, schemas, the bar above the page and the keys are made from here.
 */

import type { SignalKind } from '../edf/header/model.ts'
import type { MontageId } from '../montage/montages.ts'
import { isOwnId, type OwnMontage, type OwnMontageId } from '../montage/ownMontages.ts'
import { type Hertz, type Seconds, toMicroseconds } from '../units.ts'

type Row<Value> = {
  /** As on the bar; `shortLabel` where the window is narrow. */
  readonly label: string
  readonly shortLabel: string
  /** Inside a sentence. */
  readonly name: string
  readonly steps: readonly Value[]
  /** ACNS guideline 1: 7 uV/mm, 10 s, notch off; for the low-frequency filter see below. */
  readonly first: Value
}

/** In the order in which a chain applies them; null is off. The frequency is the -3 dB point as displayed. */
export const FILTERS = {
  /**
   * High-pass. The time constants are 1/(2 pi f): 0.1 Hz 1.6 s, 0.5 Hz 0.3 s, 1 Hz 0.16 s, 1.6 Hz 0.1 s. First at
   * 0.5 Hz, the middle of what ACNS guideline 1 allows (1 Hz and below): slow rolling eye movements of 0.2 to 0.6 Hz,
   * the first sign of drowsiness and so of where a hypnic jerk is to be looked for, are halved or worse at 1 Hz.
   */
  lowFrequency: filter('LFF', 'LFF', 'low-frequency filter', [null, 0.1, 0.3, 0.5, 1, 1.6, 5, 10, 20], 0.5),
  /** Low-pass. */
  highFrequency: filter('HFF', 'HFF', 'high-frequency filter', [15, 30, 35, 50, 70, 100, 200, null], 70),
  notch: filter('Notch', 'N', 'notch filter', [null, 50, 60], null),
} as const

/** How a page is drawn; no sample depends on it. */
export const SCALES = {
  /** uV/mm of EEG. */
  sensitivity: {
    label: 'Sensitivity',
    shortLabel: 'Sens',
    name: 'sensitivity',
    steps: [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700, 1000],
    first: 7,
  },
  /** Seconds a page. */
  timebase: {
    label: 'Time',
    shortLabel: 'Time',
    name: 'timebase',
    steps: [1, 2, 3, 5, 10, 15, 20, 30, 60, 120, 300, 600],
    first: 10,
  },
} as const satisfies Readonly<Record<string, Row<number>>>

/** mm/s that a reader may hold instead of a timebase: the page is then as long as the window is wide. */
export const PAPER_SPEEDS = [30, 15] as const
export type PaperSpeed = (typeof PAPER_SPEEDS)[number]

export type FilterName = keyof typeof FILTERS
export type FilterSettings = { readonly [Name in FilterName]: Hertz | null }

/**
 * Kinds of voltage with filters of their own, and those they begin with; the EEG's are the page's. EOG 0.3-35, chin
 * and limb EMG 10-100: AASM manual; ECG 0.3-70: the same, as far as the EEG's amplifier reaches. A voltage of unknown
 * kind may well be an EEG under a name of its own, so it follows the EEG unless the reader says otherwise.
 */
export const FILTER_KINDS = [
  { kind: 'eog', label: 'EOG', first: { lowFrequency: 0.3, highFrequency: 35, notch: null } },
  { kind: 'emg', label: 'EMG', first: { lowFrequency: 10, highFrequency: 100, notch: null } },
  { kind: 'ecg', label: 'ECG', first: { lowFrequency: 0.3, highFrequency: 70, notch: null } },
  { kind: 'other', label: 'Other', first: null },
] as const satisfies readonly {
  readonly kind: SignalKind
  readonly label: string
  readonly first: FilterSettings | null
}[]

export type FilterKind = (typeof FILTER_KINDS)[number]['kind']

/** Filters by kind; a kind that is not there has those of the EEG. */
export type KindFilters = { readonly [Kind in FilterKind]?: FilterSettings }

/** Which way the filters run. The words stand in the bar and on the page: a delayed wave must not pass for a late one. */
export const DIRECTIONS = [
  { id: 'zero-phase', label: 'Zero-phase', says: null },
  { id: 'causal', label: 'Causal', says: 'causal: waves are delayed' },
] as const

export type Direction = (typeof DIRECTIONS)[number]['id']

/** What decides the samples of a page. What may be absent was not there in earlier versions, and means what it meant then. */
export type ViewSettings = FilterSettings & {
  readonly montage: MontageId | OwnMontageId
  /** What the reader's own montage is, where `montage` names one; else absent. */
  readonly own?: OwnMontage
  /** Absent: every voltage has the filters of the EEG. */
  readonly kinds?: KindFilters
  /** Absent: zero-phase. */
  readonly direction?: Direction
  /** Signals whose electrode the reader has marked bad, by header index. Absent: none. */
  readonly bad?: readonly number[]
}

/** All that a reader chooses of a page. */
export type View = ViewSettings & {
  readonly sensitivity: number
  /** Of the page as it is now, also where a paper speed decides it. */
  readonly timebase: Seconds
  /** Absent: the timebase stays as it is, however wide the window is. */
  readonly paperSpeed?: PaperSpeed
}

export const FILTER_NAMES = Object.keys(FILTERS) as FilterName[]
export const SCALE_NAMES = Object.keys(SCALES) as (keyof typeof SCALES)[]

export const NO_FILTERS: FilterSettings = { lowFrequency: null, highFrequency: null, notch: null }

const FIRST_KIND_FILTERS: KindFilters = Object.fromEntries(
  FILTER_KINDS.flatMap(({ kind, first }) => (first === null ? [] : [[kind, first]])),
)

/** How a recording is opened; the montage depends on its electrodes. */
export const DEFAULT_VIEW: Omit<View, 'montage'> = {
  lowFrequency: FILTERS.lowFrequency.first,
  highFrequency: FILTERS.highFrequency.first,
  notch: FILTERS.notch.first,
  kinds: FIRST_KIND_FILTERS,
  direction: 'zero-phase',
  sensitivity: SCALES.sensitivity.first,
  timebase: SCALES.timebase.first,
}

/** The part of a view that decides the samples: what the host is asked with. */
export function settingsOf({ sensitivity, timebase, paperSpeed, ...settings }: View): ViewSettings {
  return settings
}

/**
 * The view after a change, on a page of so many millimetres (null: not laid out yet). A timebase that is chosen ends
 * a paper speed; a paper speed decides the timebase, to the microsecond.
 */
export function changedView(view: View, change: Partial<View>, millimetres: number | null): View {
  const { paperSpeed: held, ...rest } = view
  const paperSpeed = change.timebase === undefined ? (change.paperSpeed ?? held) : change.paperSpeed
  const next = { ...rest, ...change }
  if (paperSpeed === undefined) return next
  const timebase = millimetres === null ? next.timebase : toMicroseconds(millimetres / paperSpeed)
  return { ...next, paperSpeed, timebase }
}

/** `10 s`, from two minutes on `2 min`; of a paper speed `9.87 s`. */
export function formatTimebase(timebase: Seconds): string {
  if (timebase >= 120 && timebase % 60 === 0) return `${timebase / 60} min`
  return `${Number(timebase.toFixed(2))} s`
}

/** The same text for the same samples. */
export function settingsKey(settings: ViewSettings): string {
  const { montage, direction = 'zero-phase' } = settings
  const filters = [null, ...FILTER_KINDS.map(({ kind }) => kind)].map((kind) => {
    const { lowFrequency, highFrequency, notch } = filtersOfKind(settings, kind ?? 'eeg')
    return `${lowFrequency} ${highFrequency} ${notch}`
  })
  const own = settings.own === undefined ? '' : JSON.stringify(settings.own)
  return [montage, ...filters, direction, badOf(settings).join(), own].join(' ')
}

/** What `planMontage` makes lines of. Throws a RangeError where the montage is the reader's own and not there. */
export function montageOfView({
  montage,
  own,
}: Pick<ViewSettings, 'montage' | 'own'>): MontageId | OwnMontage {
  if (!isOwnId(montage)) return montage
  if (own === undefined) throw new RangeError(`${montage} is not among the settings`)
  return own
}

/** The filters of a kind of voltage in these settings. */
export function filtersOfKind(
  settings: FilterSettings & Pick<ViewSettings, 'kinds'>,
  kind: SignalKind,
): FilterSettings {
  const own = isFilterKind(kind) ? settings.kinds?.[kind] : undefined
  return own ?? settings
}

/** `0.3–35 Hz`, `from 10 Hz`, `to 70 Hz, notch 50 Hz`, `no filter`. */
export function formatFilters({ lowFrequency: low, highFrequency: high, notch }: FilterSettings): string {
  const band =
    low !== null && high !== null
      ? `${low}–${high} Hz`
      : low !== null
        ? `from ${low} Hz`
        : high !== null
          ? `to ${high} Hz`
          : null
  const all = [band, notch === null ? null : `notch ${notch} Hz`].filter((text) => text !== null)
  return all.length === 0 ? 'no filter' : all.join(', ')
}

export function isFilterKind(kind: SignalKind): kind is FilterKind {
  return FILTER_KINDS.some((row) => row.kind === kind)
}

const NONE: readonly number[] = []

/** Signals marked bad, by header index, ascending. */
export function badOf({ bad = NONE }: Pick<ViewSettings, 'bad'>): readonly number[] {
  return bad.length < 2 ? bad : [...new Set(bad)].sort((a, b) => a - b)
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
