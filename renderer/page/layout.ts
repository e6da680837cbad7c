/** Where everything on the page lies, in CSS pixels of the plot's box. Pure; the canvas, the figure and the marks share it. */
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { Seconds, Span } from '../../shared/units.ts'

export const GUTTER = 98
/** Left of a page that stands beside another one, whose gutter is for both: room for its clock. */
export const GUTTER_BESIDE = 46
/** Room for mark labels and their patterned strips. */
export const HEAD = 34
/** Below the page: the times, and under them the file's notes. */
export const AXIS = 36
/** Where the notes begin, from the foot of the plot area. */
export const NOTE_ROW = 19
/** Room for the scale bars of what is not drawn at the EEG's sensitivity. */
export const RIGHT = 26
/** CSS defines 96 px to the inch; true only where the display was measured. */
const NOMINAL_PIXELS_PER_MM = 96 / 25.4

export type Lane = {
  readonly derivation: Derivation
  /** Baseline, from the top of the plot area. */
  readonly y: number
}

export type PlotLayout = {
  readonly width: number
  readonly height: number
  readonly plot: {
    readonly left: number
    readonly top: number
    readonly width: number
    readonly height: number
  }
  readonly lanes: readonly Lane[]
  readonly laneHeight: number
}

/** Below this a trace cannot be told from its neighbour: more channels than fit are scrolled through. */
const SMALLEST_LANE = 12

/** How many lanes fit into a plot of this height. */
export function lanesThatFit(height: number): number {
  return Math.max(1, Math.floor((height - HEAD - AXIS) / SMALLEST_LANE) - 2)
}

/** Rows above the first and below the last: a trace's tallest wave is seldom its smallest row. */
const EDGE_ROWS = 0.35
/** A QRS complex goes more than a row down, and there is no neighbour whose row it may use. */
const EDGE_ROWS_BELOW_HEART = 1.15

/** Rows of equal height; blocks of a chain stand half a row apart. */
export function computeLayout(
  width: number,
  height: number,
  derivations: readonly Derivation[],
  gutter = GUTTER,
): PlotLayout {
  const plot = {
    left: gutter,
    top: HEAD,
    width: Math.max(1, width - gutter - RIGHT),
    height: Math.max(1, height - HEAD - AXIS),
  }
  let rows = EDGE_ROWS
  const offsets: number[] = []
  for (const [index, derivation] of derivations.entries()) {
    const before = derivations[index - 1]
    if (before !== undefined && before.block !== derivation.block) rows += 0.5
    offsets.push(rows + 0.5)
    rows += 1
  }
  const last = derivations.at(-1)?.kind
  const below = last === 'ecg' || last === 'emg' ? EDGE_ROWS_BELOW_HEART : EDGE_ROWS
  const laneHeight = plot.height / Math.max(1, rows + below)
  const lanes = derivations.map((derivation, index) => ({ derivation, y: offsets[index]! * laneHeight }))
  return { width, height, plot, lanes, laneHeight }
}

/**
 * Widths of pages side by side, with a line between them: their plots are of the same whole pixels, or their times
 * would not be drawn at one scale.
 */
export function columnsSideBySide(pages = 2): string {
  const beside = GUTTER_BESIDE + RIGHT + LINE_BETWEEN
  const around = GUTTER + RIGHT + (pages - 1) * beside
  const plot = `round(down, (100% - ${around}px) / ${pages}, 1px)`
  return [
    `calc(${plot} + ${GUTTER + RIGHT}px)`,
    ...Array(pages - 1).fill(`calc(${plot} + ${beside}px)`),
  ].join(' ')
}

/** The border of each page but the first. */
const LINE_BETWEEN = 1

/**
 * CSS pixels a millimetre. `measured` counts device pixels, which no zoom changes; `ratio` is how many of
 * them a CSS pixel has now.
 */
export function pixelsPerMillimetre(measured: number | null, ratio = window.devicePixelRatio): number {
  return measured === null ? NOMINAL_PIXELS_PER_MM : measured / ratio
}

/** Pixels from the left of the plot area. */
export function timeToX(layout: PlotLayout, span: Span, time: Seconds): number {
  return ((time - span.start) / (span.end - span.start)) * layout.plot.width
}

export function xToTime(layout: PlotLayout, span: Span, x: number): Seconds {
  return span.start + (x / layout.plot.width) * (span.end - span.start)
}

/** The lane nearest to a height in the plot area, null where there are none. */
export function laneAt(layout: PlotLayout, y: number): Lane | null {
  let nearest: Lane | null = null
  for (const lane of layout.lanes) {
    if (nearest === null || Math.abs(lane.y - y) < Math.abs(nearest.y - y)) nearest = lane
  }
  return nearest
}

/** The round voltage whose height suits the margin where the scale bar stands, or `largest` pixels. */
export function chooseScaleBar(
  sensitivity: number,
  pixelsPerMm: number,
  largest = HEAD - 7,
): { readonly microvolts: number; readonly pixels: number } {
  let chosen = 1
  for (const exponent of [0, 1, 2, 3, 4, 5]) {
    for (const digit of [1, 2, 5]) {
      const microvolts = digit * 10 ** exponent
      if ((microvolts / sensitivity) * pixelsPerMm <= largest) chosen = microvolts
    }
  }
  return { microvolts: chosen, pixels: (chosen / sensitivity) * pixelsPerMm }
}
