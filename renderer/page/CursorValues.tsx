/** The value of every channel at the cursor: the sample nearest to it, in the page's filters. */
import { useEffect, useState } from 'react'
import type { LineValue } from '../../shared/signal/valuesAt.ts'
import { settingsKey, settingsOf } from '../../shared/signal/viewSettings.ts'
import { formatNumber, unitText } from '../../shared/text/numbers.ts'
import type { Span } from '../../shared/units.ts'
import { askValues } from '../store/asking.ts'
import { openedIn } from '../store/shownIn.ts'
import { type PlotLayout, timeToX } from './layout.ts'
import styles from './page.module.css'
import { useInPane, usePane } from './usePane.ts'

type Props = { readonly layout: PlotLayout; readonly span: Span }

export function CursorValues({ layout, span }: Props) {
  const isShown = usePane((pane) => pane.showsValues)
  const cursor = usePane((pane) => pane.cursor)
  if (!isShown || cursor === null || cursor < span.start || cursor > span.end) return null
  return <Values layout={layout} span={span} cursor={cursor} />
}

/** Where the right edge of the page leaves no room, the values stand left of the cursor. */
const ROOM = 70

function Values({ layout, span, cursor }: Props & { readonly cursor: number }) {
  const values = useValuesAt(cursor)
  const x = timeToX(layout, span, cursor)
  const { plot, lanes } = layout
  return (
    <div
      className={styles.values}
      role="status"
      aria-label="Values at the cursor"
      data-side={x > plot.width - ROOM ? 'left' : 'right'}
      style={{ left: plot.left + x, top: plot.top }}
    >
      {lanes.map(({ derivation: { id, label, unit }, y }) => {
        const found = values.find((each) => each.id === id)
        if (found === undefined) return null
        return (
          <span key={id} className={styles.value} style={{ top: y }}>
            <span className="visually-hidden">{label} </span>
            {formatNumber(found.value)} {unitText(unit)}
          </span>
        )
      })}
    </div>
  )
}

const NOTHING: readonly LineValue[] = []

/** The latest answer only; none while the next one is on its way. */
function useValuesAt(cursor: number): readonly LineValue[] {
  const recording = useInPane(openedIn)
  const view = usePane((pane) => pane.view)
  const key = settingsKey(settingsOf(view))
  const [values, setValues] = useState(NOTHING)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings decide what is read
  useEffect(() => {
    let isCurrent = true
    setValues(NOTHING)
    if (recording === null) return
    askValues(recording.recordingId, cursor, view).then(
      (found) => {
        if (isCurrent) setValues(found)
      },
      // A recording that went away says so itself.
      () => {},
    )
    return () => {
      isCurrent = false
    }
  }, [recording, cursor, key])
  return values
}
