/**
 * The samples of a page as strokes and bars, in CSS pixels of the plot area. Pure: a painter puts them on a canvas.
 * Columns come reduced by the host (first, min, max, last), so no extreme is lost. A line that is limited to its row is
 * cut at the row's edges, any other at those of the page; either leaves a red tick where it does.
 */
import type { SignalKind } from '../../shared/edf/header/model.ts'
import type { Derivation, Side } from '../../shared/montage/derivation.ts'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import type { Page, Trace, TracePiece } from '../../shared/signal/model.ts'
import { fitRange, isVoltage, pixelsUp } from '../../shared/signal/sensitivity.ts'
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
  /** uV/mm of a line that has no look of its own. */
  readonly sensitivity: number
  /** How each line is drawn, by its id. */
  readonly looks?: Readonly<Record<string, LineLook>>
  readonly pixelsPerMm: number
  readonly colours: TraceColours
  /** How high traces may go, negative above the plot area; 0 if absent. Over the first row is no neighbour whose row it may use. */
  readonly ceiling?: number
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

/** The strokes of each trace that has a lane, in the order of the page. */
export function planTraces(options: TraceOptions): readonly TraceStrokes[] {
  const { page, layout, colours, ceiling = 0 } = options
  const lanes = new Map(layout.lanes.map((lane) => [lane.derivation.id, lane]))
  return page.traces.flatMap((trace) => {
    const lane = lanes.get(trace.id)
    if (lane === undefined) return []
    const scale = scaleOf(trace, lane, layout, options)
    const look = options.looks?.[trace.id]
    const pen = new Pen(trace.pieces, boundsOf(lane, layout, look?.limited === true, ceiling))
    for (const piece of trace.pieces) planPiece(pen, piece, page, layout.plot.width, scale)
    const colour = lineColour(lane.derivation, look, colours)
    const saturated = planSaturation(trace, lane, page, layout.plot.width)
    return [{ colour, ...pen.drawn(), warnings: [...pen.cuts(), ...saturated] }]
  })
}

/** The heights between which a line is drawn: those of its row, of the page where it has no neighbour on that side. */
type Bounds = { readonly top: number; readonly bottom: number; readonly limited: boolean }

function boundsOf(
  lane: Lane,
  { lanes, laneHeight, plot }: PlotLayout,
  limited: boolean,
  ceiling: number,
): Bounds {
  if (!limited) return { top: ceiling, bottom: plot.height, limited }
  return {
    top: lane === lanes[0] ? ceiling : lane.y - laneHeight / 2,
    bottom: lane === lanes.at(-1) ? plot.height : lane.y + laneHeight / 2,
    limited,
  }
}

/** y of a value, in pixels from the top of the plot area. */
export type Scale = (value: number) => number

/** Voltages by their sensitivity; anything else fills its row, as a scale for it would be an invention. */
export function scaleOf(
  trace: Trace,
  lane: Lane,
  layout: Pick<PlotLayout, 'laneHeight'>,
  options: Pick<TraceOptions, 'sensitivity' | 'looks' | 'pixelsPerMm'>,
): Scale {
  const { pixelsPerMm } = options
  const { sensitivity, inverted } = options.looks?.[lane.derivation.id] ?? { ...options, inverted: false }
  if (isVoltage(lane.derivation)) {
    // One multiplication a sample: the sign comes from pixelsUp, where polarity lives.
    const pixelsPerMicrovolt = pixelsUp(inverted ? -1 : 1, sensitivity, pixelsPerMm)
    const { baseline = 0 } = trace
    return (value) => lane.y - (value - baseline) * pixelsPerMicrovolt
  }
  const { min, max } = rangeOf(trace)
  const { centre, unitsPerMm } = fitRange(min, max, (layout.laneHeight * 0.8) / pixelsPerMm)
  const up = inverted ? -pixelsPerMm : pixelsPerMm
  return (value) => lane.y - ((value - centre) / unitsPerMm) * up
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

/** Draws into one array, and remembers where the trace leaves what it may be drawn on. */
class Pen {
  readonly #bounds: Bounds
  readonly #points: Float32Array
  readonly #starts: number[] = []
  readonly #cuts: Bar[] = []
  #length = 0

  /** Room for each value once, of steps twice, and for the second end of a single sample. */
  constructor(pieces: readonly TracePiece[], bounds: Bounds) {
    this.#bounds = bounds
    const room = ({ form, values }: TracePiece) => (form === 'steps' ? 2 : 1) * values.length + 1
    this.#points = new Float32Array(2 * pieces.reduce((sum, piece) => sum + room(piece), 0))
  }

  lift(): void {
    this.#starts.push(this.#length / 2)
  }

  draw(x: number, y: number): void {
    const { top, bottom, limited } = this.#bounds
    this.#points[this.#length] = x
    this.#points[this.#length + 1] = limited ? Math.min(bottom, Math.max(top, y)) : y
    this.#length += 2
  }

  see(x: number, y: number): void {
    const { top, bottom } = this.#bounds
    if (y < top) this.#cut(x - 1, top)
    else if (y > bottom) this.#cut(x - 1, bottom - 4)
  }

  /** One tick where neighbouring points leave at one edge: a burst leaves hundreds of times. */
  #cut(x: number, y: number): void {
    const last = this.#cuts.at(-1)
    if (last?.y === y && x < last.x + last.width) {
      const width = Math.max(last.width, x + 2 - last.x)
      this.#cuts[this.#cuts.length - 1] = { ...last, width }
    } else this.#cuts.push({ x, y, width: 2, height: 4 })
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

/** The colour of a line: as the reader has coloured it, else by its kind and side. */
export function lineColour(
  { kind, side }: Pick<Derivation, 'kind' | 'side'>,
  look: Pick<LineLook, 'colour'> | undefined,
  colours: TraceColours,
): string {
  return look?.colour == null ? traceColour(kind, side, colours) : colours[look.colour]
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
