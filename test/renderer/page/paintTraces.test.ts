import { describe, expect, it } from 'vitest'
import { computeLayout } from '../../../renderer/page/layout.ts'
import { lineOf, pictureBox, pictureSize } from '../../../renderer/page/paintTraces.ts'

describe('lines', () => {
  it.each([1, 1.1, 1.25, 1.5, 1.75, 2, 3])(
    'are never wider than a device pixel, at %d of them a pixel',
    (pixelRatio) => {
      const devicePixels = lineOf(pixelRatio).width * pixelRatio
      expect(devicePixels).toBeLessThan(1)
      expect(devicePixels).toBeGreaterThan(0.95)
    },
  )

  it('are drawn to both sides of themselves where a device pixel would be too fine', () => {
    expect([1, 1.5, 2].map((pixelRatio) => lineOf(pixelRatio).shifts)).toEqual([[0], [0], [-0.5, 0.5]])
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
