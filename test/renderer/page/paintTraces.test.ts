import { describe, expect, it } from 'vitest'
import { createPlane } from '../../../renderer/page/hairlines.ts'
import { computeLayout } from '../../../renderer/page/layout.ts'
import { paintStrokes, pictureBox, pictureSize, shiftsOf } from '../../../renderer/page/paintTraces.ts'

describe('lines', () => {
  it('are drawn to both sides of themselves where a device pixel would be too fine', () => {
    expect([1, 1.5, 2].map(shiftsOf)).toEqual([[0], [0], [-0.5, 0.5]])
  })

  it('lie below the head of the page, in device pixels, and what warns with them', () => {
    const plane = createPlane(20, 120)
    const layout = computeLayout(1000, 500, [])
    const blue = '#0000ff'
    const colours = { left: blue, right: blue, midline: blue, eog: blue, emg: blue, ecg: blue, other: blue }
    const points = Float32Array.from([0, 3, 10, 3])
    const warnings = [{ x: 12, y: 2, width: 2, height: 2 }]
    paintStrokes(plane, [{ colour: blue, points, starts: [0], warnings }], {
      layout,
      pixelRatio: 1.5,
      colours: { ...colours, danger: '#ff0000' },
    })
    const at = (x: number, y: number) => plane.pixels[(y + 1) * plane.stride + x + 1]
    const row = 1.5 * layout.plot.top + 4
    const [opaqueBlue, opaqueRed] = [0xffff0000 | 0, 0xff0000ff | 0]
    expect([at(0, row), at(14, row), at(15, row), at(0, row - 1)]).toEqual([opaqueBlue, opaqueBlue, 0, 0])
    expect([at(17, row), at(18, row), at(18, row + 1)]).toEqual([0, opaqueRed, opaqueRed])
  })
})

it('a picture has a pixel for each of the display, from the top of the page, also where they are not whole', () => {
  const layout = computeLayout(1000, 500, [])
  const { left, top, width, height } = layout.plot
  expect(pictureBox(layout)).toEqual({ left, top: 0, width, height: top + height })
  expect(pictureSize({ layout, pixelRatio: 1 })).toEqual({ width, height: top + height })
  expect(pictureSize({ layout, pixelRatio: 1.25 })).toEqual({
    width: Math.round(width * 1.25),
    height: Math.round((top + height) * 1.25),
  })
})
