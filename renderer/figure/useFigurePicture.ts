/** A figure of what the pane shows, made anew whenever its span, size or content is another. */
import { useEffect, useState } from 'react'
import { KINDS } from '../../shared/annotation/kinds.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import type { SignalKind } from '../../shared/edf/header/model.ts'
import { montageOf } from '../../shared/montage/montages.ts'
import { isOwnId } from '../../shared/montage/ownMontages.ts'
import { placesIn } from '../../shared/montage/places.ts'
import {
  FILTER_KINDS,
  filtersOfKind,
  formatFilters,
  formatTimebase,
  type View,
} from '../../shared/signal/viewSettings.ts'
import { type Span, ticksFromSeconds } from '../../shared/units.ts'
import { measureText } from '../page/measureText.ts'
import type { Chart } from '../page/plotlyCharts.ts'
import { readColours, readTokens } from '../page/useTheme.ts'
import { askFigurePage } from '../store/figures.ts'
import { linesOnPage, looksInRows } from '../store/linesOnPage.ts'
import { messageOf } from '../store/notices.ts'
import { activePane } from '../store/selectors.ts'
import { documentIn, headerIn, recordingIdIn } from '../store/shownIn.ts'
import { getState } from '../store/state.ts'
import { type FigureSize, PIXELS_PER_MM } from './figureSizes.ts'
import { planPageFigure } from './planPageFigure.ts'

export type FigurePicture =
  | { readonly state: 'making' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'made'; readonly chart: Chart; readonly svg: string }

export function useFigurePicture(span: Span, size: FigureSize, withMarks: boolean): FigurePicture {
  const [picture, setPicture] = useState<FigurePicture>({ state: 'making' })
  const { start, end } = span
  useEffect(() => {
    let isWanted = true
    setPicture({ state: 'making' })
    makeFigure({ start, end }, size, withMarks)
      .then((made) => isWanted && setPicture(made))
      .catch((thrown: unknown) => isWanted && setPicture({ state: 'failed', message: messageOf(thrown) }))
    return () => {
      isWanted = false
    }
  }, [start, end, size, withMarks])
  return picture
}

async function makeFigure(span: Span, size: FigureSize, withMarks: boolean): Promise<FigurePicture> {
  const state = getState()
  const recordingId = recordingIdIn(state)
  const header = headerIn(state)
  const { view, shown, looks: channels, rWave, rowMm } = activePane(state)
  if (recordingId === null || header === null || shown === null) {
    return { state: 'failed', message: 'There is no page to make a figure of.' }
  }
  const { pictureOf } = await import('../page/plotlyCharts.ts')
  const page = await askFigurePage(recordingId, span, view)
  const { lines } = linesOnPage(state, activePane(state))
  const derivations = lines.map(({ line }) => line)
  const document = withMarks ? documentIn(state) : null
  const ticks = { start: ticksFromSeconds(span.start), end: ticksFromSeconds(span.end) }
  const chart = onPaper((paper) =>
    planPageFigure({
      ...{ width: Math.round(size.width * PIXELS_PER_MM), height: Math.round(size.height * PIXELS_PER_MM) },
      ...{ page, derivations, rowMm, sensitivity: view.sensitivity, measure: measureText },
      looks: looksInRows(lines, channels, { sensitivity: view.sensitivity, rWave }),
      marks: document === null ? [] : marksInSpan(document, ticks),
      placesOf: placesIn(header),
      colours: paperColours(paper),
      madeWith: describeView(view, new Set(derivations.map(({ kind }) => kind))),
    }),
  )
  return { state: 'made', chart, svg: inMillimetres(await pictureOf(chart, 'svg'), size) }
}

/** Light, whatever the theme: slides and paper are. */
function onPaper<Value>(read: (paper: Element) => Value): Value {
  const paper = document.createElement('div')
  paper.dataset.theme = 'light'
  document.body.append(paper)
  try {
    return read(paper)
  } finally {
    paper.remove()
  }
}

function paperColours(paper: Element) {
  const read = readTokens(paper)
  const kinds = Object.fromEntries(KINDS.map(({ colour }) => [colour, read(colour)]))
  return { ...readColours(paper), ink: read('ink'), paper: '#ffffff', kinds }
}

/** Montage, filters of each kind that is there, sensitivity and timebase as on the page. */
function describeView(view: View, there: ReadonlySet<SignalKind>): string {
  const kinds = [{ kind: 'eeg', label: 'EEG' } as const, ...FILTER_KINDS].filter(({ kind }) =>
    there.has(kind),
  )
  return [
    view.own?.name ?? (isOwnId(view.montage) ? 'Own montage' : montageOf(view.montage).label),
    ...kinds.map(({ kind, label }) => `${label} ${formatFilters(filtersOfKind(view, kind))}`),
    view.direction === 'causal' ? 'causal filters: waves are delayed' : 'zero-phase filters',
    `${view.sensitivity} µV/mm and ${formatTimebase(view.timebase)} on the page`,
    'negative up',
  ].join(' · ')
}

/** Plotly writes its size in pixels; other programs take those for what they like. */
function inMillimetres(svg: string, { width, height }: FigureSize): string {
  return svg.replace(
    /^(<svg[^>]*?) width="[\d.]+"([^>]*?) height="[\d.]+"/,
    `$1 width="${width}mm"$2 height="${height}mm"`,
  )
}
