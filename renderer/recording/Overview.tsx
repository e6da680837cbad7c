import {
  type KeyboardEvent,
  type PointerEvent,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import { useShallow } from 'zustand/react/shallow'
import { interruptions } from '../../shared/edf/time/breaks.ts'
import { formatClock, formatElapsed } from '../../shared/text/clock.ts'
import { type Seconds, type Span, spanLength } from '../../shared/units.ts'
import { GUTTER, RIGHT } from '../page/layout.ts'
import { placeNotes } from '../page/placeNotes.ts'
import { readFiner, shownActivity } from '../store/finer.ts'
import { moveOverview } from '../store/overview.ts'
import type { Pane } from '../store/panesState.ts'
import { activePane, lanesOf, openRecordingOf, shortReaderOf } from '../store/selectors.ts'
import { activityIn, clockStartIn, documentIn, guestName, notesIn, openedIn } from '../store/shownIn.ts'
import { getState, useReview } from '../store/state.ts'
import { goTo, jumpTo, spanToReview, turnPages } from '../store/viewing.ts'
import { drawOverview, overviewColours, overviewRows } from './drawOverview.ts'
import { OverviewCaption } from './OverviewCaption.tsx'
import { OverviewRange } from './OverviewRange.tsx'
import { AROUND_STRIP, OverviewRoom } from './OverviewRoom.tsx'
import styles from './recording.module.css'
import { useOverviewWheel } from './useOverviewWheel.ts'

const SMALLEST_BOX = 6
/** A wheel that is turned on asks for nothing. */
const REST_MS = 300
/** A drag beyond the edge moves what is shown by so much of it at most, each time the pointer is. */
const MOST_BEYOND = 0.05

type Themed = { readonly theme: 'light' | 'dark' }

/**
 * The recording in a strip, as soon as there is a time to be shown: a file of notes alone has none before they have come.
 * The strip is a component of its own, so that what it follows of its element begins when there is one.
 */
export function Overview({ theme }: Themed) {
  const opened = useReview(openedIn)
  const notes = useReview(notesIn)
  const whole = useMemo(() => (opened === null ? null : spanToReview(opened, notes)), [opened, notes])
  if (whole === null) return null
  // No data record and no note.
  if (spanLength(whole) === 0) return <OverviewRoom />
  return <OverviewStrip theme={theme} whole={whole} />
}

/** All of it, or the part of it that is shown: marks, what was reviewed, gaps, notes, and where the page is. */
function OverviewStrip({ theme, whole }: Themed & { readonly whole: Span }) {
  const strip = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const box = useRef<HTMLDivElement>(null)
  const [width, setWidth] = useState(0)
  const opened = useReview(openedIn)
  const start = useReview(clockStartIn)
  const document = useReview(documentIn)
  const guest = useReview(guestName)
  // Sets of others are those of the window's own recording. The same as long as none of them is another.
  const lanes = useReview(useShallow((state) => (guest === null ? lanesOf(state.sets) : [])))
  const { height, tops } = overviewRows(lanes.length)
  const notes = useReview(notesIn)
  const activity = useReview(shownActivity)
  const ofWhole = useReview(activityIn)
  const zoom = useReview((state) => activePane(state).overview)
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

  const span = zoom ?? whole
  const timeline = opened?.recording.timeline
  const gaps = useMemo(() => (timeline === undefined ? undefined : interruptions(timeline)), [timeline])
  const placedNotes = useMemo(() => placeNotes(notes, span, width), [notes, span, width])

  useOverviewWheel(strip)
  useFiner(zoom)

  useEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context == null || gaps === undefined || width === 0) return
    // With the next frame: what a key has changed on the page does not wait for ten thousand marks.
    const frame = requestAnimationFrame(() =>
      drawOverview(context, {
        width,
        ratio: window.devicePixelRatio,
        span,
        gaps,
        start,
        document,
        others: lanes.map((lane) => lane.document),
        activity,
        ofWhole,
        notes: placedNotes,
        colours,
      }),
    )
    return () => cancelAnimationFrame(frame)
  }, [span, gaps, start, document, lanes, activity, ofWhole, placedNotes, width, colours])

  // Past React: a turned page moves the box and changes two numbers, in the frame of the key.
  useLayoutEffect(() => {
    const place = ({ pageStart, view }: Pane) => {
      if (strip.current === null || box.current === null) return
      const placed = placeBox(span, width, pageStart, view.timebase)
      box.current.hidden = placed === null
      box.current.style.transform = `translateX(${placed?.left ?? 0}px)`
      box.current.style.width = `${placed?.width ?? 0}px`
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

  function goToPointer(event: PointerEvent<HTMLElement>): void {
    if (event.type === 'pointermove' && event.buttons !== 1) return
    const x = event.clientX - event.currentTarget.getBoundingClientRect().left
    const length = spanLength(span)
    const beyond = (x < 0 ? x : Math.max(0, x - width)) / width
    const moved =
      beyond * length === 0 ? 0 : Math.sign(beyond) * Math.min(Math.abs(beyond), MOST_BEYOND) * length
    if (moved !== 0) moveOverview(moved)
    const { overview, view } = activePane(getState())
    const wanted = Math.round(span.start + (x / width) * length - view.timebase / 2)
    // Of a part that is shown the page does not leave it: nothing is moved below the pointer.
    const part = overview ?? { start: wanted, end: wanted + view.timebase }
    const pageStart = Math.max(part.start, Math.min(wanted, part.end - view.timebase))
    if (event.type === 'pointerdown') jumpTo(pageStart)
    else goTo(pageStart)
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
            {lanes[index] === undefined ? '' : shortReaderOf(lanes[index])}
          </span>
        ))}
      </div>
      <div
        ref={strip}
        className={styles.strip}
        style={{ marginRight: RIGHT, height }}
        role="slider"
        tabIndex={0}
        aria-label={guest === null ? 'Position in the recording' : `Position in ${guest}`}
        aria-valuemin={whole.start}
        aria-valuemax={whole.end}
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
      {guest !== null && (
        <span className={styles.guest} style={{ right: RIGHT }}>
          {guest}
        </span>
      )}
      <OverviewCaption whole={whole} shown={span} start={start} />
      <OverviewRange whole={whole} shown={span} />
    </div>
  )
}

/** More detail of a part that is shown, once it stays so: asked for, and given up with it. */
function useFiner(zoom: Span | null): void {
  const isKnown = useReview((state) => activityIn(state) !== null)
  const spectrogram = useReview((state) => openRecordingOf(state)?.spectrogram.work.at)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what there is to have more detail of
  useEffect(() => {
    if (zoom === null) return
    const gone = new AbortController()
    const resting = setTimeout(() => void readFiner(gone.signal), REST_MS)
    return () => {
      clearTimeout(resting)
      gone.abort()
    }
  }, [zoom, isKnown, spectrogram])
}

/** Where the page is: within the strip, and never too narrow to be seen; null where another part is shown. */
function placeBox(span: Span, width: number, pageStart: Seconds, timebase: Seconds) {
  const whole = spanLength(span)
  if (pageStart >= span.end || pageStart + timebase <= span.start)
    return whole === 0 ? { left: 0, width } : null
  const toX = (time: Seconds) =>
    whole === 0 ? 0 : Math.min(Math.max(0, ((time - span.start) / whole) * width), width)
  const across = Math.min(width, Math.max(SMALLEST_BOX, toX(pageStart + timebase) - toX(pageStart)))
  return { left: Math.min(toX(pageStart), width - across), width: across }
}
