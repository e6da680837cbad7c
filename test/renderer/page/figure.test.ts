import { describe, expect, it } from 'vitest'
import { type FigureColours, planFigure } from '../../../renderer/page/figure.ts'
import { chooseScaleBar, computeLayout, GUTTER_BESIDE } from '../../../renderer/page/layout.ts'
import { planTraces, scaleOf, traceColour } from '../../../renderer/page/planTraces.ts'
import type { LineLook } from '../../../shared/signal/channelLook.ts'
import { SCALES } from '../../../shared/signal/viewSettings.ts'
import { lineNamed, pageOf } from '../../support/pages.ts'

const COLOURS: FigureColours = {
  left: '#111111',
  right: '#222222',
  midline: '#333333',
  eog: '#444444',
  emg: '#555555',
  ecg: '#666666',
  other: '#777777',
  danger: '#888888',
  ink2: '#999999',
  gridSecond: '#aaaaaa',
  gridFifth: '#bbbbbb',
}
/** 6 px a letter at 11 px. */
const sixAtEleven = (text: string, size: number) => (text.length * 6 * size) / 11
const LINES = [lineNamed('Fp1-F7', { side: 'left' }), lineNamed('ECG', { kind: 'ecg' })]

function plan(length: number) {
  return planFigure({
    layout: computeLayout(1200, 700, LINES),
    length,
    colours: COLOURS,
    measure: sixAtEleven,
  })
}

it('of a page beside another one names no channel: the gutter of that one is for both', () => {
  const layout = computeLayout(1200, 700, LINES, GUTTER_BESIDE)
  const { yaxis, margin } = planFigure({ layout, length: 10, colours: COLOURS, measure: sixAtEleven })
  expect(yaxis.ticktext).toEqual([])
  expect(margin.l).toBe(GUTTER_BESIDE)
})

describe('the time axis', () => {
  it('counts the seconds from the page’s start, whose clock is no part of it', () => {
    expect(plan(10).xaxis.ticktext).toEqual([
      '',
      '+1',
      '+2',
      '+3',
      '+4',
      '+5',
      '+6',
      '+7',
      '+8',
      '+9',
      '+10 s',
    ])
    expect(plan(10).xaxis.range).toEqual([0, 10])
  })

  it('of a longer page has a line each second, then each five, and a text each five', () => {
    const thirty = plan(30).xaxis
    expect(thirty.tickvals).toHaveLength(31)
    expect(thirty.ticktext.filter((text) => text !== '')).toEqual(['+5', '+10', '+15', '+20', '+25', '+30 s'])
    const sixty = plan(60).xaxis
    expect(sixty.tickvals).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55, 60])
  })

  it('of a page of a second has a line and a text each fifth, and of minutes counts minutes', () => {
    const second = plan(1).xaxis
    expect(second.tickvals).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(second.ticktext).toEqual(['', '+0.2', '+0.4', '+0.6', '+0.8', '+1 s'])
    expect(second.minor).toMatchObject({ dtick: 0.04 })
    expect(plan(120).xaxis.ticktext.slice(-2)).toEqual(['+1:50', '+2:00 min'])
    expect(plan(300).xaxis.tickvals).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300])
    expect(plan(600).xaxis.ticktext).toEqual([
      ...['', '+1:00', '+2:00', '+3:00', '+4:00', '+5:00'],
      ...['+6:00', '+7:00', '+8:00', '+9:00', '+10:00 min'],
    ])
  })

  it('of a page that is no whole number of seconds ends with its last whole one', () => {
    expect(plan(9.866667).xaxis.ticktext.slice(-2)).toEqual(['+8', '+9 s'])
    expect(plan(9.866667).xaxis.range).toEqual([0, 9.866667])
  })
})

describe('the channel axis', () => {
  it('has each name at its baseline, in the colour of its trace, top first', () => {
    const layout = computeLayout(1200, 700, LINES)
    const { yaxis } = plan(10)
    expect(yaxis.range).toEqual([layout.plot.height, 0])
    expect(yaxis.tickvals).toEqual(layout.lanes.map((lane) => lane.y))
    expect(yaxis.ticktext).toEqual([
      '<span style="color:#111111">Fp1-F7</span>',
      '<span style="color:#666666">ECG</span>',
    ])
  })

  it('shows a name from the file as text, never as markup, and cuts one that is too long', () => {
    const lines = [lineNamed('<b>&x</b>'), lineNamed('a label of many letters')]
    const layout = computeLayout(1200, 700, lines)
    const { yaxis } = planFigure({ layout, length: 10, colours: COLOURS, measure: sixAtEleven })
    expect(yaxis.ticktext[0]).toContain('>&lt;b&gt;&amp;x&lt;/b&gt;<')
    expect(yaxis.ticktext[1]).toContain('>a label of ma…<')
  })

  it('leaves to the canvas exactly the plot area of the layout', () => {
    const layout = computeLayout(1200, 700, LINES)
    const { margin, width, height } = plan(10)
    expect([margin.l, margin.t]).toEqual([layout.plot.left, layout.plot.top])
    expect(width - margin.l - margin.r).toBe(layout.plot.width)
    expect(height - margin.t - margin.b).toBe(layout.plot.height)
  })
})

describe('the scale of a trace', () => {
  const layout = computeLayout(1200, 700, LINES)
  const pixelsPerMm = 4

  function scale(kind: 'eeg' | 'eog' | 'emg' | 'ecg' | 'other', unit: string, values: readonly number[]) {
    const lane = { derivation: lineNamed('x', { kind, unit }), y: 100 }
    const piece = { form: 'samples', start: 0, step: 1, values: Float32Array.from(values) } as const
    const [trace] = pageOf({ start: 0, end: 10 }, 10, { x: [piece] }).traces
    return scaleOf(trace!, lane, layout, { sensitivity: 10, pixelsPerMm })
  }

  it('is its sensitivity in uV/mm, negative upward', () => {
    const toY = scale('eeg', 'uV', [0])
    expect(toY(0)).toBe(100)
    expect(toY(-100)).toBe(100 - 10 * pixelsPerMm)
    expect(toY(50)).toBe(100 + 5 * pixelsPerMm)
  })

  it('is that of the bar beside the page, at every sensitivity, timebase and display', () => {
    const settings = SCALES.sensitivity.steps.flatMap((sensitivity) =>
      [3, 96 / 25.4, 8].flatMap((onDisplay) =>
        [1, 10, 600].map((length) => [sensitivity, onDisplay, length] as const),
      ),
    )
    for (const [sensitivity, onDisplay, length] of settings) {
      const bar = chooseScaleBar(sensitivity, onDisplay)
      // Two samples, as far apart as the bar says, half a page from one another.
      const values = Float32Array.from([0, -bar.microvolts])
      const piece = { form: 'samples', start: 0, step: length / 2, values } as const
      const page = pageOf({ start: 0, end: length }, 1000, { 'Fp1-F7': [piece] })
      const [drawn] = planTraces({ page, layout, sensitivity, pixelsPerMm: onDisplay, colours: COLOURS })
      const [x0, y0, x1, y1] = drawn!.points
      expect(y0! - y1!, `${sensitivity} µV/mm`).toBeCloseTo(bar.pixels, 3)
      expect(x1! - x0!).toBeCloseTo(layout.plot.width / 2, 3)
    }
  })

  it('is that of its look where it has one, whatever the EEG’s', () => {
    const lane = { derivation: lineNamed('x', { kind: 'emg' }), y: 100 }
    const [trace] = pageOf({ start: 0, end: 10 }, 10, { x: [] }).traces
    const look = { sensitivity: 50, hasOwnGain: false, inverted: false, colour: null, limited: true }
    const height = (looks: Readonly<Record<string, LineLook>>, sensitivity: number) =>
      100 - scaleOf(trace!, lane, layout, { sensitivity, looks, pixelsPerMm })(-100)
    expect(height({ x: look }, 7)).toBe(8)
    expect(height({ x: look }, 100)).toBe(8)
    expect(height({ x: { ...look, inverted: true } }, 7)).toBe(-8)
    expect(height({}, 50)).toBe(8)
  })

  it('of what is no voltage is the range on the page, larger values higher', () => {
    const toY = scale('other', '%', [90, 98])
    expect(toY(94)).toBeCloseTo(100, 9)
    expect(toY(98)).toBeCloseTo(100 - layout.laneHeight * 0.4, 6)
    // A flat line lies on its baseline.
    expect(scale('other', '%', [95, 95])(95)).toBe(100)
    expect(scale('other', '%', [])(0)).toBe(100)
  })

  it('has the colour of its side and kind', () => {
    expect(traceColour('eeg', 'right', COLOURS)).toBe('#222222')
    expect(traceColour('eeg', null, COLOURS)).toBe('#333333')
    expect(traceColour('emg', null, COLOURS)).toBe('#555555')
    expect(traceColour('respiration', null, COLOURS)).toBe('#777777')
  })
})
