/** Pages aligned at a moment: it stands at the same place on each of them. Pure. */
import { type Seconds, secondsFromTicks, type Ticks, ticksFromSeconds } from '../units.ts'

/** Where on the page it stands, from 0 to 1: what comes before an onset is seen, and more of what follows. */
export const ALIGNED_AT = 0.25

/**
 * Where a page of this length begins on which the moment stands there, to the tick; before the recording, where the
 * moment comes so early.
 */
export function alignedStart(moment: Ticks, timebase: Seconds): Seconds {
  return secondsFromTicks((moment - ticksFromSeconds(ALIGNED_AT * timebase)) as Ticks)
}

/** Whether the moment stands at its place on a page that begins there. */
export function standsAligned(moment: Ticks | null, pageStart: Seconds, timebase: Seconds): boolean {
  return moment !== null && pageStart === alignedStart(moment, timebase)
}

/** The start of a page that goes along with another one by as much, to the tick: the offset between them stays. */
export function startMovedBy(pageStart: Seconds, by: Seconds): Seconds {
  return secondsFromTicks(ticksFromSeconds(pageStart + by))
}
