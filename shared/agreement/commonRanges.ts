/** What several readers have all read: only there is "no mark" an answer. */
import type { ReviewedRange, TickSpan } from '../annotation/document.ts'
import { spanOf } from '../annotation/order.ts'
import type { Ticks } from '../units.ts'
import type { Extent } from './rules.ts'

/** The parts that lie in a range of each, in order. Each list is in order and without overlaps; none: no parts. */
export function commonRanges(lists: readonly (readonly ReviewedRange[])[]): readonly TickSpan[] {
  const [first, ...others] = lists.map((ranges) => ranges.map(spanOf))
  return others.reduce<readonly TickSpan[]>(commonParts, first ?? [])
}

function commonParts(a: readonly TickSpan[], b: readonly TickSpan[]): readonly TickSpan[] {
  const common: TickSpan[] = []
  let i = 0
  let j = 0
  while (i < a.length && j < b.length) {
    const [one, other] = [a[i]!, b[j]!]
    const start = Math.max(one.start, other.start) as Ticks
    const end = Math.min(one.end, other.end) as Ticks
    if (end > start) common.push({ start, end })
    if (one.end < other.end) i += 1
    else j += 1
  }
  return common
}

export function lengthOf(ranges: readonly TickSpan[]): Ticks {
  return ranges.reduce((total, { start, end }) => total + end - start, 0) as Ticks
}

/** Whether a part of it lies in one of the ranges, which are in order; a moment lies where its onset lies. */
export function liesIn(ranges: readonly TickSpan[], { onset, end }: Extent): boolean {
  let low = 0
  let high = ranges.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ranges[middle]!.end > onset) high = middle
    else low = middle + 1
  }
  const range = ranges[low]
  return range !== undefined && (range.start < end || range.start <= onset)
}
