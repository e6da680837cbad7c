/** The one place that imports Plotly: its core, which draws axes, grids and scatter traces. */
import Plotly from 'plotly.js/lib/core'
import type { Figure } from './figure.ts'

export type PlotlyFigure = {
  /** Draws or updates; resolves when the picture stands. */
  readonly update: (layout: Figure) => Promise<void>
  readonly destroy: () => void
}

/** Makes a still figure in `element`: keys, hover and drags are the page's own. */
export function createFigure(element: HTMLElement): PlotlyFigure {
  const config = { staticPlot: true, displayModeBar: false, responsive: false }
  // Axes without a trace would not be drawn.
  const data = [{ type: 'scatter', x: [], y: [], hoverinfo: 'skip' }]
  let drawn: Figure | null = null
  return {
    update: async (layout) => {
      const before = drawn
      drawn = layout
      // Turning a page changes the clock and nothing else: a small part of drawing it all anew.
      if (before !== null && withoutClock(before) === withoutClock(layout)) {
        await Plotly.relayout(element, { 'xaxis.ticktext': layout.xaxis.ticktext })
      } else await Plotly.react(element, data, layout, config)
    },
    destroy: () => Plotly.purge(element),
  }
}

function withoutClock(layout: Figure): string {
  return JSON.stringify({ ...layout, xaxis: { ...layout.xaxis, ticktext: null } })
}
