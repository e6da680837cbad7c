import { useMemo, useState } from 'react'
import { settingsKey, settingsOf } from '../../shared/signal/viewSettings.ts'
import { formatNumber } from '../../shared/text/numbers.ts'
import { PlotlyChart } from '../page/PlotlyChart.tsx'
import { RowTime } from '../page/RowTime.tsx'
import { askAmplitudes } from '../store/asking.ts'
import { activePane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { cursorInView } from '../store/viewing.ts'
import { Key } from '../ui/Key.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import styles from './evidence.module.css'
import { Refused } from './Refused.tsx'
import { BAR_HEIGHT, planScalpMap, readScalpColours, sayExtremes, unitOf } from './scalpFigure.ts'
import { useAnswer } from './useAnswer.ts'

type Props = { readonly recordingId: string; readonly theme: 'light' | 'dark' }

/** A scalp map of what each electrode has at the cursor, as the page filters it. */
export function CursorMap({ recordingId, theme }: Props) {
  const settings = settingsOf(useReview((state) => activePane(state).view))
  const time = useReview(cursorInView)
  const span = useReview((state) => activePane(state).shown?.span ?? null)
  const { value, problem, isCurrent } = useAnswer(
    time === null || span === null || time < span.start || time > span.end
      ? null
      : `${time} ${span.start} ${span.end} ${settingsKey(settings)}`,
    () => askAmplitudes(recordingId, span!, time!, settings),
  )
  const [chosenName, setChosen] = useState<string | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const colours = useMemo(() => readScalpColours(), [theme])
  if (time === null) {
    return (
      <div className={styles.empty}>
        <p>There is no cursor on this page.</p>
        <p>
          Click on the page, or move the cursor with <Key>Shift+←</Key> and <Key>Shift+→</Key>.
        </p>
      </div>
    )
  }
  if (problem !== null) return <Refused>{problem}</Refused>
  if (value === null) return <p className={styles.wait}>Measuring…</p>
  if (!value.ok) return <Refused>{value.problem}</Refused>
  const { electrodes, values, reference, left } = value.map
  const unit = unitOf(value.map.unit, 'amplitude')
  const chosen = electrodes.find((name) => name === chosenName) ?? largestOf(electrodes, values)
  return (
    <div className={styles.view} aria-busy={!isCurrent}>
      <h3 className={styles.subject}>
        {sayExtremes(electrodes, values, unit).join(' · ')} <RowTime time={time} />
      </h3>
      <PlotlyChart
        className={`${styles.map} ${styles.large}`}
        label={`Scalp map at the cursor: ${sayExtremes(electrodes, values, unit).join(', ')}`}
        height={(width) => width + BAR_HEIGHT}
        plan={(width) =>
          planScalpMap({ width, electrodes, values, scale: 'amplitude', isNamed: true, chosen, colours })
        }
        of={[value, chosen, colours]}
      />
      <p className={styles.basis} title={SOURCES}>
        {unit === '' ? 'No unit' : unit} {reference}; filtered as the page. Negative blue, positive red.
        Spherical splines.
        {left.length === 0 ? '' : ` Not on the map: ${left.join(', ')}.`}
      </p>
      <VirtualList
        label="Amplitude by electrode"
        items={electrodes}
        keyOf={(name) => name}
        chosen={electrodes.indexOf(chosen)}
        rowHeight={26}
        onChoose={setChosen}
        empty={null}
      >
        {(name) => (
          <span className={styles.electrode}>
            <strong>{name}</strong>
            <span>
              {formatNumber(values[electrodes.indexOf(name)]!)} {unit}
            </span>
          </span>
        )}
      </VirtualList>
    </div>
  )
}

function largestOf(electrodes: readonly string[], values: readonly number[]): string {
  const sizes = values.map(Math.abs)
  return electrodes[sizes.indexOf(Math.max(...sizes))] ?? ''
}

const SOURCES =
  'Perrin 1989, doi:10.1016/0013-4694(89)90180-6; places: Oostenveld and Praamstra 2001, doi:10.1016/S1388-2457(00)00527-7'
