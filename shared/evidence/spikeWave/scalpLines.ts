/** The EEG that a generalised discharge is measured on. */

import { STANDARD_SCALP } from '../../montage/montages.ts'
import { MEASURE_BANDS } from '../../signal/measure.ts'
import type { Line, LineFacts, Need } from '../common/entry.ts'

/** From so many of the usual nineteen on, they are measured alone: a larger array says the same. */
const USUAL_ENOUGH = 8

/** The usual scalp electrodes, else all EEG; ears are references. */
export function scalpLines(lines: readonly LineFacts[]): readonly LineFacts[] {
  const usual = STANDARD_SCALP.flatMap((name) => lines.find(({ site }) => site?.name === name) ?? [])
  return usual.length >= USUAL_ENOUGH ? usual : lines.filter(({ site }) => site?.ear !== true)
}

/** What lies around a run shows how it begins and ends. */
export const SCALP = {
  kind: 'eeg',
  band: MEASURE_BANDS.eeg,
  before: 3,
  after: 3,
  choose: scalpLines,
} as const satisfies Need

/** Those of the sampling rate that most have: channels are measured together. */
export function ofOneRate(lines: readonly Line[]): readonly Line[] {
  const counts = new Map<number, number>()
  for (const { sampleRate } of lines) counts.set(sampleRate, (counts.get(sampleRate) ?? 0) + 1)
  const [usual] = [...counts].sort((a, b) => b[1] - a[1] || b[0] - a[0])
  return usual === undefined ? [] : lines.filter(({ sampleRate }) => sampleRate === usual[0])
}
