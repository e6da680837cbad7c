import { useMemo } from 'react'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { placesIn } from '../../shared/montage/places.ts'
import { type Span, ticksFromSeconds } from '../../shared/units.ts'
import { outlinesOfTour } from '../store/comparing.ts'
import { headerOf, readerOf } from '../store/selectors.ts'
import type { MarkOfSet } from '../store/setsState.ts'
import { useReview } from '../store/state.ts'
import { DashedOutline } from './DashedOutline.tsx'
import type { PlotLayout } from './layout.ts'
import { placeMarks } from './markLayout.ts'
import { usePane } from './usePane.ts'

type Props = { readonly layout: PlotLayout; readonly span: Span }

/** Marks of others' sets over the page: their edges in dashes, so that none is ever taken for one's own. */
export function MarkOutlines(props: Props) {
  const pointedAt = usePane((pane) => pane.outlined)
  const tour = useReview(outlinesOfTour)
  const isGuest = usePane((pane) => pane.guest !== null)
  // Sets of others are those of the window's own recording.
  if (isGuest) return null
  const outlines = pointedAt === null ? tour : [pointedAt]
  return outlines.map((outlined, index) => (
    <MarkOutline key={`${outlined.setId} ${outlined.markId}`} {...props} outlined={outlined} row={index} />
  ))
}

/** `row`: of its name, so that names of several do not lie over each other. */
function MarkOutline({
  layout,
  span,
  outlined,
  row: nameRow,
}: Props & { readonly outlined: MarkOfSet; readonly row: number }) {
  const set = useReview(({ sets }) => sets.byId[outlined.setId])
  const header = useReview(headerOf)
  const placed = useMemo(() => {
    if (set === undefined || header === null) return null
    const wanted = { start: ticksFromSeconds(span.start), end: ticksFromSeconds(span.end) }
    const mark = marksInSpan(set.document, wanted).find(({ id }) => id === outlined.markId)
    return mark === undefined ? null : (placeMarks([mark], span, layout, placesIn(header))[0] ?? null)
  }, [outlined, set, header, span, layout])
  if (placed === null || set === undefined) return null
  return (
    <DashedOutline
      layout={layout}
      placed={placed}
      name={`${readerOf(set)} · ${placed.text}`}
      nameRow={nameRow}
    />
  )
}
