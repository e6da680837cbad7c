import { useState } from 'react'
import type { Case } from '../../shared/agreement/cases.ts'
import type { Choice } from '../../shared/agreement/consensus.ts'
import type { ReadEvent } from '../../shared/agreement/events.ts'
import { secondsOf } from '../../shared/agreement/rules.ts'
import type { Decision } from '../../shared/annotation/document.ts'
import { markName } from '../../shared/annotation/kinds.ts'
import { formatClock, formatDuration } from '../../shared/text/clock.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import type { Comparison } from '../store/comparison.ts'
import { decide } from '../store/deciding.ts'
import { clockStartOf, isDeciding } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { TextArea } from '../ui/Field.tsx'
import styles from './compare.module.css'

type Props = { readonly comparison: Comparison; readonly each: Case; readonly decision: Decision | null }

/** One event as every reader has it, and in a consensus set what becomes of it. */
export function CaseView({ comparison: { names }, each, decision }: Props) {
  const deciding = useReview(isDeciding)
  const [reason, setReason] = useState(decision?.reason ?? '')
  const choose = (choice: Choice) => decide(each, choice, reason)
  return (
    <>
      {deciding && (
        <>
          <div className={styles.decision}>
            <TextArea
              rows={1}
              aria-label="Why"
              value={reason}
              placeholder="Why: kept with the decision"
              onChange={(event) => setReason(event.target.value)}
            />
            <Button look="small" onClick={() => choose({ take: 'none' })}>
              No event here
            </Button>
          </div>
          <p className={styles.decided} role="status">
            {decision === null ? 'Not decided' : decisionText(decision)}
          </p>
        </>
      )}
      <ul>
        {each.events.map((event, index) => (
          <li key={names[index]} className={styles.reader}>
            <span className={styles.readerName}>{names[index]}</span>
            <EventFacts event={event} />
            {deciding && event !== null && (
              <Button
                look="small"
                aria-label={`Take the mark of ${names[index]}`}
                onClick={() => choose({ take: index })}
              >
                Take
              </Button>
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

function EventFacts({ event }: { readonly event: ReadEvent | null }) {
  const clock = useReview(clockStartOf)
  if (event === null) return <span className={styles.missing}>not marked</span>
  const { duration, onset } = secondsOf(event)
  const { confidence } = event.marks[0]
  const comments = event.marks.map(({ comment }) => comment).filter((comment) => comment !== '')
  return (
    <span className={styles.event}>
      <span className={styles.kind}>
        <KindGlyph kind={event.kind} /> {markName(event)}
      </span>
      <span className={styles.hint}>
        {formatClock(clock, onset, 1)} · {formatDuration(duration)}
        {confidence !== null && ` · ${confidence}`}
        {event.marks.length > 1 && ` in ${event.marks.length} pieces`}
      </span>
      {comments.map((comment) => (
        <q key={comment}>{comment}</q>
      ))}
    </span>
  )
}

function decisionText({ mark, taken, author, decided }: Decision): string {
  const what = mark === null ? 'No event' : taken === null ? 'As agreed' : `As ${taken}`
  return `${what}, by ${author} on ${new Date(decided).toLocaleDateString()}`
}
