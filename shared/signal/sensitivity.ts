/**
 * The steps a reader is offered, and how a value becomes a height on the screen. Polarity lives here and
 * nowhere else (`pixelsUp`): samples are never flipped.
 */
import type { SignalKind } from '../edf/model.ts'
import type { Hertz, Seconds } from '../units.ts'

/** uV/mm of EEG. */
export const SENSITIVITIES: readonly number[] = [1, 2, 3, 5, 7, 10, 15, 20, 30, 50, 70, 100, 150, 200]

/** Seconds a page. */
export const TIMEBASES: readonly Seconds[] = [5, 10, 15, 20, 30, 60]

/** Low-frequency filter; the time constants are 1/(2 pi f): 0.1 Hz 1.6 s, 0.5 Hz 0.3 s, 1 Hz 0.16 s, 1.6 Hz 0.1 s. */
export const LOW_FREQUENCIES: readonly (Hertz | null)[] = [null, 0.1, 0.3, 0.5, 1, 1.6, 5, 10]

export const HIGH_FREQUENCIES: readonly (Hertz | null)[] = [15, 30, 35, 50, 70, 100, null]

export const NOTCHES: readonly (Hertz | null)[] = [null, 50, 60]

/** ACNS guideline 1: 7 uV/mm, 10 s, 1-70 Hz, notch off. */
export const DEFAULT_VIEW = {
  sensitivity: 7,
  timebase: 10,
  lowFrequency: 1,
  highFrequency: 70,
  notch: null,
} as const

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

/** uV/mm of each kind while EEG stands at 7. Eye movements are larger than EEG, QRS complexes far larger. */
const KIND_SENSITIVITY = { eog: 15, emg: 10, ecg: 200 } as const

/**
 * uV/mm at which a kind is drawn while EEG is drawn at `eegSensitivity`. Each kind keeps its ratio to EEG,
 * so one step of the sensitivity changes every voltage on the page alike, as it does on EEG machines.
 * Kinds that are no voltage are not scaled in uV/mm: see `fitRange`.
 */
export function kindSensitivity(kind: SignalKind, eegSensitivity: number): number {
  const own = hasOwnSensitivity(kind) ? KIND_SENSITIVITY[kind] : DEFAULT_VIEW.sensitivity
  return (eegSensitivity * own) / DEFAULT_VIEW.sensitivity
}

/** Whether a kind is drawn at another gain than the EEG. */
export function hasOwnSensitivity(kind: SignalKind): kind is keyof typeof KIND_SENSITIVITY {
  return kind in KIND_SENSITIVITY
}

/** `15 µV/mm`: the gain of a kind while EEG is drawn at `eegSensitivity`, to three digits. */
export function formatKindSensitivity(kind: SignalKind, eegSensitivity: number): string {
  return `${Number(kindSensitivity(kind, eegSensitivity).toPrecision(3))} µV/mm`
}

/**
 * Pixels above the baseline at which a voltage is drawn; subtract it from the baseline's y on a canvas.
 * Negative is up: -100 uV at 10 uV/mm lies 10 mm above the baseline (IFCN and ACNS convention: the first
 * input more negative than the second deflects upward).
 */
export function pixelsUp(microvolts: number, sensitivity: number, pixelsPerMm: number): number {
  return (-microvolts / sensitivity) * pixelsPerMm
}

/**
 * Scale for what is no voltage (SpO2, position, flow, status): the range seen on the page fills `rowMm`, its
 * middle on the baseline, larger values higher. `unitsPerMm` is never 0.
 */
export function fitRange(
  min: number,
  max: number,
  rowMm: number,
): { readonly centre: number; readonly unitsPerMm: number } {
  const range = max - min
  return { centre: min + range / 2, unitsPerMm: range > 0 ? range / rowMm : 1 }
}
