import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlane, drawLine, fillBar, inkOf, type Plane } from '../../../renderer/page/hairlines.ts'

const INK = inkOf('#1d3f72')
const PLACED = { scale: 1, x: 0, y: 0 }

function drawn(width: number, height: number, points: readonly number[], placing = PLACED): Plane {
  const plane = createPlane(width, height)
  drawLine(plane, Float32Array.from(points), [0, points.length / 2], INK, placing)
  return plane
}

/** How much of each pixel is covered, row by row, from 0 to 255; what lies around the picture left out. */
function coverOf({ width, height, stride, pixels }: Plane): readonly (readonly number[])[] {
  return Array.from({ length: height }, (_, y) =>
    Array.from({ length: width }, (_, x) => pixels[(y + 1) * stride + x + 1]! >>> 24),
  )
}

function colourAt({ stride, pixels }: Plane, x: number, y: number): readonly number[] {
  const pixel = pixels[(y + 1) * stride + x + 1]!
  return [pixel & 255, (pixel >> 8) & 255, (pixel >> 16) & 255, pixel >>> 24]
}

const sum = (rows: readonly (readonly number[])[]) => rows.flat().reduce((total, value) => total + value, 0)

describe('a line', () => {
  it('is one pixel wide: through the middle of pixels it covers those alone', () => {
    expect(coverOf(drawn(4, 4, [2.5, 1, 2.5, 3]))).toEqual([
      [0, 0, 0, 0],
      [0, 0, 255, 0],
      [0, 0, 255, 0],
      [0, 0, 0, 0],
    ])
    expect(coverOf(drawn(4, 3, [1, 1.5, 4, 1.5]))).toEqual([
      [0, 0, 0, 0],
      [0, 255, 255, 255],
      [0, 0, 0, 0],
    ])
  })

  it('between two pixels covers half of each, and a quarter where it is nearer to the other', () => {
    expect(coverOf(drawn(4, 1, [2, 0, 2, 1]))).toEqual([[0, 128, 128, 0]])
    expect(coverOf(drawn(4, 1, [2.25, 0, 2.25, 1]))).toEqual([[0, 64, 192, 0]])
    expect(coverOf(drawn(1, 3, [0, 1, 1, 1]))).toEqual([[128], [128], [0]])
  })

  it('covers of its first and last pixel as much as it reaches into them', () => {
    expect(coverOf(drawn(1, 4, [0.5, 0.25, 0.5, 2.5]))).toEqual([[192], [255], [128], [0]])
    // Less than a pixel in all.
    expect(coverOf(drawn(1, 1, [0.5, 0.25, 0.5, 0.75]))).toEqual([[128]])
  })

  it('is the same drawn from either end', () => {
    const there = [1.2, 0.7, 3.9, 7.3]
    expect(coverOf(drawn(6, 9, [3.9, 7.3, 1.2, 0.7]))).toEqual(coverOf(drawn(6, 9, there)))
  })

  it('covers in all as much as it is long, counted in rows or in columns', () => {
    const place = fc.double({ min: 2, max: 18, noNaN: true })
    fc.assert(
      fc.property(place, place, place, place, (x0, y0, x1, y1) => {
        const covered = sum(coverOf(drawn(20, 20, [x0, y0, x1, y1]))) / 255
        const long = Math.max(Math.abs(x1 - x0), Math.abs(y1 - y0))
        // Each of its pixels is rounded to a 256th.
        expect(Math.abs(covered - long)).toBeLessThan(0.02 * long + 0.02)
      }),
      { seed: 1 },
    )
  })

  it('that leaves the picture is drawn as far as it goes, as on a larger one', () => {
    const place = fc.double({ min: -40, max: 60, noNaN: true })
    fc.assert(
      fc.property(place, place, place, place, (x0, y0, x1, y1) => {
        const seen = coverOf(drawn(20, 20, [x0, y0, x1, y1]))
        const larger = coverOf(drawn(102, 102, [x0, y0, x1, y1], { scale: 1, x: 41, y: 41 }))
        const there = larger.slice(41, 61).map((row) => row.slice(41, 61))
        // At the edge a line may lie half outside, and is cut there: its last pixel is no measure.
        for (let y = 1; y < 19; y += 1) {
          for (let x = 1; x < 19; x += 1)
            expect(Math.abs(seen[y]![x]! - there[y]![x]!)).toBeLessThanOrEqual(3)
        }
      }),
      { seed: 1 },
    )
  })

  it('up and down in one column covers what it goes over once, wherever it turns', () => {
    const once = [1.5, 0.75, 1.5, 5.5]
    for (const turns of [
      [2, 5.5, 0.75, 3],
      [5.5, 2, 4, 0.75],
      [3, 0.75, 5.5],
    ]) {
      const column = turns.flatMap((y) => [1.5, y])
      expect(coverOf(drawn(4, 7, column))).toEqual(coverOf(drawn(4, 7, once)))
      // Between two columns of pixels, too.
      const between = column.map((value, index) => (index % 2 === 0 ? 2 : value))
      expect(coverOf(drawn(4, 7, between))).toEqual(coverOf(drawn(4, 7, [2, 0.75, 2, 5.5])))
    }
  })

  it('begins anew after a column, and where it comes back onto the picture', () => {
    const [first, second] = [
      [0.5, 1, 0.5, 4, 0.5, 2],
      [2.5, 3, 2.5, 0.5],
    ]
    const joined = coverOf(drawn(4, 5, [...first, ...second]))
    expect([joined.map((row) => row[0]), joined.slice(0, 3).map((row) => row[2])]).toEqual([
      [0, 255, 255, 255, 0],
      [128, 255, 255],
    ])
    const away = coverOf(drawn(4, 5, [0.5, 1, 0.5, 2, 0.5, 9, 0.5, 3]))
    expect(away.map((row) => row[0])).toEqual([0, 255, 255, 255, 255])
  })

  it('goes on past a point that is no number, and past one that is out of all bounds', () => {
    const whole = coverOf(drawn(4, 4, [0.5, 0, 0.5, 4]))
    expect(coverOf(drawn(4, 4, [0.5, 0, Number.NaN, 2, 1, Number.POSITIVE_INFINITY, 0.5, 4]))).toEqual(whole)
    expect(coverOf(drawn(4, 4, [0.5, -1e9, 0.5, 1e9]))).toEqual(whole)
  })

  it('is made larger first and moved then', () => {
    const placing = { scale: 2, x: 1, y: -1 }
    expect(coverOf(drawn(4, 4, [0.75, 0.5, 0.75, 2.5], placing))).toEqual(
      coverOf(drawn(4, 4, [2.5, 0, 2.5, 4])),
    )
  })
})

describe('colours', () => {
  it('are read as the style sheet has them, in either theme', () => {
    expect(inkOf('#1d3f72')).toBe(0x723f1d)
    expect(() => inkOf('red')).toThrow('#1d3f72')
    const tokens = readFileSync('renderer/styles/tokens.css', 'utf8')
    const names = ['left', 'right', 'midline', 'eog', 'emg', 'ecg', 'ink-2', 'danger']
    const given = names.flatMap((name) => [...tokens.matchAll(new RegExp(`--${name}: ([^;]+);`, 'g'))])
    expect(given.length).toBe(2 * names.length)
    for (const [, colour = ''] of given) expect(() => inkOf(colour)).not.toThrow()
  })

  it('lie over one another as Porter and Duff have it', () => {
    const plane = createPlane(1, 1)
    const [blue, red] = [inkOf('#0000ff'), inkOf('#ff0000')]
    fillBar(plane, blue, { left: 0, top: 0, right: 1, bottom: 1 })
    expect(colourAt(plane, 0, 0)).toEqual([0, 0, 255, 255])
    fillBar(plane, red, { left: 0, top: 0, right: 0.5, bottom: 1 })
    // Half of 255, twice.
    const [r, g, b, covered] = colourAt(plane, 0, 0)
    expect([Math.abs(r! - 127.5) <= 1, g, Math.abs(b! - 127.5) <= 1, covered]).toEqual([true, 0, true, 255])
  })

  it('cover more where they lie over themselves: of half and half a quarter is left', () => {
    const plane = createPlane(1, 1)
    for (const _ of [1, 2]) fillBar(plane, INK, { left: 0, top: 0, right: 1, bottom: 0.5 })
    expect(Math.abs(colourAt(plane, 0, 0)[3]! - 0.75 * 255)).toBeLessThanOrEqual(1)
  })
})

it('a bar covers of each pixel as much as lies in it, and nothing beyond the picture', () => {
  const plane = createPlane(3, 2)
  fillBar(plane, INK, { left: 0.5, top: 0, right: 2.25, bottom: 9 })
  expect(coverOf(plane)).toEqual([
    [128, 255, 64],
    [128, 255, 64],
  ])
  expect(plane.pixels.slice(-plane.stride).every((pixel) => pixel === 0)).toBe(true)
})
