/**
 * Lines one pixel wide, drawn into plain memory. A canvas takes 12 ms for the 82,000 pieces of a page of 32 channels without a
 * graphics card, half of it for being told of each; this takes 4. A pixel is as dark as the line covers it: of a steep piece
 * the two pixels of each row that it lies between, of a flat one those of each column. For the reader: `createPlane`,
 * `drawLine`, `fillBar`.
 */

/** A picture with one more pixel on each side than is shown, so that no neighbour has to be asked for. */
export type Plane = {
  readonly width: number
  readonly height: number
  /** From one row to the next. */
  readonly stride: number
  /** Not multiplied by what covers: red in the lowest byte, then green, blue, and how much is covered (0 to 255). */
  readonly pixels: Int32Array<ArrayBuffer>
}

/** From a trace's own pixels to those of the plane: first larger by `scale`, then moved. */
export type Placing = { readonly scale: number; readonly x: number; readonly y: number }

/** Pixels are counted in 65536ths. */
const BITS = 16
const ONE = 2 ** BITS
const HALF = ONE / 2
/** All of a pixel. */
export const WHOLE = 256

export function createPlane(width: number, height: number): Plane {
  const stride = width + 2
  return { width, height, stride, pixels: new Int32Array(stride * (height + 2)) }
}

/** Red in the lowest byte. Throws an Error on a colour that is not of the form `#1d3f72`. */
export function inkOf(colour: string): number {
  const [, red, green, blue] = /^#(..)(..)(..)$/.exec(colour.trim()) ?? []
  const ink = Number.parseInt(`${blue}${green}${red}`, 16)
  if (Number.isNaN(ink)) throw new Error(`A trace's colour has to be like #1d3f72, and is ${colour}.`)
  return ink
}

/** `points`: x and y of one after the other; those from `start` on, up to but not with `end`. What is no number is passed over. */
export function drawLine(
  plane: Plane,
  points: Float32Array,
  [start, end]: readonly [start: number, end: number],
  ink: number,
  { scale, x, y }: Placing,
): void {
  const { width, height, stride, pixels } = plane
  let [fromX, fromY, wasInside] = [Number.NaN, Number.NaN, false]
  // In whole numbers, which are the fastest.
  let [fixedX, fixedY] = [0, 0]
  // Pieces straight up and down over one another, as those of a column of samples are, are drawn as the one that they make.
  let [highest, lowest] = [0, 0]
  for (let index = start; index < end; index += 1) {
    const toX = points[2 * index]! * scale + x
    const toY = points[2 * index + 1]! * scale + y
    const isInside = toX >= 0 && toX <= width && toY >= 0 && toY <= height
    const fixedToX = (toX * ONE) | 0
    const fixedToY = (toY * ONE) | 0
    if (isInside && wasInside && fixedToX === fixedX) {
      if (fixedToY < highest) highest = fixedToY
      else if (fixedToY > lowest) lowest = fixedToY
      fromY = toY
      fixedY = fixedToY
      continue
    }
    if (lowest > highest) drawUpright(pixels, stride, ink, fixedX, highest, lowest)
    highest = lowest = fixedY
    if (isInside && wasInside) drawPiece(pixels, stride, ink, fixedX, fixedY, fixedToX, fixedToY)
    else if (!Number.isFinite(toX + toY)) continue
    else drawWithin(plane, ink, [fromX, fromY], [toX, toY])
    fromX = toX
    fromY = toY
    fixedX = fixedToX
    fixedY = fixedToY
    highest = lowest = fixedToY
    wasInside = isInside
  }
  if (lowest > highest) drawUpright(pixels, stride, ink, fixedX, highest, lowest)
}

/** What of a piece lies on the plane. */
function drawWithin(
  { width, height, stride, pixels }: Plane,
  ink: number,
  [x0, y0]: readonly [number, number],
  [x1, y1]: readonly [number, number],
): void {
  const [dx, dy] = [x1 - x0, y1 - y0]
  if (!Number.isFinite(dx + dy)) return
  let [first, last] = [0, 1]
  for (const [at, by, most] of [
    [x0, dx, width],
    [y0, dy, height],
  ] as const) {
    if (by === 0 && (at < 0 || at > most)) return
    if (by === 0) continue
    const [a, b] = [-at / by, (most - at) / by]
    first = Math.max(first, Math.min(a, b))
    last = Math.min(last, Math.max(a, b))
  }
  if (first >= last) return
  const fixed = (at: number, by: number, share: number, most: number) =>
    Math.trunc(Math.min(most, Math.max(0, at + share * by)) * ONE)
  const [fromX, toX] = [fixed(x0, dx, first, width), fixed(x0, dx, last, width)]
  const [fromY, toY] = [fixed(y0, dy, first, height), fixed(y0, dy, last, height)]
  drawPiece(pixels, stride, ink, fromX, fromY, toX, toY)
}

/** Of a piece that lies on the plane, in 65536ths of pixels. */
function drawPiece(
  pixels: Int32Array,
  stride: number,
  ink: number,
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): void {
  const dx = x1 - x0
  const dy = y1 - y0
  if (dy > dx && dy > -dx) drawAlong(pixels, ink, stride, 1, y0, y1, x0, dx / dy)
  else if (-dy > dx && -dy > -dx) drawAlong(pixels, ink, stride, 1, y1, y0, x1, dx / dy)
  else if (dx > 0) drawAlong(pixels, ink, 1, stride, x0, x1, y0, dy / dx)
  else if (dx < 0) drawAlong(pixels, ink, 1, stride, x1, x0, y1, dy / dx)
}

/** Straight down from `from` to `to`, as `drawAlong` would: most of a page is drawn so. */
function drawUpright(
  pixels: Int32Array,
  stride: number,
  ink: number,
  x: number,
  from: number,
  to: number,
): void {
  const first = from >> BITS
  const last = (to - 1) >> BITS
  const middle = x + HALF
  // Between two columns of pixels both are covered in part.
  if (first === last || ((middle >> (BITS - 8)) & 255) !== 0)
    return drawAlong(pixels, ink, stride, 1, from, to, x, 0)
  const column = middle >> BITS
  darken(pixels, (first + 1) * stride + column, ink, (((first + 1) << BITS) - from) >> (BITS - 8))
  const covered = ink | (255 << 24)
  for (let at = (first + 2) * stride + column; at <= last * stride + column; at += stride)
    pixels[at] = covered
  darken(pixels, (last + 1) * stride + column, ink, (to - (last << BITS)) >> (BITS - 8))
}

/**
 * Along rows or columns (`along`: from one to the next in memory), from `from` to `to`, and at each the two pixels that the line
 * lies between: it begins at `place` across them and goes on by `slope`.
 */
function drawAlong(
  pixels: Int32Array,
  ink: number,
  along: number,
  across: number,
  from: number,
  to: number,
  place: number,
  slope: number,
): void {
  const first = from >> BITS
  const last = (to - 1) >> BITS
  const step = (slope * ONE) | 0
  // In the middle of the first; half a pixel on, so that its whole part is the later one of the two pixels.
  let middle = (place + HALF + slope * ((first << BITS) + HALF - from)) | 0
  let cover = ((first === last ? to : (first + 1) << BITS) - from) >> (BITS - 8)
  let at = (first + 1) * along
  for (let line = first; line <= last; line += 1) {
    const later = (((middle >> (BITS - 8)) & 255) * cover) >> 8
    const place = at + (middle >> BITS) * across
    darken(pixels, place, ink, cover - later)
    darken(pixels, place + across, ink, later)
    middle += step
    at += along
    cover = line + 1 === last ? (to - (last << BITS)) >> (BITS - 8) : WHOLE
  }
}

/** `cover`: up to 256. */
export function darken(pixels: Int32Array, at: number, ink: number, cover: number): void {
  const before = pixels[at]!
  if (before === 0) pixels[at] = ink | ((cover - (cover >> 8)) << 24)
  else if ((before & 0xffffff) === ink) {
    const covered = before >>> 24
    pixels[at] = ink | ((covered + (((255 - covered) * cover) >> 8)) << 24)
  } else if (cover > 0) pixels[at] = mixed(before, ink, cover)
}

/** A colour over another one, as Porter and Duff have it. */
function mixed(before: number, ink: number, cover: number): number {
  const below = ((before >>> 24) * (WHOLE - cover)) >> 8
  const both = cover + below
  /** Of the new colour in what is to be seen, in 65536ths. */
  const share = ((cover * ONE) / both) | 0
  const red = before & 255
  const green = (before >> 8) & 255
  const blue = (before >> 16) & 255
  const newRed = red + ((((ink & 255) - red) * share) >> BITS)
  const newGreen = green + (((((ink >> 8) & 255) - green) * share) >> BITS)
  const newBlue = blue + (((((ink >> 16) & 255) - blue) * share) >> BITS)
  return newRed | (newGreen << 8) | (newBlue << 16) | ((both - (both >> 8)) << 24)
}

export type PlaneBox = {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** Its edges need not lie between pixels. */
export function fillBar({ width, height, stride, pixels }: Plane, ink: number, box: PlaneBox): void {
  const bottom = Math.min(height, box.bottom)
  const right = Math.min(width, box.right)
  for (let y = Math.max(0, Math.floor(box.top)); y < bottom; y += 1) {
    const high = Math.min(y + 1, bottom) - Math.max(y, box.top)
    for (let x = Math.max(0, Math.floor(box.left)); x < right; x += 1) {
      const wide = Math.min(x + 1, right) - Math.max(x, box.left)
      darken(pixels, (y + 1) * stride + x + 1, ink, Math.round(wide * high * WHOLE))
    }
  }
}
