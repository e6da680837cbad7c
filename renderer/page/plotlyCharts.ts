/**
 * Plotly for what is measured: its core, as the page has it, and the traces that charts are made of. Loaded with the
 * first chart, so that a page is never kept waiting for it.
 */
import contour from 'plotly.js/lib/contour'
import Plotly from 'plotly.js/lib/core'
import heatmap from 'plotly.js/lib/heatmap'

Plotly.register([contour, heatmap])

export type Chart = { readonly data: readonly object[]; readonly layout: object }

export type PlotlyChartFigure = {
  /** Draws or updates; resolves when the picture stands. */
  readonly update: (chart: Chart) => Promise<void>
  readonly destroy: () => void
}

/** A picture of a chart, in its own width and height: markup of an SVG, or a PNG of so many pixels to each of CSS. */
export async function pictureOf(chart: Chart, type: 'svg'): Promise<string>
export async function pictureOf(
  chart: Chart,
  type: 'png',
  pixelRatio: number,
): Promise<Uint8Array<ArrayBuffer>>
export async function pictureOf({ data, layout }: Chart, type: 'svg' | 'png', pixelRatio = 1) {
  const { width, height } = layout as { readonly width: number; readonly height: number }
  // Its own: what is on the screen is not touched.
  const picture = await Plotly.toImage(
    { data, layout, config: { staticPlot: true } },
    { format: type, width, height, scale: pixelRatio, imageDataOnly: true },
  )
  return type === 'svg' ? picture : Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0))
}

/** Makes a still chart in `element`: what can be chosen in it is chosen beside it, by keys too. */
export function createChart(element: HTMLElement): PlotlyChartFigure {
  const config = { staticPlot: true, displayModeBar: false, responsive: false }
  return {
    update: async ({ data, layout }) => {
      await Plotly.react(element, data, layout, config)
    },
    destroy: () => Plotly.purge(element),
  }
}
