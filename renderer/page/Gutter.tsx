import { useMemo } from 'react'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { isMeanRemoved } from '../../shared/signal/lineFilters.ts'
import { formatKindSensitivity, hasOwnSensitivity } from '../../shared/signal/sensitivity.ts'
import { MEAN_REMOVED, placeGains, placeMeansRemoved } from './channelNames.ts'
import { GUTTER, type PlotLayout } from './layout.ts'
import { measureText } from './measureText.ts'
import styles from './page.module.css'
import { usePane } from './usePane.ts'

type Props = { readonly layout: PlotLayout; readonly sensitivity: number }

/** Over the channel names: each in full under the pointer, and the gain of eyes, muscles and heart, and what is drawn less its mean. */
export function Gutter({ layout, sensitivity }: Props) {
  const view = usePane((pane) => pane.view)
  const gains = useMemo(() => placeGains(layout, sensitivity, measureText), [layout, sensitivity])
  const isOffset = (derivation: Derivation) => isMeanRemoved(derivation, view)
  const means = placeMeansRemoved(layout, gains, isOffset)
  const { plot, lanes, laneHeight } = layout
  return (
    <div
      className={styles.gutter}
      style={{ top: plot.top, width: GUTTER, height: plot.height }}
      aria-hidden="true"
    >
      {lanes.map(({ derivation, y }) => (
        <span
          key={derivation.id}
          className={styles.name}
          style={{ top: y - laneHeight / 2, height: laneHeight }}
          title={[
            derivation.label,
            ...(derivation.unit === 'uV' && hasOwnSensitivity(derivation.kind)
              ? [formatKindSensitivity(derivation.kind, sensitivity)]
              : []),
            ...(isOffset(derivation) ? [`${MEAN_REMOVED}: drawn less its mean over the page`] : []),
          ].join(' · ')}
        />
      ))}
      {[...gains, ...means].map((gain) => (
        <span key={gain.y} className={styles.gain} data-under={gain.under} style={{ top: gain.y }}>
          {gain.text}
        </span>
      ))}
    </div>
  )
}
