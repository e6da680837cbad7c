/** The marks of a pane's page as its painter takes them. */
import type { Header } from '../../shared/edf/header/model.ts'
import { placesIn } from '../../shared/montage/places.ts'
import type { Page } from '../../shared/signal/model.ts'
import type { PaneId } from '../store/panesState.ts'
import { paneOf } from '../store/selectors.ts'
import { documentIn, headerIn } from '../store/shownIn.ts'
import { getState } from '../store/state.ts'
import type { PlotLayout } from './layout.ts'
import { type PlacesOf, placeMarks } from './markLayout.ts'
import { stillMarks } from './marksOnPage.ts'
import type { MarkSign } from './paintMarks.ts'

/** Looks at the store whenever it is asked; what a header says of electrodes is kept until the header is another. */
export function createMarkSigns(id: PaneId): (page: Page, layout: PlotLayout) => readonly MarkSign[] {
  let places: { readonly header: Header; readonly of: PlacesOf } | null = null

  function placesNow(header: Header | null): PlacesOf {
    if (header === null) return () => []
    if (places?.header !== header) places = { header, of: placesIn(header) }
    return places.of
  }

  return ({ span }, layout) => {
    const state = getState()
    const pane = paneOf(state, id)
    if (pane === null) return []
    const still = stillMarks(documentIn(state, pane), span, pane.drag)
    return placeMarks(still, span, layout, placesNow(headerIn(state, pane))).map(
      ({ mark: { kind }, left, right, startsHere, endsHere, rows }) => ({
        ...{ kind, left, right, startsHere, endsHere, rows },
      }),
    )
  }
}
