import type { Seconds } from '../../shared/units.ts'
import { NAME_STANDOFF, nameSize } from './channelNames.ts'
import { type FigureColours, NAME_WEIGHT, planGrid, planNames, planTicks } from './figure.ts'
import type { PlotLayout } from './layout.ts'
import { measureText } from './measureText.ts'
import styles from './page.module.css'
import type { FigureNames } from './useFigure.ts'

/** From the foot of the plot area to the baseline of the times, where Plotly sets it. */
const TIME_BASELINE = 12
const TIME_SIZE = 11
/** From the plot area to the end of a name: Plotly counts from its line, which is a pixel wide. */
const NAME_GAP = NAME_STANDOFF + 1
/** From the middle of a name to its baseline, in sizes: as Plotly sets it. */
const NAME_BASELINE = 0.35

type Props = {
  readonly layout: PlotLayout
  readonly length: Seconds
  readonly colours: FigureColours
  readonly names: FigureNames
}

/**
 * The figure's plan drawn without Plotly: the first page has its grid, times and channel names with its first paint,
 * and Plotly takes over when it has come. Both draw one plan, so that nothing moves.
 */
export function FirstFrame({ layout, length, colours, names }: Props) {
  const { plot, lanes } = layout
  const xOf = (time: Seconds) => (time / length) * plot.width
  const ticks = planTicks(length)
  const size = nameSize(lanes.length)
  const { fine } = planGrid(length)
  const fineLines = fine === null ? 0 : Math.ceil(length / fine - 1e-6) - 1
  const lines = (places: readonly number[]) =>
    places.map((x) => `M${plot.left + x} ${plot.top}v${plot.height}`).join('')
  return (
    <svg className={`${styles.figure} ${styles.firstFrame}`} aria-hidden="true" shapeRendering="crispEdges">
      <path
        d={lines(Array.from({ length: fineLines }, (_, index) => xOf((index + 1) * (fine ?? 0))))}
        stroke={colours.gridFifth}
      />
      <path
        d={lines(ticks.flatMap(({ at }) => (at === 0 || at === length ? [] : xOf(at))))}
        stroke={colours.gridSecond}
      />
      <g fontSize={TIME_SIZE} fill={colours.ink2} textAnchor="middle">
        {ticks.map(({ at, text }) => (
          <text key={at} x={plot.left + xOf(at)} y={plot.top + plot.height + TIME_BASELINE}>
            {text}
          </text>
        ))}
      </g>
      <g fontSize={size} fontWeight={NAME_WEIGHT} textAnchor="end">
        {planNames({ layout, colours, ...names, measure: measureText }).map(({ y, text, colour }) => (
          <text key={y} x={plot.left - NAME_GAP} y={plot.top + y + NAME_BASELINE * size} fill={colour}>
            {text}
          </text>
        ))}
      </g>
    </svg>
  )
}
