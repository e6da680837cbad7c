import { useContext, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import { unitOfEeg } from '../../shared/signal/sensitivity.ts'
import { type Seconds, type Span, toMicroseconds } from '../../shared/units.ts'
import { activatePane } from '../store/activePage.ts'
import { FIRST_PANE } from '../store/beginnings.ts'
import { looksInRows } from '../store/linesOnPage.ts'
import type { PaneId } from '../store/panesState.ts'
import { isSplit } from '../store/selectors.ts'
import { headerIn } from '../store/shownIn.ts'
import { useReview } from '../store/state.ts'
import { lengthToReview, settleFirstLane, settleRow, settleWidth } from '../store/viewing.ts'
import { MainElement } from '../ui/mainFocus.ts'
import { CaliperLayer } from './CaliperLayer.tsx'
import { CandidateOutlines } from './CandidateOutlines.tsx'
import { ChannelScroller } from './ChannelScroller.tsx'
import { CursorValues } from './CursorValues.tsx'
import { placeGains, roomsBesideGains } from './channelNames.ts'
import { EmptyRows } from './EmptyRows.tsx'
import { FirstFrame } from './FirstFrame.tsx'
import { givenColours } from './figure.ts'
import { Gutter } from './Gutter.tsx'
import { LaneScales } from './LaneScales.tsx'
import {
  computeLayout,
  GUTTER,
  GUTTER_BESIDE,
  lanesThatFit,
  type PlotLayout,
  pixelsPerMillimetre,
} from './layout.ts'
import { MarkOutlines } from './MarkOutlines.tsx'
import { MeasuredAtLayer } from './MeasuredAtLayer.tsx'
import { measureText } from './measureText.ts'
import {
  AlignedAt,
  AroundCase,
  Cursor,
  Gaps,
  NoteLines,
  PageClock,
  ReviewedLine,
  SelectionBand,
  SelectionLength,
} from './PageLayers.tsx'
import { PageMarks } from './PageMarks.tsx'
import { DelayNote, emptyMessage, NoRow, Opening } from './PageSentences.tsx'
import styles from './page.module.css'
import type { PageLoader } from './pageLoader.ts'
import { pictureBox, pictureSize } from './paintTraces.ts'
import { ScaleBar } from './ScaleBar.tsx'
import { useBoxSize } from './useBoxSize.ts'
import { NARROWEST, useFigure } from './useFigure.ts'
import { refusalOf, useLines } from './useLines.ts'
import { PaneContext, useInPane, usePane } from './usePane.ts'
import { usePointer } from './usePointer.ts'
import { useSame } from './useSame.ts'
import { readColours, readMarkColours } from './useTheme.ts'

const NO_DERIVATIONS: readonly [] = []

type Props = { readonly theme: 'light' | 'dark'; readonly loader: PageLoader }

/**
 * The page of EEG: Plotly's axes below, marks, the samples on a canvas, labels and grips on top. What a turned page
 * changes stands in parts of its own (PageGround, PageOverlay); all else is rendered when the look changes.
 */
export function PagePlot({ pane, ...props }: Props & { readonly pane: PaneId }) {
  return (
    <PaneContext value={pane}>
      <PageOfPane {...props} />
    </PaneContext>
  )
}

function PageOfPane({ theme, loader }: Props) {
  const pane = useContext(PaneContext)
  const main = useContext(MainElement)
  const box = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const figureBox = useRef<HTMLDivElement>(null)
  const size = useBoxSize(box)
  const isShown = usePane((pane) => pane.shown !== null)
  const isTimeless = useInPane((state, pane) => pane.shown !== null && lengthToReview(state, pane) === 0)
  const length = usePane(({ shown }) => (shown === null || isTimeless ? null : lengthOf(shown.span)))
  const sensitivity = usePane((pane) => pane.view.sensitivity)
  const measured = useReview((state) => state.shell.settings.pixelsPerMillimetre)
  const header = useInPane(headerIn)
  const pixelsPerMm = pixelsPerMillimetre(measured, size.ratio)
  const derived = usePane((pane) => pane.shown?.derivations ?? NO_DERIVATIONS)
  const channels = usePane((pane) => pane.looks)
  const { lines: all, left } = useLines(derived)
  const fit = lanesThatFit(size.height)
  const first = usePane((pane) => Math.min(pane.firstLane, Math.max(0, all.length - fit)))
  useEffect(() => {
    if (all.length > 0) settleFirstLane(first, pane)
  }, [all, first, pane])
  const lines = useMemo(() => all.slice(first, first + fit), [all, first, fit])
  const derivations = useMemo(() => lines.map(({ line }) => line), [lines])
  const isFirst = pane === FIRST_PANE
  const layout = useMemo(
    () => computeLayout(size.width, size.height, derivations, isFirst ? GUTTER : GUTTER_BESIDE),
    [size, derivations, isFirst],
  )
  const rowMm = layout.laneHeight / pixelsPerMm
  useEffect(() => settleRow(rowMm, pane), [rowMm, pane])
  const rWave = usePane((pane) => pane.rWave)
  const looks = useMemo(
    () => looksInRows(lines, channels, { sensitivity, rWave }),
    [lines, channels, sensitivity, rWave],
  )
  const gains = useMemo(() => placeGains(layout, looks, measureText), [layout, looks])
  // The figure is not planned anew when a gain is.
  const given = useSame(givenColours(looks))
  const rooms = useSame(roomsBesideGains(layout, gains, measureText))
  const names = { given, rooms }
  const layoutRef = useRef<PlotLayout>(layout)
  layoutRef.current = layout
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const colours = useMemo(() => readColours(), [theme])
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const markColours = useMemo(() => readMarkColours(), [theme])
  usePointer(box, layoutRef, pane)

  const isActive = useReview(({ panes }) => panes.active === pane)
  const split = useReview(isSplit)
  const isNew = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the other page takes along when it goes
  useLayoutEffect(() => {
    const own = box.current
    const focused = document.activeElement
    const isFree = !isNew.current && (focused === null || focused === document.body)
    isNew.current = false
    if (!isActive) return
    main.current = own
    // The focus goes along from page to page, and from what went with the other page; any other control keeps it.
    if (isFree || focused?.matches('.page') === true) own?.focus({ preventScroll: true })
    return () => {
      if (main.current === own) main.current = null
    }
  }, [main, isActive, split])

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('bitmaprenderer')
    if (context == null) return
    loader.setSurface({ put: (picture) => context.transferFromImageBitmap(picture) })
    return () => loader.setSurface(null)
  }, [loader])

  // Before the look: a page of a paper speed is asked for once, in its new length.
  const millimetres = size.width === 0 ? null : layout.plot.width / pixelsPerMm
  // What is opened anew does not know it yet.
  const known = usePane((pane) => pane.millimetres)
  useLayoutEffect(() => {
    if (millimetres !== null && millimetres !== known) settleWidth(millimetres, pane)
  }, [millimetres, known, pane])

  useLayoutEffect(() => {
    const pixelRatio = size.ratio
    const scales = { sensitivity, looks, pixelsPerMm, pixelRatio }
    loader.setLook({ derivations: derived, layout, ...scales, colours, markColours })
  }, [loader, derived, layout, sensitivity, looks, pixelsPerMm, size.ratio, colours, markColours])

  const isFigureDrawn = useFigure(figureBox, layout, length, colours, names)

  const picture = pictureSize({ layout, pixelRatio: size.ratio })
  const refusal = useInPane(refusalOf)
  const message =
    !isShown || header === null ? null : (refusal ?? emptyMessage(header, all.length, derived.length))
  return (
    <>
      <div
        className={`page ${styles.page}`}
        ref={box}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the page takes the keys of the review
        tabIndex={0}
        role="application"
        aria-label={isFirst ? 'EEG page' : 'EEG page beside'}
        onFocus={() => activatePane(pane)}
        aria-describedby="page-text"
      >
        <div className={styles.ground} />
        <div
          className={`page-figure ${styles.figure}`}
          ref={figureBox}
          aria-hidden="true"
          // It may have the axes of what was open before.
          style={isTimeless ? { visibility: 'hidden' } : undefined}
        />
        {!isFigureDrawn && length !== null && layout.width >= NARROWEST && (
          <FirstFrame layout={layout} length={length} colours={colours} names={names} />
        )}
        <PageGround layout={layout} />
        <canvas
          ref={canvas}
          className={`page-canvas ${styles.canvas}`}
          width={picture.width}
          height={picture.height}
          style={pictureBox(layout)}
        />
        {isShown && isFirst && <Gutter layout={layout} looks={looks} gains={message === null ? gains : []} />}
        {isShown && message === null && (
          <LaneScales layout={layout} looks={looks} sensitivity={sensitivity} pixelsPerMm={pixelsPerMm} />
        )}
        {isShown && <DelayNote beside={all.length > derivations.length} />}
        {!isTimeless && (
          <PageOverlay layout={layout} looks={looks} sensitivity={sensitivity} pixelsPerMm={pixelsPerMm} />
        )}
        {/* Where nothing can be derived, one sentence says it, and no row speaks of its own electrode. */}
        {isShown && refusal === null && <EmptyRows layout={layout} />}
        {message !== null && <p className={styles.message}>{message}</p>}
        <Opening />
        {isFirst && message === null && (
          <ScaleBar sensitivity={sensitivity} pixelsPerMm={pixelsPerMm} unit={unitOfEeg(derivations)} />
        )}
        {left.length > 0 && <NoRow lines={left} />}
      </div>
      {/* Beside the page, whose pointer would take the press. */}
      {isFirst && all.length > derivations.length && (
        <ChannelScroller first={first} shown={derivations.length} all={all.length} />
      )}
    </>
  )
}

/** Rounded, so that pages of one timebase have one length. */
function lengthOf(span: Span): Seconds {
  return toMicroseconds(span.end - span.start)
}

/** Under the samples. */
function PageGround({ layout }: { readonly layout: PlotLayout }) {
  const span = usePane((pane) => pane.shown?.span ?? null)
  if (span === null) return null
  return (
    <>
      <Gaps layout={layout} span={span} />
      <SelectionBand layout={layout} span={span} />
    </>
  )
}

/** Over the samples. */
function PageOverlay({
  layout,
  ...scales
}: {
  readonly layout: PlotLayout
  readonly looks: Readonly<Record<string, LineLook>>
  readonly sensitivity: number
  readonly pixelsPerMm: number
}) {
  const span = usePane((pane) => pane.shown?.span ?? null)
  if (span === null) return null
  return (
    <>
      <AroundCase layout={layout} span={span} />
      <PageMarks layout={layout} span={span} />
      <MeasuredAtLayer layout={layout} span={span} />
      <CandidateOutlines layout={layout} span={span} />
      <MarkOutlines layout={layout} span={span} />
      <PageClock layout={layout} span={span} />
      <Cursor layout={layout} span={span} />
      <NoteLines layout={layout} span={span} />
      <AlignedAt layout={layout} span={span} />
      <ReviewedLine layout={layout} span={span} />
      <SelectionLength layout={layout} span={span} />
      <CursorValues layout={layout} span={span} />
      <CaliperLayer layout={layout} span={span} {...scales} />
    </>
  )
}
