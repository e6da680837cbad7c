/**
 * What of the marks lies in a page's picture: their bands, under the samples, and the strips above the page, by whose
 * patterns kinds are told apart. There they cost a turned page nothing; elements of their own cost it a fifth more.
 */
import { type KindFacts, kindOf, type MarkKind } from '../../shared/annotation/kinds.ts'
import { darken, inkOf, type Plane, WHOLE } from './hairlines.ts'
import type { PlotLayout } from './layout.ts'
import type { PlacedMark } from './markLayout.ts'

/** What of a mark is painted. */
export type MarkSign = Pick<PlacedMark, 'left' | 'right' | 'startsHere' | 'endsHere' | 'rows'> & {
  readonly kind: MarkKind
}

/** Each like #1d3f72. */
export type MarkColours = Readonly<Record<MarkKind, string>>

export type MarkPlacing = {
  readonly layout: Pick<PlotLayout, 'plot'>
  readonly pixelRatio: number
  readonly markColours: MarkColours
}

/** Of a band, of 256: a trace is read through it. */
const TINT = 33
/** CSS pixels, as are those below. */
const EDGE = 2
/** From the head of the plot up. */
export const STRIP = { top: 11, height: 10 }
/** Every so often a pattern begins again, and so broad are its lines. */
const PERIOD = 5
const LINE = 2
/** Half across. */
const DOT = 1.45
/** Looked at in each pixel, along either side of it. */
const LOOKS = 3
/** Two looks of the four patterns: of both pages where two are side by side. */
const MOST_KNOWN = 8

/**
 * To be painted before the samples, onto a plane with nothing on it. A page of many marks has a dozen over one another: what
 * lies beside one another is made once for all rows of pixels that have the same.
 */
export function paintBands(plane: Plane, signs: readonly MarkSign[], placing: MarkPlacing): void {
  const bands = signs.flatMap((sign) => bandsOf(sign, placing))
  const bounds = [...new Set(bands.flatMap(({ top, bottom }) => [top, bottom]))].sort((a, b) => a - b)
  for (const [index, top] of bounds.entries()) {
    const bottom = Math.min(plane.height, bounds[index + 1] ?? top)
    if (bottom <= top) continue
    for (const band of bands) if (band.top <= top && band.bottom > top) paintAcross(plane, top, band)
    const [from, to] = [(top + 1) * plane.stride, (top + 2) * plane.stride]
    for (let row = top + 1; row < bottom; row += 1) {
      plane.pixels.copyWithin((row + 1) * plane.stride, from, to)
    }
  }
}

/** A band in pixels. */
type Band = Pick<MarkSign, 'startsHere' | 'endsHere'> & {
  readonly ink: number
  readonly from: number
  readonly to: number
  readonly edge: number
  readonly top: number
  readonly bottom: number
}

function bandsOf(
  { kind, left, right, startsHere, endsHere, rows }: MarkSign,
  { layout, pixelRatio, markColours }: MarkPlacing,
): readonly Band[] {
  const toPixels = (length: number) => Math.round(length * pixelRatio)
  const from = toPixels(left)
  const to = Math.max(from + 1, toPixels(right))
  const edge = Math.min(toPixels(EDGE), to - from)
  return (rows ?? [{ top: 0, height: layout.plot.height }]).map((row) => ({
    ...{ ink: inkOf(markColours[kind]), from, to, edge, startsHere, endsHere },
    top: toPixels(layout.plot.top + row.top),
    bottom: toPixels(layout.plot.top + row.top + row.height),
  }))
}

function paintAcross(plane: Plane, row: number, { ink, from, to, edge, startsHere, endsHere }: Band): void {
  const fill = (start: number, end: number, cover: number) => {
    for (let column = start; column < Math.min(plane.width, end); column += 1) {
      darken(plane.pixels, (row + 1) * plane.stride + column + 1, ink, cover)
    }
  }
  fill(from, to, TINT)
  if (startsHere) fill(from, from + edge, WHOLE)
  if (endsHere) fill(to - edge, to, WHOLE)
}

/** To be painted over the samples, which reach up to there. */
export function paintStrips(plane: Plane, signs: readonly MarkSign[], placing: MarkPlacing): void {
  const { layout, pixelRatio, markColours } = placing
  const { pixels, width, height, stride } = plane
  const top = Math.round((layout.plot.top - STRIP.top) * pixelRatio)
  const bottom = Math.min(height, top + Math.round(STRIP.height * pixelRatio))
  for (const { kind, left, right } of signs) {
    const ink = inkOf(markColours[kind])
    const covers = coversOf(kindOf(kind).pattern, width, pixelRatio)
    const from = Math.round(left * pixelRatio)
    const to = Math.min(width, Math.max(from + 1, Math.round(right * pixelRatio)))
    for (let row = top; row < bottom; row += 1) {
      const first = (row - top) * width - from
      for (let column = from; column < to; column += 1) {
        darken(pixels, (row + 1) * stride + column + 1, ink, covers[first + column]!)
      }
    }
  }
}

/** By pattern, ratio and width: counting them takes longer than painting. Those of one window. */
const known = new Map<string, Uint16Array>()

/** Of each pixel of a strip as long as the picture is wide: how much of it the pattern covers, up to 256. */
function coversOf(pattern: KindFacts['pattern'], width: number, pixelRatio: number): Uint16Array {
  const key = `${pattern} ${width} ${pixelRatio}`
  const before = known.get(key)
  if (before !== undefined) return before
  const covers = new Uint16Array(width * Math.round(STRIP.height * pixelRatio))
  for (const index of covers.keys()) {
    const [column, row] = [index % width, Math.floor(index / width)]
    covers[index] = coverOf(pattern, column / pixelRatio, row / pixelRatio, pixelRatio)
  }
  if (known.size >= MOST_KNOWN) known.clear()
  known.set(key, covers)
  return covers
}

/** Of a pixel whose corner lies there, in CSS pixels from the strip's: how much of it the pattern covers, up to 256. */
function coverOf(pattern: KindFacts['pattern'], x: number, y: number, pixelRatio: number): number {
  let covered = 0
  for (let look = 0; look < LOOKS * LOOKS; look += 1) {
    const across = x + ((look % LOOKS) + 0.5) / LOOKS / pixelRatio
    const down = y + (Math.floor(look / LOOKS) + 0.5) / LOOKS / pixelRatio
    if (isInked(pattern, across, down)) covered += 1
  }
  return Math.round((covered * WHOLE) / LOOKS ** 2)
}

function isInked(pattern: KindFacts['pattern'], x: number, y: number): boolean {
  switch (pattern) {
    case 'diagonal':
      return ((x + y) * Math.SQRT1_2) % PERIOD < LINE
    case 'vertical':
      return x % PERIOD < LINE
    case 'horizontal':
      return y % PERIOD >= PERIOD - LINE
    case 'dots':
      return ((x % PERIOD) - LINE) ** 2 + ((y % PERIOD) - LINE) ** 2 < DOT ** 2
  }
}
