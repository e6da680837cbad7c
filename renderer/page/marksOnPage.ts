/** The marks that are to be seen on a page. Pure. */
import type { AnnotationDocument, Mark } from '../../shared/annotation/document.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { type Span, ticksFromSeconds } from '../../shared/units.ts'
import type { Pane } from '../store/panesState.ts'

/** Those that lie still: all but the one that is being dragged. */
export function stillMarks(
  document: AnnotationDocument | null,
  span: Span,
  drag: Pane['drag'],
): readonly Mark[] {
  if (document === null) return []
  return marksInSpan(document, inTicks(span)).filter((mark) => mark.id !== drag?.id)
}

/** That one, where it is now; null where there is none on the page. */
export function draggedMark(
  document: AnnotationDocument | null,
  span: Span,
  drag: Pane['drag'],
): Mark | null {
  const dragged = drag === null ? undefined : document?.marks.find((mark) => mark.id === drag.id)
  if (dragged === undefined || drag === null) return null
  const moved = { ...dragged, onset: drag.onset, duration: drag.duration }
  const { start, end } = inTicks(span)
  return moved.onset < end && moved.onset + moved.duration >= start ? moved : null
}

function inTicks({ start, end }: Span) {
  return { start: ticksFromSeconds(start), end: ticksFromSeconds(end) }
}
