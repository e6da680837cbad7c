/** Which pages the reader may turn to next. Pure. */
import type { Seconds } from '../../shared/units.ts'

/**
 * Starts of pages, likeliest first: two more moves of the kind that was made last (a held key is ahead of its
 * second already), then the page to either side. A jump says nothing about the next one.
 */
export function planAhead(
  start: Seconds,
  length: Seconds,
  lastMove: Seconds,
  clamp: (start: Seconds) => Seconds,
): readonly Seconds[] {
  const move = lastMove === 0 || Math.abs(lastMove) > length ? length : lastMove
  const wanted = [start + move, start + 2 * move, start + length, start - length]
  const starts = new Set(wanted.map(clamp))
  starts.delete(start)
  return [...starts]
}
