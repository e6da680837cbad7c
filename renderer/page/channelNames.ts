/** Channel names in the gutter, and what differs of a channel: its gain, and which way is up. Pure. */
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import { formatGain, gainKindOf } from '../../shared/signal/gains.ts'
import { GUTTER, type PlotLayout } from './layout.ts'

/** Width of a text in pixels at a size in pixels. */
export type MeasureText = (text: string, size: number) => number

/** Between a name and the traces, and between the edge of the page and a name. */
export const NAME_STANDOFF = 8
const EDGE = 4
const BETWEEN = 8
export const GAIN_SIZE = 9
export const MEAN_REMOVED = 'mean removed'
export const INVERTED = 'inverted'
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

/**
 * What differs of each line: the gain of a kind once, at its first channel whose name leaves room, a channel's own gain
 * and its polarity at that channel; none where there is no room at all.
 */
export function placeGains(
  layout: Pick<PlotLayout, 'lanes' | 'laneHeight'>,
  looks: Readonly<Record<string, LineLook>>,
  measure: MeasureText,
): readonly PlacedGain[] {
  const size = nameSize(layout.lanes.length)
  const isBeside = (label: string, text: string) =>
    measure(label, size) + measure(text, GAIN_SIZE) + BETWEEN <= NAME_ROOM
  const drawn = layout.lanes.flatMap(({ derivation, y }) => {
    const look = looks[derivation.id]
    return look === undefined || derivation.problem !== null ? [] : [{ derivation, y, look }]
  })
  const ofKind = new Map<string, typeof drawn>()
  for (const line of drawn) {
    const kind = gainKindOf(line.derivation)
    if (kind === null || line.look.hasOwnGain || line.derivation.unit !== 'uV') continue
    ofKind.set(kind, [...(ofKind.get(kind) ?? []), line])
  }
  // Which line says the gain of its kind.
  const speakers = new Set(
    [...ofKind.values()].map(
      (lines) =>
        lines.find(({ derivation, look }) => isBeside(derivation.label, textOf(look, true))) ?? lines[0],
    ),
  )
  return drawn.flatMap((line): readonly PlacedGain[] => {
    const { derivation, y, look } = line
    const saysGain = (look.hasOwnGain && derivation.unit === 'uV') || speakers.has(line)
    const text = textOf(look, saysGain)
    if (text === '') return []
    if (isBeside(derivation.label, text)) return [{ text, y, under: false }]
    if (layout.laneHeight >= TWO_LINES) return [{ text, y, under: true }]
    const short = shortTextOf(look, saysGain)
    return isBeside(derivation.label, short) ? [{ text: short, y, under: false }] : []
  })
}

function textOf({ sensitivity, inverted }: LineLook, saysGain: boolean): string {
  return [saysGain ? formatGain(sensitivity) : null, inverted ? INVERTED : null]
    .filter((text) => text !== null)
    .join(' · ')
}

/** Where rows are low: `150 inv`. */
function shortTextOf({ sensitivity, inverted }: LineLook, saysGain: boolean): string {
  return [saysGain ? Number(sensitivity.toPrecision(3)) : null, inverted ? 'inv' : null]
    .filter((text) => text !== null)
    .join(' ')
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
