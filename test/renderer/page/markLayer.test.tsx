// @vitest-environment jsdom
/** The elements of the marks on a page: moved to the next page's marks, of which they then say all. */

import { act } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { computeLayout, GUTTER, RIGHT } from '../../../renderer/page/layout.ts'
import { MarkBands, MarkLabels } from '../../../renderer/page/MarkLayer.tsx'
import { placeMarks } from '../../../renderer/page/markLayout.ts'
import type { AnnotationDocument } from '../../../shared/annotation/document.ts'
import { placesOfLabel } from '../../../shared/montage/places.ts'
import { withMarks } from '../../support/annotations.ts'
import { lineNamed } from '../../support/pages.ts'

declare global {
  var IS_REACT_ACT_ENVIRONMENT: boolean
}

const LINES = ['Fp1-F7', 'F7-T7', 'ECG'].map((label) => lineNamed(label))
/** 1000 pixels of plot: 100 a second. */
const LAYOUT = computeLayout(GUTTER + 1000 + RIGHT, 700, LINES)

let container: HTMLElement
let root: Root

beforeEach(() => {
  globalThis.IS_REACT_ACT_ENVIRONMENT = true
  container = document.createElement('div')
  root = createRoot(container)
})
afterEach(() => act(async () => root.unmount()))

async function show(
  { marks }: Pick<AnnotationDocument, 'marks'>,
  start: number,
  selected: string | null = null,
) {
  const placed = placeMarks(marks, { start, end: start + 10 }, LAYOUT, ({ label }) => placesOfLabel(label))
  await act(async () =>
    root.render(
      <>
        <MarkBands placed={placed} layout={LAYOUT} selected={selected} />
        <MarkLabels placed={placed} layout={LAYOUT} selected={selected} part="whole" readOnly={false} />
      </>,
    ),
  )
}

function bands() {
  return [...container.querySelectorAll<HTMLElement>('[data-layers] > div')].map((band) => ({
    left: band.style.left,
    width: band.style.width,
    colour: band.style.getPropertyValue('--kind'),
    edges: [...band.querySelectorAll<HTMLElement>('[data-edge]')].map(({ dataset }) => dataset.edge),
  }))
}

function labels() {
  return [...container.querySelectorAll<HTMLElement>('[data-mark]')].map(
    ({ dataset, textContent, style }) => ({
      mark: dataset.mark,
      selected: dataset.selected,
      text: textContent,
      left: style.left,
    }),
  )
}

const grips = () => container.querySelectorAll('[data-grip]').length

it('has an edge where the mark begins and ends, and none where it goes on beyond the page', async () => {
  await show(
    withMarks([
      [8, 11],
      [12, 14.5],
      [19, 25],
    ]),
    10,
  )
  expect(bands()).toMatchObject([
    { left: '0px', width: '100px', edges: ['end'] },
    { left: '200px', width: '250px', edges: ['start', 'end'] },
    { left: '900px', width: '100px', edges: ['start'] },
  ])
})

it('says of the next page only what is on that page, in whatever elements', async () => {
  const [first, second] = withMarks([
    [12, 14],
    [25, 29],
  ]).marks
  const jerk = { ...first!, kind: 'hypnic_jerk' } as const
  const spikes = { ...second!, kind: 'spike_wave_3hz' } as const
  await show({ marks: [jerk] }, 10, jerk.id)
  expect(labels()).toEqual([{ mark: jerk.id, selected: 'true', text: 'Hypnic jerk', left: '200px' }])
  expect(grips()).toBe(2)
  const colour = bands()[0]!.colour
  await show({ marks: [spikes] }, 20, jerk.id)
  expect(labels()).toEqual([
    { mark: spikes.id, selected: 'false', text: '3 Hz spike-and-wave', left: '500px' },
  ])
  expect(bands()).toMatchObject([{ left: '500px', width: '400px', edges: ['start', 'end'] }])
  expect(bands()[0]!.colour).not.toBe(colour)
  // The selected mark stayed behind, and its grips with it.
  expect(grips()).toBe(0)
  await show({ marks: [] }, 30)
  expect(bands()).toEqual([])
  expect(labels()).toEqual([])
})

it('gives a few bands layers of their own, and one to many', async () => {
  const layers = () => container.querySelector<HTMLElement>('[data-layers]')!.dataset.layers
  const spans = Array.from({ length: 60 }, (_, index) => [10 + index / 10, 10.05 + index / 10] as const)
  await show(withMarks(spans.slice(0, 3)), 10)
  expect(layers()).toBe('each')
  await show(withMarks(spans), 10)
  expect(layers()).toBe('one')
  expect(bands()).toHaveLength(60)
})
