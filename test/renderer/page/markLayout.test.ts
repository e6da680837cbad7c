import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { computeLayout, GUTTER, RIGHT } from '../../../renderer/page/layout.ts'
import { markText, placeMarks } from '../../../renderer/page/markLayout.ts'
import { placesOfLabel } from '../../../shared/montage/places.ts'
import { withMarks } from '../../support/annotations.ts'
import { lineNamed } from '../../support/pages.ts'

const LINES = ['Fp1-F7', 'F7-T7', 'ECG'].map((label) => lineNamed(label))
/** 1000 pixels of plot: 100 a second. */
const LAYOUT = computeLayout(GUTTER + 1000 + RIGHT, 700, LINES)
const placesOf = ({ label }: { readonly label: string }) => placesOfLabel(label)
const SPAN = { start: 10, end: 20 }

function place(spans: readonly (readonly [number, number])[]) {
  return placeMarks(withMarks(spans).marks, SPAN, LAYOUT, placesOf)
}

describe('a mark on the page', () => {
  it('has its band where it lies in time', () => {
    const [mark] = place([[12, 14.5]])
    expect(mark).toMatchObject({
      left: 200,
      right: 450,
      startsHere: true,
      endsHere: true,
      labelLeft: 200,
      rows: null,
    })
  })

  it('shows its label wherever a part of it is in view', () => {
    const [before, across, after] = place([
      [8, 11],
      [5, 25],
      [19.9, 30],
    ]).toSorted((a, b) => a.mark.onset + a.mark.duration - b.mark.onset - b.mark.duration)
    expect(before).toMatchObject({ left: 0, right: 100, startsHere: false, endsHere: true, labelLeft: 0 })
    expect(across).toMatchObject({ left: 0, right: 1000, startsHere: false, endsHere: false, labelLeft: 0 })
    expect(after).toMatchObject({
      left: expect.closeTo(990, 6),
      right: 1000,
      startsHere: true,
      endsHere: false,
    })
    // At the right edge the label stands to the left of its mark, not outside.
    expect(after!.labelLeft).toBeLessThan(930)
  })

  it('has room at the right edge for a label of more words than its own', () => {
    const { marks } = withMarks([[19.9, 30]])
    const at = (text: string) => placeMarks(marks, SPAN, LAYOUT, placesOf, () => text)[0]!.labelLeft
    expect(at('x'.repeat(40))).toBeCloseTo(at('x'.repeat(20)) - 20 * 6.5, 6)
  })

  it('is never too thin to be seen', () => {
    const [mark] = place([[15, 15.001]])
    expect(mark!.right - mark!.left).toBeCloseTo(1, 6)
  })

  it('tied to channels stands over the rows that are recorded there, and over no other', () => {
    const [mark] = withMarks([[12, 13]]).marks
    const placed = (channels: readonly string[]) =>
      placeMarks([{ ...mark!, channels }], SPAN, LAYOUT, placesOf)[0]!
    expect(placed(['ECG']).rows).toEqual([
      { top: LAYOUT.lanes[2]!.y - LAYOUT.laneHeight / 2, height: LAYOUT.laneHeight },
    ])
    expect(placed(['F7']).rows).toHaveLength(2)
    expect(placed(['Fp1', 'P3']).rows).toHaveLength(1)
    expect(placed(['Fp1', 'P3']).text).toBe('Hypnic jerk')
  })

  it('tied to channels that are not on the page says so, and stands over none', () => {
    const [mark] = withMarks([[12, 13]]).marks
    const placed = (channels: readonly string[]) =>
      placeMarks([{ ...mark!, channels }], SPAN, LAYOUT, placesOf)[0]!
    expect(placed(['P3', 'O1'])).toMatchObject({ rows: [], text: 'Hypnic jerk on P3, O1: not shown' })
    expect(placed(['P3', 'P4', 'O1', 'O2', 'Pz', 'Oz']).text).toBe(
      'Hypnic jerk on P3, P4, O1, O2 and 2 more: not shown',
    )
  })

  it('is named by its kind, its mimic and its confidence', () => {
    expect(markText({ kind: 'hypnic_jerk', subtype: null, confidence: null })).toBe('Hypnic jerk')
    expect(markText({ kind: 'mimic', subtype: 'oirda', confidence: 'sure' })).toBe('Mimic · OIRDA · sure')
    expect(markText({ kind: 'mimic', subtype: null, confidence: null })).toBe('Mimic')
  })
})

describe('labels', () => {
  it('that would meet stand in rows, the first first', () => {
    const rows = place([
      [11, 12],
      [11.1, 12],
      [11.2, 12],
      [15, 16],
    ]).map((mark) => mark.labelRow)
    expect(rows).toEqual([0, 1, 2, 0])
  })

  it('never cover each other, and bands never leave the page', () => {
    const spans = fc.array(
      fc.tuple(fc.double({ min: 0, max: 30, noNaN: true }), fc.double({ min: 0.01, max: 20, noNaN: true })),
      {
        maxLength: 25,
      },
    )
    fc.assert(
      fc.property(spans, (wanted) => {
        const all = withMarks(wanted.map(([start, length]) => [start, start + length])).marks
        const inView = all.filter((mark) => mark.onset < 20e7 && mark.onset + mark.duration > 10e7)
        const placed = placeMarks(inView, SPAN, LAYOUT, placesOf)
        for (const mark of placed) {
          expect(mark.left).toBeGreaterThanOrEqual(0)
          expect(mark.right).toBeLessThanOrEqual(1000)
          expect(mark.right).toBeGreaterThanOrEqual(mark.left)
        }
        for (const [index, a] of placed.entries()) {
          for (const b of placed.slice(index + 1)) {
            if (a.labelRow === b.labelRow) expect(Math.abs(a.labelLeft - b.labelLeft)).toBeGreaterThan(50)
          }
        }
      }),
    )
  })
})
