/** The page's figure as Plotly is to draw it: axes, grid, channel names. Pure; samples are the canvas's. */
import type { ChannelColour, LineLook } from '../../shared/signal/channelLook.ts'
import type { Seconds } from '../../shared/units.ts'
import { type MeasureText, NAME_ROOM, NAME_STANDOFF, nameSize, shortenName } from './channelNames.ts'
import { GUTTER, type PlotLayout } from './layout.ts'
import { lineColour, type TraceColours } from './planTraces.ts'

export type FigureColours = TraceColours & {
  readonly ink2: string
  readonly gridSecond: string
  readonly gridFifth: string
}

export type FigureOptions = {
  readonly layout: PlotLayout
  /** Of the page. Where it begins is not the figure's: it stays as it is while pages turn. */
  readonly length: Seconds
  readonly colours: FigureColours
  /** Colours that the reader has given, by line id. */
  readonly given?: Readonly<Record<string, ChannelColour>>
  /** Of names that have less than the others, by line id (`roomsBesideGains`). */
  readonly rooms?: Readonly<Record<string, number>>
  readonly measure: MeasureText
}

export const NAME_WEIGHT = 560
/** The finer line of a page of seconds. */
const FIFTH = 0.2

/** There is room for the labels: Plotly need not measure each of them. */
const STILL_LABELS = { ticklabeloverflow: 'allow' as const, automargin: false as const }

/** The colours that the reader has given. */
export function givenColours(
  looks: Readonly<Record<string, Pick<LineLook, 'colour'>>>,
): Readonly<Record<string, ChannelColour>> {
  return Object.fromEntries(
    Object.entries(looks).flatMap(([id, { colour }]) => (colour === null ? [] : [[id, colour]])),
  )
}

export type FigureName = { readonly y: number; readonly text: string; readonly colour: string }

/** Channel names as they have room, at their baselines from the top of the plot area. */
export function planNames({
  layout,
  colours,
  given = {},
  rooms = {},
  measure,
}: Omit<FigureOptions, 'length'>): readonly FigureName[] {
  // The page beside it has them for both.
  if (layout.plot.left < GUTTER) return []
  const size = nameSize(layout.lanes.length)
  return layout.lanes.map(({ derivation, y }) => ({
    y,
    text: shortenName(derivation.label, rooms[derivation.id] ?? NAME_ROOM, (text) => measure(text, size)),
    colour: lineColour(derivation, { colour: given[derivation.id] ?? null }, colours),
  }))
}

/** Plotly's layout. The y axis counts pixels from the top, so that a lane's baseline is its tick. */
export function planFigure({ layout, length, colours, given, rooms, measure }: FigureOptions) {
  const { plot, lanes } = layout
  const names = planNames({ layout, colours, ...(given && { given }), ...(rooms && { rooms }), measure })
  const ticks = planTicks(length)
  const { fine } = planGrid(length)
  const size = nameSize(lanes.length)
  return {
    width: layout.width,
    height: layout.height,
    margin: {
      l: plot.left,
      t: plot.top,
      r: layout.width - plot.left - plot.width,
      b: layout.height - plot.top - plot.height,
      pad: 0,
    },
    paper_bgcolor: 'rgba(0,0,0,0)',
    plot_bgcolor: 'rgba(0,0,0,0)',
    showlegend: false,
    hovermode: false as const,
    dragmode: false as const,
    font: { family: 'Inter Variable, Inter, system-ui, sans-serif', size: 11, color: colours.ink2 },
    xaxis: {
      range: [0, length],
      fixedrange: true,
      showgrid: true,
      gridcolor: colours.gridSecond,
      gridwidth: 1,
      tickmode: 'array' as const,
      tickvals: ticks.map((tick) => tick.at),
      ticktext: ticks.map((tick) => tick.text),
      tickangle: 0,
      ...STILL_LABELS,
      ticks: '' as const,
      zeroline: false,
      showline: false,
      minor:
        fine !== null
          ? { dtick: fine, tick0: 0, showgrid: true, gridcolor: colours.gridFifth, gridwidth: 1 }
          : { showgrid: false },
    },
    yaxis: {
      range: [plot.height, 0],
      fixedrange: true,
      showgrid: false,
      zeroline: false,
      showline: false,
      tickmode: 'array' as const,
      tickvals: names.map(({ y }) => y),
      ticktext: names.map(({ text, colour }) => `<span style="color:${colour}">${escapeName(text)}</span>`),
      tickfont: { size, weight: NAME_WEIGHT },
      ...STILL_LABELS,
      ticks: '' as const,
      ticklabelstandoff: NAME_STANDOFF,
    },
  }
}

type Grid = {
  /** Longest page that it is for. */
  readonly upTo: Seconds
  /** Between lines, between texts, and between the finer lines; null: none. */
  readonly line: Seconds
  readonly text: Seconds
  readonly fine: Seconds | null
}

const GRIDS: readonly Grid[] = [
  { upTo: 3, line: FIFTH, text: FIFTH, fine: FIFTH / 5 },
  { upTo: 20, line: 1, text: 1, fine: FIFTH },
  { upTo: 30, line: 1, text: 5, fine: null },
  { upTo: 90, line: 5, text: 5, fine: null },
  { upTo: 180, line: 10, text: 10, fine: null },
  { upTo: 300, line: 30, text: 30, fine: null },
  { upTo: Number.POSITIVE_INFINITY, line: 60, text: 60, fine: null },
]

/** The lines of a page of this length; it need be no whole number of seconds. */
export function planGrid(length: Seconds): Grid {
  return GRIDS.find(({ upTo }) => length <= upTo)!
}

/** Where lines stand, with texts that count from the page's start, whose clock stands beside them. */
export function planTicks(length: Seconds): readonly { readonly at: Seconds; readonly text: string }[] {
  const { line, text } = planGrid(length)
  const count = Math.floor(length / line + 1e-6)
  const texts = Math.floor(length / text + 1e-6)
  return Array.from({ length: count + 1 }, (_, index) => {
    const at = Math.round(index * line * 1000) / 1000
    const named = Math.round(at / text)
    const isNamed = index > 0 && Math.abs(named * text - at) < 1e-6
    return { at, text: isNamed ? formatTick(at, length, named === texts) : '' }
  })
}

/** In minutes on a page of minutes; the unit stands at the last. */
function formatTick(at: Seconds, length: Seconds, isLast: boolean): string {
  if (length < 120) return `+${at}${isLast ? ' s' : ''}`
  const seconds = at % 60
  return `+${Math.floor(at / 60)}:${seconds < 10 ? '0' : ''}${seconds}${isLast ? ' min' : ''}`
}

/** Names come from files: Plotly reads a little HTML in its texts, and a name is never markup. */
export function escapeName(name: string): string {
  return name.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}
