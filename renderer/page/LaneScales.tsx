import type { LineLook } from '../../shared/signal/channelLook.ts'
import { isVoltage } from '../../shared/signal/sensitivity.ts'
import { chooseScaleBar, type PlotLayout } from './layout.ts'
import styles from './page.module.css'

/** Share of a row that a bar may take. */
const SHARE = 0.72

type Props = {
  readonly layout: PlotLayout
  readonly looks: Readonly<Record<string, LineLook>>
  /** uV/mm of the EEG, whose bar stands in the other margin. */
  readonly sensitivity: number
  readonly pixelsPerMm: number
}

/** In the margin right of each voltage that is not drawn at the EEG's sensitivity: a bar that is true for it. */
export function LaneScales({ layout, looks, sensitivity, pixelsPerMm }: Props) {
  const { plot, lanes, laneHeight } = layout
  return lanes.map(({ derivation, y }) => {
    const look = looks[derivation.id]
    if (look === undefined || derivation.problem !== null || !isVoltage(derivation)) return null
    if (look.sensitivity === sensitivity) return null
    const bar = chooseScaleBar(look.sensitivity, pixelsPerMm, laneHeight * SHARE)
    const unit = derivation.unit === 'uV' ? 'µV' : '(no unit)'
    return (
      <span
        key={derivation.id}
        className={styles.laneScale}
        title={`${derivation.label}: ${bar.microvolts} ${unit}`}
        style={{ left: plot.left + plot.width + 3, top: plot.top + y - bar.pixels / 2, height: bar.pixels }}
      >
        <span>{bar.microvolts >= 1000 ? `${bar.microvolts / 1000}mV` : bar.microvolts}</span>
      </span>
    )
  })
}
