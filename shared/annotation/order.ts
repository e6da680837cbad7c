/** The one order in which a document keeps its marks and ranges, so that equal contents are equal values. */
import type { Ticks } from '../units.ts'
import type { Decision, Mark, ReviewedRange, TickSpan } from './document.ts'

type Timed = { readonly id: string; readonly onset: Ticks; readonly duration: Ticks }

/** By onset, then the longer first (it lies behind the shorter one), then by id. */
export function compareMarks(a: Timed, b: Timed): number {
  if (a.onset !== b.onset) return a.onset - b.onset
  if (a.duration !== b.duration) return b.duration - a.duration
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

export function spanOf(timed: Pick<Timed, 'onset' | 'duration'>): TickSpan {
  return { start: timed.onset, end: (timed.onset + timed.duration) as Ticks }
}

export function sortMarks(marks: readonly Mark[]): readonly Mark[] {
  return isSorted(marks) ? marks : [...marks].sort(compareMarks)
}

export function sortRanges(ranges: readonly ReviewedRange[]): readonly ReviewedRange[] {
  return isSorted(ranges) ? ranges : [...ranges].sort(compareMarks)
}

export function sortDecisions(decisions: readonly Decision[]): readonly Decision[] {
  return isSorted(decisions) ? decisions : [...decisions].sort(compareMarks)
}

export function isSorted(timed: readonly Timed[]): boolean {
  return timed.every((one, index) => index === 0 || compareMarks(timed[index - 1]!, one) < 0)
}
