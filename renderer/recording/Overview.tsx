import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { interruptions } from '../../shared/edf/time/breaks.ts'
import { formatClock, formatElapsed } from '../../shared/text/clock.ts'
import type { Seconds, Span } from '../../shared/units.ts'
import { GUTTER, RIGHT } from '../page/layout.ts'
import { placeNotes } from '../page/placeNotes.ts'
import type { Pane } from '../store/reviewState.ts'
import {
  activePane,
  activityOf,
  clockStartOf,
  documentOf,
  lanesOf,
  notesOf,
  openedOf,
  readerOf,
} from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import { goTo, spanToReview, turnPages } from '../store/viewing.ts'
import { drawOverview, overviewColours, overviewRows } from './drawOverview.ts'
import { AROUND_STRIP } from './OverviewRoom.tsx'
import styles from './recording.module.css'

const SMALLEST_BOX = 6

/** The whole recording in a strip: marks, what was reviewed, gaps, notes, and where the page is. */
export function Overview({ theme }: { readonly theme: 'light' | 'dark' }) {
  const strip = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const opened = useReview(openedOf)
  const start = useReview(clockStartOf)
  const document = useReview(documentOf)
  const sets = useReview((state) => state.sets)
  const lanes = useMemo(() => lanesOf(sets), [sets])
  const { height, tops } = overviewRows(lanes.length)
  const notes = useReview(notesOf)
  const activity = useReview(activityOf)
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

  const span = useMemo(() => (opened === null ? null : spanToReview(opened, notes)), [opened, notes])
  const timeline = opened?.recording.timeline
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
      ratio: window.devicePixelRatio,
      span,
      gaps,
      start,
      document,
      others: lanes.map((lane) => lane.document),
      activity,
      notes: placedNotes,
      colours,
    })
  }, [span, gaps, start, document, lanes, activity, placedNotes, width, colours])

  // Past React: a turned page moves the box and changes two numbers, in the frame of the key.
  useLayoutEffect(() => {
    const place = ({ pageStart, view }: Pane) => {
      if (strip.current === null || box.current === null || span === null) return
      const { left, width: across } = placeBox(span, width, pageStart, view.timebase)
      box.current.style.transform = `translateX(${left}px)`
      box.current.style.width = `${across}px`
      strip.current.ariaValueNow = String(pageStart)
      strip.current.ariaValueText = `${formatClock(start, pageStart)}, ${formatElapsed(pageStart)} elapsed`
    }
    place(activePane(getState()))
    return useReview.subscribe((state, before) => {
      const pane = activePane(state)
      const last = activePane(before)
      if (pane.pageStart !== last.pageStart || pane.view !== last.view) place(pane)
    })
  }, [span, width, start])

  if (span === null) return null
  const whole = span.end - span.start

  function goToPointer(event: PointerEvent<HTMLElement>): void {
    if (span === null || (event.type === 'pointermove' && event.buttons !== 1)) return
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    goTo(Math.round(span.start + (x / width) * whole - activePane(getState()).view.timebase / 2))
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'ArrowRight') turnPages(1)
    else if (event.key === 'ArrowLeft') turnPages(-1)
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.overview} style={{ height: height + AROUND_STRIP }}>
      <div className={styles.labels} style={{ width: GUTTER }} aria-hidden="true">
        <span>Marks</span>
        <span>Reviewed</span>
        <span>Notes</span>
        {tops.map((top, index) => (
          <span key={top} className={styles.reader} style={{ top: top - 2 }}>
            {lanes[index] === undefined ? '' : readerOf(lanes[index])}
          </span>
        ))}
      </div>
      <div
        ref={strip}
        className={styles.strip}
        style={{ marginRight: RIGHT, height }}
        role="slider"
        tabIndex={0}
        aria-label="Position in the recording"
        aria-valuemin={span.start}
        aria-valuemax={span.end}
        aria-valuenow={activePane(getState()).pageStart}
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
          height={Math.round(height * window.devicePixelRatio)}
          style={{ width, height }}
        />
        <div ref={box} className={styles.page} style={{ height: height - 14 }} />
      </div>
    </div>
  )
}

/** Where the page is: within the strip, and never too narrow to be seen. */
function placeBox(span: Span, width: number, pageStart: Seconds, timebase: Seconds) {
  const whole = span.end - span.start
  const toX = (time: Seconds) =>
    whole === 0 ? 0 : Math.min(Math.max(0, ((time - span.start) / whole) * width), width)
  const across = Math.min(width, Math.max(SMALLEST_BOX, toX(pageStart + timebase) - toX(pageStart)))
  return { left: Math.min(toX(pageStart), width - across), width: across }
}
