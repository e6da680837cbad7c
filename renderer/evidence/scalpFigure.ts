/** A scalp map as Plotly is to draw it: the head from above, nose up, left on the left. Pure. */
import { fromDisc, onDisc, type Position, positionOf } from '../../shared/montage/electrodePositions.ts'
import { type Interpolation, interpolate, planInterpolation } from '../../shared/signal/sphericalSpline.ts'
import { formatNumber } from '../../shared/text/numbers.ts'
import { colourScale, type PaletteName } from '../page/palettes.ts'
import type { Chart } from '../page/plotlyCharts.ts'

export type ScalpColours = { readonly panel: string; readonly ink2: string }

type Options = {
  /** Of the whole picture; the colour bar lies below the head. */
  readonly width: number
  readonly electrodes: readonly string[]
  readonly values: readonly number[]
  readonly scale: PaletteName
  /** Electrodes by name, where there is room. */
  readonly isNamed: boolean
  /** Drawn larger. */
  readonly chosen?: string
  readonly colours: ScalpColours
}

export const BAR_HEIGHT = 30
/** Beside the head: its nose, its ears and what lies below its equator. */
const REACH = 1.18
const POINTS = 51
const CONTOURS = 12
/** Corners of the head's rim. */
const RIM = 120
/** Names on these parts of a palette are white. */
const DARK = 0.6

/** From 0 for a power, as far below 0 as above it for an amplitude: by the largest value measured. */
export function rangeOf(values: readonly number[], scale: PaletteName): readonly [number, number] {
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
  const end = largest > 0 ? largest : 1
  return scale === 'amplitude' ? [-end, end] : [0, end]
}

export function planScalpMap({ width, electrodes, values, scale, isNamed, chosen, colours }: Options): Chart {
  const [low, high] = rangeOf(values, scale)
  const { grid, surface } = surfaceOf(electrodes)
  const field = interpolate(surface, values)
  const ticks = scale === 'amplitude' ? [low, 0, high] : [0, high / 2, high]
  const spots = electrodes.map((name) => onDisc(positionOf(name)!))
  const axis = { range: [-REACH, REACH], visible: false, fixedrange: true }
  return {
    data: [
      {
        type: 'contour',
        x: grid,
        y: grid,
        z: grid.map((_, row) => Array.from(field.subarray(row * POINTS, (row + 1) * POINTS))),
        zmin: low,
        zmax: high,
        colorscale: colourScale(scale),
        autocontour: false,
        contours: { start: low, end: high, size: (high - low) / CONTOURS, coloring: 'fill' },
        line: { width: 0.5, color: 'rgba(0,0,0,0.35)' },
        hoverinfo: 'skip',
        colorbar: {
          orientation: 'h',
          x: 0.5,
          y: 0,
          xanchor: 'center',
          yanchor: 'top',
          ypad: 2,
          thickness: 8,
          len: 0.8,
          outlinewidth: 0,
          tickmode: 'array',
          tickvals: ticks,
          ticktext: ticks.map((tick) => formatNumber(tick)),
          tickangle: 0,
          tickfont: { size: 10, color: colours.ink2 },
        },
      },
      planFrame(colours),
      {
        type: 'scatter',
        mode: isNamed ? 'markers+text' : 'markers',
        x: spots.map(({ x }) => x),
        y: spots.map(({ y }) => y),
        text: electrodes,
        textposition: spots.map(sideOfName),
        textfont: { size: 9, color: values.map((value) => nameColour(value, [low, high], scale)) },
        marker: {
          size: electrodes.map((name) => (name === chosen ? 9 : isNamed ? 4 : 3)),
          color: '#111111',
          line: { width: 0.5, color: '#ffffff' },
        },
        hoverinfo: 'skip',
      },
    ],
    layout: {
      width,
      height: width + BAR_HEIGHT,
      margin: { l: 0, r: 0, t: 0, b: BAR_HEIGHT, pad: 0 },
      paper_bgcolor: 'rgba(0,0,0,0)',
      plot_bgcolor: 'rgba(0,0,0,0)',
      showlegend: false,
      hovermode: false,
      font: { family: 'Inter Variable, Inter, system-ui, sans-serif', size: 10, color: colours.ink2 },
      xaxis: axis,
      yaxis: axis,
      shapes: planHead(colours),
    },
  }
}

/** The corner of the picture beyond the head's rim, over what was interpolated there: a frame with a hole, in one line. */
function planFrame({ panel }: ScalpColours) {
  const turn = Array.from({ length: RIM + 1 }, (_, k) => (-2 * Math.PI * k) / RIM)
  const corners = [0, 1, 1, -1, -1, 0].map((y) => y * REACH)
  return {
    type: 'scatter',
    mode: 'lines',
    x: [1, 1, -1, -1, 1, 1].map((x) => x * REACH).concat(turn.map(Math.cos), REACH),
    y: corners.concat(turn.map(Math.sin), 0),
    fill: 'toself',
    fillcolor: panel,
    line: { width: 0 },
    hoverinfo: 'skip',
  }
}

/** The head's rim, nose and ears. */
function planHead({ ink2 }: ScalpColours) {
  const rim = Array.from({ length: RIM }, (_, k) => {
    const angle = (2 * Math.PI * k) / RIM
    return `${Math.cos(angle).toFixed(4)},${Math.sin(angle).toFixed(4)}`
  })
  const circle = `M${rim.join('L')}Z`
  const line = { color: ink2, width: 1.2 }
  const ear = (side: 1 | -1) =>
    `M${side * 0.99},0.16C${side * 1.1},0.22 ${side * 1.12},-0.22 ${side * 0.99},-0.16`
  const open = (path: string) => ({ type: 'path', path, line, fillcolor: 'rgba(0,0,0,0)' })
  return [open(circle), open('M-0.11,0.994L0,1.13L0.11,0.994'), open(ear(1)), open(ear(-1))]
}

/** Inward at the rim: beyond it a name would stand on the panel. */
function sideOfName({ x, y }: { readonly x: number; readonly y: number }): string {
  if (y > 0.85) return 'bottom center'
  if (Math.abs(x) > 0.7) return x < 0 ? 'middle right' : 'middle left'
  return 'top center'
}

function nameColour(value: number, [low, high]: readonly [number, number], scale: Options['scale']): string {
  const share = (value - low) / (high - low)
  const isDark = scale === 'amplitude' ? Math.abs(2 * share - 1) > DARK : share < 1 - DARK
  return isDark ? '#ffffff' : '#111111'
}

type Surface = { readonly grid: readonly number[]; readonly surface: Interpolation }

/** Of the last few sets of electrodes: the cursor moves far more often than a montage changes. */
const surfaces = new Map<string, Surface>()
const MOST_SURFACES = 4

function surfaceOf(electrodes: readonly string[]): Surface {
  const key = electrodes.join()
  const known = surfaces.get(key)
  if (known !== undefined) return known
  if (surfaces.size >= MOST_SURFACES) surfaces.clear()
  const grid = Array.from({ length: POINTS }, (_, k) => REACH * ((2 * k) / (POINTS - 1) - 1))
  const places = grid.flatMap((y) => grid.map((x) => fromDisc(x, y)))
  const made = {
    grid,
    surface: planInterpolation(
      electrodes.map((name): Position => positionOf(name)!),
      places,
    ),
  }
  surfaces.set(key, made)
  return made
}

/** Where a map is largest, in words: `Fz −212 µV` of an amplitude and of the other sign, `Fz 900 µV²` of a power. */
export function sayExtremes(
  electrodes: readonly string[],
  values: readonly number[],
  unit: string,
): readonly string[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!)
  const say = (index: number) =>
    `${electrodes[index]} ${formatNumber(values[index]!)}${unit === '' ? '' : ` ${unit}`}`
  const [lowest, highest] = [order[0]!, order.at(-1)!]
  return values[lowest]! < 0 ? [say(lowest), say(highest)] : [say(highest)]
}

/** `µV` and `µV²`; without a unit the numbers are the file's own. */
export function unitOf(unit: string, scale: PaletteName): string {
  const plain = unit === 'uV' ? 'µV' : unit
  return scale === 'amplitude' || plain === '' ? plain : `${plain}²`
}

export function readScalpColours(): ScalpColours {
  const style = getComputedStyle(document.documentElement)
  const read = (name: string) => style.getPropertyValue(name).trim()
  return { panel: read('--panel'), ink2: read('--ink-2') }
}
