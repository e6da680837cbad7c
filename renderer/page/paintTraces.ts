/** Puts a page's strokes on a canvas of any kind: on the window's thread for the page that is wanted now, in a worker ahead. */
import type { PlotLayout } from './layout.ts'
import { planTraces, type TraceOptions, type TraceStrokes } from './planTraces.ts'

/** All that a page's picture depends on; two equal drawings are the same picture. */
export type Drawing = TraceOptions & { readonly pixelRatio: number }

/**
 * Lines are one device pixel wide and not a hair more: Chromium draws such a line segment by segment, while it
 * fills the outline of any wider one as a shape, which without a graphics card takes 20 times as long for a
 * quiet page (150 against 8 ms, 32 channels of 2560 samples) and 200 times for mains hum (4.6 s against 28 ms).
 */
const LINE_DEVICE_PIXELS = 0.999
/** From this pixel ratio on lines are drawn twice, half a pixel to either side, to be as broad as elsewhere. */
const TWICE_FROM = 1.75

/** Width of a trace's line in CSS pixels, and by how many device pixels each stroke of it is shifted. */
export function lineOf(pixelRatio: number): { readonly width: number; readonly shifts: readonly number[] } {
  return { width: LINE_DEVICE_PIXELS / pixelRatio, shifts: pixelRatio >= TWICE_FROM ? [-0.5, 0.5] : [0] }
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

/** Draws with `canvas`, which may be used again, and takes the picture out of it. */
export function paintPicture(canvas: OffscreenCanvas, drawing: Drawing): ImageBitmap {
  const { width, height } = pictureSize(drawing)
  if (canvas.width !== width) canvas.width = width
  if (canvas.height !== height) canvas.height = height
  const context = canvas.getContext('2d')
  if (context === null) throw new Error('the browser gives no canvas to draw on')
  paintStrokes(context, planTraces({ ...drawing, ceiling: -drawing.layout.plot.top }), drawing)
  return canvas.transferToImageBitmap()
}

function paintStrokes(
  context: OffscreenCanvasRenderingContext2D,
  traces: readonly TraceStrokes[],
  { layout, pixelRatio, colours }: Drawing,
): void {
  const { width: lineWidth, shifts } = lineOf(pixelRatio)
  const { width, height } = pictureBox(layout)
  /** From the top left corner of the plot area, by as many device pixels beside it. */
  const place = (shift: number) =>
    context.setTransform(pixelRatio, 0, 0, pixelRatio, shift, shift + layout.plot.top * pixelRatio)
  context.setTransform(pixelRatio, 0, 0, pixelRatio, 0, 0)
  context.clearRect(0, 0, width, height)
  context.lineWidth = lineWidth
  context.fillStyle = colours.danger
  for (const trace of traces) {
    const line = pathOf(trace)
    context.strokeStyle = trace.colour
    for (const shift of shifts) {
      place(shift)
      context.stroke(line)
    }
    place(0)
    for (const { x, y, width, height } of trace.warnings) context.fillRect(x, y, width, height)
  }
}

function pathOf({ points, starts }: TraceStrokes): Path2D {
  const line = new Path2D()
  for (const [index, start] of starts.entries()) {
    const end = starts[index + 1] ?? points.length / 2
    line.moveTo(points[2 * start]!, points[2 * start + 1]!)
    for (let at = start + 1; at < end; at += 1) line.lineTo(points[2 * at]!, points[2 * at + 1]!)
  }
  return line
}
