import { useMemo } from 'react'
import { placesIn } from '../../shared/montage/places.ts'
import type { Span } from '../../shared/units.ts'
import { activeSet, isMarkable } from '../store/selectors.ts'
import { documentIn, headerIn } from '../store/shownIn.ts'
import type { PlotLayout } from './layout.ts'
import { MarkBands, MarkLabels } from './MarkLayer.tsx'
import { placeMarks } from './markLayout.ts'
import { draggedMark, stillMarks } from './marksOnPage.ts'
import { useInPane, usePane } from './usePane.ts'

/** What of the marks is no part of the page's picture: their labels, and the band of the one that is dragged or chosen. */
export function PageMarks({ layout, span }: { readonly layout: PlotLayout; readonly span: Span }) {
  const document = useInPane(documentIn)
  const readOnly = useInPane((state, { guest }) => guest !== null || !isMarkable(activeSet(state)))
  const drag = usePane((pane) => pane.drag)
  const selected = usePane((pane) => pane.selectedMark)
  const part = usePane((pane) => pane.markPart)
  const header = useInPane(headerIn)
  const placesOf = useMemo(() => (header === null ? () => [] : placesIn(header)), [header])
  const placed = useMemo(() => {
    const moved = draggedMark(document, span, drag)
    const still = stillMarks(document, span, drag)
    const marks = moved === null ? still : [...still, moved].sort((a, b) => a.onset - b.onset)
    return placeMarks(marks, span, layout, placesOf)
  }, [document, drag, span, layout, placesOf])
  const moving = drag?.id ?? null
  return (
    <>
      <MarkBands placed={placed} layout={layout} selected={selected} moving={moving} />
      <MarkLabels {...{ placed, layout, selected, moving, part, readOnly }} />
    </>
  )
}
