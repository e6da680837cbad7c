import { type KeyboardEvent, type PointerEvent, useEffect, useMemo, useRef, useState } from 'react'
import { interruptions } from '../../shared/edf/breaks.ts'
import { formatClock, formatElapsed } from '../../shared/text/clock.ts'
import type { Seconds } from '../../shared/units.ts'
import { GUTTER, RIGHT } from '../plot/layout.ts'
import { placeNotes } from '../plot/placeNotes.ts'
import { useReview } from '../store/state.ts'
import { goTo, spanToReview, turnPages } from '../store/viewing.ts'
import { drawOverview, overviewColours } from './drawOverview.ts'

const HEIGHT = 62
const SMALLEST_BOX = 6

/** The whole recording in a strip: marks, what was reviewed, gaps, notes, and where the page is. */
export function Overview({ theme }: { readonly theme: 'light' | 'dark' }) {
  const strip = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const [width, setWidth] = useState(0)
  const recording = useReview((state) => state.recording)
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

  const span = useMemo(() => (recording === null ? null : spanToReview(recording, notes)), [recording, notes])
  const timeline = recording?.recording.timeline
  const gaps = useMemo(() => (timeline === undefined ? undefined : interruptions(timeline)), [timeline])
  const placedNotes = useMemo(
    () => (span === null ? [] : placeNotes(notes, span, width)),
    [notes, span, width],
  )

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context == null || span === null || gaps === undefined || width === 0) return
    drawOverview(context, {
      width,
      height: HEIGHT,
      ratio: window.devicePixelRatio,
      span,
      gaps,
      start,
      document,
      activity,
      notes: placedNotes,
      colours,
    })
  }, [span, gaps, start, document, activity, placedNotes, width, colours])

  if (span === null) return null
  const whole = span.end - span.start
  const toX = (time: Seconds) => (whole === 0 ? 0 : ((time - span.start) / whole) * width)

  function goToPointer(event: PointerEvent<HTMLElement>): void {
    if (span === null || (event.type === 'pointermove' && event.buttons !== 1)) return
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    goTo(Math.round(span.start + (x / width) * whole - timebase / 2))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowRight') turnPages(1)
    else if (event.key === 'ArrowLeft') turnPages(-1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  // Within the strip, and never too narrow to be seen.
  const inStrip = (x: number) => Math.min(Math.max(0, x), width)
  const pageWidth = Math.min(
    width,
    Math.max(SMALLEST_BOX, inStrip(toX(pageStart + timebase)) - inStrip(toX(pageStart))),
  )
  const left = Math.min(inStrip(toX(pageStart)), width - pageWidth)
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
        aria-valuemin={span.start}
        aria-valuemax={span.end}
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
            left,
            width: pageWidth,
            height: HEIGHT - 14,
          }}
        />
      </div>
    </div>
  )
}
