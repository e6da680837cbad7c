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
/** Looked at in each pixel, along either side of it. */
const LOOKS = 3

/** To be painted before the samples. */
export function paintBands(plane: Plane, signs: readonly MarkSign[], placing: MarkPlacing): void {
  const { layout, pixelRatio, markColours } = placing
  const toPixels = (length: number) => Math.round(length * pixelRatio)
  for (const { kind, left, right, startsHere, endsHere, rows } of signs) {
    const ink = inkOf(markColours[kind])
    const from = toPixels(left)
    const to = Math.max(from + 1, toPixels(right))
    const edge = Math.min(toPixels(EDGE), to - from)
    for (const row of rows ?? [{ top: 0, height: layout.plot.height }]) {
      const top = toPixels(layout.plot.top + row.top)
      const bottom = toPixels(layout.plot.top + row.top + row.height)
      fill(plane, [from, to, top, bottom], (at) => darken(plane.pixels, at, ink, TINT))
      const whole = (at: number) => darken(plane.pixels, at, ink, WHOLE)
      if (startsHere) fill(plane, [from, from + edge, top, bottom], whole)
      if (endsHere) fill(plane, [to - edge, to, top, bottom], whole)
    }
  }
}

/** To be painted over the samples, which reach up to there. */
export function paintStrips(plane: Plane, signs: readonly MarkSign[], placing: MarkPlacing): void {
  const { layout, pixelRatio, markColours } = placing
  for (const { kind, left, right } of signs) {
    const ink = inkOf(markColours[kind])
    const { pattern } = kindOf(kind)
    const [x, y] = [left * pixelRatio, (layout.plot.top - STRIP.top) * pixelRatio]
    const [to, bottom] = [right * pixelRatio, y + STRIP.height * pixelRatio]
    const box = [x, Math.max(x + 1, to), y, bottom].map(Math.round) as [number, number, number, number]
    fill(plane, box, (at, column, row) =>
      darken(
        plane.pixels,
        at,
        ink,
        coverOf(pattern, (column - x) / pixelRatio, (row - y) / pixelRatio, pixelRatio),
      ),
    )
  }
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
  const after = (place: number) => place - Math.floor(place / PERIOD) * PERIOD
  switch (pattern) {
    case 'diagonal':
      return after((x + y) * Math.SQRT1_2) < LINE
    case 'vertical':
      return after(x) < LINE
    case 'horizontal':
      return after(y) >= PERIOD - LINE
    case 'dots':
      return Math.hypot(after(x) - LINE, after(y) - LINE) < 1.45
  }
}

/** Each pixel of a box that lies on the plane: from, to, top, bottom. */
function fill(
  { width, height, stride }: Plane,
  [from, to, top, bottom]: readonly [number, number, number, number],
  paint: (at: number, column: number, row: number) => void,
): void {
  const last = Math.min(width, to)
  for (let row = Math.max(0, top); row < Math.min(height, bottom); row += 1) {
    for (let column = Math.max(0, from); column < last; column += 1) {
      paint((row + 1) * stride + column + 1, column, row)
    }
  }
}
