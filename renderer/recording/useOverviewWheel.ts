/** The wheel over a strip that lies on the overview's axis. */
import { type RefObject, useEffect } from 'react'
import { spanLength } from '../../shared/units.ts'
import { moveOverview, overviewNow, zoomOverview } from '../store/overview.ts'
import { getState } from '../store/state.ts'

/** A notch of a mouse's wheel, in pixels of a browser; and in lines, where it counts those. */
const NOTCH_PIXELS = 100
const NOTCH_LINES = 3
/** What is shown moves by so much of itself a notch, as the page does. */
const STEP = 0.1

/** What of the element is the axis: from its left and right edge. */
type Inset = { readonly left: number; readonly right: number }
const NO_INSET: Inset = { left: 0, right: 0 }

/** With Ctrl (a touchpad's pinch comes as that) it zooms around the pointer, else it moves what is shown. */
export function useOverviewWheel(strip: RefObject<HTMLElement | null>, inset: Inset = NO_INSET): void {
  const { left, right } = inset
  useEffect(() => {
    const element = strip.current
    if (element === null) return
    const onWheel = (event: WheelEvent) => {
      const now = overviewNow(getState())
      if (now === null) return
      // The browser would zoom the window.
      event.preventDefault()
      const amount = Math.abs(event.deltaX) > Math.abs(event.deltaY) ? event.deltaX : event.deltaY
      const notches = amount / (event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? NOTCH_PIXELS : NOTCH_LINES)
      const length = spanLength(now.shown)
      if (!event.ctrlKey && !event.metaKey) return moveOverview(notches * STEP * length)
      const box = element.getBoundingClientRect()
      const share = (event.clientX - box.left - left) / Math.max(1, box.width - left - right)
      zoomOverview(2 ** notches, now.shown.start + Math.min(Math.max(share, 0), 1) * length)
    }
    // React's own listener may not prevent anything.
    element.addEventListener('wheel', onWheel, { passive: false })
    return () => element.removeEventListener('wheel', onWheel)
  }, [strip, left, right])
}
