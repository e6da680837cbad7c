/** The muscles of a recording, and of which part of the body each is. */
import type { Header } from '../../edf/header/model.ts'
import { factorOf } from '../../montage/recordedLines.ts'
import type { Hertz } from '../../units.ts'

export type EmgLine = {
  readonly signal: number
  readonly label: string
  readonly sampleRate: Hertz
  /** To microvolts. */
  readonly factor: number
  readonly isLeg: boolean
}

/** A burst of 75 ms cannot be told with fewer samples a second. */
const LOWEST_RATE: Hertz = 100
const BREATH = /intercost|diaphr/i
const LEG = /\b(?:[lr]?legs?|[lr]at|[lr]ta|ta|tib\w*|ant\w* ?tib\w*|plm\w*|quad\w*|gastroc\w*|edb)\d*\b/i

/** A muscle of breathing: intercostal, diaphragm. */
export function isBreathMuscle(label: string): boolean {
  return BREATH.test(label)
}

export function isLegMuscle(label: string): boolean {
  return LEG.test(label.replace(/[^a-z0-9]+/gi, ' '))
}

export function findEmgLines(header: Header): readonly EmgLine[] | string {
  const muscles = header.signals.filter(({ kind, label }) => kind === 'emg' && !isBreathMuscle(label))
  const lines = muscles.flatMap((signal): readonly EmgLine[] => {
    const { index, label, sampleRate, scaling } = signal
    const factor = factorOf(signal)
    if (factor === null || scaling !== 'calibrated' || sampleRate === null || sampleRate < LOWEST_RATE)
      return []
    return [{ signal: index, label, sampleRate, factor, isLeg: isLegMuscle(label) }]
  })
  if (lines.length > 0) return lines
  return muscles.length === 0
    ? 'Hypnic jerks were not looked for: there is no EMG of neck, chin or limbs, and scalp EEG alone cannot establish one.'
    : `Hypnic jerks were not looked for: they need an EMG of ${LOWEST_RATE} samples a second.`
}
