/** Channel names in the gutter, and the gain of each kind that is not drawn at that of the EEG. Pure. */
import type { Derivation } from '../../shared/montage/derivation.ts'
import { formatKindSensitivity, hasOwnSensitivity } from '../../shared/signal/sensitivity.ts'
import { GUTTER, type PlotLayout } from './layout.ts'

/** Width of a text in pixels at a size in pixels. */
export type MeasureText = (text: string, size: number) => number

/** Between a name and the traces, and between the edge of the page and a name. */
export const NAME_STANDOFF = 8
const EDGE = 4
const BETWEEN = 8
export const GAIN_SIZE = 9
export const MEAN_REMOVED = 'mean removed'
/** Rows of this height hold a name and a line under it. */
const TWO_LINES = 21

export const NAME_ROOM = GUTTER - NAME_STANDOFF - EDGE

/** Type size of the names: many channels have small rows. */
export function nameSize(lanes: number): number {
  return lanes > 36 ? 8 : 11
}

/** The longest beginning of a name that fits, with an ellipsis where something is left out. */
export function shortenName(name: string, room: number, width: (text: string) => number): string {
  if (width(name) <= room) return name
  const letters = [...name]
  while (letters.length > 1 && width(`${letters.join('').trimEnd()}…`) > room) letters.pop()
  return `${letters.join('').trimEnd()}…`
}

export type PlacedGain = {
  readonly text: string
  /** Baseline of its lane, from the top of the plot area. */
  readonly y: number
  /** On a line of its own below the name, where no name of the kind leaves room beside it. */
  readonly under: boolean
}

/** One gain a kind, at its first channel whose name leaves room; none where there is no room at all. */
export function placeGains(
  layout: Pick<PlotLayout, 'lanes' | 'laneHeight'>,
  sensitivity: number,
  measure: MeasureText,
): readonly PlacedGain[] {
  const size = nameSize(layout.lanes.length)
  const kinds = new Set(layout.lanes.map(({ derivation }) => derivation.kind).filter(hasOwnSensitivity))
  return [...kinds].flatMap((kind): readonly PlacedGain[] => {
    const text = formatKindSensitivity(kind, sensitivity)
    const wanted = measure(text, GAIN_SIZE) + BETWEEN
    const lanes = layout.lanes.filter(
      ({ derivation }) => derivation.kind === kind && derivation.unit === 'uV' && derivation.problem === null,
    )
    const beside = lanes.find(({ derivation }) => measure(derivation.label, size) + wanted <= NAME_ROOM)
    if (beside !== undefined) return [{ text, y: beside.y, under: false }]
    const [first] = lanes
    return first !== undefined && layout.laneHeight >= TWO_LINES ? [{ text, y: first.y, under: true }] : []
  })
}

/** Under the name of every line that is drawn less its mean; none where rows are low or the gain stands there. */
export function placeMeansRemoved(
  layout: Pick<PlotLayout, 'lanes' | 'laneHeight'>,
  gains: readonly PlacedGain[],
  isMeanRemoved: (derivation: Derivation) => boolean,
): readonly PlacedGain[] {
  if (layout.laneHeight < TWO_LINES) return []
  return layout.lanes
    .filter(
      ({ derivation, y }) => isMeanRemoved(derivation) && !gains.some((gain) => gain.under && gain.y === y),
    )
    .map(({ y }) => ({ text: MEAN_REMOVED, y, under: true }))
}
