import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import type { Header } from '../../shared/edf/model.ts'
import { placesIn } from '../../shared/montage/places.ts'
import { unitOfEeg } from '../../shared/signal/sensitivity.ts'
import { type Span, ticksFromSeconds, toMicroseconds } from '../../shared/units.ts'
import { setState, useReview } from '../store/state.ts'
import { ChannelScroller } from './ChannelScroller.tsx'
import { drawTraces } from './drawTraces.ts'
import { planFigure } from './figure.ts'
import { Gutter } from './Gutter.tsx'
import {
  chooseScaleBar,
  computeLayout,
  lanesThatFit,
  type PlotLayout,
  pixelsPerMillimetre,
} from './layout.ts'
import { MarkBands, MarkLabels } from './MarkLayer.tsx'
import { placeMarks } from './markLayout.ts'
import { measureText } from './measureText.ts'
import {
  Cursor,
  Gaps,
  NoteLines,
  PageClock,
  ReviewedLine,
  SelectionBand,
  SelectionLength,
} from './PageLayers.tsx'
import { setPlotColumns } from './pageLoader.ts'
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
  const pixelsPerMm = pixelsPerMillimetre(measured, size.ratio)
  const all = shown?.derivations ?? NO_DERIVATIONS
  const fit = lanesThatFit(size.height)
  const first = useReview((state) => Math.min(state.firstLane, Math.max(0, all.length - fit)))
  // Going on past the last channel must not have to be taken back.
  useEffect(() => {
    if (all.length > 0) setState({ firstLane: first })
  }, [all, first])
  const derivations = useMemo(() => all.slice(first, first + fit), [all, first, fit])
  const layout = useMemo(() => computeLayout(size.width, size.height, derivations), [size, derivations])
  const layoutRef = useRef<PlotLayout>(layout)
  layoutRef.current = layout
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const colours = useMemo(() => readColours(), [theme])
  usePointer(box, layoutRef)

  useEffect(() => setPlotColumns(Math.round(layout.plot.width * size.ratio)), [layout.plot.width, size.ratio])

  // The samples first, in the same frame as the key; the figure stays as it is while pages turn.
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
  const length = span === null ? null : toMicroseconds(span.end - span.start)
  useEffect(() => {
    if (length === null || figureBox.current === null || layout.width < 10) return
    const element = figureBox.current
    const planned = planFigure({ layout, length, colours, measure: measureText })
    const frame = requestAnimationFrame(() => {
      figure.current ??= createFigure(element)
      void figure.current.update(planned)
    })
    return () => cancelAnimationFrame(frame)
  }, [layout, length, colours])
  useEffect(() => () => figure.current?.destroy(), [])

  const { plot } = layout
  const message = shown === null || header === null ? null : emptyMessage(header, all.length)
  return (
    <>
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
        {shown !== null && <Gaps layout={layout} span={shown.span} />}
        {shown !== null && <SelectionBand layout={layout} span={shown.span} />}
        <canvas
          ref={canvas}
          className="page-canvas"
          width={Math.round(plot.width * size.ratio)}
          height={Math.round(plot.height * size.ratio)}
          style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
        />
        {shown !== null && <Marks layout={layout} span={shown.span} />}
        {shown !== null && <PageClock layout={layout} span={shown.span} />}
        {shown !== null && <Cursor layout={layout} span={shown.span} />}
        {shown !== null && <NoteLines layout={layout} span={shown.span} />}
        {shown !== null && <ReviewedLine layout={layout} span={shown.span} />}
        {shown !== null && <SelectionLength layout={layout} span={shown.span} />}
        {shown !== null && <Gutter layout={layout} sensitivity={sensitivity} />}
        {message !== null && <p className="page-message">{message}</p>}
        <ScaleBar sensitivity={sensitivity} pixelsPerMm={pixelsPerMm} unit={unitOfEeg(derivations)} />
      </div>
      {/* Beside the page, whose pointer would take the press. */}
      {all.length > derivations.length && (
        <ChannelScroller first={first} shown={derivations.length} all={all.length} />
      )}
    </>
  )
}

/** What stands on a page that has nothing to draw, null where it has. */
function emptyMessage(header: Header, channels: number): string | null {
  if (header.signals.every((signal) => signal.kind === 'annotations'))
    return 'This file holds annotations only: they are under Notes.'
  if (header.records === 0) return 'This file holds no data records.'
  if (header.signals.every((signal) => signal.sampleRate === null))
    return 'The record duration is 0: these signals have no place in time and cannot be drawn.'
  return channels === 0 ? 'This file holds no signal that can be drawn.' : null
}

/** Labels above the samples and bands below them: the style sheet sends the bands behind the canvas. */
function Marks({ layout, span }: { readonly layout: PlotLayout; readonly span: Span }) {
  const document = useReview((state) => state.set?.document ?? null)
  const readOnly = useReview((state) => state.set?.readOnly ?? true)
  const drag = useReview((state) => state.drag)
  const selected = useReview((state) => state.selectedMark)
  const part = useReview((state) => state.markPart)
  const header = useReview((state) => state.recording?.recording.header ?? null)
  const placesOf = useMemo(() => (header === null ? () => [] : placesIn(header)), [header])
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
    return placeMarks(marks, span, layout, placesOf)
  }, [document, drag, span, layout, placesOf])
  return (
    <>
      <MarkBands placed={placed} layout={layout} selected={selected} />
      <MarkLabels placed={placed} layout={layout} selected={selected} part={part} readOnly={readOnly} />
    </>
  )
}

/** In the margin, never over a signal. Its height is true where the display was measured. */
function ScaleBar({
  sensitivity,
  pixelsPerMm,
  unit,
}: {
  readonly sensitivity: number
  readonly pixelsPerMm: number
  readonly unit: 'uV' | ''
}) {
  const bar = chooseScaleBar(sensitivity, pixelsPerMm)
  return (
    <div className="page-scale" title="Scale of the EEG channels">
      <span className="page-scale-bar" style={{ height: bar.pixels }} />
      {bar.microvolts} {unit === 'uV' ? 'µV' : '(no unit)'}
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
