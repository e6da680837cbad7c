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
  moving: string | null = null,
) {
  const placed = placeMarks(marks, { start, end: start + 10 }, LAYOUT, ({ label }) => placesOfLabel(label))
  await act(async () =>
    root.render(
      <>
        <MarkBands placed={placed} layout={LAYOUT} selected={selected} moving={moving} />
        <MarkLabels
          placed={placed}
          layout={LAYOUT}
          selected={selected}
          moving={moving}
          part="whole"
          readOnly={false}
        />
      </>,
    ),
  )
}

function bands() {
  return [...container.querySelectorAll<HTMLElement>('[data-moving]')].map((band) => ({
    left: band.style.left,
    width: band.style.width,
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

const colours = () =>
  [...container.querySelectorAll<HTMLElement>('[data-mark]')].map(({ style }) =>
    style.getPropertyValue('--kind'),
  )

const grips = () => container.querySelectorAll('[data-grip]').length

it('has an edge where the mark that is dragged begins and ends, and none where it goes on beyond the page', async () => {
  const spans = [
    [8, 11],
    [12, 14.5],
    [19, 25],
  ] as const
  const document = withMarks(spans)
  const dragged = async (index: number) => {
    await show(document, 10, null, document.marks[index]!.id)
    return bands()
  }
  expect(await dragged(0)).toMatchObject([{ left: '0px', width: '100px', edges: ['end'] }])
  expect(await dragged(1)).toMatchObject([{ left: '200px', width: '250px', edges: ['start', 'end'] }])
  expect(await dragged(2)).toMatchObject([{ left: '900px', width: '100px', edges: ['start'] }])
})

it('leaves to the picture all but the mark that is dragged, and more tint for the chosen one', async () => {
  const document = withMarks([
    [11, 12],
    [13, 14],
    [15, 16],
  ])
  const [first, second] = document.marks
  await show(document, 10)
  expect(bands()).toEqual([])
  await show(document, 10, first!.id, second!.id)
  expect(bands()).toMatchObject([
    { left: '100px', edges: [] },
    { left: '300px', edges: ['start', 'end'] },
  ])
  expect(labels()).toHaveLength(3)
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
  const [colour] = colours()
  await show({ marks: [spikes] }, 20, jerk.id)
  expect(labels()).toEqual([
    { mark: spikes.id, selected: 'false', text: '3 Hz spike-and-wave', left: '500px' },
  ])
  expect(colours()[0]).not.toBe(colour)
  // The selected mark stayed behind, and its grips with it.
  expect(grips()).toBe(0)
  await show({ marks: [] }, 30)
  expect(labels()).toEqual([])
})
