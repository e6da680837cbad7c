import { Lock } from 'lucide-react'
import { useContext, useMemo, useRef } from 'react'
import { useShallow } from 'zustand/react/shallow'
import { markName } from '../../shared/annotation/kinds.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { type Span, secondsFromTicks, ticksFromSeconds } from '../../shared/units.ts'
import { kindClass, kindColour } from '../page/kindLook.ts'
import { GUTTER, GUTTER_BESIDE, RIGHT } from '../page/layout.ts'
import { PaneContext, usePane } from '../page/usePane.ts'
import { activatePane } from '../store/activePage.ts'
import { chooseOutlined, outline } from '../store/lanes.ts'
import { lanesOf, readerOf, setsBeside, shortReaderOf } from '../store/selectors.ts'
import type { MarkOfSet, OpenSetState } from '../store/setsState.ts'
import { useReview } from '../store/state.ts'
import styles from './sets.module.css'

/** The sets of others under the page, a line each, over the page's own time: pointed at, a mark is outlined on the page. */
export function Lanes({ beside }: { readonly beside: boolean }) {
  const pane = useContext(PaneContext)
  const isGuest = usePane(({ guest }) => guest !== null)
  const lanes = useReview(useShallow((state) => lanesOf(state.sets)))
  const span = usePane(({ shown }) => shown?.span ?? null)
  const listed = useReview(setsBeside)
  const reader = useReview(({ shell }) => shell.settings.reviewer)
  const sealed = (listed ?? []).filter(({ isSealed }) => isSealed)
  if (span === null || isGuest || lanes.length + sealed.length === 0) return null
  const width = beside ? GUTTER_BESIDE : GUTTER
  return (
    <section
      className={styles.lanes}
      aria-label="Sets of others on this page"
      onPointerDown={() => activatePane(pane)}
    >
      {lanes.map((set) => (
        <LaneOfSet key={set.setId} set={set} span={span} width={width} />
      ))}
      {sealed.map((set) => (
        <div key={set.ref} className={styles.lane}>
          <span className={styles.laneName} style={{ width }} title={set.name}>
            {!beside && shortReaderOf(set)}
          </span>
          <span className={styles.sealed}>
            <Lock size={12} aria-hidden="true" />{' '}
            {set.reviewer === reader && !set.isKey
              ? 'sealed until you say whose it is'
              : 'sealed until you sign off'}
          </span>
        </div>
      ))}
    </section>
  )
}

type LaneProps = {
  readonly set: OpenSetState
  readonly span: Span
  /** Of the name; a page beside another one has no room for any, which stands in the other's. */
  readonly width: number
}

function LaneOfSet({ set, span, width }: LaneProps) {
  const pane = useContext(PaneContext)
  const outlined = usePane((each) => each.outlined)
  /** What was outlined before a mark was pointed at. */
  const before = useRef<MarkOfSet | null>(null)
  const marks = useMemo(
    () => marksInSpan(set.document, { start: ticksFromSeconds(span.start), end: ticksFromSeconds(span.end) }),
    [set, span],
  )
  const whole = span.end - span.start
  const share = (time: number) => ((time - span.start) / whole) * 100
  const name = readerOf(set)
  return (
    <div className={styles.lane}>
      <span className={styles.laneName} style={{ width }} title={`${name}: ${set.fileName}`}>
        {width === GUTTER && shortReaderOf(set)}
      </span>
      <div className={styles.laneTrack} style={{ marginRight: RIGHT }}>
        {marks.map((mark) => {
          const start = secondsFromTicks(mark.onset)
          const left = Math.max(0, share(start))
          const right = Math.min(100, share(start + secondsFromTicks(mark.duration)))
          return (
            // Keys reach it through the list of marks.
            <button
              key={mark.id}
              type="button"
              tabIndex={-1}
              className={`${styles.laneMark} ${kindClass(mark.kind)}`}
              title={`${name} · ${markName(mark)}${mark.comment === '' ? '' : ` · “${mark.comment}”`}`}
              aria-label={`${name} · ${markName(mark)}`}
              data-outlined={outlined?.setId === set.setId && outlined.markId === mark.id}
              style={{ ...kindColour(mark.kind), left: `${left}%`, width: `max(6px, ${right - left}%)` }}
              onPointerEnter={() => {
                before.current = outlined
                outline({ setId: set.setId, markId: mark.id }, pane)
              }}
              onPointerLeave={() => outline(before.current, pane)}
              onClick={() => {
                before.current = { setId: set.setId, markId: mark.id }
                chooseOutlined(set, mark)
              }}
            />
          )
        })}
      </div>
    </div>
  )
}
