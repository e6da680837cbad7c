import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { drawTraces } from '../../../renderer/plot/drawTraces.ts'
import { computeLayout } from '../../../renderer/plot/layout.ts'
import type { Page } from '../../../shared/signal/model.ts'
import { lineNamed, pageOf } from '../../support/pages.ts'

/** Keeps what is drawn: a canvas is not there without a browser. */
class Line {
  readonly points: (readonly [x: number, y: number, joined: boolean])[] = []
  moveTo(x: number, y: number): void {
    this.points.push([x, y, false])
  }
  lineTo(x: number, y: number): void {
    this.points.push([x, y, true])
  }
}

type Stroke = {
  readonly line: Line
  readonly devicePixels: number
  readonly shift: number
  readonly colour: string
}
type Rectangle = { readonly x: number; readonly y: number; readonly width: number; readonly colour: string }

function makeContext() {
  const strokes: Stroke[] = []
  const rectangles: Rectangle[] = []
  let scale = 1
  let shift = 0
  const context = {
    lineWidth: 1,
    strokeStyle: '',
    fillStyle: '',
    setTransform: (a: number, _b: number, _c: number, _d: number, e: number) => {
      scale = a
      shift = e
    },
    clearRect: () => {},
    fillRect: (x: number, y: number, width: number) => {
      rectangles.push({ x, y, width, colour: context.fillStyle })
    },
    stroke: (line: Line) => {
      strokes.push({ line, devicePixels: context.lineWidth * scale, shift, colour: context.strokeStyle })
    },
  }
  return { context: context as unknown as CanvasRenderingContext2D, strokes, rectangles }
}

const COLOURS = {
  left: 'left',
  right: 'right',
  midline: 'midline',
  eog: 'eog',
  emg: 'emg',
  ecg: 'ecg',
  other: 'other',
  danger: 'danger',
}
const LINES = [lineNamed('Fp1', { side: 'left' }), lineNamed('Fp2', { side: 'right' })]
/** 1000 pixels of plot: 100 a second. */
const MARGINS = 1000 - computeLayout(1000, 500, []).plot.width
const LAYOUT = computeLayout(1000 + MARGINS, 500, LINES)
const SPAN = { start: 10, end: 20 }

function draw(page: Page, pixelRatio = 1) {
  const made = makeContext()
  drawTraces(made.context, {
    page,
    layout: LAYOUT,
    sensitivity: 10,
    pixelsPerMm: 4,
    pixelRatio,
    colours: COLOURS,
  })
  return made
}

beforeEach(() => {
  vi.stubGlobal('Path2D', Line)
})
afterEach(() => {
  vi.unstubAllGlobals()
})

const samples = (start: number, values: readonly number[]) =>
  ({ form: 'samples', start, step: 1, values: Float32Array.from(values) }) as const

describe('lines', () => {
  it.each([1, 1.1, 1.25, 1.5, 1.75, 2, 3])(
    'are never wider than a device pixel, at %d of them a pixel',
    (ratio) => {
      const { strokes } = draw(pageOf(SPAN, 10, { Fp1: [samples(10, [0, 1])] }), ratio)
      expect(strokes.length).toBeGreaterThan(0)
      for (const { devicePixels } of strokes) {
        expect(devicePixels).toBeLessThanOrEqual(1)
        expect(devicePixels).toBeGreaterThan(0.95)
      }
    },
  )

  it('are drawn to both sides of themselves where a device pixel would be too fine', () => {
    const shifts = (ratio: number) =>
      draw(pageOf(SPAN, 10, { Fp1: [samples(10, [0, 1])] }), ratio).strokes.map(({ shift }) => shift)
    expect(shifts(1)).toEqual([0])
    expect(shifts(1.5)).toEqual([0])
    expect(shifts(2)).toEqual([-0.5, 0.5])
  })

  it('join the samples of a piece, and not those on two sides of a gap', () => {
    const { strokes } = draw(pageOf(SPAN, 10, { Fp1: [samples(10, [0, -10, 20]), samples(15, [5])] }))
    const baseline = LAYOUT.lanes[0]!.y
    expect(strokes).toHaveLength(1)
    expect(strokes[0]!.colour).toBe('left')
    expect(strokes[0]!.line.points).toEqual([
      [0, baseline, false],
      [100, baseline - 4, true],
      [200, baseline + 8, true],
      [500, baseline + 2, false],
      // A single sample is a pixel of ink.
      [501, baseline + 2, true],
    ])
  })

  it('pass through first, least, largest and last of a column', () => {
    const piece = { form: 'columns', firstColumn: 3, values: Float32Array.of(0, -10, 10, 5) } as const
    const { strokes } = draw(pageOf(SPAN, 10, { Fp2: [piece] }))
    const baseline = LAYOUT.lanes[1]!.y
    expect(strokes[0]!.line.points.map(([x, y]) => [x, y - baseline])).toEqual([
      [350, 0],
      [350, -4],
      [350, 4],
      [350, 2],
    ])
  })

  it('of what is not on the page are not drawn', () => {
    expect(draw(pageOf(SPAN, 10, { T5: [samples(10, [0, 1])] })).strokes).toEqual([])
  })
})

describe('warnings', () => {
  it('stand at the edge where a trace leaves the page', () => {
    const { rectangles } = draw(pageOf(SPAN, 10, { Fp1: [samples(10, [0, -1e5, 0, 1e5])] }))
    expect(rectangles).toEqual([
      { x: 99, y: 0, width: 2, colour: 'danger' },
      { x: 299, y: LAYOUT.plot.height - 4, width: 2, colour: 'danger' },
    ])
  })

  it('stand under the trace where the amplifier was at its limit', () => {
    const page = pageOf(SPAN, 10, { Fp1: [samples(10, [0, 1])] })
    const [trace] = page.traces
    const { rectangles } = draw({ ...page, traces: [{ ...trace!, saturated: [{ start: 12, end: 13 }] }] })
    expect(rectangles).toEqual([{ x: 200, y: LAYOUT.lanes[0]!.y + 5, width: 100, colour: 'danger' }])
  })
})
