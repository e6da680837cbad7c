/** What a caliper reads, in words: at the caliper, in the status line and in a comment. */
import { formatDuration } from '../text/clock.ts'
import { formatNumber, unitText } from '../text/numbers.ts'
import type { CaliperReading } from './caliper.ts'

const NOTHING = 'nothing was recorded at a point'

/** `0.328 s · 3.05 Hz · −214 µV`: from the first sample to the second. */
export function sayPoints({ from, to, unit }: CaliperReading): string {
  if (from === null || to === null) return NOTHING
  const length = Math.abs(to.time - from.time)
  const rate = length > 0 ? ` · ${formatNumber(1 / length)} Hz` : ''
  const name = unitText(unit)
  return `${formatDuration(length)}${rate} · ${formatNumber(to.value - from.value)}${name === '' ? '' : ` ${name}`}`
}

/** `16 negative peaks · mean 3.11 Hz (2.75 to 3.50) · first second 3.45, last 2.78 Hz`; null where there is no run. */
export function sayRun({ run, sign }: CaliperReading): string | null {
  if (run === null) return null
  const { count, mean, slowest, fastest, firstSecond, lastSecond } = run
  const range = `${formatNumber(slowest)} to ${formatNumber(fastest)}`
  const ends =
    firstSecond === null || lastSecond === null
      ? ''
      : ` · first second ${formatNumber(firstSecond)}, last ${formatNumber(lastSecond)} Hz`
  return `${count} ${sign === 1 ? 'positive' : 'negative'} peaks · mean ${formatNumber(mean)} Hz (${range})${ends}`
}

/** One line for a comment: what was read where, and in which filters. */
export function sayForComment(reading: CaliperReading, filters: string): string {
  const run = sayRun(reading)
  return `${reading.label}: ${sayPoints(reading)}${run === null ? '' : ` · ${run}`} (${filters})`
}
