import { useMemo } from 'react'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { placesIn } from '../../shared/montage/places.ts'
import { type Span, ticksFromSeconds } from '../../shared/units.ts'
import { headerOf, readerOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { kindColour } from './kindLook.ts'
import type { PlotLayout } from './layout.ts'
import { placeMarks } from './markLayout.ts'
import styles from './page.module.css'
import { usePane } from './usePane.ts'

type Props = { readonly layout: PlotLayout; readonly span: Span }

/** One mark of another's set over the page: its edges in dashes, so that it is never taken for one's own. */
export function MarkOutline({ layout, span }: Props) {
  const outlined = usePane((pane) => pane.outlined)
  const set = useReview(({ sets }) => (outlined === null ? undefined : sets.byId[outlined.setId]))
  const header = useReview(headerOf)
  const placed = useMemo(() => {
    if (outlined === null || set === undefined || header === null) return null
    const wanted = { start: ticksFromSeconds(span.start), end: ticksFromSeconds(span.end) }
    const mark = marksInSpan(set.document, wanted).find(({ id }) => id === outlined.markId)
    return mark === undefined ? null : (placeMarks([mark], span, layout, placesIn(header))[0] ?? null)
  }, [outlined, set, header, span, layout])
  if (placed === null || set === undefined) return null
  const { plot } = layout
  const rows = placed.rows ?? [{ top: 0, height: plot.height }]
  return (
    <div
      className={styles.outlines}
      style={{
        left: plot.left,
        top: plot.top,
        width: plot.width,
        height: plot.height,
        ...kindColour(placed.mark.kind),
      }}
    >
      {rows.map((row) => (
        <div
          key={row.top}
          className={styles.outline}
          data-starts={placed.startsHere}
          data-ends={placed.endsHere}
          style={{ left: placed.left, width: placed.right - placed.left, top: row.top, height: row.height }}
        />
      ))}
      <span className={styles.outlineName} style={{ left: placed.labelLeft }}>
        {readerOf(set)} · {placed.text}
      </span>
    </div>
  )
}
