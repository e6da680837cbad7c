/** Pixels of bands and strips, where they must be by the layout and by the patterns of the kinds. */
import { describe, expect, it } from 'vitest'
import { createPlane, type Plane } from '../../../renderer/page/hairlines.ts'
import { computeLayout, HEAD } from '../../../renderer/page/layout.ts'
import { type MarkSign, paintBands, paintStrips } from '../../../renderer/page/paintMarks.ts'
import type { MarkKind } from '../../../shared/annotation/kinds.ts'

const LAYOUT = computeLayout(1000, 500, [])
const { width, height } = LAYOUT.plot
const COLOURS = {
  hypnic_jerk: '#ff0000',
  spike_wave_3hz: '#0000ff',
  mimic: '#00ff00',
  uncertain: '#808080',
} as const

function signOf(change: Partial<MarkSign> = {}): MarkSign {
  return {
    ...{ kind: 'hypnic_jerk', left: 100, right: 200, startsHere: true, endsHere: true, rows: null },
    ...change,
  } as const
}

function painted(
  paint: typeof paintBands,
  signs: readonly MarkSign[],
  pixelRatio = 1,
): (x: number, y: number) => { readonly alpha: number; readonly ink: number } {
  const plane: Plane = createPlane(Math.round(width * pixelRatio), Math.round((HEAD + height) * pixelRatio))
  paint(plane, signs, { layout: LAYOUT, pixelRatio, markColours: COLOURS })
  return (x, y) => {
    const pixel = plane.pixels[(y + 1) * plane.stride + x + 1]!
    return { alpha: pixel >>> 24, ink: pixel & 0xffffff }
  }
}

const RED = 0x0000ff
const BLUE = 0xff0000
const EDGE = 255
const TINT = 33

describe('a band', () => {
  it('is a tint from edge to edge of its span, over the rows and not over the head of the page', () => {
    const at = painted(paintBands, [signOf()])
    const row = HEAD + 50
    expect([99, 100, 101, 102, 197, 198, 199, 200].map((x) => at(x, row).alpha)).toEqual([
      0,
      EDGE,
      EDGE,
      TINT,
      TINT,
      EDGE,
      EDGE,
      0,
    ])
    expect(at(150, row).ink).toBe(RED)
    expect([HEAD - 1, HEAD, HEAD + height - 1].map((y) => at(150, y).alpha)).toEqual([0, TINT, TINT])
  })

  it('has no edge where it goes on beyond the page', () => {
    const at = painted(paintBands, [signOf({ left: 0, right: 50, startsHere: false })])
    expect([0, 1, 47, 48].map((x) => at(x, HEAD + 50).alpha)).toEqual([TINT, TINT, TINT, EDGE])
  })

  it('is on the rows that it was seen in alone, and on none where none is on the page', () => {
    const rows = [
      { top: 20, height: 10 },
      { top: 60, height: 10 },
    ]
    const at = painted(paintBands, [signOf({ rows }), signOf({ left: 300, right: 400, rows: [] })])
    const seen = [19, 20, 29, 30, 59, 60, 69, 70].map((y) => at(150, HEAD + y).alpha)
    expect(seen).toEqual([0, TINT, TINT, 0, 0, TINT, TINT, 0])
    expect(at(350, HEAD + 25).alpha).toBe(0)
  })

  it('lies over another one so that both are seen', () => {
    const at = painted(paintBands, [signOf(), signOf({ kind: 'spike_wave_3hz', left: 150, right: 250 })])
    const both = at(175, HEAD + 50)
    expect(both.alpha).toBeGreaterThan(TINT)
    expect([at(125, HEAD + 50).ink, at(225, HEAD + 50).ink]).toEqual([RED, BLUE])
    expect(both.ink & 0xff).toBeGreaterThan(50)
    expect(both.ink >> 16).toBeGreaterThan(50)
  })

  it('of a moment is a line, and as broad in millimetres on any display', () => {
    expect(painted(paintBands, [signOf({ right: 101 })])(100, HEAD + 50).alpha).toBe(EDGE)
    const at = painted(paintBands, [signOf()], 2)
    expect([199, 200, 203, 204].map((x) => at(x, 2 * HEAD + 50).alpha)).toEqual([0, EDGE, EDGE, TINT])
  })
})

describe('a strip', () => {
  const TOP = HEAD - 11
  const inked = (kind: MarkKind, along: 'x' | 'y', at: number) => {
    const pixel = painted(paintStrips, [signOf({ kind })])
    return Array.from({ length: 10 }, (_, step) =>
      Math.round((along === 'x' ? pixel(100 + step, TOP + at) : pixel(100 + at, TOP + step)).alpha / 25.5),
    )
  }

  it('has the lines of its kind: two of five pixels, upright or level', () => {
    expect(inked('spike_wave_3hz', 'x', 4)).toEqual([10, 10, 0, 0, 0, 10, 10, 0, 0, 0])
    expect(inked('mimic', 'y', 4)).toEqual([0, 0, 0, 10, 10, 0, 0, 0, 10, 10])
  })

  it('has lines aslant, the same along either side', () => {
    const along = inked('hypnic_jerk', 'x', 0)
    expect(along).toEqual(inked('hypnic_jerk', 'y', 0))
    const share = along.reduce((sum, cover) => sum + cover, 0) / 100
    expect(share).toBeGreaterThan(0.3)
    expect(share).toBeLessThan(0.5)
  })

  it('has dots, five pixels apart', () => {
    const along = inked('uncertain', 'x', 2)
    expect(along.slice(0, 5)).toEqual(along.slice(5))
    expect(Math.max(...along)).toBe(10)
    expect(along[4]).toBe(0)
    expect(inked('uncertain', 'x', 4)).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0])
  })

  it('stands above the page, as long as its band', () => {
    const at = painted(paintStrips, [signOf({ kind: 'mimic' })])
    expect([99, 100, 199, 200].map((x) => at(x, TOP + 3).alpha > 0)).toEqual([false, true, true, false])
    expect([TOP - 1, TOP + 9, TOP + 10].map((y) => at(150, y).alpha > 0)).toEqual([false, true, false])
  })
})
