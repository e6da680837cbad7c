import { Lock } from 'lucide-react'
import { useMemo, useRef } from 'react'
import { markName } from '../../shared/annotation/kinds.ts'
import { marksInSpan } from '../../shared/annotation/queries.ts'
import { type Span, secondsFromTicks, ticksFromSeconds } from '../../shared/units.ts'
import { kindClass, kindColour } from '../page/kindLook.ts'
import { GUTTER, RIGHT } from '../page/layout.ts'
import { chooseOutlined, outline } from '../store/lanes.ts'
import type { MarkOfSet, OpenSetState } from '../store/reviewState.ts'
import { activePane, lanesOf, readerOf, setsBeside } from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import styles from './sets.module.css'

/** The sets of others under the page, a line each, over the page's own time: pointed at, a mark is outlined on the page. */
export function Lanes() {
  const sets = useReview((state) => state.sets)
  const span = useReview((state) => activePane(state).shown?.span ?? null)
  const lanes = useMemo(() => lanesOf(sets), [sets])
  const beside = useReview(setsBeside)
  const sealed = (beside ?? []).filter(({ isSealed }) => isSealed)
  if (span === null || lanes.length + sealed.length === 0) return null
  return (
    <section className={styles.lanes} aria-label="Sets of others on this page">
      {lanes.map((set) => (
        <LaneOfSet key={set.setId} set={set} span={span} />
      ))}
      {sealed.map((set) => (
        <div key={set.ref} className={styles.lane}>
          <span className={styles.laneName} style={{ width: GUTTER }} title={set.name}>
            {readerOf(set)}
          </span>
          <span className={styles.sealed}>
            <Lock size={12} aria-hidden="true" /> sealed until you sign off
          </span>
        </div>
      ))}
    </section>
  )
}

function LaneOfSet({ set, span }: { readonly set: OpenSetState; readonly span: Span }) {
  const outlined = useReview((state) => activePane(state).outlined)
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
      <span className={styles.laneName} style={{ width: GUTTER }} title={set.fileName}>
        {name}
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
                before.current = activePane(getState()).outlined
                outline({ setId: set.setId, markId: mark.id })
              }}
              onPointerLeave={() => outline(before.current)}
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
