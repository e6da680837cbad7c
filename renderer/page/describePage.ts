import { markName } from '../../shared/annotation/kinds.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { formatClock } from '../../shared/text/clock.ts'
import { secondsFromTicks, ticksFromSeconds } from '../../shared/units.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane, isOpen, isSplit } from '../store/selectors.ts'
import { clockStartIn, documentIn, openedIn } from '../store/shownIn.ts'

/** What a screen reader is told of the page in view. */
export function describePage(state: ReviewState): string {
  const { shown } = activePane(state)
  const document = documentIn(state)
  if (shown === null || !isOpen(state)) return ''
  const { start, end } = shown.span
  // In a quiz neither place nor name may tell.
  const isQuiz = state.quiz !== null
  const marks =
    document === null
      ? []
      : marksInSpan(document, { start: ticksFromSeconds(start), end: ticksFromSeconds(end) })
  const list = marks.map(
    (mark) => `${markName(mark)} at ${(secondsFromTicks(mark.onset) - (isQuiz ? start : 0)).toFixed(2)} s`,
  )
  const clock = clockStartIn(state)
  const byClock =
    clock === null ? '' : ` (${formatClock(clock, start, 1)} to ${formatClock(clock, end, 1)} by the clock)`
  const channels = shown.derivations.length === 1 ? '1 channel' : `${shown.derivations.length} channels`
  const said = list.length === 0 ? 'No marks.' : `Marks: ${list.join(', ')}.`
  if (isQuiz) return `A case of a quiz, ${(end - start).toFixed(1)} seconds, ${channels}. ${said}`
  const where = isSplit(state) ? `${openedIn(state)?.name}: ` : ''
  return `${where}Seconds ${start.toFixed(1)} to ${end.toFixed(1)}${byClock}, ${channels}. ${said}`
}
