/** The lines of a page as they stand on it, top to bottom, and how each is drawn. */
import { type AlignedLines, alignLines } from '../../shared/montage/alignLines.ts'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { placesIn } from '../../shared/montage/places.ts'
import {
  arrangeLines,
  type ChannelLooks,
  type LineLook,
  type LookContext,
  planLook,
} from '../../shared/signal/channelLook.ts'
import type { Pane } from './panesState.ts'
import type { ReviewState } from './reviewState.ts'
import { headerOf, ownPane } from './selectors.ts'
import { guestName, headerIn } from './shownIn.ts'

const NO_LINES: readonly Derivation[] = []

/** A guest's lines stand in the rows of the window's own recording: order and what is hidden are said of those. */
export function linesOnPage(state: ReviewState, pane: Pane): AlignedLines {
  const own = pane.guest === null ? pane : ownPane(state)
  return linesInRows(state, pane, own.shown?.derivations ?? NO_LINES, pane.shown?.derivations ?? NO_LINES)
}

/** The same of lines that are given: `derived` of the pane's recording, `ownDerived` of the window's. */
export function linesInRows(
  state: ReviewState,
  pane: Pane,
  ownDerived: readonly Derivation[],
  derived: readonly Derivation[],
): AlignedLines {
  const rows = arrangeLines(ownDerived, pane.looks, pane.view.montage)
  const [header, ownHeader, name] = [headerIn(state, pane), headerOf(state), guestName(state, pane)]
  if (name === null || header === null || ownHeader === null) {
    return { lines: rows.map((row) => ({ row, line: row })), left: NO_LINES }
  }
  return alignLines(rows, derived, {
    placesOfRow: placesIn(ownHeader),
    placesOfOther: placesIn(header),
    name,
  })
}

/** How each line is drawn, by its id. */
export function looksInRows(
  lines: AlignedLines['lines'],
  looks: ChannelLooks,
  context: LookContext,
): Readonly<Record<string, LineLook>> {
  return Object.fromEntries(lines.map(({ line, row }) => [line.id, planLook(row, looks, context)]))
}
