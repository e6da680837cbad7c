import { isOn, placesIn, placesOfShown } from '../../shared/montage/places.ts'
import type { Span } from '../../shared/units.ts'
import { headerIn } from '../store/shownIn.ts'
import { type PlotLayout, timeToX } from './layout.ts'
import styles from './measuredAt.module.css'
import { useInPane, usePane } from './usePane.ts'

type Props = { readonly layout: PlotLayout; readonly span: Span }

/** Where a value of the evidence card was measured: a bracket over its rows, and its moments. */
export function MeasuredAtLayer({ layout, span }: Props) {
  const where = usePane((pane) => pane.measuredAt)
  const header = useInPane(headerIn)
  if (where === null || header === null) return null
  const { plot, lanes, laneHeight } = layout
  const from = timeToX(layout, span, where.span.start)
  const to = timeToX(layout, span, where.span.end)
  if (to <= 0 || from >= plot.width) return null
  const left = Math.max(0, from)
  const width = Math.max(1, Math.min(plot.width, to) - left)
  const rows = rowsOf()
  const isHere = (time: number) => time >= span.start && time <= span.end

  function rowsOf() {
    const whole = [{ top: 0, height: plot.height }]
    if (where === null || header === null || where.channel === null) return whole
    const channels = placesOfShown(
      where.channel,
      header.signals.map(({ label }) => label),
    )
    const placesOf = placesIn(header)
    const own = lanes.filter(({ derivation }) => isOn(channels, placesOf(derivation)))
    return own.length === 0 ? whole : own.map(({ y }) => ({ top: y - laneHeight / 2, height: laneHeight }))
  }

  return (
    <div
      className={styles.measuredAt}
      style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
    >
      {rows.map(({ top, height }) => (
        <div
          key={top}
          className={styles.row}
          data-starts={from >= 0}
          data-ends={to <= plot.width}
          style={{ left, width, top, height }}
        >
          {(where.moments ?? []).filter(isHere).map((time) => (
            <span key={time} className={styles.moment} style={{ left: timeToX(layout, span, time) - left }} />
          ))}
        </div>
      ))}
    </div>
  )
}
