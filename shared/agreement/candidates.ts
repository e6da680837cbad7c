/**
 * Which events of two readers can be the same: those at one place by the rule of either, whatever their kinds, since
 * what was seen is another question than where. Which of them are is for `assignOneToOne`: as many as can be, then
 * onsets as near as can be.
 */
import { ReviewError } from '../failure.ts'
import type { ReadEvent } from './events.ts'
import { type Extent, isSamePlace } from './rules.ts'

/** Candidates of two readers; people's marks make a few for each. */
const MOST_CANDIDATES = 2_000_000
/** Of a difference of kind against a tick of onset: it decides only where the onsets do not. */
const TICK = 1024

/** How far two events are from being one, in ticks and fractions; null: they are two. */
export function costOf(a: ReadEvent, b: ReadEvent): number | null {
  if (!isSamePlace(a, b, a.rule) && !isSamePlace(a, b, b.rule)) return null
  const differ = a.kind !== b.kind || a.subtype !== b.subtype
  return Math.abs(a.onset - b.onset) * TICK + (differ ? 1 : 0)
}

/**
 * Pairs that lie within reach of each other, by one walk over both in order of onset: of each side those are kept at
 * hand that have not ended yet.
 */
export function candidatesOf(
  a: readonly Extent[],
  b: readonly Extent[],
  reach: number,
): readonly { readonly left: number; readonly right: number }[] {
  const found: { readonly left: number; readonly right: number }[] = []
  let openA: number[] = []
  let openB: number[] = []
  let nextA = 0
  let nextB = 0
  while (nextA < a.length || nextB < b.length) {
    const fromA = nextB >= b.length || (nextA < a.length && a[nextA]!.onset <= b[nextB]!.onset)
    const { onset } = fromA ? a[nextA]! : b[nextB]!
    if (fromA) {
      openB = openB.filter((index) => b[index]!.end + reach >= onset)
      for (const right of openB) found.push({ left: nextA, right })
      openA.push(nextA)
      nextA += 1
    } else {
      openA = openA.filter((index) => a[index]!.end + reach >= onset)
      for (const left of openA) found.push({ left, right: nextB })
      openB.push(nextB)
      nextB += 1
    }
    if (found.length > MOST_CANDIDATES) {
      throw new ReviewError(
        'bad-set',
        'Too many marks lie over one another to be matched one to one: delete what was marked twice.',
      )
    }
  }
  return found
}
