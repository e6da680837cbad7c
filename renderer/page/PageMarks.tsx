import { useMemo } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { placesIn } from '../../shared/montage/places.ts'
import { type Span, ticksFromSeconds } from '../../shared/units.ts'
import { activeSet, isMarkable } from '../store/selectors.ts'
import { documentIn, headerIn } from '../store/shownIn.ts'
import type { PlotLayout } from './layout.ts'
import { MarkBands, MarkLabels } from './MarkLayer.tsx'
import { placeMarks } from './markLayout.ts'
import { useInPane, usePane } from './usePane.ts'

/** Labels above the samples and bands below them: the style sheet sends the bands behind the canvas. */
export function PageMarks({ layout, span }: { readonly layout: PlotLayout; readonly span: Span }) {
  const document = useInPane(documentIn)
  const readOnly = useInPane((state, { guest }) => guest !== null || !isMarkable(activeSet(state)))
  const drag = usePane((pane) => pane.drag)
  const selected = usePane((pane) => pane.selectedMark)
  const part = usePane((pane) => pane.markPart)
  const header = useInPane(headerIn)
  const placesOf = useMemo(() => (header === null ? () => [] : placesIn(header)), [header])
  const placed = useMemo(() => {
    if (document === null) return []
    const wanted = { start: ticksFromSeconds(span.start), end: ticksFromSeconds(span.end) }
    const marks: Mark[] = marksInSpan(document, wanted).filter((mark) => mark.id !== drag?.id)
    const dragged = drag === null ? undefined : document.marks.find((mark) => mark.id === drag.id)
    if (dragged !== undefined && drag !== null) {
      const moved = { ...dragged, onset: drag.onset, duration: drag.duration }
      if (moved.onset < wanted.end && moved.onset + moved.duration >= wanted.start) marks.push(moved)
      marks.sort((a, b) => a.onset - b.onset)
    }
    return placeMarks(marks, span, layout, placesOf)
  }, [document, drag, span, layout, placesOf])
  return (
    <>
      <MarkBands placed={placed} layout={layout} selected={selected} />
      <MarkLabels placed={placed} layout={layout} selected={selected} part={part} readOnly={readOnly} />
    </>
  )
}
