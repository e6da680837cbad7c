/** Power by frequency as Plotly is to draw it: every channel thin, the chosen one strong. Pure. */
import { BANDS } from '../../shared/signal/bands.ts'
import type { ChannelSpectrum } from '../../shared/signal/spectra.ts'
import { formatNumber } from '../../shared/text/numbers.ts'
import type { Hertz } from '../../shared/units.ts'
import type { FigureColours } from '../page/figure.ts'
import { traceColour } from '../page/planTraces.ts'
import type { Chart } from '../page/plotlyCharts.ts'

export const SPECTRUM_HEIGHT = 190
/** Power spans six decades; below this share of the largest there is nothing to see. */
const DECADES = 5
/** Below it a spectrum has what the mean of a window leaves over. */
const LOWEST: Hertz = 0.5

/** How far a chart of this kind goes. */
export function highestShown({ kind }: Pick<ChannelSpectrum, 'kind'>): Hertz {
  return kind === 'emg' ? 100 : 40
}

/** `µV²/Hz`; what has no unit has none in its power either. */
export function powerUnit(unit: string): string {
  return unit === 'uV' ? 'µV²/Hz' : unit === '' ? '/Hz (no unit)' : `${unit}²/Hz`
}

type Options = {
  readonly width: number
  readonly channels: readonly ChannelSpectrum[]
  readonly chosen: ChannelSpectrum
  readonly colours: FigureColours
}

/** Beside the chosen channel those of its kind and unit, which have the same axes. */
export function planSpectrum({ width, channels, chosen, colours }: Options): Chart {
  const highest = highestShown(chosen)
  const others = channels.filter(
    ({ id, kind, unit, spectrum }) =>
      spectrum !== null && id !== chosen.id && kind === chosen.kind && unit === chosen.unit,
  )
  const colour = traceColour(chosen.kind, chosen.side, colours)
  const lines = [
    ...others.map((channel) => lineOf(channel, highest, { color: colours.gridSecond, width: 1 })),
    lineOf(chosen, highest, { color: colour, width: 2 }),
  ]
  const top = Math.max(...[...others, chosen].map((channel) => largestOf(channel, highest)), 1e-12)
  const bands = chosen.kind === 'emg' ? [] : BANDS
  return {
    data: lines,
    layout: {
      width,
      height: SPECTRUM_HEIGHT,
      margin: { l: 54, r: 16, t: 18, b: 34, pad: 0 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      showlegend: false,
      hovermode: false,
      font: { family: 'Inter Variable, Inter, system-ui, sans-serif', size: 11, color: colours.ink2 },
      xaxis: {
        range: [0, highest],
        dtick: highest / 4,
        title: { text: 'Hz', standoff: 4 },
        gridcolor: colours.gridFifth,
        zeroline: false,
        fixedrange: true,
      },
      yaxis: {
        type: 'log',
        range: [Math.log10(top) - DECADES + 0.3, Math.log10(top) + 0.3],
        dtick: 1,
        exponentformat: 'power',
        title: { text: powerUnit(chosen.unit), standoff: 4 },
        gridcolor: colours.gridFifth,
        fixedrange: true,
      },
      shapes: [
        ...bands.map(({ from }) => verticalLine(from, { color: colours.gridSecond, width: 1 })),
        ...(chosen.dominant === null
          ? []
          : [verticalLine(chosen.dominant.frequency, { color: colour, width: 1, dash: 'dot' })]),
      ],
      annotations: bands.map(({ from, to, letter }) => ({
        text: letter,
        x: (from + Math.min(to, highest)) / 2,
        xref: 'x',
        y: 1,
        yref: 'paper',
        yanchor: 'bottom',
        showarrow: false,
      })),
    },
  }
}

function lineOf({ spectrum }: ChannelSpectrum, highest: Hertz, line: object) {
  const step = spectrum?.step ?? 1
  const first = Math.ceil(LOWEST / step)
  const power = spectrum?.power.subarray(first, Math.floor(highest / step) + 1) ?? new Float64Array(0)
  return {
    type: 'scatter',
    mode: 'lines',
    x: Array.from(power, (_, k) => (first + k) * step),
    y: Array.from(power),
    line,
    hoverinfo: 'skip',
  }
}

function largestOf({ spectrum }: ChannelSpectrum, highest: Hertz): number {
  if (spectrum === null) return 0
  const { power, step } = spectrum
  return power
    .subarray(Math.ceil(LOWEST / step), Math.floor(highest / step) + 1)
    .reduce((a, b) => Math.max(a, b), 0)
}

function verticalLine(x: Hertz, line: object) {
  return { type: 'line', xref: 'x', yref: 'paper', x0: x, x1: x, y0: 0, y1: 1, line, layer: 'below' }
}

/** `3.25 Hz`: to the quarter that the transform has, and not finer. */
export function formatFrequency(frequency: Hertz): string {
  return `${frequency.toFixed(frequency < 10 ? 2 : 1)} Hz`
}

/** The same in words: what is told where the picture is not seen. */
export function describeSpectrum(chosen: ChannelSpectrum, count: number): string {
  const whole = `Power by frequency of ${count} ${count === 1 ? 'channel' : 'channels'}, ${chosen.label} strong`
  const { dominant } = chosen
  if (dominant === null) return `${whole}; it has no dominant frequency`
  return `${whole}: largest at ${formatFrequency(dominant.frequency)}, ${formatNumber(dominant.power)} ${powerUnit(chosen.unit)}`
}
