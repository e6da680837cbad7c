/** Channel names in the gutter, and what differs of a channel: its gain, and which way is up. Pure. */
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import { formatGain, type GainKind, gainKindOf } from '../../shared/signal/gains.ts'
import { GUTTER, type PlotLayout } from './layout.ts'

/** Width of a text in pixels at a size in pixels. */
export type MeasureText = (text: string, size: number) => number

/** Between a name and the traces, and between the edge of the page and a name. */
export const NAME_STANDOFF = 8
const EDGE = 4
const BETWEEN = 6
export const GAIN_SIZE = 9
export const MEAN_REMOVED = 'mean removed'
export const INVERTED = 'inverted'
/** Rows of this height hold a name in their middle and a line under it: lower, it would stand over the next row's name. */
const TWO_LINES = 28

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
  /** On a line of its own below the name, which leaves no room beside it. */
  readonly under: boolean
  /** In pixels, of what a name beside it gives way to; 0 under it. */
  readonly width: number
}

/**
 * What differs of each line: the gain of a kind at its first channel on the page, a channel's own gain and its polarity at
 * that channel. Where neither a line beside the name nor one under it has room it is in short, and the name gives way.
 */
export function placeGains(
  layout: Pick<PlotLayout, 'lanes' | 'laneHeight'>,
  looks: Readonly<Record<string, LineLook>>,
  measure: MeasureText,
): readonly PlacedGain[] {
  const size = nameSize(layout.lanes.length)
  const said = new Set<GainKind>()
  return layout.lanes.flatMap(({ derivation, y }): readonly PlacedGain[] => {
    const look = looks[derivation.id]
    if (look === undefined || derivation.problem !== null) return []
    const kind = gainKindOf(derivation)
    const isFirst = kind !== null && !look.hasOwnGain && !said.has(kind)
    const saysGain = derivation.unit === 'uV' && (look.hasOwnGain || isFirst)
    if (saysGain && isFirst) said.add(kind)
    const [short, ...longer] = textsOf(look, saysGain)
    if (short === undefined) return []
    const name = measure(derivation.label, size)
    for (const text of longer) {
      const width = measure(text, GAIN_SIZE)
      if (name + width + BETWEEN <= NAME_ROOM) return [{ text, y, under: false, width }]
      if (layout.laneHeight >= TWO_LINES && width <= NAME_ROOM) return [{ text, y, under: true, width: 0 }]
    }
    return [{ text: short, y, under: false, width: measure(short, GAIN_SIZE) }]
  })
}

/** Room of the names that give way to a gain beside them, by line id; all others have `NAME_ROOM`. */
export function roomsBesideGains(
  { lanes }: Pick<PlotLayout, 'lanes'>,
  gains: readonly PlacedGain[],
  measure: MeasureText,
): Readonly<Record<string, number>> {
  const size = nameSize(lanes.length)
  const rooms = lanes.flatMap(({ derivation, y }) => {
    const gain = gains.find((each) => each.y === y && !each.under)
    const room = NAME_ROOM - BETWEEN - (gain?.width ?? 0)
    return gain === undefined || measure(derivation.label, size) <= room
      ? []
      : [[derivation.id, room] as const]
  })
  return Object.fromEntries(rooms)
}

/** `150 inv` for low rows, then from the longest on; none where there is nothing to say. */
function textsOf({ sensitivity, inverted }: LineLook, saysGain: boolean): readonly string[] {
  const gain = saysGain ? [formatGain(sensitivity)] : []
  const inShort = [
    ...(saysGain ? [`${Number(sensitivity.toPrecision(3))}`] : []),
    ...(inverted ? ['inv'] : []),
  ]
  if (inShort.length === 0) return []
  const longer = inverted
    ? [
        [...gain, INVERTED],
        [...gain, 'inv'],
      ]
    : [gain]
  return [inShort.join(' '), ...longer.map((parts) => parts.join(' · '))]
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
    .map(({ y }) => ({ text: MEAN_REMOVED, y, under: true, width: 0 }))
}
