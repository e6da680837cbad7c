import { describe, expect, it } from 'vitest'
import { planPageFigure } from '../../../renderer/figure/planPageFigure.ts'
import { addMark } from '../../../shared/annotation/edits.ts'
import { PLAIN_LOOKS, planLooks } from '../../../shared/signal/channelLook.ts'
import type { Page } from '../../../shared/signal/model.ts'
import { applied, blankDocument, seconds } from '../../support/annotations.ts'
import { lineNamed, pageOf } from '../../support/pages.ts'

const COLOURS = {
  ...{
    left: '#111111',
    right: '#222222',
    midline: '#333333',
    eog: '#444444',
    emg: '#555555',
    ecg: '#666666',
  },
  ...{ other: '#777777', danger: '#888888', ink2: '#999999', gridSecond: '#aaaaaa', gridFifth: '#bbbbbb' },
  ...{ ink: '#000000', paper: '#ffffff', kinds: { jerk: '#c2570c', 'spike-wave': '#0b63a8' } },
}
const LINES = [
  lineNamed('Fp1-F7', { side: 'left' }),
  lineNamed('Fp2-F8', { side: 'right' }),
  lineNamed('LAT', { kind: 'emg' }),
]
const SPAN = { start: 20, end: 30 }
/** uV/mm of the EEG, and mm of a row of the page. */
const SENSITIVITY = 10
const ROW_MM = 8

function plan(page: Page, { withMark = false, channels = PLAIN_LOOKS } = {}) {
  const document = applied(
    blankDocument(),
    addMark(
      blankDocument(),
      {
        ...{
          kind: 'hypnic_jerk',
          onset: seconds(22),
          duration: seconds(1),
          comment: 'Zebraquist woke',
          view: null,
        },
      },
      { author: 'R-77', now: '2026-01-31T08:00:00.000Z' },
    ),
  )
  return planPageFigure({
    ...{ width: 960, height: 540, page, derivations: LINES, sensitivity: SENSITIVITY, rowMm: ROW_MM },
    looks: planLooks(LINES, channels, { sensitivity: SENSITIVITY, rWave: null }),
    marks: withMark ? document.marks : [],
    placesOf: ({ label }) => [label],
    colours: COLOURS,
    madeWith: 'Longitudinal bipolar · EEG 0.5–70 Hz',
    measure: (text, size) => (text.length * 6 * size) / 11,
  }) as unknown as {
    readonly data: readonly { readonly x: (number | null)[]; readonly y: (number | null)[] }[]
    readonly layout: {
      readonly yaxis: { readonly tickvals: readonly number[]; readonly range: readonly [number, number] }
      readonly margin: { readonly t: number; readonly b: number }
      readonly height: number
      readonly shapes: readonly Readonly<Record<string, unknown>>[]
      readonly annotations: readonly { readonly text: string }[]
    }
  }
}

const samples = (start: number, values: readonly number[]) =>
  ({ form: 'samples', start, step: 0.5, values: Float32Array.from(values) }) as const

/** Pixels of the plot area that a shape in shares of it is high. */
function heightOf(
  shape: Readonly<Record<string, unknown>>,
  layout: ReturnType<typeof plan>['layout'],
): number {
  const plotHeight = layout.height - layout.margin.t - layout.margin.b
  return (Number(shape.y0) - Number(shape.y1)) * plotHeight
}

describe('the figure of a page', () => {
  it('has every sample at its second, and a break where there is none', () => {
    const page = pageOf(SPAN, 10, { 'Fp1-F7': [samples(20, [0, -10, 20]), samples(25, [5, 0])] })
    const { x } = plan(page).data[0]!
    expect(x.map((each) => (each === null ? null : Math.round(each * 1000) / 1000))).toEqual([
      0,
      0.5,
      1,
      null,
      5,
      5.5,
    ])
  })

  it('draws negative up, and as high as its scale bar says', () => {
    const { data, layout } = plan(pageOf(SPAN, 10, { 'Fp1-F7': [samples(20, [0, -50, 50])] }))
    const baseline = layout.yaxis.tickvals[0]!
    const [at0, up, down] = data[0]!.y as number[]
    expect(at0).toBeCloseTo(baseline, 3)
    expect(up!).toBeLessThan(baseline)
    const bar = layout.annotations.find(({ text }) => /^\d+ µV$/.test(text))!
    const pixels = heightOf(layout.shapes.find(({ type }) => type === 'line')!, layout)
    expect((baseline - up!) / 50).toBeCloseTo(pixels / Number.parseFloat(bar.text), 4)
    expect(down! - baseline).toBeCloseTo(baseline - up!, 3)
  })

  it('has rows in the proportion of the page’s: 10 uV/mm on rows of 8 mm are 80 uV a row', () => {
    const { data, layout } = plan(pageOf(SPAN, 10, { 'Fp1-F7': [samples(20, [0, -80])] }))
    const [first, second] = layout.yaxis.tickvals
    const [at0, up] = data[0]!.y as number[]
    expect(at0! - up!).toBeCloseTo(second! - first!, 2)
  })

  it('gives a limb, which is drawn at 100 uV/mm, a bar of its own', () => {
    const { layout } = plan(pageOf(SPAN, 10, { LAT: [samples(20, [0, 100])] }))
    const bars = layout.shapes.filter(({ type }) => type === 'line')
    expect(bars).toHaveLength(2)
    const label = layout.annotations.map(({ text }) => text).filter((text) => /^\d+$/.test(text))
    const [first, second] = layout.yaxis.tickvals
    expect(heightOf(bars[1]!, layout) / Number(label[0])).toBeCloseTo((second! - first!) / ROW_MM / 100, 4)
  })

  it('names the kind of a mark, and nothing of who made it or what was written', () => {
    const figure = plan(pageOf(SPAN, 10, { 'Fp1-F7': [samples(20, [0, 1])] }), { withMark: true })
    const { annotations, shapes } = figure.layout
    expect(annotations[0]!.text).toBe('Hypnic jerk')
    expect(shapes.find(({ type }) => type === 'rect')).toMatchObject({ xref: 'x', layer: 'below' })
    expect(JSON.stringify(figure)).not.toMatch(/Zebraquist|R-77/)
  })

  it('says what it was made with, and what it is not for', () => {
    const texts = plan(pageOf(SPAN, 10, {})).layout.annotations.map(({ text }) => text)
    expect(texts).toContain('Longitudinal bipolar · EEG 0.5–70 Hz · bars in µV')
    expect(texts.some((text) => text.includes('Not a medical device'))).toBe(true)
  })

  it('says so where a bar is in millivolts', () => {
    const channels = { ...PLAIN_LOOKS, lines: { LAT: { sensitivity: 1000 } } }
    const texts = plan(pageOf(SPAN, 10, {}), { channels }).layout.annotations.map(({ text }) => text)
    // 0.72 of a row of 8 mm is 5.76 mm.
    expect(texts).toContain('5mV')
    expect(texts).toContain('Longitudinal bipolar · EEG 0.5–70 Hz · bars in µV where not in mV')
  })
})
