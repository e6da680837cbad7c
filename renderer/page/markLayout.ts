/** Where the marks in view are drawn: bands, labels inside the visible part, rows where labels would meet. Pure. */
import type { Mark } from '../../shared/annotation/document.ts'
import { markName } from '../../shared/annotation/kinds.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { isOn } from '../../shared/montage/places.ts'
import { type Span, secondsFromTicks } from '../../shared/units.ts'
import { type Lane, type PlotLayout, timeToX } from './layout.ts'

export type PlacedMark = {
  readonly mark: Mark
  /** Visible part of the band, pixels from the left of the plot area. */
  readonly left: number
  readonly right: number
  /** Whether the edge itself is in view. */
  readonly startsHere: boolean
  readonly endsHere: boolean
  readonly text: string
  readonly labelLeft: number
  readonly labelRow: number
  /** Rows of lanes it is on, top and height; null: over all channels. Empty where none is on the page. */
  readonly rows: readonly { readonly top: number; readonly height: number }[] | null
}

/** Where a line was recorded, see montage/places.ts. */
export type PlacesOf = (line: Derivation) => readonly string[]

/** Channels that a label names before it counts the others. */
const MOST_NAMED = 4
/** Inter at 12 px, weight 560, is about 6.5 px a letter; the box adds its padding. */
const LETTER = 6.5
const LABEL_PADDING = 16

export function markText(mark: Pick<Mark, 'kind' | 'subtype' | 'confidence'>): string {
  const parts = [markName(mark)]
  if (mark.confidence !== null) parts.push(mark.confidence)
  return parts.join(' · ')
}

/**
 * Where each mark's label lies, in the order of the marks given (by onset), so that a label's row does not jump while
 * paging.
 */
export function placeMarks(
  marks: readonly Mark[],
  span: Span,
  layout: PlotLayout,
  placesOf: PlacesOf,
  /** What the label says, for the room that it takes. */
  textOf: (mark: Mark, at: number) => string = markText,
): readonly PlacedMark[] {
  const { width } = layout.plot
  const rowEnds: number[] = []
  // Most marks are on all lines, and most pages have none that is not.
  const isAnyOnSome = marks.some(({ channels }) => channels.length > 0)
  const lanes = isAnyOnSome ? layout.lanes.map((lane) => ({ lane, places: placesOf(lane.derivation) })) : []
  return marks.map((mark, at) => {
    const start = secondsFromTicks(mark.onset)
    const end = start + secondsFromTicks(mark.duration)
    const from = timeToX(layout, span, start)
    const to = timeToX(layout, span, end)
    const left = Math.max(0, from)
    const right = Math.min(width, Math.max(to, from + 1))
    const rows = rowsOf(mark, lanes, layout.laneHeight)
    const text = rows?.length === 0 ? `${textOf(mark, at)} ${notShown(mark)}` : textOf(mark, at)
    const labelWidth = Math.min(width, text.length * LETTER + LABEL_PADDING)
    const labelLeft = Math.max(0, Math.min(left, width - labelWidth))
    let labelRow = rowEnds.findIndex((rowEnd) => labelLeft >= rowEnd + 3)
    if (labelRow === -1) labelRow = rowEnds.length
    rowEnds[labelRow] = labelLeft + labelWidth
    return {
      mark,
      left,
      right,
      startsHere: from >= 0 && from <= width,
      endsHere: to >= 0 && to <= width,
      text,
      labelLeft,
      labelRow,
      rows,
    }
  })
}

type LaneAtPlaces = { readonly lane: Lane; readonly places: readonly string[] }

function rowsOf(mark: Mark, lanes: readonly LaneAtPlaces[], height: number): PlacedMark['rows'] {
  if (mark.channels.length === 0) return null
  return lanes
    .filter(({ places }) => isOn(mark.channels, places))
    .map(({ lane }) => ({ top: lane.y - height / 2, height }))
}

/** A focal event is not drawn over what it was not seen on, nor passed over in silence. */
function notShown({ channels }: Mark): string {
  const named = channels.slice(0, MOST_NAMED).join(', ')
  const more = channels.length - MOST_NAMED
  return `on ${named}${more > 0 ? ` and ${more} more` : ''}: not shown`
}
