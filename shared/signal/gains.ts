/**
 * Which sensitivity a line is drawn at. Each kind of voltage that is no EEG has its own, which no change of the EEG's
 * touches; within its kind a single channel may have another. The page's `sensitivity` is that of the EEG.
 */
import type { SignalKind } from '../edf/header/model.ts'
import type { Page } from './model.ts'
import { SCALES } from './viewSettings.ts'

/**
 * uV/mm that each kind begins with. Chin and limbs differ: a jerk of 300 uV in a leg is 3 mm high at 100, and the tone of
 * a chin of 10 uV, which is to be seen to fall, is half a millimetre at 20. null: as high as its R wave asks for.
 */
export const GAIN_KINDS = [
  { kind: 'eog', label: 'EOG', first: 15 },
  { kind: 'chin', label: 'Chin EMG', first: 20 },
  { kind: 'limb', label: 'Limb EMG', first: 100 },
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

/** Before an R wave has been seen: 1 mV is 5 mm. */
const UNSEEN_HEART = 200

/**
 * uV/mm of the ECG at which its R wave fills the half of a row that it points into: `rWave` uV are `rowMm` / 2 high or
 * a little less, since two digits are enough to say. null: no R wave has been seen yet.
 */
export function heartSensitivity(rWave: number | null, rowMm: number): number {
  if (rWave === null) return UNSEEN_HEART
  const wanted = rWave / (rowMm / 2)
  const digit = 10 ** (Math.floor(Math.log10(wanted)) - 1)
  return Number((Math.ceil(wanted / digit) * digit).toPrecision(3))
}

/** Quieter than any R wave: a lead that is off, or a page without signal. */
const LEAST_R_WAVE = 50
const BEAT = 1.5

/**
 * Height of the R wave on a page in uV, from the middle of the trace: the median, over stretches that hold a beat at 40 a
 * minute, of the largest deviation, so that neither an artefact nor a pause decides. null where there is none.
 */
export function measureRWave(page: Page, traceId: string): number | null {
  const pieces = page.traces.find(({ id }) => id === traceId)?.pieces ?? []
  const values = pieces.flatMap(({ form, values }) =>
    form === 'columns' ? [...values].filter((_, index) => index % 4 === 1 || index % 4 === 2) : [...values],
  )
  const middle = medianOf(values)
  const stretches = Math.max(1, Math.round((page.span.end - page.span.start) / BEAT))
  const length = Math.ceil(values.length / stretches)
  const heights: number[] = []
  for (let from = 0; from < values.length; from += length) {
    let height = 0
    for (const value of values.slice(from, from + length)) height = Math.max(height, Math.abs(value - middle))
    heights.push(height)
  }
  const height = medianOf(heights)
  return height >= LEAST_R_WAVE ? height : null
}

function medianOf(values: readonly number[]): number {
  if (values.length === 0) return 0
  return Float64Array.from(values).sort()[values.length >> 1]!
}

/** `15 µV/mm`, to three digits. */
export function formatGain(sensitivity: number): string {
  return `${Number(sensitivity.toPrecision(3))} µV/mm`
}
