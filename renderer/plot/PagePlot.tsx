import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { intersectSpans, type Span, ticksFromSeconds } from '../../shared/units.ts'
import { useReview } from '../store/state.ts'
import { Key } from '../ui/Key.tsx'
import { formatDuration } from './clock.ts'
import { drawTraces } from './drawTraces.ts'
import { planFigure } from './figure.ts'
import {
  chooseScaleBar,
  computeLayout,
  lanesThatFit,
  type PlotLayout,
  pixelsPerMillimetre,
  timeToX,
} from './layout.ts'
import { MarkBands, MarkLabels } from './MarkLayer.tsx'
import { placeMarks } from './markLayout.ts'
import { setPlotColumns } from './pageLoader.ts'
import { placeNotes } from './placeNotes.ts'
import { createFigure, type PlotlyFigure } from './plotly.ts'
import { usePointer } from './usePointer.ts'
import { readColours } from './useTheme.ts'

const NO_DERIVATIONS: readonly [] = []

/** The page of EEG: Plotly's axes below, marks, the samples on a canvas, labels and grips on top. */
export function PagePlot({ theme }: { readonly theme: 'light' | 'dark' }) {
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const figureBox = useRef<HTMLDivElement>(null)
  const figure = useRef<PlotlyFigure | null>(null)
  const size = useBoxSize(box)
  const shown = useReview((state) => state.shown)
  const sensitivity = useReview((state) => state.view.sensitivity)
  const measured = useReview((state) => state.settings.pixelsPerMillimetre)
  const header = useReview((state) => state.recording?.recording.header ?? null)
  const pixelsPerMm = pixelsPerMillimetre(measured)
  const all = shown?.derivations ?? NO_DERIVATIONS
  const fit = lanesThatFit(size.height)
  const first = useReview((state) => Math.min(state.firstLane, Math.max(0, all.length - fit)))
  const derivations = useMemo(() => all.slice(first, first + fit), [all, first, fit])
  const layout = useMemo(() => computeLayout(size.width, size.height, derivations), [size, derivations])
  const layoutRef = useRef<PlotLayout>(layout)
  layoutRef.current = layout
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const colours = useMemo(() => readColours(), [theme])
  usePointer(box, layoutRef)

  useEffect(() => setPlotColumns(Math.round(layout.plot.width * size.ratio)), [layout.plot.width, size.ratio])

  // The samples first, in the same frame as the key; the figure follows and only where it changed.
  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d')
    if (context == null || shown === null) return
    drawTraces(context, {
      page: shown.page,
      layout,
      sensitivity,
      pixelsPerMm,
      pixelRatio: size.ratio,
      colours,
    })
  }, [shown, layout, sensitivity, pixelsPerMm, size.ratio, colours])

  const span = shown?.span ?? null
  const start = header?.start ?? null
  useEffect(() => {
    if (span === null || figureBox.current === null || layout.width < 10) return
    const element = figureBox.current
    const planned = planFigure({ layout, span, start, colours })
    // After the paint: a held key never waits for the axis.
    const frame = requestAnimationFrame(() => {
      figure.current ??= createFigure(element)
      void figure.current.update(planned)
    })
    return () => cancelAnimationFrame(frame)
  }, [layout, span, start, colours])
  useEffect(() => () => figure.current?.destroy(), [])

  const { plot } = layout
  return (
    <div
      className="page"
      ref={box}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the page takes the keys of the review
      tabIndex={0}
      role="application"
      aria-label="EEG page"
      aria-describedby="page-text"
    >
      <div className="page-figure" ref={figureBox} aria-hidden="true" />
      {shown !== null && <Marks layer="bands" layout={layout} span={shown.span} />}
      {shown !== null && <Gaps layout={layout} span={shown.span} />}
      {shown !== null && <SelectionBand layout={layout} span={shown.span} />}
      <canvas
        ref={canvas}
        className="page-canvas"
        width={Math.round(plot.width * size.ratio)}
        height={Math.round(plot.height * size.ratio)}
        style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
      />
      {shown !== null && <Marks layer="labels" layout={layout} span={shown.span} />}
      {shown !== null && <Cursor layout={layout} span={shown.span} />}
      {shown !== null && <NoteLines layout={layout} span={shown.span} />}
      {shown !== null && all.length === 0 && (
        <p className="page-message">
          This file holds no signal that can be drawn: its annotations are under Notes.
        </p>
      )}
      {all.length > derivations.length && (
        <p className="page-channels">
          Channels {first + 1}–{first + derivations.length} of {all.length} <Key>Shift ↑ ↓</Key>
        </p>
      )}
      <ScaleBar sensitivity={sensitivity} pixelsPerMm={pixelsPerMm} />
    </div>
  )
}

function Marks({
  layer,
  layout,
  span,
}: {
  readonly layer: 'bands' | 'labels'
  readonly layout: PlotLayout
  readonly span: Span
}) {
  const document = useReview((state) => state.set?.document ?? null)
  const readOnly = useReview((state) => state.set?.readOnly ?? true)
  const drag = useReview((state) => state.drag)
  const selected = useReview((state) => state.selectedMark)
  const part = useReview((state) => state.markPart)
  const placed = useMemo(() => {
    if (document === null) return []
    const wanted = { start: ticksFromSeconds(span.start), end: ticksFromSeconds(span.end) }
    const marks: Mark[] = marksInSpan(document, wanted).filter((mark) => mark.id !== drag?.id)
    const dragged = drag === null ? undefined : document.marks.find((mark) => mark.id === drag.id)
    if (dragged !== undefined && drag !== null) {
      const moved = { ...dragged, onset: drag.onset, duration: drag.duration }
      if (moved.onset < wanted.end && moved.onset + moved.duration >= wanted.start) marks.push(moved)
      marks.sort((a, b) => a.onset - b.onset)
    }
    return placeMarks(marks, span, layout)
  }, [document, drag, span, layout])
  return layer === 'bands' ? (
    <MarkBands placed={placed} layout={layout} selected={selected} />
  ) : (
    <MarkLabels placed={placed} layout={layout} selected={selected} part={part} readOnly={readOnly} />
  )
}

type LayerProps = { readonly layout: PlotLayout; readonly span: Span }

/** Where nothing was recorded: told apart from silence. */
function Gaps({ layout, span }: LayerProps) {
  const timeline = useReview((state) => state.recording?.recording.timeline ?? null)
  if (timeline === null) return null
  const outside = [
    { start: span.start, end: Math.min(span.end, timeline.span.start), text: 'before the recording' },
    { start: Math.max(span.start, timeline.span.end), end: span.end, text: 'after the recording' },
  ].filter((gap) => gap.end - gap.start > 1e-6)
  const inside = timeline.gaps.flatMap((gap) => {
    const part = intersectSpans(gap, span)
    return part === null ? [] : [{ ...part, text: `gap ${formatDuration(gap.end - gap.start)}` }]
  })
  return (
    <>
      {[...inside, ...outside].map((gap) => {
        const left = timeToX(layout, span, gap.start)
        const width = timeToX(layout, span, gap.end) - left
        return (
          <div
            key={`${gap.start} ${gap.text}`}
            className="page-gap"
            style={{
              left: layout.plot.left + left,
              top: layout.plot.top,
              width: Math.max(2, width),
              height: layout.plot.height,
            }}
          >
            {width > 40 && <span>{gap.text}</span>}
          </div>
        )
      })}
    </>
  )
}

/** The file's own annotations where they fall, thin and at the foot: they are not marks. */
function NoteLines({ layout, span }: LayerProps) {
  const notes = useReview((state) => state.notes)
  const placed = useMemo(() => placeNotes(notes, span, layout.plot.width), [notes, span, layout.plot.width])
  const { left, top, width, height } = layout.plot
  return (
    <div className="note-lines" style={{ left, top, width, height }}>
      {placed.map((note) => (
        <span key={note.x} className="note-line" style={{ left: note.x }}>
          {note.text !== null && <span>{note.text}</span>}
        </span>
      ))}
    </div>
  )
}

function SelectionBand({ layout, span }: LayerProps) {
  const selection = useReview((state) => state.selection)
  if (selection === null) return null
  const left = Math.max(0, timeToX(layout, span, selection.start))
  const right = Math.min(layout.plot.width, timeToX(layout, span, selection.end))
  if (right < 0 || left > layout.plot.width) return null
  return (
    <div
      className="page-selection"
      style={{
        left: layout.plot.left + left,
        top: layout.plot.top,
        width: Math.max(1, right - left),
        height: layout.plot.height,
      }}
    >
      <span className="page-selection-length">{formatDuration(selection.end - selection.start)}</span>
    </div>
  )
}

function Cursor({ layout, span }: LayerProps) {
  const cursor = useReview((state) => state.cursor)
  if (cursor === null || cursor < span.start || cursor > span.end) return null
  return (
    <div
      className="page-cursor"
      style={{
        left: layout.plot.left + timeToX(layout, span, cursor),
        top: layout.plot.top - 4,
        height: layout.plot.height + 4,
      }}
    />
  )
}

/** In the margin, never over a signal. Its height is true where the display was measured. */
function ScaleBar({
  sensitivity,
  pixelsPerMm,
}: {
  readonly sensitivity: number
  readonly pixelsPerMm: number
}) {
  const bar = chooseScaleBar(sensitivity, pixelsPerMm)
  return (
    <div className="page-scale" title="Scale of the EEG channels">
      <span className="page-scale-bar" style={{ height: bar.pixels }} />
      {bar.microvolts} µV
    </div>
  )
}

type BoxSize = { readonly width: number; readonly height: number; readonly ratio: number }

function useBoxSize(box: React.RefObject<HTMLElement | null>): BoxSize {
  const [size, setSize] = useState<BoxSize>({ width: 0, height: 0, ratio: 1 })
  useLayoutEffect(() => {
    const element = box.current
    if (element === null) return
    const measure = () => {
      const { clientWidth: width, clientHeight: height } = element
      const ratio = window.devicePixelRatio
      setSize((old) =>
        old.width === width && old.height === height && old.ratio === ratio ? old : { width, height, ratio },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    observer.observe(element)
    // Moving the window to a display of another density changes the ratio without changing the box.
    window.addEventListener('resize', measure)
    return () => {
      observer.disconnect()
      window.removeEventListener('resize', measure)
    }
  }, [box])
  return size
}
