/** From complex to complex. */
import type { Hertz, Seconds } from '../../units.ts'
import type { Run } from './run.ts'

export type Interval = {
  readonly start: Seconds
  readonly end: Seconds
  /** 1, or more where complexes in between were not found. */
  readonly cycles: number
}

export function intervalsOf({ times, period }: Pick<Run, 'times' | 'period'>): readonly Interval[] {
  return times.slice(1).map((end, k) => {
    const start = times[k]!
    return { start, end, cycles: Math.max(1, Math.round((end - start) / period)) }
  })
}

/** How many complexes fall between two moments of the run, with parts of intervals, over that time. */
export function rateWithin(intervals: readonly Interval[], from: Seconds, to: Seconds): Hertz {
  let cycles = 0
  for (const interval of intervals) {
    const { start, end } = interval
    const part = Math.min(end, to) - Math.max(start, from)
    if (part > 0) cycles += (interval.cycles * part) / (end - start)
  }
  return cycles / (to - from)
}
