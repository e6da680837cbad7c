/**
 * How a value becomes a height on the screen. Polarity lives here and nowhere else (`pixelsUp`): samples are never flipped.
 */
import { isBioelectric } from '../edf/header/kind.ts'
import type { SignalKind } from '../edf/header/model.ts'
import { SCALES } from './viewSettings.ts'

/** uV/mm of each kind while EEG stands at 7. Eye movements are larger than EEG, QRS complexes far larger. */
const KIND_SENSITIVITY = { eog: 15, emg: 10, ecg: 200 } as const

/**
 * uV/mm at which a kind is drawn while EEG is drawn at `eegSensitivity`. Each kind keeps its ratio to EEG,
 * so one step of the sensitivity changes every voltage on the page alike, as it does on EEG machines.
 * Kinds that are no voltage are not scaled in uV/mm: see `fitRange`.
 */
export function kindSensitivity(kind: SignalKind, eegSensitivity: number): number {
  const own = hasOwnSensitivity(kind) ? KIND_SENSITIVITY[kind] : SCALES.sensitivity.first
  return (eegSensitivity * own) / SCALES.sensitivity.first
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
 * Whether a line is drawn as a voltage: negative up, filtered, at a gain common to its kind. An EEG (or EOG, EMG,
 * ECG) is one also where the file gives it no unit; its values are then drawn as if they were uV, and nothing says
 * that they are.
 */
export function isVoltage({ kind, unit }: { readonly kind: SignalKind; readonly unit: string }): boolean {
  return unit === 'uV' || (unit === '' && isBioelectric(kind))
}

/** The unit that the EEG on a page is drawn in: none where the file gives none to any of it. */
export function unitOfEeg(lines: readonly { readonly kind: SignalKind; readonly unit: string }[]): 'uV' | '' {
  const eeg = lines.filter(({ kind }) => kind === 'eeg')
  return eeg.length > 0 && eeg.every(({ unit }) => unit === '') ? '' : 'uV'
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
