import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { Seconds } from '../../shared/units.ts'
import { formatClock, formatElapsed } from '../plot/clock.ts'
import { GUTTER } from '../plot/layout.ts'
import { placeNotes } from '../plot/placeNotes.ts'
import { useReview } from '../store/state.ts'
import { goTo, turnPages } from '../store/viewing.ts'
import { drawOverview, overviewColours } from './drawOverview.ts'

const HEIGHT = 62
const RIGHT = 14

/** The whole recording in a strip: marks, what was reviewed, gaps, notes, and where the page is. */
export function Overview({ theme }: { readonly theme: 'light' | 'dark' }) {
  const strip = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const timeline = useReview((state) => state.recording?.recording.timeline ?? null)
  const start = useReview((state) => state.recording?.recording.header.start ?? null)
  const document = useReview((state) => state.set?.document ?? null)
  const notes = useReview((state) => state.notes)
  const activity = useReview((state) => state.activity)
  const pageStart = useReview((state) => state.pageStart)
  const timebase = useReview((state) => state.view.timebase)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const colours = useMemo(() => overviewColours(), [theme])

  useEffect(() => {
    const element = strip.current
    if (element === null) return
    const observer = new ResizeObserver(() => setWidth(element.clientWidth))
    observer.observe(element)
    setWidth(element.clientWidth)
    return () => observer.disconnect()
  }, [])

  const placedNotes = useMemo(
    () => (timeline === null ? [] : placeNotes(notes, timeline.span, width)),
    [notes, timeline, width],
  )

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context == null || timeline === null || width === 0) return
    drawOverview(context, {
      width,
      height: HEIGHT,
      ratio: window.devicePixelRatio,
      timeline,
      start,
      document,
      activity,
      notes: placedNotes,
      colours,
    })
  }, [timeline, start, document, activity, placedNotes, width, colours])

  if (timeline === null) return null
  const whole = timeline.span.end - timeline.span.start
  const toX = (time: Seconds) => (whole === 0 ? 0 : ((time - timeline.span.start) / whole) * width)

  function goToPointer(event: PointerEvent<HTMLElement>): void {
    if (timeline === null || (event.type === 'pointermove' && event.buttons !== 1)) return
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    goTo(Math.round(timeline.span.start + (x / width) * whole - timebase / 2))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowRight') turnPages(1)
    else if (event.key === 'ArrowLeft') turnPages(-1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  const left = Math.max(0, toX(pageStart))
  const pageWidth = Math.min(width, Math.max(6, toX(pageStart + timebase) - left))
  return (
    <div className="overview">
      <div className="overview-labels" style={{ width: GUTTER }} aria-hidden="true">
        <span>Marks</span>
        <span>Reviewed</span>
        <span>Notes</span>
      </div>
      <div
        ref={strip}
        className="overview-strip"
        style={{ marginRight: RIGHT }}
        role="slider"
        tabIndex={0}
        aria-label="Position in the recording"
        aria-valuemin={timeline.span.start}
        aria-valuemax={timeline.span.end}
        aria-valuenow={pageStart}
        aria-valuetext={`${formatClock(start, pageStart)}, ${formatElapsed(pageStart)} elapsed`}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId)
          goToPointer(event)
        }}
        onPointerMove={goToPointer}
        onKeyDown={onKeyDown}
      >
        <canvas
          ref={canvas}
          width={Math.round(width * window.devicePixelRatio)}
          height={Math.round(HEIGHT * window.devicePixelRatio)}
          style={{ width, height: HEIGHT }}
        />
        <div
          className="overview-page"
          style={{
            left: Math.max(0, Math.min(left, width - pageWidth)),
            width: pageWidth,
            height: HEIGHT - 14,
          }}
        />
      </div>
    </div>
  )
}
