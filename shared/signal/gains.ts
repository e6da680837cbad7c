/**
 * Which sensitivity a line is drawn at. Each kind of voltage that is no EEG has its own, which no change of the EEG's
 * touches; within its kind a single channel may have another. The page's `sensitivity` is that of the EEG.
 */
import type { SignalKind } from '../edf/header/model.ts'
import { SCALES } from './viewSettings.ts'

/**
 * uV/mm that each kind begins with. Chin and limbs differ: a jerk of 300 uV in a leg is 3 mm high at 100, and the tone of
 * a chin of 10 uV, which is to be seen to fall, is half a millimetre at 20. null: as its R wave asks for.
 */
export const GAIN_KINDS = [
  { kind: 'eog', label: 'EOG', first: 15 },
  { kind: 'chin', label: 'Chin EMG', first: 20 },
  { kind: 'limb', label: 'EMG of neck, trunk and limbs', first: 100 },
  { kind: 'ecg', label: 'ECG', first: null },
] as const

export type GainKind = (typeof GAIN_KINDS)[number]['kind']

/** uV/mm by kind; a kind that is not there has what it begins with. */
export type KindGains = { readonly [Kind in GainKind]?: number }

/** Muscles of neck, trunk, arms and legs by their usual names; what else is called EMG is the chin's, as in a sleep study. */
const LIMB =
  /\b(?:neck|nuchal|scm|[lr]scm|sternocl\w*|trap\w*|delt\w*|bicep\w*|tricep\w*|arms?|[lr]arm|edb|edc|fds|fdi|apb|fore\w*|wrist|hand|quad\w*|vast\w*|rect\w*|tib\w*|[lr]?ta|lat|rat|[lr]at|legs?|[lr]leg|plm[lr]?|limbs?|gastroc\w*|soleus|intercost\w*|diaphr\w*|parasp\w*|abd\w*)\d*\b/i

/** null for what is drawn at the EEG's sensitivity: EEG and voltages of unknown kind. */
export function gainKindOf({
  kind,
  label,
}: {
  readonly kind: SignalKind
  readonly label: string
}): GainKind | null {
  switch (kind) {
    case 'eog':
    case 'ecg':
      return kind
    case 'emg':
      return LIMB.test(label) ? 'limb' : 'chin'
    default:
      return null
  }
}

export function labelOfGain(kind: GainKind): string {
  return GAIN_KINDS.find((row) => row.kind === kind)!.label
}

/** Steps of every gain; an R wave of 5 mV in a small row needs more than an EEG does. */
export const GAIN_STEPS: readonly number[] = [...SCALES.sensitivity.steps, 1500, 2000, 3000, 5000]

/** Before the R wave is known, and where there is none: 1 mV is 5 mm. */
const UNSEEN_HEART = 200
/** Of a row at usual sizes of the window, the half that the R wave points into. */
const R_WAVE_MM = 3
const HEART_STEPS = GAIN_STEPS.filter((step) => /^[125]0*$/.test(`${step}`))

/**
 * uV/mm of the ECG: the finest of 1, 2, 5, 10, 20 … at which an R wave of `rWave` uV is no more than 3 mm high. It follows
 * from the recording alone, so that one recording has one gain in every window. null: no R wave is known.
 */
export function heartSensitivity(rWave: number | null): number {
  if (rWave === null) return UNSEEN_HEART
  return HEART_STEPS.find((step) => rWave <= step * R_WAVE_MM) ?? HEART_STEPS.at(-1)!
}

/** `15 µV/mm`, to three digits. */
export function formatGain(sensitivity: number): string {
  return `${Number(sensitivity.toPrecision(3))} µV/mm`
}
