import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { DashedOutline } from '../../../renderer/page/DashedOutline.tsx'
import { computeLayout, GUTTER, RIGHT } from '../../../renderer/page/layout.ts'
import { placeMarks } from '../../../renderer/page/markLayout.ts'
import { placesOfLabel } from '../../../shared/montage/places.ts'
import { withMarks } from '../../support/annotations.ts'
import { lineNamed } from '../../support/pages.ts'

const LINES = ['Fp1-F7', 'F7-T7', 'Cz-Pz', 'EMG Neck'].map((label) => lineNamed(label))
/** 1000 pixels of plot: 100 a second. */
const LAYOUT = computeLayout(GUTTER + 1000 + RIGHT, 700, LINES)

function edgesOf(channels: readonly string[]): readonly string[] {
  const [mark] = withMarks([[2, 2.2]]).marks
  const [placed] = placeMarks([{ ...mark!, channels }], { start: 0, end: 10 }, LAYOUT, ({ label }) =>
    placesOfLabel(label),
  )
  const markup = renderToStaticMarkup(<DashedOutline layout={LAYOUT} placed={placed!} name="Hypnic jerk?" />)
  return markup.match(/<div[^>]*data-starts[^>]*>/g) ?? []
}

test('goes once round all rows where an event has no channels of its own', () => {
  const [edge, ...others] = edgesOf([])
  expect(others).toEqual([])
  expect(edge).toContain(`height:${LAYOUT.plot.height}px`)
})

test('goes once round rows that lie one under the other, and beside a short event, not over it', () => {
  const [edge, ...others] = edgesOf(['Fp1', 'F7', 'T7'])
  expect(others).toEqual([])
  const [, left, width] = /left:([\d.]+)px;width:([\d.]+)px/.exec(edge ?? '') ?? []
  expect(Number(left)).toBeCloseTo(197, 6)
  expect(Number(width)).toBeCloseTo(26, 6)
})

test('goes round each where others lie between', () => {
  expect(edgesOf(['Fp1', 'EMG Neck'])).toHaveLength(2)
})
