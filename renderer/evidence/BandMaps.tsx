import { useMemo } from 'react'
import { BANDS } from '../../shared/signal/bands.ts'
import { unfiltered } from '../../shared/signal/spectra.ts'
import { settingsKey, settingsOf } from '../../shared/signal/viewSettings.ts'
import type { Span } from '../../shared/units.ts'
import { PlotlyChart } from '../page/PlotlyChart.tsx'
import { askBandPowers } from '../store/asking.ts'
import { activePane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import styles from './evidence.module.css'
import { Refused } from './Refused.tsx'
import { BAR_HEIGHT, planScalpMap, readScalpColours, sayExtremes, unitOf } from './scalpFigure.ts'
import { useAnswer } from './useAnswer.ts'

type Props = { readonly recordingId: string; readonly span: Span; readonly theme: 'light' | 'dark' }

/** Scalp maps of the power in each band over the span. */
export function BandMaps({ recordingId, span, theme }: Props) {
  const settings = settingsOf(useReview((state) => activePane(state).view))
  const { value, problem, isCurrent } = useAnswer(
    `${span.start} ${span.end} ${settingsKey(unfiltered(settings))}`,
    () => askBandPowers(recordingId, span, settings),
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const colours = useMemo(() => readScalpColours(), [theme])
  if (problem !== null) return <Refused>{problem}</Refused>
  if (value === null) return <p className={styles.wait}>Measuring…</p>
  if (!value.ok) return <Refused>{value.problem}</Refused>
  const { electrodes, bands, reference, left } = value.map
  const unit = unitOf(value.map.unit, 'power')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls where the window is low, by keys too
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for controls
    <div className={styles.view} role="group" aria-label="Band maps" tabIndex={0} aria-busy={!isCurrent}>
      <div className={styles.bands}>
        {BANDS.map(({ id, label, from, to }) => {
          const values = bands.find(({ band }) => band === id)?.values ?? null
          const most =
            values === null
              ? 'not reached by the sampling rate'
              : sayExtremes(electrodes, values, unit).join()
          return (
            <figure key={id} className={styles.band}>
              <figcaption>
                <strong>{label}</strong> {from}–{to} Hz
                <span>{values === null ? most : `most: ${most}`}</span>
              </figcaption>
              {values !== null && (
                <PlotlyChart
                  className={styles.map}
                  label={`Scalp map of ${label.toLowerCase()} power, ${from} to ${to} Hz; most: ${most}`}
                  height={(width) => width + BAR_HEIGHT}
                  plan={(width) =>
                    planScalpMap({ width, electrodes, values, scale: 'power', isNamed: false, colours })
                  }
                  of={[value, colours]}
                />
              )}
            </figure>
          )
        })}
      </div>
      <p className={styles.basis} title={SOURCES}>
        Power {unit === '' ? 'without a unit' : `in ${unit}`} {reference}; unfiltered, each map on a scale of
        its own. Spherical splines, bands of the IFCN.{sayLeft(left)}
      </p>
    </div>
  )
}

const SOURCES =
  'Perrin 1989, doi:10.1016/0013-4694(89)90180-6; Kane 2017, doi:10.1016/j.cnp.2017.07.002; places: Oostenveld and Praamstra 2001, doi:10.1016/S1388-2457(00)00527-7'

function sayLeft(left: readonly string[]): string {
  return left.length === 0 ? '' : ` Not on the map: ${left.join(', ')}.`
}
