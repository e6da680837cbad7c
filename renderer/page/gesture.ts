/** What a drag over the page makes of a span: times and pixels in, times out. Pure. */
import type { Mark } from '../../shared/annotation/document.ts'
import {
  type Seconds,
  type Span,
  secondsFromTicks,
  type Ticks,
  ticksFromSeconds,
} from '../../shared/units.ts'
import { type PlotLayout, timeToX, xToTime } from './layout.ts'

/** Nearer than this to an edge of the picked mark, the edge is meant. */
const EDGE_PIXELS = 6
/** A press that moves less is a click. */
const CLICK_PIXELS = 4

export type Edge = 'start' | 'end'

/** Where the page is on the screen, and how far a time may go. */
export type Ground = { readonly layout: PlotLayout; readonly page: Span; readonly recording: Span }

type Pressed = { readonly downX: number; readonly moved: boolean }

export type Gesture = Pressed &
  (
    | { readonly kind: 'select'; readonly from: Seconds }
    /** A point of the caliper; null: it is drawn anew from where it was pressed. */
    | {
        readonly kind: 'caliper'
        readonly from: Seconds
        readonly line: string
        readonly point: 'from' | 'to' | null
      }
    | { readonly kind: 'move'; readonly mark: Mark; readonly from: Seconds }
    /** `grab`: how far right of the edge it was taken, in pixels, so that the edge does not jump to the pointer. */
    | { readonly kind: 'resize'; readonly mark: Mark; readonly edge: Edge; readonly grab: number }
  )

/** The time under a place on the plot; beside the page its edge, beside the recording the recording's. */
export function timeAt(x: number, { layout, page, recording }: Ground): Seconds {
  const time = xToTime(layout, page, Math.min(Math.max(x, 0), layout.plot.width))
  return Math.min(Math.max(time, recording.start), recording.end)
}

/** The edge of a mark that a place on the plot is near to, or null; of two the end, which can be pulled on. */
export function edgeNear(mark: Mark, x: number, ground: Ground): Edge | null {
  if (Math.abs(x - edgeX(mark, 'end', ground)) <= EDGE_PIXELS) return 'end'
  return Math.abs(x - edgeX(mark, 'start', ground)) <= EDGE_PIXELS ? 'start' : null
}

/** The point of a caliper that a place on the plot is near to, or null. */
export function pointNear(
  points: { readonly from: Seconds; readonly to: Seconds },
  x: number,
  { layout, page }: Ground,
): 'from' | 'to' | null {
  const isNear = (time: Seconds) => Math.abs(x - timeToX(layout, page, time)) <= EDGE_PIXELS
  return isNear(points.to) ? 'to' : isNear(points.from) ? 'from' : null
}

export function edgeX(mark: Mark, edge: Edge, { layout, page }: Ground): number {
  const at = edge === 'start' ? mark.onset : mark.onset + mark.duration
  return timeToX(layout, page, secondsFromTicks(at as Ticks))
}

/** The gesture once the pointer is at x: a press becomes a drag when it has gone far enough, and stays one. */
export function follow(gesture: Gesture, x: number): Gesture {
  if (gesture.moved || Math.abs(x - gesture.downX) < CLICK_PIXELS) return gesture
  return { ...gesture, moved: true }
}

/** What a drag from `from` selects. */
export function draggedSpan(from: Seconds, x: number, ground: Ground): Span {
  const to = timeAt(x, ground)
  return { start: Math.min(from, to), end: Math.max(from, to) }
}

export function draggedOnset(mark: Mark, from: Seconds, x: number, ground: Ground): Ticks {
  return (mark.onset + ticksFromSeconds(timeAt(x, ground) - from)) as Ticks
}

export function draggedEdge(grab: number, x: number, ground: Ground): Ticks {
  return ticksFromSeconds(timeAt(x - grab, ground))
}
