/**
 * The mouse, pen or finger on the page: a drag selects, a click puts the cursor and picks a mark, a drag of
 * the picked mark moves it, of its edge resizes it. One gesture is one edit, made when the button is let go;
 * Escape before that gives it up.
 */
import { type RefObject, useEffect } from 'react'
import { assertNever, type Seconds, type Ticks, ticksFromSeconds } from '../../shared/units.ts'
import { activatePane } from '../store/activePage.ts'
import { dragCaliper } from '../store/calipers.ts'
import { addArmedMark, selectMark } from '../store/marking.ts'
import type { PaneId } from '../store/panesState.ts'
import { clampOnset, commitMove, commitResize } from '../store/placing.ts'
import {
  disarm,
  dragSelection,
  hoverOver,
  type Picked,
  pickAt,
  pickedNow,
  previewDrag,
  restorePicked,
} from '../store/pointing.ts'
import { activePane, activeSet, isMarkable, paneOf, selectedMarkOf } from '../store/selectors.ts'
import { notesIn, openedIn } from '../store/shownIn.ts'
import { getState, useReview } from '../store/state.ts'
import {
  goTo,
  lessSensitive,
  longerTimebase,
  moreSensitive,
  placeCursor,
  shorterTimebase,
  spanToReview,
} from '../store/viewing.ts'
import {
  draggedEdge,
  draggedOnset,
  draggedSpan,
  edgeNear,
  edgeX,
  follow,
  type Gesture,
  type Ground,
  pointNear,
  timeAt,
} from './gesture.ts'
import { laneAt, type PlotLayout, xToTime } from './layout.ts'

const SCROLL_EVERY_MS = 120

/** From the plot's left and top. */
type Place = { readonly x: number; readonly y: number }

type Held = {
  readonly pointerId: number
  /** The mark whose label was pressed. */
  readonly label: string | null
  readonly before: Picked
  gesture: Gesture
}

/** Attaches to the page's box; `layout` may change while a gesture is under way. */
export function usePointer(
  box: RefObject<HTMLElement | null>,
  layoutRef: RefObject<PlotLayout>,
  pane: PaneId,
): void {
  useEffect(
    () => (box.current === null ? undefined : listenToPointer(box.current, () => layoutRef.current, pane)),
    [box, layoutRef, pane],
  )
}

/** Listens on the page's box until the returned function is called. */
export function listenToPointer(element: HTMLElement, layoutNow: () => PlotLayout, id: PaneId): () => void {
  let held: Held | null = null
  /** Where the pointer is, from the plot's left and top; null while it is not over the page. */
  let pointer: Place | null = null
  let lastX = 0
  let scrollTimer: ReturnType<typeof setInterval> | null = null

  function placeOf(event: PointerEvent): Place {
    const box = element.getBoundingClientRect()
    const { left, top } = layoutNow().plot
    return { x: event.clientX - box.left - left, y: event.clientY - box.top - top }
  }

  function groundNow(): Ground | null {
    const state = getState()
    const pane = paneOf(state, id)
    const opened = pane === null ? null : openedIn(state, pane)
    if (pane === null || pane.shown === null || opened === null) return null
    const recording = spanToReview(opened, notesIn(state, pane))
    return { layout: layoutNow(), page: pane.shown.span, recording }
  }

  function down(event: PointerEvent): void {
    const ground = groundNow()
    if (event.button !== 0 || held !== null || ground === null) return
    const target = event.target as Element
    const { x, y } = placeOf(event)
    const label = target.closest<HTMLElement>('[data-mark]')?.dataset.mark ?? null
    if (label === null && (x < 0 || x > ground.layout.plot.width)) return
    activatePane(id)
    // First of all: a field that is left keeps what was typed, and the gesture begins with that.
    element.focus({ preventScroll: true })
    if (label !== null) selectMark(label)
    held = {
      pointerId: event.pointerId,
      label,
      before: pickedNow(),
      gesture: begin({ x, y }, target, label !== null, ground),
    }
    lastX = x
    element.setPointerCapture(event.pointerId)
    window.addEventListener('keydown', abortOnEscape, true)
    event.preventDefault()
  }

  function begin(at: Place, target: Element, onLabel: boolean, ground: Ground): Gesture {
    const { x } = at
    const state = getState()
    const mark = selectedMarkOf(state)
    const time = timeAt(x, ground)
    const pressed = { downX: x, moved: false }
    const { caliper, armed } = activePane(state)
    const line = laneAt(ground.layout, at.y)?.derivation.id
    if (caliper !== null && armed === null && !onLabel && line !== undefined) {
      return { kind: 'caliper', from: time, line, point: pointNear(caliper, x, ground), ...pressed }
    }
    if (mark !== null && isMarkable(activeSet(state)) && armed === null) {
      const grip = target.closest<HTMLElement>('[data-grip]')?.dataset.grip
      const edge = grip === 'start' || grip === 'end' ? grip : edgeNear(mark, x, ground)
      if (edge !== null && !onLabel) {
        return { kind: 'resize', mark, edge, grab: x - edgeX(mark, edge, ground), ...pressed }
      }
      const at = ticksFromSeconds(time)
      const within = at >= mark.onset && at < mark.onset + mark.duration
      if (within || onLabel) return { kind: 'move', mark, from: time, ...pressed }
    }
    return { kind: 'select', from: time, ...pressed }
  }

  function move(event: PointerEvent): void {
    const place = placeOf(event)
    pointer = place
    readOut()
    if (held === null || event.pointerId !== held.pointerId) return
    lastX = place.x
    const beyond = lastX < 0 || lastX > layoutNow().plot.width
    if (beyond && scrollTimer === null) scrollTimer = setInterval(scroll, SCROLL_EVERY_MS)
    if (!beyond) stopScrolling()
    show()
  }

  /** Brings the gesture up to the pointer; also called when the page scrolls below a still pointer. */
  function show(): void {
    const ground = groundNow()
    if (held === null || ground === null) return
    held.gesture = follow(held.gesture, lastX)
    const { gesture } = held
    if (!gesture.moved) return
    switch (gesture.kind) {
      case 'select':
        return dragSelection(draggedSpan(gesture.from, lastX, ground))
      case 'caliper': {
        const to = timeAt(lastX, ground)
        const { point, from, line } = gesture
        return dragCaliper(point === null ? { line, from, to, part: 'to' } : { [point]: to, part: point })
      }
      case 'move': {
        const { mark } = gesture
        const onset = clampOnset(mark, draggedOnset(mark, gesture.from, lastX, ground))
        return previewDrag({ id: mark.id, onset, duration: mark.duration })
      }
      case 'resize': {
        const { mark, edge } = gesture
        const fixed = edge === 'start' ? mark.onset + mark.duration : mark.onset
        const at = draggedEdge(gesture.grab, lastX, ground)
        const onset = Math.min(fixed, at) as Ticks
        return previewDrag({ id: mark.id, onset, duration: (Math.max(fixed, at) - onset) as Ticks })
      }
      default:
        return assertNever(gesture)
    }
  }

  function scroll(): void {
    const { pageStart, view, shown } = activePane(getState())
    // The next tenth of a page only when the last one is on the screen.
    if (shown === null || shown.span.start !== pageStart) return
    goTo(pageStart + (lastX < 0 ? -1 : 1) * view.timebase * 0.1)
    requestAnimationFrame(show)
  }

  function stopScrolling(): void {
    if (scrollTimer !== null) clearInterval(scrollTimer)
    scrollTimer = null
  }

  function letGo(): Held | null {
    stopScrolling()
    window.removeEventListener('keydown', abortOnEscape, true)
    const done = held
    held = null
    previewDrag(null)
    return done
  }

  function up(event: PointerEvent): void {
    if (held === null || event.pointerId !== held.pointerId) return
    lastX = placeOf(event).x
    show()
    const { drag, selection, armed } = activePane(getState())
    const done = letGo()
    const ground = groundNow()
    if (done === null || ground === null) return
    const { gesture } = done
    if (!gesture.moved) return click(done, timeAt(lastX, ground))
    switch (gesture.kind) {
      case 'select':
        if (selection !== null && armed !== null) addArmedMark(selection, armed)
        return
      case 'caliper':
        return
      case 'move':
        if (drag !== null) commitMove(gesture.mark.id, drag.onset)
        return
      case 'resize':
        return commitResize(gesture.mark.id, gesture.edge, draggedEdge(gesture.grab, lastX, ground))
      default:
        return assertNever(gesture)
    }
  }

  function click({ gesture, label }: Held, time: Seconds): void {
    // A label is wider than its mark: it says which mark is meant, not which time.
    if (label !== null) return disarm()
    // The point that keys move comes to where it was clicked; on a point, that one is chosen.
    if (gesture.kind === 'caliper') {
      const part = gesture.point ?? (activePane(getState()).caliper?.part === 'from' ? 'from' : 'to')
      return dragCaliper(gesture.point === null ? { line: gesture.line, [part]: time, part } : { part })
    }
    placeCursor(time)
    // Beside an edge no other mark is meant than the one that has it.
    if (gesture.kind === 'resize') return
    pickAt(time)
  }

  /** As if the button had not been pressed. */
  function abort(): void {
    const done = letGo()
    if (done !== null) restorePicked(done.before)
  }

  function abortOnEscape(event: KeyboardEvent): void {
    if (event.key !== 'Escape') return
    // Only the drag: what was picked and armed before it stays.
    event.preventDefault()
    event.stopPropagation()
    abort()
  }

  /** What the pointer is over; also when the page turns below a still pointer. */
  function readOut(): void {
    const shown = paneOf(getState(), id)?.shown ?? null
    const layout = layoutNow()
    const { width, height } = layout.plot
    const inside =
      pointer !== null && pointer.x >= 0 && pointer.x <= width && pointer.y >= 0 && pointer.y <= height
    const lane = inside && pointer !== null ? laneAt(layout, pointer.y) : null
    if (shown === null || pointer === null || lane === null) return hoverOver(null, id)
    hoverOver({ time: xToTime(layout, shown.span, pointer.x), trace: lane.derivation.id }, id)
  }

  function leave(): void {
    pointer = null
    readOut()
  }

  /** The wheel goes through time; with Ctrl it changes the timebase, with Alt the sensitivity. */
  function wheel(event: WheelEvent): void {
    event.preventDefault()
    activatePane(id)
    const { view, pageStart } = activePane(getState())
    const amount = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY
    if (amount === 0) return
    if (event.ctrlKey || event.metaKey) {
      if (amount > 0) longerTimebase()
      else shorterTimebase()
    } else if (event.altKey) {
      if (amount > 0) lessSensitive()
      else moreSensitive()
    } else {
      const notches = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? amount / 100 : amount / 3
      const tenths = event.shiftKey ? notches * 10 : notches
      goTo(pageStart + tenths * view.timebase * 0.1)
    }
  }

  const unsubscribe = useReview.subscribe((state, before) => {
    const shown = paneOf(state, id)?.shown
    const last = paneOf(before, id)?.shown
    if (shown === last || pointer === null) return
    readOut()
    // The lanes of another montage lie elsewhere once they have been laid out.
    if (shown?.derivations !== last?.derivations) requestAnimationFrame(readOut)
  })
  element.addEventListener('pointerdown', down)
  element.addEventListener('pointermove', move)
  element.addEventListener('pointerup', up)
  element.addEventListener('pointercancel', abort)
  element.addEventListener('pointerleave', leave)
  element.addEventListener('wheel', wheel, { passive: false })
  return () => {
    letGo()
    unsubscribe()
    element.removeEventListener('pointerdown', down)
    element.removeEventListener('pointermove', move)
    element.removeEventListener('pointerup', up)
    element.removeEventListener('pointercancel', abort)
    element.removeEventListener('pointerleave', leave)
    element.removeEventListener('wheel', wheel)
  }
}
