/** The one place that imports Plotly: its core, which draws axes, grids and scatter traces. */
import Plotly from 'plotly.js/lib/core'

export type PlotlyFigure = {
  /** Draws or updates; resolves when the picture stands. */
  readonly update: (layout: object) => Promise<void>
  readonly destroy: () => void
}

/** Makes a still figure in `element`: keys, hover and drags are the page's own. */
export function createFigure(element: HTMLElement): PlotlyFigure {
  const config = { staticPlot: true, displayModeBar: false, responsive: false }
  // Axes without a trace would not be drawn.
  const data = [{ type: 'scatter', x: [], y: [], hoverinfo: 'skip' }]
  return {
    update: async (layout) => {
      await Plotly.react(element, data, layout, config)
    },
    destroy: () => Plotly.purge(element),
  }
}
