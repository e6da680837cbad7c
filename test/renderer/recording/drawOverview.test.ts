/** What the overview's picture has where, of the whole recording and of a part of it. */
import { describe, expect, it } from 'vitest'
import { drawOverview, type OverviewColours } from '../../../renderer/recording/drawOverview.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import type { Activity } from '../../../shared/contract/model.ts'
import { type Span, ticksFromSeconds } from '../../../shared/units.ts'
import { withMarks } from '../../support/annotations.ts'

const WIDTH = 1000
const COLOURS: OverviewColours = {
  kinds: new Map([
    ['hypnic_jerk', 'jerk'],
    ['spike_wave_3hz', 'run'],
  ]),
  ...{ reviewed: 'reviewed', line: 'line', ink: 'ink', gap: 'gap', activity: 'activity' },
}

type Filled = { readonly colour: string; readonly x: number; readonly width: number; readonly height: number }

/** A canvas that keeps what was filled, and counts the lines of gaps. */
function draw(
  span: Span,
  fields: {
    readonly gaps?: readonly Span[]
    readonly activity?: Activity
    readonly ofWhole?: Activity
    readonly document?: AnnotationDocument
  } = {},
) {
  const marked = withMarks([[3600, 3610]])
  const filled: Filled[] = []
  const texts: { readonly text: string; readonly x: number }[] = []
  const lines: number[] = []
  const state: Record<string, unknown> = {}
  const calls: Record<string, (...given: never[]) => unknown> = {
    fillRect: (x: number, _: number, width: number, height: number) =>
      filled.push({ colour: String(state.fillStyle), x, width, height }),
    fillText: (text: string, x: number) => texts.push({ text, x }),
    measureText: (text: string) => ({ width: 6 * text.length }),
    moveTo: (x: number) => state.strokeStyle === 'gap' && lines.push(x),
  }
  const context = new Proxy(state, {
    get: (_, name: string) => calls[name] ?? state[name] ?? (() => {}),
    set: (_, name: string, value) => {
      state[name] = value
      return true
    },
  })
  drawOverview(context as unknown as CanvasRenderingContext2D, {
    ...{
      width: WIDTH,
      ratio: 1,
      span,
      start: '2024-01-01T22:00:00',
      others: [],
      notes: [],
      colours: COLOURS,
    },
    gaps: fields.gaps ?? [],
    document: fields.document ?? {
      ...marked,
      marks: marked.marks.map((mark) => ({ ...mark, kind: 'spike_wave_3hz' })),
    },
    activity: fields.activity ?? null,
    ofWhole: fields.ofWhole ?? fields.activity ?? null,
  })
  return { of: (colour: string) => filled.filter((each) => each.colour === colour), texts, lines }
}

describe('the picture of the overview', () => {
  it('has a mark where it lies in the part that is shown, as long as it is there', () => {
    // 10 s of a day are less than a pixel, and two are drawn; of 100 s they are a tenth of the width.
    expect(draw({ start: 0, end: 86_400 }).of('run')).toMatchObject([{ x: 41.7, width: 2 }].map(near))
    expect(draw({ start: 3550, end: 3650 }).of('run')).toMatchObject([{ x: 500, width: 100 }].map(near))
  })

  it('counts its clock in steps that fit the part', () => {
    const { texts } = draw({ start: 3550, end: 3650 })
    expect(texts.map(({ text }) => text)).toEqual([
      ...['22:59:10', '22:59:20', '22:59:30', '22:59:40', '22:59:50', '23:00:00'],
      ...['23:00:10', '23:00:20', '23:00:30', '23:00:40', '23:00:50'],
    ])
    expect(texts[5]).toMatchObject(near({ x: 500 - 24 }))
  })

  it('draws a gap as far as it is on the strip, however long it is', () => {
    const gaps = [{ start: 1000, end: 80_000 }]
    expect(draw({ start: 0, end: 86_400 }, { gaps }).lines.length).toBeLessThan(WIDTH / 4)
    const within = draw({ start: 40_000, end: 40_060 }, { gaps }).lines
    expect(within.length).toBeLessThan(WIDTH / 4)
    expect(Math.min(...within)).toBeLessThanOrEqual(-30)
    expect(Math.max(...within)).toBeGreaterThan(WIDTH - 6)
    expect(draw({ start: 80_100, end: 80_160 }, { gaps }).lines).toEqual([])
  })

  it('draws the bins of the part, what is usual there a quarter as high as its row', () => {
    const ofWhole = { start: 0, binLength: 100, eeg: Array.from({ length: 864 }, () => 100) }
    const eeg = Array.from({ length: 3000 }, (_, bin) => (bin === 1050 ? 200 : 40))
    const drawn = draw({ start: 3550, end: 3650 }, { ofWhole, activity: { start: 2550, binLength: 1, eeg } })
    const bins = drawn.of('activity')
    expect(bins).toHaveLength(100)
    expect(bins[0]).toMatchObject(near({ x: 0, width: 10, height: 15 / 4 }))
    expect(bins[50]).toMatchObject(near({ x: 500, width: 10, height: 15 }))
  })

  it('does not fill the row with the noise of a part in which nothing happens', () => {
    const ofWhole = { start: 0, binLength: 100, eeg: Array.from({ length: 864 }, () => 100) }
    const eeg = Array.from({ length: 100 }, () => 1)
    const bins = draw({ start: 3550, end: 3650 }, { ofWhole, activity: { start: 3550, binLength: 1, eeg } })
    // A quarter of what is usual on the whole recording is as high as the usual of a part may be.
    expect(bins.of('activity')[0]).toMatchObject(near({ height: 15 / 100 }))
  })
})

/** To a tenth of a pixel. */
function near(values: Readonly<Record<string, number>>) {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, expect.closeTo(value, 1)]))
}

describe('thousands of marks', () => {
  const [mark] = withMarks([[0, 1]]).marks
  const marks = Array.from({ length: 10_000 }, (_, index) => ({
    ...mark!,
    id: String(index),
    kind: 'spike_wave_3hz' as const,
    onset: ticksFromSeconds(index * 7.2),
  }))
  const dense = { ...withMarks([]), marks }
  const span = { start: 0, end: 72_000 }

  it('are drawn once a pixel, and leave none of them without', () => {
    const runs = draw(span, { document: dense }).of('run')
    expect(runs.length).toBeLessThanOrEqual(1000)
    for (const [index, { x }] of runs.entries()) expect(x - (runs[index - 1]?.x ?? 0)).toBeLessThan(2)
    expect(runs.at(-1)!.x).toBeGreaterThan(998)
  })

  it('leave a long one among them as long as it is', () => {
    const long = { ...marks[1]!, duration: ticksFromSeconds(3600) }
    const document = { ...dense, marks: [marks[0]!, long, ...marks.slice(2)] }
    expect(
      Math.max(
        ...draw(span, { document })
          .of('run')
          .map(({ width }) => width),
      ),
    ).toBeCloseTo(50, 6)
  })

  it('outside of the part that is shown are not drawn', () => {
    expect(draw({ start: 0, end: 60 }, { document: dense }).of('run')).toHaveLength(9)
  })
})
