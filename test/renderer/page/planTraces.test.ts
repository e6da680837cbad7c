import { describe, expect, it } from 'vitest'
import { chooseScaleBar, computeLayout } from '../../../renderer/page/layout.ts'
import { planTraces, type TraceStrokes } from '../../../renderer/page/planTraces.ts'
import type { LineLook } from '../../../shared/signal/channelLook.ts'
import type { Page } from '../../../shared/signal/model.ts'
import { lineNamed, pageOf } from '../../support/pages.ts'

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

function plan(page: Page): readonly TraceStrokes[] {
  return planTraces({ page, layout: LAYOUT, sensitivity: 10, pixelsPerMm: 4, colours: COLOURS })
}

/** Lines of points, from the baseline of the lane. */
function linesOf({ points, starts }: TraceStrokes, lane: number) {
  const all = Array.from({ length: points.length / 2 }, (_, at) => [
    points[2 * at]!,
    // Points are kept in single precision, as the canvas draws them.
    Math.round((points[2 * at + 1]! - LAYOUT.lanes[lane]!.y) * 1e3) / 1e3,
  ])
  return starts.map((start, index) => all.slice(start, starts[index + 1]))
}

const samples = (start: number, values: readonly number[]) =>
  ({ form: 'samples', start, step: 1, values: Float32Array.from(values) }) as const

describe('lines', () => {
  it('join the samples of a piece, and not those on two sides of a gap', () => {
    const [trace] = plan(pageOf(SPAN, 10, { Fp1: [samples(10, [0, -10, 20]), samples(15, [5])] }))
    expect(trace!.colour).toBe('left')
    expect(linesOf(trace!, 0)).toEqual([
      [
        [0, 0],
        [100, -4],
        [200, 8],
      ],
      // A single sample is a pixel of ink.
      [
        [500, 2],
        [501, 2],
      ],
    ])
  })

  it('pass through first, least, largest and last of a column', () => {
    const piece = { form: 'columns', firstColumn: 3, values: Float32Array.of(0, -10, 10, 5) } as const
    const [trace] = plan(pageOf(SPAN, 10, { Fp2: [piece] }))
    expect(linesOf(trace!, 1)).toEqual([
      [
        [350, 0],
        [350, -4],
        [350, 4],
        [350, 2],
      ],
    ])
  })

  it('hold each value of a slow signal until the next, from edge to edge of the page', () => {
    const piece = { form: 'steps', start: 5, step: 10, values: Float32Array.of(0, 20) } as const
    const [trace] = plan(pageOf(SPAN, 10, { Fp1: [piece] }))
    expect(linesOf(trace!, 0)).toEqual([
      [
        [0, 0],
        [500, 0],
        [500, 8],
        [1000, 8],
      ],
    ])
  })

  it('lie about the mean of the page where it is taken off', () => {
    const page = pageOf(SPAN, 10, { Fp1: [samples(10, [28_000, 28_010])] })
    const [trace] = plan({ ...page, traces: page.traces.map((each) => ({ ...each, baseline: 28_000 })) })
    expect(linesOf(trace!, 0)[0]!.map(([, y]) => y)).toEqual([0, 4])
    expect(trace!.warnings).toEqual([])
  })

  it('of a column of one value are half a pixel high, to be seen', () => {
    const piece = { form: 'columns', firstColumn: 0, values: Float32Array.of(0, 0, 0, 0) } as const
    const [trace] = plan(pageOf(SPAN, 10, { Fp1: [piece] }))
    expect(linesOf(trace!, 0)[0]!.map(([, y]) => y)).toEqual([0, 0, 0.5, 0])
  })

  it('of what is not on the page, and of a trace without a sample, are none', () => {
    expect(plan(pageOf(SPAN, 10, { T5: [samples(10, [0, 1])] }))).toEqual([])
    expect(plan(pageOf(SPAN, 10, { Fp1: [samples(10, [])] })).map(({ starts }) => starts)).toEqual([[]])
  })
})

describe('warnings', () => {
  it('stand at the edge where a trace leaves the page', () => {
    const [trace] = plan(pageOf(SPAN, 10, { Fp1: [samples(10, [0, -1e5, 0, 1e5])] }))
    expect(trace!.warnings).toEqual([
      { x: 99, y: 0, width: 2, height: 4 },
      { x: 299, y: LAYOUT.plot.height - 4, width: 2, height: 4 },
    ])
  })

  it('stand above the plot area where traces have room there, limited to the first row or not', () => {
    const page = pageOf(SPAN, 10, { Fp1: [samples(10, [0, -500, 0])], Fp2: [samples(10, [0, -1e5])] })
    const up = LAYOUT.lanes[0]!.y
    // 500 uV at 10 uV/mm and 4 px a mm are 200 px.
    expect(up).toBeLessThan(200)
    expect(up).toBeGreaterThan(100)
    const plan = (looks: Readonly<Record<string, LineLook>>, ceiling: number) =>
      planTraces({
        ...{ page, layout: LAYOUT, sensitivity: 10, looks, pixelsPerMm: 4, colours: COLOURS, ceiling },
      }).map(({ warnings }) => warnings.map(({ y }) => y))
    expect(plan({}, 0)[0]).toEqual([0])
    expect(plan({}, -100)).toEqual([[], [-100]])
    const limited = { sensitivity: 10, hasOwnGain: false, inverted: false, colour: null, limited: true }
    expect(plan({ Fp1: limited, Fp2: limited }, -100)).toEqual([
      [],
      [LAYOUT.lanes[1]!.y - LAYOUT.laneHeight / 2],
    ])
  })

  it('stand under the trace where the amplifier was at its limit', () => {
    const page = pageOf(SPAN, 10, { Fp1: [samples(10, [0, 1])] })
    const [trace] = page.traces
    const [planned] = plan({ ...page, traces: [{ ...trace!, saturated: [{ start: 12, end: 13 }] }] })
    expect(planned!.warnings).toEqual([{ x: 200, y: LAYOUT.lanes[0]!.y + 5, width: 100, height: 3 }])
  })
})

describe('looks', () => {
  const look = { sensitivity: 10, hasOwnGain: false, inverted: false, colour: null, limited: false }
  const piece = samples(10, [-100, 100, 0])

  it.each([1, 2, 7, 15, 100, 330, 1000])(
    'draw a scale bar’s voltage as high as the bar, at %d uV/mm',
    (sensitivity) => {
      for (const pixelsPerMm of [3.2, 3.78, 7.5]) {
        const bar = chooseScaleBar(sensitivity, pixelsPerMm, 20)
        const page = pageOf(SPAN, 10, { Fp1: [samples(10, [-bar.microvolts, 0])] })
        const looks = { Fp1: { ...look, sensitivity } }
        const options = { page, layout: LAYOUT, sensitivity: 7, looks, pixelsPerMm, colours: COLOURS }
        const { points } = planTraces(options)[0]!
        expect(points[3]! - points[1]!).toBeCloseTo(bar.pixels, 3)
      }
    },
  )

  const drawn = (change: Partial<LineLook>) =>
    planTraces({
      page: pageOf(SPAN, 10, { Fp1: [piece], Fp2: [piece] }),
      layout: LAYOUT,
      sensitivity: 7,
      looks: { Fp1: { ...look, ...change }, Fp2: look },
      pixelsPerMm: 40,
      colours: COLOURS,
    })

  it('turn a channel over, and no other', () => {
    const heights = ({ points }: TraceStrokes, lane: number) =>
      [1, 3, 5].map((at) => Math.round(points[at]! - LAYOUT.lanes[lane]!.y))
    const [fp1, fp2] = drawn({ inverted: true })
    expect(heights(fp1!, 0)).toEqual([400, -400, 0])
    expect(heights(fp2!, 1)).toEqual([-400, 400, 0])
  })

  it('give it a colour', () => {
    expect(drawn({ colour: 'ecg' }).map(({ colour }) => colour)).toEqual(['ecg', 'right'])
  })

  it('keep a limited line within its row, and mark where it is cut', () => {
    const [first, second] = LAYOUT.lanes
    const { points, warnings } = drawn({ limited: true })[0]!
    const foot = first!.y + LAYOUT.laneHeight / 2
    // The first row has no neighbour above it: there it ends with the page.
    expect(points[1]).toBe(0)
    expect(points[3]).toBeCloseTo(foot, 3)
    expect(points[5]).toBeCloseTo(first!.y, 3)
    expect(foot).toBeLessThan(second!.y)
    expect(warnings).toContainEqual({ x: 99, y: foot - 4, width: 2, height: 4 })
  })

  it('mark a burst that is cut with one bar, not with one a sample', () => {
    const burst = { ...piece, step: 0.005, values: Float32Array.from({ length: 400 }, () => 500) }
    const page = pageOf(SPAN, 10, { Fp1: [burst] })
    const looks = { Fp1: { ...look, limited: true } }
    const options = { page, layout: LAYOUT, sensitivity: 7, looks, pixelsPerMm: 40, colours: COLOURS }
    expect(planTraces(options)[0]!.warnings).toHaveLength(1)
  })
})
