import { lazy, Suspense, useRef, useState } from 'react'
import type { Derivation } from '../../shared/montage/derivation.ts'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import { formatGain } from '../../shared/signal/gains.ts'
import { filtersFor, isMeanRemoved } from '../../shared/signal/lineFilters.ts'
import { isVoltage } from '../../shared/signal/sensitivity.ts'
import { formatFilters, type View } from '../../shared/signal/viewSettings.ts'
import { MEAN_REMOVED, type PlacedGain, placeMeansRemoved } from './channelNames.ts'
import styles from './gutter.module.css'
import { GUTTER, type PlotLayout } from './layout.ts'
import { usePane } from './usePane.ts'

// Its controls are a third as much code as the page, whose first picture does not wait for them (app/Around.tsx).
const ChannelPopover = lazy(() =>
  import('./ChannelPopover.tsx').then((loaded) => ({ default: loaded.ChannelPopover })),
)

type Props = {
  readonly layout: PlotLayout
  readonly looks: Readonly<Record<string, LineLook>>
  readonly gains: readonly PlacedGain[]
}

/**
 * Over the channel names: a button each, which opens what can be done with the channel, all of it in words under the
 * pointer; what differs of its gain and polarity, and what is drawn less its mean.
 */
export function Gutter({ layout, looks, gains }: Props) {
  const view = usePane((pane) => pane.view)
  const means = placeMeansRemoved(layout, gains, (derivation) => isMeanRemoved(derivation, view))
  const [opened, setOpened] = useState<string | null>(null)
  const anchor = useRef<HTMLButtonElement>(null)
  const { plot, lanes, laneHeight } = layout
  const line = lanes.find(({ derivation }) => derivation.id === opened)?.derivation ?? null
  return (
    <div className={styles.gutter} style={{ top: plot.top, width: GUTTER, height: plot.height }}>
      {lanes.map(({ derivation, y }) => (
        <button
          key={derivation.id}
          ref={derivation.id === opened ? anchor : undefined}
          type="button"
          className={styles.name}
          data-opened={derivation.id === opened}
          // Forty of them between the page and the panel would be in the way: the dialog of all channels has each.
          tabIndex={-1}
          style={{ top: y - laneHeight / 2, height: laneHeight }}
          aria-label={`Channel ${derivation.label}`}
          title={describe(derivation, looks[derivation.id], view)}
          onClick={() => setOpened(derivation.id)}
        />
      ))}
      {[...gains, ...means].map((gain) => (
        <span
          key={`${gain.y} ${gain.text}`}
          className={styles.gain}
          data-under={gain.under}
          style={{ top: gain.y }}
        >
          {gain.text}
        </span>
      ))}
      {line !== null && (
        <Suspense>
          <ChannelPopover line={line} anchor={anchor} onClose={() => setOpened(null)} />
        </Suspense>
      )}
    </div>
  )
}

/** `Chin EMG · 20 µV/mm · 10–100 Hz · inverted` */
function describe(derivation: Derivation, look: LineLook | undefined, view: View): string {
  const isMeasured = derivation.problem === null
  return [
    derivation.label,
    derivation.problem,
    isMeasured && look !== undefined && derivation.unit === 'uV' ? formatGain(look.sensitivity) : null,
    isMeasured && isVoltage(derivation) ? formatFilters(filtersFor(derivation, view)) : null,
    look?.inverted === true ? 'inverted' : null,
    isMeanRemoved(derivation, view) ? `${MEAN_REMOVED}: drawn less its mean over the page` : null,
  ]
    .filter((text) => text !== null)
    .join(' · ')
}
