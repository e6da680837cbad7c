import { useMemo } from 'react'
import { formatKindSensitivity, hasOwnSensitivity } from '../../shared/signal/sensitivity.ts'
import { placeGains } from './channelNames.ts'
import { GUTTER, type PlotLayout } from './layout.ts'
import { measureText } from './measureText.ts'

type Props = { readonly layout: PlotLayout; readonly sensitivity: number }

/** Over the channel names: each in full under the pointer, and the gain of eyes, muscles and heart. */
export function Gutter({ layout, sensitivity }: Props) {
  const gains = useMemo(() => placeGains(layout, sensitivity, measureText), [layout, sensitivity])
  const { plot, lanes, laneHeight } = layout
  return (
    <div className="gutter" style={{ top: plot.top, width: GUTTER, height: plot.height }} aria-hidden="true">
      {lanes.map(({ derivation, y }) => (
        <span
          key={derivation.id}
          className="gutter-name"
          style={{ top: y - laneHeight / 2, height: laneHeight }}
          title={
            derivation.unit === 'uV' && hasOwnSensitivity(derivation.kind)
              ? `${derivation.label} · ${formatKindSensitivity(derivation.kind, sensitivity)}`
              : derivation.label
          }
        />
      ))}
      {gains.map((gain) => (
        <span key={gain.y} className="gutter-gain" data-under={gain.under} style={{ top: gain.y }}>
          {gain.text}
        </span>
      ))}
    </div>
  )
}
