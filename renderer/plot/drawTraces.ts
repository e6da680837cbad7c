/**
 * The samples of a page on a canvas laid over the figure's plot area. Columns come reduced by the host
 * (first, min, max, last), so no extreme is lost; nothing is clipped to its row, and what leaves the page
 * at the top or bottom leaves a red tick where it does.
 */
import type { SignalKind } from '../../shared/edf/model.ts'
import type { Side } from '../../shared/montage/derivation.ts'
import type { Page, Trace, TracePiece } from '../../shared/signal/model.ts'
import { fitRange, isVoltage, kindSensitivity, pixelsUp } from '../../shared/signal/sensitivity.ts'
import type { Lane, PlotLayout } from './layout.ts'

export type TraceColours = {
  readonly left: string
  readonly right: string
  readonly midline: string
  readonly eog: string
  readonly emg: string
  readonly ecg: string
  readonly other: string
  readonly danger: string
}

export type DrawOptions = {
  readonly page: Page
  readonly layout: PlotLayout
  /** uV/mm of EEG. */
  readonly sensitivity: number
  readonly pixelsPerMm: number
  readonly pixelRatio: number
  readonly colours: TraceColours
}

/**
 * Lines are one device pixel wide and not a hair more: Chromium draws such a line segment by segment, while it
 * fills the outline of any wider one as a shape, which without a graphics card takes 20 times as long for a
 * quiet page (150 against 8 ms, 32 channels of 2560 samples) and 200 times for mains hum (4.6 s against 28 ms).
 */
const LINE_DEVICE_PIXELS = 0.999
/** From this pixel ratio on lines are drawn twice, half a pixel to either side, to be as broad as elsewhere. */
const TWICE_FROM = 1.75

/** Draws on a canvas whose size is that of the plot area times the pixel ratio. */
export function drawTraces(context: CanvasRenderingContext2D, options: DrawOptions): void {
  const { page, layout, pixelRatio, colours } = options
  const { width, height } = layout.plot
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.clearRect(0, 0, width, height)
  context.lineWidth = LINE_DEVICE_PIXELS / pixelRatio
  const shifts = pixelRatio >= TWICE_FROM ? [-0.5, 0.5] : [0]
  const lanes = new Map(layout.lanes.map((lane) => [lane.derivation.id, lane]))
  for (const trace of page.traces) {
    const lane = lanes.get(trace.id)
    if (lane === undefined) continue
    const scale = scaleOf(trace, lane, layout, options)
    const colour = traceColour(lane.derivation.kind, lane.derivation.side, colours)
    context.strokeStyle = colour
    const line = new Path2D()
    const cut = new CutMarks(height)
    for (const piece of trace.pieces) drawPiece(line, piece, page, width, scale, cut)
    for (const shift of shifts) {
      context.setTransform(pixelRatio, 0, 0, pixelRatio, shift, shift)
      context.stroke(line)
    }
    context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
    cut.draw(context, colours.danger)
    drawSaturation(context, trace, lane, page, width, colours.danger)
  }
}

/** y of a value, in pixels from the top of the plot area. */
export type Scale = (value: number) => number

/** Voltages by their sensitivity; anything else fills its row, as a scale for it would be an invention. */
export function scaleOf(
  trace: Trace,
  lane: Lane,
  layout: Pick<PlotLayout, 'laneHeight'>,
  options: Pick<DrawOptions, 'sensitivity' | 'pixelsPerMm'>,
): Scale {
  const { pixelsPerMm } = options
  if (isVoltage(lane.derivation)) {
    const sensitivity = kindSensitivity(lane.derivation.kind, options.sensitivity)
    // One multiplication a sample: the sign comes from pixelsUp, where polarity lives.
    const pixelsPerMicrovolt = pixelsUp(1, sensitivity, pixelsPerMm)
    return (value) => lane.y - value * pixelsPerMicrovolt
  }
  const { min, max } = rangeOf(trace)
  const { centre, unitsPerMm } = fitRange(min, max, (layout.laneHeight * 0.8) / pixelsPerMm)
  return (value) => lane.y - ((value - centre) / unitsPerMm) * pixelsPerMm
}

function rangeOf(trace: Trace): { readonly min: number; readonly max: number } {
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (const piece of trace.pieces) {
    for (const value of piece.values) {
      if (value < min) min = value
      if (value > max) max = value
    }
  }
  return min <= max ? { min, max } : { min: 0, max: 0 }
}

function drawPiece(
  line: Pick<Path2D, 'moveTo' | 'lineTo'>,
  piece: TracePiece,
  page: Page,
  width: number,
  scale: Scale,
  cut: CutMarks,
): void {
  const { values } = piece
  if (piece.form === 'samples') {
    const pixelsPerSecond = width / (page.span.end - page.span.start)
    const x0 = (piece.start - page.span.start) * pixelsPerSecond
    const dx = piece.step * pixelsPerSecond
    for (let index = 0; index < values.length; index += 1) {
      const x = x0 + index * dx
      const y = scale(values[index]!)
      cut.see(x, y)
      if (index === 0) line.moveTo(x, y)
      else line.lineTo(x, y)
    }
    // A single sample beside a gap would else leave no ink.
    if (values.length === 1) line.lineTo(x0 + Math.min(dx, 1), scale(values[0]!))
    return
  }
  const columnWidth = width / page.columns
  for (let index = 0; index < values.length; index += 4) {
    const x = (piece.firstColumn + index / 4 + 0.5) * columnWidth
    const low = scale(values[index + 1]!)
    const high = scale(values[index + 2]!)
    cut.see(x, low)
    cut.see(x, high)
    const first = scale(values[index]!)
    if (index === 0) line.moveTo(x, first)
    else line.lineTo(x, first)
    line.lineTo(x, low)
    // A column of one value is a point: half a pixel of ink keeps it visible.
    line.lineTo(x, low === high ? high + 0.5 : high)
    line.lineTo(x, scale(values[index + 3]!))
  }
}

/** Remembers where a trace leaves the page, to say so at the edge. */
class CutMarks {
  readonly #height: number
  readonly #top: number[] = []
  readonly #bottom: number[] = []

  constructor(height: number) {
    this.#height = height
  }

  see(x: number, y: number): void {
    if (y < 0) this.#top.push(x)
    else if (y > this.#height) this.#bottom.push(x)
  }

  draw(context: CanvasRenderingContext2D, colour: string): void {
    if (this.#top.length === 0 && this.#bottom.length === 0) return
    context.fillStyle = colour
    for (const x of this.#top) context.fillRect(x - 1, 0, 2, 4)
    for (const x of this.#bottom) context.fillRect(x - 1, this.#height - 4, 2, 4)
  }
}

/** A bar under the trace where the amplifier was at the end of its range. */
function drawSaturation(
  context: CanvasRenderingContext2D,
  trace: Trace,
  lane: Lane,
  page: Page,
  width: number,
  colour: string,
): void {
  if (trace.saturated.length === 0) return
  const pixelsPerSecond = width / (page.span.end - page.span.start)
  context.fillStyle = colour
  for (const span of trace.saturated) {
    const x = (span.start - page.span.start) * pixelsPerSecond
    context.fillRect(x, lane.y + 5, Math.max(2, (span.end - span.start) * pixelsPerSecond), 3)
  }
}

export function traceColour(kind: SignalKind, side: Side | null, colours: TraceColours): string {
  switch (kind) {
    case 'eeg':
      return side === null ? colours.midline : colours[side]
    case 'eog':
    case 'emg':
    case 'ecg':
      return colours[kind]
    default:
      return colours.other
  }
}
