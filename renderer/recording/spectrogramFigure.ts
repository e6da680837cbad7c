/** The spectrogram strip as Plotly is to draw it, each column over its time in the overview, as much as that shows. Pure. */
import { ROW_STEP, type Spectrogram } from '../../shared/signal/spectrogram.ts'
import type { Span } from '../../shared/units.ts'
import { GUTTER, RIGHT } from '../page/layout.ts'
import { colourScale } from '../page/palettes.ts'
import type { Chart } from '../page/plotlyCharts.ts'

export const SPECTROGRAM_HEIGHT = 70
const ABOVE = 4

/** In decibels of a power density: what a night spans would otherwise be one dark field with some bright spots. */
export type Levels = { readonly low: number; readonly high: number }

/** From the second to the last but half of a hundred of all values: one artifact must not set the scale of a night. */
export function levelsOf({ power }: Spectrogram): Levels {
  const levels = Array.from(power, decibels).filter(Number.isFinite)
  if (levels.length === 0) return { low: 0, high: 1 }
  const sorted = levels.sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!
  const low = at(0.02)
  return { low, high: Math.max(low + 1, at(0.995)) }
}

/** 10 dB is ten times the power; −Infinity for none. */
export function decibels(power: number): number {
  return 10 * Math.log10(power)
}

type Options = {
  readonly width: number
  /** Of the overview. */
  readonly span: Span
  readonly spectrogram: Spectrogram
  readonly levels: Levels
  readonly ink2: string
}

export function planSpectrogramChart({ width, span, spectrogram, levels, ink2 }: Options): Chart {
  const { start, columnLength, columns: all, rows, power } = spectrogram
  // What lies outside of the axis is drawn for nobody.
  const first = Math.min(all - 1, Math.max(0, Math.floor((span.start - start) / columnLength)))
  const columns = Math.max(1, Math.min(all, Math.ceil((span.end - start) / columnLength)) - first)
  return {
    data: [
      {
        type: 'heatmap',
        x0: start + (first + 0.5) * columnLength,
        dx: columnLength,
        y0: ROW_STEP,
        dy: ROW_STEP,
        z: Array.from({ length: rows }, (_, row) =>
          Array.from({ length: columns }, (_, column) => {
            const level = decibels(power[(first + column) * rows + row]!)
            // Where nothing was recorded there is no colour; a power of 0 has the lowest.
            return Number.isNaN(level) ? null : Math.max(level, levels.low)
          }),
        ),
        zmin: levels.low,
        zmax: levels.high,
        colorscale: colourScale('power'),
        showscale: false,
        hoverinfo: 'skip',
      },
    ],
    layout: {
      width,
      height: SPECTROGRAM_HEIGHT,
      margin: { l: GUTTER, r: RIGHT, t: ABOVE, b: 2, pad: 0 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      showlegend: false,
      hovermode: false,
      font: { family: 'Inter Variable, Inter, system-ui, sans-serif', size: 10, color: ink2 },
      xaxis: { range: [span.start, span.end], visible: false, fixedrange: true },
      yaxis: {
        range: [ROW_STEP / 2, (rows + 0.5) * ROW_STEP],
        tickvals: [10, 20, 30],
        ticktext: ['10', '20 Hz', '30'],
        ticks: '',
        showgrid: false,
        zeroline: false,
        fixedrange: true,
      },
    },
  }
}
