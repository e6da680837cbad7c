import { type PointerEvent, useLayoutEffect, useRef } from 'react'
import { type Seconds, type Span, spanLength } from '../../shared/units.ts'
import { GUTTER, RIGHT } from '../page/layout.ts'
import { moveOverview, overviewNow, pullOverview } from '../store/overview.ts'
import { activePane } from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import styles from './recording.module.css'

/** What was taken hold of: an edge, or the part as a whole, so far from where it begins. */
type Held = { readonly edge: 'start' | 'end' } | { readonly grab: Seconds }

/**
 * Which part of the recording the overview shows, and where the page is in all of it. Its edges are pulled and the part is
 * moved; for keys there are commands.
 */
export function OverviewRange({ whole, shown }: { readonly whole: Span; readonly shown: Span }) {
  const bar = useRef<HTMLDivElement>(null)
  const page = useRef<HTMLDivElement>(null)
  const held = useRef<Held | null>(null)
  const length = spanLength(whole)
  const percent = (time: Seconds) => (length === 0 ? 0 : (100 * (time - whole.start)) / length)

  // Past React, as the page's box in the strip.
  useLayoutEffect(() => {
    const place = (pageStart: Seconds) => {
      if (page.current !== null && length > 0)
        page.current.style.left = `${(100 * (pageStart - whole.start)) / length}%`
    }
    place(activePane(getState()).pageStart)
    return useReview.subscribe((state, before) => {
      const { pageStart } = activePane(state)
      if (pageStart !== activePane(before).pageStart) place(pageStart)
    })
  }, [whole, length])

  function timeAt(event: PointerEvent): Seconds {
    const box = bar.current?.getBoundingClientRect()
    if (box === undefined || box.width === 0) return whole.start
    return whole.start + ((event.clientX - box.left) / box.width) * length
  }

  function down(event: PointerEvent<HTMLElement>): void {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    const time = timeAt(event)
    const { edge } = (event.target as HTMLElement).dataset
    const isOn = time >= shown.start && time <= shown.end
    if (edge === 'start' || edge === 'end') held.current = { edge }
    else held.current = { grab: isOn ? time - shown.start : spanLength(shown) / 2 }
    pull(event)
  }

  function pull(event: PointerEvent<HTMLElement>): void {
    const now = overviewNow(getState())
    if (held.current === null || now === null) return
    const time = timeAt(event)
    if ('edge' in held.current) pullOverview(held.current.edge, time)
    else moveOverview(time - held.current.grab - now.shown.start)
  }

  const letGo = () => {
    held.current = null
  }
  return (
    <div
      ref={bar}
      className={styles.range}
      style={{ left: GUTTER, right: RIGHT }}
      aria-hidden="true"
      title="Which part of the recording the overview shows: pull its edges, move it; U and Shift+U"
      onPointerDown={down}
      onPointerMove={pull}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      <div
        className={styles.rangePart}
        style={{ left: `${percent(shown.start)}%`, right: `${100 - percent(shown.end)}%` }}
      >
        <span data-edge="start" />
        <span data-edge="end" />
      </div>
      <div ref={page} className={styles.rangePage} />
    </div>
  )
}
