/**
 * A page as a figure for a slide or a handout: the same rows, gains and colours as on the page, drawn from the samples
 * themselves, with scale bars, marks and what it was made with. Nothing in it tells whose recording it is. Pure.
 */
import type { Mark } from '../../shared/annotation/document.ts'
import { kindOf } from '../../shared/annotation/kinds.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import type { Page } from '../../shared/signal/model.ts'
import { isVoltage, unitOfEeg } from '../../shared/signal/sensitivity.ts'
import { TEACHING_STATEMENT } from '../../shared/statement.ts'
import { toMicroseconds } from '../../shared/units.ts'
import type { MeasureText } from '../page/channelNames.ts'
import { escapeName, type FigureColours, givenColours, planFigure } from '../page/figure.ts'
import { chooseScaleBar, computeLayout, type PlotLayout } from '../page/layout.ts'
import { type PlacedMark, placeMarks } from '../page/markLayout.ts'
import { planTraces, type TraceStrokes } from '../page/planTraces.ts'
import type { Chart } from '../page/plotlyCharts.ts'

/** Below the times: what the figure was made with, and what it is not for. */
const CAPTION = 34
const CAPTION_LINE = 13
const LABEL_HEIGHT = 15
/** As many as fit between the page and the figure's edge. */
const MOST_LABEL_ROWS = 2
const BAR_LEFT = 10
const BAR_TOP = 4
/** Of a row, that a scale bar beside it may take. */
const BAR_SHARE = 0.72
const MILLIVOLTS = 'mV'

export type PageFigureOptions = {
  /** CSS pixels. */
  readonly width: number
  readonly height: number
  readonly page: Page
  /** The lines to show, in their order. */
  readonly derivations: readonly Derivation[]
  readonly looks: Readonly<Record<string, LineLook>>
  /** uV/mm of EEG on the page whose look it has. */
  readonly sensitivity: number
  /** Height of a row on that page in mm: rows of another height are drawn in the same proportion. */
  readonly rowMm: number
  readonly marks: readonly Mark[]
  readonly placesOf: (line: Derivation) => readonly string[]
  readonly colours: FigureColours & {
    readonly ink: string
    readonly paper: string
    /** By the name of a kind's colour. */
    readonly kinds: Readonly<Record<string, string>>
  }
  /** Montage, filters and the like, in words. */
  readonly madeWith: string
  readonly measure: MeasureText
}

export function planPageFigure(options: PageFigureOptions): Chart {
  const { page, width, height, derivations, looks, colours, measure, sensitivity } = options
  const layout = computeLayout(width, height - CAPTION, derivations)
  const pixelsPerMm = layout.laneHeight / options.rowMm
  const length = toMicroseconds(page.span.end - page.span.start)
  const frame = planFigure({ layout, length, colours, given: givenColours(looks), measure })
  const strokes = planTraces({ page, layout, sensitivity, looks, pixelsPerMm, colours })
  const placed = placeMarks(options.marks, page.span, layout, options.placesOf)
  const bars = planBars(options, layout, pixelsPerMm)
  const secondsPerPixel = length / layout.plot.width
  return {
    data: [
      ...strokes.map((stroke) => lineOf(stroke, secondsPerPixel)),
      ...strokes.flatMap((stroke) => warningsOf(stroke, secondsPerPixel, colours.danger)),
    ],
    layout: {
      ...frame,
      height,
      margin: { ...frame.margin, b: frame.margin.b + CAPTION },
      paper_bgcolor: colours.paper,
      plot_bgcolor: colours.paper,
      font: { ...frame.font, family: 'Inter, Helvetica, Arial, sans-serif' },
      shapes: [
        ...placed.flatMap((mark) => bandsOf(mark, layout, secondsPerPixel, colours.kinds)),
        ...bars.shapes,
      ],
      annotations: [
        ...placed.map((mark) => labelOf(mark, layout, colours.kinds)),
        ...bars.annotations,
        ...captionOf(options, layout, bars.annotations),
      ],
    },
  }
}

/** Points in seconds from the page's start and in pixels from the top, as the axes count. */
function lineOf({ points, starts, colour }: TraceStrokes, secondsPerPixel: number): object {
  const x: (number | null)[] = []
  const y: (number | null)[] = []
  const begins = new Set(starts)
  for (let index = 0; index < points.length / 2; index += 1) {
    if (index > 0 && begins.has(index)) {
      x.push(null)
      y.push(null)
    }
    x.push(points[2 * index]! * secondsPerPixel)
    y.push(points[2 * index + 1]!)
  }
  return {
    ...{ type: 'scatter', mode: 'lines', x, y, hoverinfo: 'skip', connectgaps: false, cliponaxis: true },
    // Plotly leaves out points that lie on a line to within a pixel, and a slide is enlarged.
    line: { color: colour, width: 0.8, simplify: false },
  }
}

/** Clipping, and where a trace leaves the page or its row: told apart by more than their colour, as they lie on edges. */
function warningsOf({ warnings }: TraceStrokes, secondsPerPixel: number, colour: string): readonly object[] {
  if (warnings.length === 0) return []
  const middle = ({ x, width }: { readonly x: number; readonly width: number }) =>
    (x + width / 2) * secondsPerPixel
  return [
    {
      ...{ type: 'scatter', mode: 'lines', hoverinfo: 'skip', connectgaps: false },
      x: warnings.flatMap((bar) => [middle(bar), middle(bar), null]),
      y: warnings.flatMap((bar) => [bar.y, bar.y + bar.height, null]),
      line: { color: colour, width: 2 },
    },
  ]
}

function bandsOf(
  { mark, left, right, rows }: PlacedMark,
  { plot }: PlotLayout,
  secondsPerPixel: number,
  kinds: Readonly<Record<string, string>>,
): readonly object[] {
  const colour = kinds[kindOf(mark.kind).colour]
  return (rows ?? [{ top: 0, height: plot.height }]).map(({ top, height }) => ({
    ...{ type: 'rect', xref: 'x', yref: 'y', layer: 'below', opacity: 1 },
    ...{ x0: left * secondsPerPixel, x1: right * secondsPerPixel, y0: top, y1: top + height },
    fillcolor: withAlpha(colour ?? '#000000', 0.1),
    line: { color: colour, width: 1 },
  }))
}

/** The name of its kind, over its band: kinds never differ by colour alone. */
function labelOf(
  { mark, text, labelLeft, labelRow }: PlacedMark,
  layout: PlotLayout,
  kinds: Readonly<Record<string, string>>,
): object {
  const row = Math.min(labelRow, MOST_LABEL_ROWS - 1)
  return textAt(layout, escapeName(text), {
    x: layout.plot.left + labelLeft,
    y: layout.plot.top - 2 - row * LABEL_HEIGHT,
    color: kinds[kindOf(mark.kind).colour],
    size: 11,
    weight: 560,
    yanchor: 'bottom',
  })
}

/** That of the EEG in the corner, and beside each voltage of another sensitivity one of its own. */
function planBars(
  { looks, sensitivity, derivations, colours }: PageFigureOptions,
  layout: PlotLayout,
  pixelsPerMm: number,
): { readonly shapes: readonly object[]; readonly annotations: readonly Text[] } {
  const { plot, lanes, laneHeight } = layout
  const shapes: object[] = []
  const annotations: Text[] = []
  const add = (x: number, top: number, pixels: number, label: string, size: number) => {
    shapes.push(upright(layout, x, top, pixels, colours.ink))
    annotations.push(
      textAt(layout, label, { x: x + 2, y: top + pixels / 2, color: colours.ink, size, yanchor: 'middle' }),
    )
  }
  if (derivations.some(({ kind }) => kind === 'eeg')) {
    const bar = chooseScaleBar(sensitivity, pixelsPerMm)
    add(
      BAR_LEFT,
      BAR_TOP,
      bar.pixels,
      `${bar.microvolts} ${unitOfEeg(derivations) === 'uV' ? 'µV' : '(no unit)'}`,
      11,
    )
  }
  for (const { derivation, y } of lanes) {
    const look = looks[derivation.id]
    if (look === undefined || derivation.problem !== null || !isVoltage(derivation)) continue
    if (look.sensitivity === sensitivity && derivation.kind === 'eeg') continue
    const bar = chooseScaleBar(look.sensitivity, pixelsPerMm, laneHeight * BAR_SHARE)
    add(
      plot.left + plot.width + 3,
      y + plot.top - bar.pixels / 2,
      bar.pixels,
      shortVoltage(bar.microvolts),
      8,
    )
  }
  return { shapes, annotations }
}

function shortVoltage(microvolts: number): string {
  return microvolts >= 1000 ? `${microvolts / 1000}${MILLIVOLTS}` : String(microvolts)
}

function captionOf(
  { madeWith, height, colours }: PageFigureOptions,
  layout: PlotLayout,
  bars: readonly { readonly text: string }[],
): readonly object[] {
  const units = bars.some(({ text }) => text.endsWith(MILLIVOLTS))
    ? 'bars in µV where not in mV'
    : 'bars in µV'
  return [`${madeWith} · ${units}`, TEACHING_STATEMENT].map((line, index) =>
    textAt(layout, escapeName(line), {
      x: BAR_LEFT,
      y: height - CAPTION + 4 + index * CAPTION_LINE,
      color: colours.ink2,
      size: index === 0 ? 10 : 8,
      yanchor: 'top',
    }),
  )
}

type Place = {
  /** Pixels from the figure's left and top. */
  readonly x: number
  readonly y: number
  readonly color: string | undefined
  readonly size: number
  readonly weight?: number
  readonly yanchor: 'top' | 'middle' | 'bottom'
}

type Text = { readonly text: string; readonly font: object }

/** Plotly counts outside its axes in shares of the plot area, from the bottom. */
function textAt(
  { plot }: PlotLayout,
  text: string,
  { x, y, color, size, weight = 400, yanchor }: Place,
): Text {
  return {
    ...{ text, showarrow: false, xref: 'paper', yref: 'paper', xanchor: 'left', yanchor, align: 'left' },
    ...{ x: (x - plot.left) / plot.width, y: 1 - (y - plot.top) / plot.height, borderpad: 0 },
    font: { size, color, weight },
  }
}

function upright({ plot }: PlotLayout, x: number, top: number, pixels: number, color: string): object {
  const share = (x - plot.left) / plot.width
  return {
    ...{ type: 'line', xref: 'paper', yref: 'paper', x0: share, x1: share },
    y0: 1 - (top - plot.top) / plot.height,
    y1: 1 - (top + pixels - plot.top) / plot.height,
    line: { color, width: 1.2 },
  }
}

/** `#rrggbb` with an opacity. */
function withAlpha(colour: string, alpha: number): string {
  return `${colour}${Math.round(alpha * 255)
    .toString(16)
    .padStart(2, '0')}`
}
