/**
 * The samples of a page as strokes and bars, in CSS pixels of the plot area. Pure: a painter puts them on a canvas.
 * Columns come reduced by the host (first, min, max, last), so no extreme is lost; nothing is clipped to its row,
 * and what leaves the page at the top or bottom leaves a red tick where it does.
 */
import type { SignalKind } from '../../shared/edf/header/model.ts'
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

export type TraceOptions = {
  readonly page: Page
  readonly layout: PlotLayout
  /** uV/mm of EEG. */
  readonly sensitivity: number
  readonly pixelsPerMm: number
  readonly colours: TraceColours
}

export type Bar = { readonly x: number; readonly y: number; readonly width: number; readonly height: number }

export type TraceStrokes = {
  readonly colour: string
  /** x and y of one point after the other. */
  readonly points: Float32Array
  /** The points (not numbers) at which a line begins: the last one ends there. */
  readonly starts: readonly number[]
  /** What warns: clipping, and where the trace leaves the page. */
  readonly warnings: readonly Bar[]
}

/** Of each trace that has a lane, in the order of the page. */
export function planTraces(options: TraceOptions): readonly TraceStrokes[] {
  const { page, layout, colours } = options
  const lanes = new Map(layout.lanes.map((lane) => [lane.derivation.id, lane]))
  return page.traces.flatMap((trace) => {
    const lane = lanes.get(trace.id)
    if (lane === undefined) return []
    const scale = scaleOf(trace, lane, layout, options)
    const pen = new Pen(trace.pieces, layout.plot.height)
    for (const piece of trace.pieces) planPiece(pen, piece, page, layout.plot.width, scale)
    const colour = traceColour(lane.derivation.kind, lane.derivation.side, colours)
    const saturated = planSaturation(trace, lane, page, layout.plot.width)
    return [{ colour, ...pen.drawn(), warnings: [...pen.cuts(), ...saturated] }]
  })
}

/** y of a value, in pixels from the top of the plot area. */
export type Scale = (value: number) => number

/** Voltages by their sensitivity; anything else fills its row, as a scale for it would be an invention. */
export function scaleOf(
  trace: Trace,
  lane: Lane,
  layout: Pick<PlotLayout, 'laneHeight'>,
  options: Pick<TraceOptions, 'sensitivity' | 'pixelsPerMm'>,
): Scale {
  const { pixelsPerMm } = options
  if (isVoltage(lane.derivation)) {
    const sensitivity = kindSensitivity(lane.derivation.kind, options.sensitivity)
    // One multiplication a sample: the sign comes from pixelsUp, where polarity lives.
    const pixelsPerMicrovolt = pixelsUp(1, sensitivity, pixelsPerMm)
    const { baseline = 0 } = trace
    return (value) => lane.y - (value - baseline) * pixelsPerMicrovolt
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

function planPiece(pen: Pen, piece: TracePiece, page: Page, width: number, scale: Scale): void {
  const { values } = piece
  if (values.length === 0) return
  pen.lift()
  if (piece.form === 'samples') {
    const pixelsPerSecond = width / (page.span.end - page.span.start)
    const x0 = (piece.start - page.span.start) * pixelsPerSecond
    const dx = piece.step * pixelsPerSecond
    for (let index = 0; index < values.length; index += 1) {
      const x = x0 + index * dx
      const y = scale(values[index]!)
      pen.see(x, y)
      pen.draw(x, y)
    }
    // A single sample beside a gap would else leave no ink.
    if (values.length === 1) pen.draw(x0 + Math.min(dx, 1), scale(values[0]!))
    return
  }
  if (piece.form === 'steps') {
    planSteps(pen, piece, page, width, scale)
    return
  }
  const columnWidth = width / page.columns
  for (let index = 0; index < values.length; index += 4) {
    const x = (piece.firstColumn + index / 4 + 0.5) * columnWidth
    const low = scale(values[index + 1]!)
    const high = scale(values[index + 2]!)
    pen.see(x, low)
    pen.see(x, high)
    pen.draw(x, scale(values[index]!))
    pen.draw(x, low)
    // A column of one value is a point: half a pixel of ink keeps it visible.
    pen.draw(x, low === high ? high + 0.5 : high)
    pen.draw(x, scale(values[index + 3]!))
  }
}

/** Every value as a level line until the next, within the page. */
function planSteps(
  pen: Pen,
  { start, step, values }: Extract<TracePiece, { readonly form: 'steps' }>,
  page: Page,
  width: number,
  scale: Scale,
): void {
  const pixelsPerSecond = width / (page.span.end - page.span.start)
  const xOf = (index: number) =>
    Math.min(width, Math.max(0, (start + index * step - page.span.start) * pixelsPerSecond))
  for (let index = 0; index < values.length; index += 1) {
    const y = scale(values[index]!)
    pen.draw(xOf(index), y)
    pen.draw(xOf(index + 1), y)
  }
}

/** Draws into one array, and remembers where the trace leaves the page. */
class Pen {
  readonly #height: number
  readonly #points: Float32Array
  readonly #starts: number[] = []
  readonly #cuts: Bar[] = []
  #length = 0

  /** Room for each value once, of steps twice, and for the second end of a single sample. */
  constructor(pieces: readonly TracePiece[], height: number) {
    this.#height = height
    const room = ({ form, values }: TracePiece) => (form === 'steps' ? 2 : 1) * values.length + 1
    this.#points = new Float32Array(2 * pieces.reduce((sum, piece) => sum + room(piece), 0))
  }

  lift(): void {
    this.#starts.push(this.#length / 2)
  }

  draw(x: number, y: number): void {
    this.#points[this.#length] = x
    this.#points[this.#length + 1] = y
    this.#length += 2
  }

  see(x: number, y: number): void {
    if (y < 0) this.#cuts.push({ x: x - 1, y: 0, width: 2, height: 4 })
    else if (y > this.#height) this.#cuts.push({ x: x - 1, y: this.#height - 4, width: 2, height: 4 })
  }

  drawn(): Pick<TraceStrokes, 'points' | 'starts'> {
    return { points: this.#points.subarray(0, this.#length), starts: this.#starts }
  }

  cuts(): readonly Bar[] {
    return this.#cuts
  }
}

/** A bar under the trace where the amplifier was at the end of its range. */
function planSaturation(trace: Trace, lane: Lane, page: Page, width: number): readonly Bar[] {
  const pixelsPerSecond = width / (page.span.end - page.span.start)
  return trace.saturated.map((span) => ({
    x: (span.start - page.span.start) * pixelsPerSecond,
    y: lane.y + 5,
    width: Math.max(2, (span.end - span.start) * pixelsPerSecond),
    height: 3,
  }))
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
