/**
 * How a value becomes a height on the screen. Polarity lives here and nowhere else (`pixelsUp`): samples are never flipped.
 */
import { isBioelectric } from '../edf/header/kind.ts'
import type { SignalKind } from '../edf/header/model.ts'

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
