import { useEffect, useMemo } from 'react'
import type { MarkKind } from '../../shared/annotation/kinds.ts'
import type { EvidenceRow } from '../../shared/evidence/evidence.ts'
import { SUBJECTS } from '../../shared/evidence/subjects.ts'
import type { Span } from '../../shared/units.ts'
import { askEvidence } from '../store/asking.ts'
import { hideMeasuredAt } from '../store/measuredAt.ts'
import { activePane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Key } from '../ui/Key.tsx'
import { useRovingFocus } from '../ui/rovingFocus.ts'
import { CardRow } from './CardRow.tsx'
import styles from './card.module.css'
import { Refused } from './Refused.tsx'
import { useAnswer } from './useAnswer.ts'

type Props = {
  readonly recordingId: string
  readonly span: Span
  /** Of the mark that it is of; null: of a selection. */
  readonly kind: MarkKind | null
}

const NONE_BAD: readonly number[] = []

/** What was measured on the span, each value beside what is published of it. It explains; it decides nothing. */
export function EvidenceCard({ recordingId, span, kind }: Props) {
  const bad = useReview((state) => activePane(state).view.bad ?? NONE_BAD)
  const key = `${span.start} ${span.end} ${bad.join()}`
  const { value, problem, isCurrent } = useAnswer(key, () => askEvidence(recordingId, span, bad))
  const roving = useRovingFocus()
  // What was shown on the page is of this span alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the span decides what was measured
  useEffect(() => hideMeasuredAt, [key])
  const groups = useMemo(() => groupsOf(value?.rows ?? [], kind), [value, kind])
  if (problem !== null) return <Refused>{problem}</Refused>
  if (value === null) return <p className={styles.wait}>Measuring…</p>
  return (
    <div className={styles.card} aria-busy={!isCurrent} data-own-keys {...roving}>
      {groups.map(({ subject, label, rows }) => (
        <section key={subject} aria-label={label}>
          <h4>{label}</h4>
          <ul>
            {rows.map((row) => (
              <CardRow key={row.entry} row={row} />
            ))}
          </ul>
        </section>
      ))}
      <p className={styles.foot}>
        Measured as it was recorded: neither montage nor filters of the page have a part in it, nor bad
        electrodes. No value decides by itself. <Key>↑</Key> <Key>↓</Key> move, <Key>Enter</Key> shows where
        it was measured.
      </p>
    </div>
  )
}

/** The side that a mark's kind speaks of first. */
function groupsOf(rows: readonly EvidenceRow[], kind: MarkKind | null) {
  const order = kind === 'hypnic_jerk' ? [SUBJECTS[1], SUBJECTS[2], SUBJECTS[0]] : SUBJECTS
  return order
    .map(({ subject, label }) => ({ subject, label, rows: rows.filter((row) => row.subject === subject) }))
    .filter((group) => group.rows.length > 0)
}
