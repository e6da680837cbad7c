/** A page's picture: drawn on the window's thread for the page that is wanted now, in a worker ahead, by the same code. */
import { createPlane, drawLine, fillBar, inkOf, type Plane } from './hairlines.ts'
import type { PlotLayout } from './layout.ts'
import { type MarkColours, type MarkSign, paintBands, paintStrips } from './paintMarks.ts'
import { planTraces, type TraceOptions, type TraceStrokes } from './planTraces.ts'

/** All that a page's picture depends on; two equal drawings are the same picture. */
export type Drawing = TraceOptions & {
  readonly pixelRatio: number
  readonly markColours: MarkColours
  readonly marks: readonly MarkSign[]
}

/** From this pixel ratio on lines are drawn twice, half a pixel to either side, to be as broad as elsewhere. */
const TWICE_FROM = 1.75

/** By how many device pixels each stroke of a line is moved to the right and down: a line is one of them wide. */
export function shiftsOf(pixelRatio: number): readonly number[] {
  return pixelRatio >= TWICE_FROM ? [-0.5, 0.5] : [0]
}

/** CSS pixels of the page that a picture covers: the plot area, and all above it, where waves of the first rows reach. */
export function pictureBox({ plot: { left, top, width, height } }: Pick<PlotLayout, 'plot'>): {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
} {
  return { left, top: 0, width, height: top + height }
}

/** The same in device pixels. */
export function pictureSize({ layout, pixelRatio }: Pick<Drawing, 'layout' | 'pixelRatio'>): {
  readonly width: number
  readonly height: number
} {
  const { width, height } = pictureBox(layout)
  return { width: Math.round(width * pixelRatio), height: Math.round(height * pixelRatio) }
}

/** Draws one picture after the other, with one canvas and one piece of memory. */
export function createBrush(): (drawing: Drawing) => ImageBitmap {
  const canvas = new OffscreenCanvas(1, 1)
  let plane = createPlane(1, 1)
  return (drawing) => {
    const { width, height } = pictureSize(drawing)
    if (plane.width === width && plane.height === height) plane.pixels.fill(0)
    else {
      plane = createPlane(width, height)
      canvas.width = width
      canvas.height = height
    }
    paintBands(plane, drawing.marks, drawing)
    paintStrokes(plane, planTraces({ ...drawing, ceiling: -drawing.layout.plot.top }), drawing)
    paintStrips(plane, drawing.marks, drawing)
    // In plain memory, too: a graphics card would have to be given every picture twice.
    const context = canvas.getContext('2d', { willReadFrequently: true })
    if (context === null) throw new Error('the browser gives no canvas to draw on')
    context.putImageData(new ImageData(new Uint8ClampedArray(plane.pixels.buffer), plane.stride), -1, -1)
    return canvas.transferToImageBitmap()
  }
}

/** A trace over the one before it, and what warns over its own. */
export function paintStrokes(
  plane: Plane,
  traces: readonly TraceStrokes[],
  { layout, pixelRatio, colours }: Pick<Drawing, 'layout' | 'pixelRatio' | 'colours'>,
): void {
  const warns = inkOf(colours.danger)
  const down = layout.plot.top * pixelRatio
  for (const { points, starts, colour, warnings } of traces) {
    const ink = inkOf(colour)
    for (const shift of shiftsOf(pixelRatio)) {
      const placing = { scale: pixelRatio, x: shift, y: down + shift }
      for (const [index, start] of starts.entries()) {
        drawLine(plane, points, [start, starts[index + 1] ?? points.length / 2], ink, placing)
      }
    }
    for (const { x, y, width, height } of warnings) {
      const [left, top] = [x * pixelRatio, y * pixelRatio + down]
      fillBar(plane, warns, {
        left,
        top,
        right: left + width * pixelRatio,
        bottom: top + height * pixelRatio,
      })
    }
  }
}
