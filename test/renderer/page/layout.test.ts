import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  chooseScaleBar,
  computeLayout,
  GUTTER,
  GUTTER_BESIDE,
  laneAt,
  lanesThatFit,
  pixelsPerMillimetre,
  RIGHT,
  timeToX,
  xToTime,
} from '../../../renderer/page/layout.ts'
import { SCALES } from '../../../shared/signal/viewSettings.ts'
import { lineNamed } from '../../support/pages.ts'

const LINES = ['Fp1-F7', 'F7-T7', 'Fp2-F8', 'ECG'].map((label, index) =>
  lineNamed(label, { block: Math.floor(index / 2) }),
)

describe('the page', () => {
  it('gives every line a row of the same height and sets blocks half a row apart', () => {
    const { lanes, laneHeight, plot } = computeLayout(1200, 700, LINES)
    const gaps = lanes.slice(1).map((lane, index) => (lane.y - lanes[index]!.y) / laneHeight)
    expect(gaps).toEqual([1, 1.5, 1].map((rows) => expect.closeTo(rows, 9)))
    // As much above the first as below the last.
    expect(lanes[0]!.y).toBeCloseTo(plot.height - lanes.at(-1)!.y, 9)
  })

  it('has room for a whole beat under an ECG that stands last', () => {
    const beat = [...LINES.slice(0, 3), lineNamed('ECG', { block: 1, kind: 'ecg' })]
    const { lanes, laneHeight, plot } = computeLayout(1200, 700, beat)
    expect((plot.height - lanes.at(-1)!.y) / laneHeight).toBeGreaterThan(1.5)
  })

  it('keeps every baseline inside, in order, whatever its size', () => {
    fc.assert(
      fc.property(
        fc.nat(3000),
        fc.nat(2000),
        fc.array(fc.nat(3), { maxLength: 80 }),
        (width, height, blocks) => {
          const lines = blocks.toSorted().map((block, index) => lineNamed(`${index}`, { block }))
          const { lanes, plot } = computeLayout(width, height, lines)
          expect(plot.width).toBeGreaterThan(0)
          expect(plot.height).toBeGreaterThan(0)
          const ys = lanes.map((lane) => lane.y)
          expect(ys).toEqual(ys.toSorted((a, b) => a - b))
          for (const y of ys) {
            expect(y).toBeGreaterThan(0)
            expect(y).toBeLessThan(plot.height)
          }
        },
      ),
    )
  })

  it('beside another one has its rows in the same places, and no room for names', () => {
    const left = computeLayout(GUTTER + 500 + RIGHT, 700, LINES)
    const right = computeLayout(GUTTER_BESIDE + 500 + RIGHT, 700, LINES, GUTTER_BESIDE)
    expect(right.plot).toEqual({ ...left.plot, left: GUTTER_BESIDE })
    expect(right.lanes).toEqual(left.lanes)
  })

  it('turns times into pixels and back', () => {
    const layout = computeLayout(1300, 700, LINES)
    const span = { start: 40, end: 50 }
    expect(timeToX(layout, span, 40)).toBe(0)
    expect(timeToX(layout, span, 50)).toBe(layout.plot.width)
    expect(xToTime(layout, span, timeToX(layout, span, 43.21))).toBeCloseTo(43.21, 9)
    expect(timeToX(layout, span, 39)).toBeLessThan(0)
  })

  it('finds the line nearest to the pointer', () => {
    const layout = computeLayout(1200, 700, LINES)
    for (const lane of layout.lanes) {
      expect(laneAt(layout, lane.y + layout.laneHeight * 0.45)?.derivation.id).toBe(lane.derivation.id)
    }
    expect(laneAt(layout, -100)?.derivation.id).toBe('Fp1-F7')
    expect(laneAt(computeLayout(1200, 700, []), 50)).toBeNull()
  })

  it('has rows high enough to tell traces apart, however many channels there are', () => {
    for (const height of [300, 700, 1400]) {
      const fit = lanesThatFit(height)
      const lines = Array.from({ length: fit }, (_, index) => lineNamed(`${index}`))
      expect(computeLayout(1200, height, lines).laneHeight).toBeGreaterThan(12)
    }
    expect(lanesThatFit(0)).toBe(1)
  })
})

describe('the scale', () => {
  it('is the display’s own where it was measured, else that of CSS', () => {
    expect(pixelsPerMillimetre(null, 1)).toBeCloseTo(3.7795, 4)
    expect(pixelsPerMillimetre(5.1, 1)).toBe(5.1)
  })

  it('stays true when the page is zoomed', () => {
    // At twice the size a CSS pixel is two device pixels: half as many fill a millimetre.
    expect(pixelsPerMillimetre(5.1, 2)).toBe(2.55)
    expect(pixelsPerMillimetre(null, 2)).toBe(pixelsPerMillimetre(null, 1))
  })

  it('has a bar of a round voltage, true to the sensitivity, that fits its margin', () => {
    for (const sensitivity of SCALES.sensitivity.steps) {
      for (const pixelsPerMm of [3, 96 / 25.4, 8]) {
        const { microvolts, pixels } = chooseScaleBar(sensitivity, pixelsPerMm)
        expect(pixels).toBeCloseTo((microvolts / sensitivity) * pixelsPerMm, 9)
        expect(String(microvolts)).toMatch(/^[125]0*$/)
        expect(pixels).toBeLessThanOrEqual(27)
        expect(pixels).toBeGreaterThan(5)
      }
    }
  })
})
