/** The spans that a clip is offered to be of, and one that is typed. */
import { formatElapsed } from '../../shared/text/clock.ts'
import { parseTypedTime } from '../../shared/text/typedTime.ts'
import { type Span, secondsFromTicks } from '../../shared/units.ts'
import { ownPane, selectedMarkOf, timelineOf } from '../store/selectors.ts'
import { getState } from '../store/state.ts'

export type SpanCode = 'selection' | 'mark' | 'page' | 'whole' | 'typed'
export type OfferedSpan = { readonly code: SpanCode; readonly label: string; readonly span: Span }

/** Seconds on either side of a mark: what a reader needs to see it in its place. */
const BESIDE_MARK = 2

/** What there is to clip now, what the reader is most likely to mean first. */
export function offeredSpans(): readonly OfferedSpan[] {
  const state = getState()
  const pane = ownPane(state)
  const whole = timelineOf(state)?.span ?? { start: 0, end: 0 }
  const within = (span: Span) => ({
    start: Math.max(whole.start, span.start),
    end: Math.min(whole.end, span.end),
  })
  const mark = pane.selectedMark === null ? null : selectedMarkOf(state)
  const offered: OfferedSpan[] = []
  if (pane.selection !== null && pane.selection.end > pane.selection.start) {
    offered.push({ code: 'selection', label: 'The selection', span: within(pane.selection) })
  }
  if (mark !== null) {
    const start = secondsFromTicks(mark.onset)
    const span = within({
      start: start - BESIDE_MARK,
      end: start + secondsFromTicks(mark.duration) + BESIDE_MARK,
    })
    offered.push({ code: 'mark', label: `The selected mark, ${BESIDE_MARK} s on either side`, span })
  }
  const page = pane.shown?.span
  if (page !== undefined) offered.push({ code: 'page', label: 'The page', span: within(page) })
  return [...offered, { code: 'whole', label: 'The whole recording', span: whole }]
}

export type TypedSpan =
  | { readonly ok: true; readonly span: Span }
  | { readonly ok: false; readonly problem: string }

/** What two fields say, in any of the ways a time can be typed. */
export function readTypedSpan(from: string, to: string, start: string | null, span: Span): TypedSpan {
  const first = parseTypedTime(from, { start, span })
  const last = parseTypedTime(to, { start, span })
  if (!first.ok) return first
  if (!last.ok) return last
  if (last.time > first.time) return { ok: true, span: { start: first.time, end: last.time } }
  return { ok: false, problem: 'The clip has to end after it begins.' }
}

export function typedForm(time: number): string {
  return formatElapsed(time, 3)
}
