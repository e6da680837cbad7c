/**
 * The mouse, pen or finger on the page: a drag selects, a click puts the cursor and picks a mark, a drag of
 * the picked mark moves it, of its edge resizes it. One gesture is one edit, made when the button is let go.
 */
import { type RefObject, useEffect } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { markAt } from '../../shared/annotation/queries.ts'
import { SENSITIVITIES, stepInList } from '../../shared/signal/sensitivity.ts'
import { type Seconds, secondsFromTicks, type Ticks, ticksFromSeconds } from '../../shared/units.ts'
import { addMarkOver, commitMove, commitResize, selectMark } from '../store/marking.ts'
import { getState, selectedMarkOf, setState } from '../store/state.ts'
import { changeView, goTo, longerTimebase, shorterTimebase } from '../store/viewing.ts'
import { laneAt, type PlotLayout, xToTime } from './layout.ts'

/** Nearer than this to an edge of the picked mark, the edge is meant. */
const EDGE_PIXELS = 6
/** A press that moves less is a click. */
const CLICK_PIXELS = 4
const SCROLL_EVERY_MS = 120

type Gesture =
  | { readonly kind: 'select'; readonly from: Seconds; readonly downX: number; moved: boolean }
  | {
      readonly kind: 'move'
      readonly mark: Mark
      readonly from: Seconds
      readonly downX: number
      moved: boolean
    }
  | { readonly kind: 'resize'; readonly mark: Mark; readonly edge: 'start' | 'end'; moved: boolean }

/** Attaches to the page's box; `layout` may change while a gesture is under way. */
export function usePointer(box: RefObject<HTMLElement | null>, layoutRef: RefObject<PlotLayout>): void {
  useEffect(() => {
    const element = box.current
    if (element === null) return
    let gesture: Gesture | null = null
    let lastX = 0
    let scrollTimer: ReturnType<typeof setInterval> | null = null

    const xOf = (event: PointerEvent | WheelEvent | MouseEvent) =>
      event.clientX - element.getBoundingClientRect().left - layoutRef.current.plot.left
    const timeOf = (x: number): Seconds => {
      const { shown, recording } = getState()
      if (shown === null || recording === null) return 0
      const { width } = layoutRef.current.plot
      const { span } = recording.recording.timeline
      const time = xToTime(layoutRef.current, shown.span, Math.min(Math.max(x, 0), width))
      return Math.min(Math.max(time, span.start), span.end)
    }

    function down(event: PointerEvent): void {
      if (event.button !== 0 || getState().shown === null) return
      const target = event.target as Element
      const x = xOf(event)
      lastX = x
      const labelled = target.closest<HTMLElement>('[data-mark]')?.dataset.mark
      if (labelled !== undefined) selectMark(labelled)
      const inside = x >= 0 && x <= layoutRef.current.plot.width
      if (!inside && labelled === undefined) return
      gesture = begin(x, target, labelled !== undefined)
      element!.setPointerCapture(event.pointerId)
      element!.focus({ preventScroll: true })
      event.preventDefault()
    }

    function begin(x: number, target: Element, onLabel: boolean): Gesture {
      const state = getState()
      const mark = selectedMarkOf(state)
      const time = timeOf(x)
      if (mark !== null && state.set !== null && !state.set.readOnly && state.armed === null) {
        const grip = target.closest<HTMLElement>('[data-grip]')?.dataset.grip
        const edge = grip === 'start' || grip === 'end' ? grip : edgeNear(mark, x)
        if (edge !== null && !onLabel) return { kind: 'resize', mark, edge, moved: false }
        const at = ticksFromSeconds(time)
        const within = at >= mark.onset && at < mark.onset + mark.duration
        if (within || onLabel) return { kind: 'move', mark, from: time, downX: x, moved: false }
      }
      return { kind: 'select', from: time, downX: x, moved: false }
    }

    function edgeNear(mark: Mark, x: number): 'start' | 'end' | null {
      const { shown } = getState()
      if (shown === null) return null
      const scale = layoutRef.current.plot.width / (shown.span.end - shown.span.start)
      const start = (secondsFromTicks(mark.onset) - shown.span.start) * scale
      const end = start + secondsFromTicks(mark.duration) * scale
      if (Math.abs(x - end) <= EDGE_PIXELS) return 'end'
      return Math.abs(x - start) <= EDGE_PIXELS ? 'start' : null
    }

    function move(event: PointerEvent): void {
      const x = xOf(event)
      hover(event, x)
      if (gesture === null) return
      lastX = x
      const { width } = layoutRef.current.plot
      const beyond = x < 0 || x > width
      if (beyond && scrollTimer === null) scrollTimer = setInterval(scroll, SCROLL_EVERY_MS)
      if (!beyond) stopScrolling()
      follow()
    }

    /** Brings the gesture up to the pointer; also called when the page scrolls below a still pointer. */
    function follow(): void {
      if (gesture === null) return
      const time = timeOf(lastX)
      switch (gesture.kind) {
        case 'select':
          if (!gesture.moved && Math.abs(lastX - gesture.downX) < CLICK_PIXELS) return
          gesture.moved = true
          setState({
            selectedMark: null,
            selection: { start: Math.min(gesture.from, time), end: Math.max(gesture.from, time) },
          })
          return
        case 'move': {
          if (!gesture.moved && Math.abs(lastX - gesture.downX) < CLICK_PIXELS) return
          gesture.moved = true
          const onset = (gesture.mark.onset + ticksFromSeconds(time - gesture.from)) as Ticks
          setState({ drag: { id: gesture.mark.id, onset, duration: gesture.mark.duration } })
          return
        }
        case 'resize': {
          gesture.moved = true
          const { mark, edge } = gesture
          const fixed = edge === 'start' ? mark.onset + mark.duration : mark.onset
          const at = ticksFromSeconds(time)
          const onset = Math.min(fixed, at) as Ticks
          setState({ drag: { id: mark.id, onset, duration: (Math.max(fixed, at) - onset) as Ticks } })
        }
      }
    }

    function scroll(): void {
      const { pageStart, view, shown } = getState()
      // The next tenth of a page only when the last one is on the screen.
      if (shown === null || shown.span.start !== pageStart) return
      goTo(pageStart + (lastX < 0 ? -1 : 1) * view.timebase * 0.1)
      requestAnimationFrame(follow)
    }

    function stopScrolling(): void {
      if (scrollTimer !== null) clearInterval(scrollTimer)
      scrollTimer = null
    }

    function up(event: PointerEvent): void {
      stopScrolling()
      const done = gesture
      gesture = null
      if (done === null) return
      lastX = xOf(event)
      const { drag, selection, armed } = getState()
      setState({ drag: null })
      if (!done.moved) {
        click(timeOf(lastX))
        return
      }
      switch (done.kind) {
        case 'select':
          if (selection !== null && armed !== null) addMarkOver(selection, armed)
          return
        case 'move':
          if (drag !== null) commitMove(done.mark.id, drag.onset)
          return
        case 'resize':
          if (drag !== null) commitResize(done.mark.id, done.edge, ticksFromSeconds(timeOf(lastX)))
      }
    }

    function click(time: Seconds): void {
      const { set } = getState()
      const mark = set === null ? null : markAt(set.document, ticksFromSeconds(time))
      setState({ cursor: time, selection: null, armed: null })
      selectMark(mark?.id ?? null)
    }

    function cancelled(): void {
      stopScrolling()
      gesture = null
      setState({ drag: null })
    }

    function hover(event: PointerEvent, x: number): void {
      const { shown } = getState()
      const layout = layoutRef.current
      const y = event.clientY - element!.getBoundingClientRect().top - layout.plot.top
      const inside = shown !== null && x >= 0 && x <= layout.plot.width && y >= 0 && y <= layout.plot.height
      const lane = inside ? laneAt(layout, y) : null
      setState({ hover: lane === null ? null : { time: timeOf(x), trace: lane.derivation.id } })
    }

    function leave(): void {
      if (gesture === null) setState({ hover: null })
    }

    /** The wheel goes through time; with Ctrl it changes the timebase, with Alt the sensitivity. */
    function wheel(event: WheelEvent): void {
      event.preventDefault()
      const { view, pageStart } = getState()
      const amount = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY
      if (amount === 0) return
      if (event.ctrlKey || event.metaKey) {
        if (amount > 0) longerTimebase()
        else shorterTimebase()
      } else if (event.altKey) {
        changeView({ sensitivity: stepInList(SENSITIVITIES, view.sensitivity, amount > 0 ? 1 : -1) })
      } else {
        const notches = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? amount / 100 : amount / 3
        const tenths = event.shiftKey ? notches * 10 : notches
        goTo(pageStart + tenths * view.timebase * 0.1)
      }
    }

    element.addEventListener('pointerdown', down)
    element.addEventListener('pointermove', move)
    element.addEventListener('pointerup', up)
    element.addEventListener('pointercancel', cancelled)
    element.addEventListener('pointerleave', leave)
    element.addEventListener('wheel', wheel, { passive: false })
    return () => {
      stopScrolling()
      element.removeEventListener('pointerdown', down)
      element.removeEventListener('pointermove', move)
      element.removeEventListener('pointerup', up)
      element.removeEventListener('pointercancel', cancelled)
      element.removeEventListener('pointerleave', leave)
      element.removeEventListener('wheel', wheel)
    }
  }, [box, layoutRef])
}
