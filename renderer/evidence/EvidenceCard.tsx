import { ChevronDown, ChevronRight } from 'lucide-react'
import { useEffect, useMemo, useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import type { Subject } from '../../shared/evidence/common/entry.ts'
import type { EvidenceRow } from '../../shared/evidence/evidence.ts'
import { SUBJECTS } from '../../shared/evidence/subjects.ts'
import type { Span } from '../../shared/units.ts'
import { askEvidence } from '../store/asking.ts'
import { hideMeasuredAt } from '../store/measuredAt.ts'
import { activePane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Key } from '../ui/Key.tsx'
import { Quantities } from '../ui/Quantities.tsx'
import { useRovingFocus } from '../ui/rovingFocus.ts'
import { CardRow } from './CardRow.tsx'
import styles from './card.module.css'
import { Refused } from './Refused.tsx'
import { subjectOfMark } from './subject.ts'
import { useAnswer } from './useAnswer.ts'

type Props = {
  readonly recordingId: string
  readonly span: Span
  /** That it is of; null: of a selection. */
  readonly mark: Mark | null
}

const NONE_BAD: readonly number[] = []

/** What was measured on the span, each value beside what is published of it. It explains; it decides nothing. */
export function EvidenceCard({ recordingId, span, mark }: Props) {
  const bad = useReview((state) => activePane(state).view.bad ?? NONE_BAD)
  const key = `${span.start} ${span.end} ${bad.join()}`
  const { value, problem, isCurrent } = useAnswer(key, () => askEvidence(recordingId, span, bad))
  const roving = useRovingFocus()
  // What was shown on the page is of this span alone.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the span decides what was measured
  useEffect(() => hideMeasuredAt, [key])
  const groups = useMemo(() => groupsOf(value?.rows ?? []), [value])
  const [folded, setFolded] = useState<Readonly<Partial<Record<Subject, boolean>>>>({})
  if (problem !== null) return <Refused>{problem}</Refused>
  // The values of one span are never under the heading of another, nor pinned to another's mark.
  if (value === null || !isCurrent) return <p className={styles.wait}>Measuring…</p>
  const asked = mark === null ? null : subjectOfMark(mark)
  const shown = asked === 'jerk' ? [...groups].sort((a, b) => place(a.subject) - place(b.subject)) : groups
  return (
    <div className={styles.card} {...roving}>
      {shown.map((group) => {
        const { subject } = group
        const isFolded = folded[subject] ?? (asked === null ? group.found === 0 : subject !== asked)
        return (
          <Group
            key={subject}
            group={group}
            mark={mark}
            isFolded={isFolded}
            onFold={() => setFolded({ ...folded, [subject]: !isFolded })}
          />
        )
      })}
      <p className={styles.foot}>
        Measured as it was recorded: neither montage nor filters of the page have a part in it, nor bad
        electrodes. Its error holds in at least 95 of 100 generated signals; no value decides by itself.{' '}
        <Key>↑</Key> <Key>↓</Key> move, <Key>Enter</Key> shows where it was measured.
      </p>
    </div>
  )
}

type GroupOfRows = {
  readonly subject: Subject
  readonly label: string
  readonly measured: readonly EvidenceRow[]
  /** Of these, what is more than its duration or a sentence on what is missing. */
  readonly found: number
  /** What could not be measured, by the reason why. */
  readonly refused: ReadonlyMap<string, readonly string[]>
}

type GroupProps = {
  readonly group: GroupOfRows
  readonly mark: Mark | null
  readonly isFolded: boolean
  readonly onFold: () => void
}

function Group({ group, mark, isFolded, onFold }: GroupProps) {
  const { subject, label, measured, refused } = group
  const Sign = isFolded ? ChevronRight : ChevronDown
  return (
    <section aria-label={label}>
      <h4>
        <button
          type="button"
          className={styles.heading}
          data-roving={subject}
          aria-expanded={!isFolded}
          onClick={onFold}
        >
          <Sign size={14} aria-hidden="true" />
          {label}
          <span>{countText(measured)}</span>
        </button>
      </h4>
      {!isFolded && (
        <ul>
          {measured.map((row) => (
            <CardRow key={row.entry} row={row} mark={mark} />
          ))}
          {[...refused].map(([reason, labels]) => (
            <li key={reason} className={styles.row}>
              <p className={styles.reason}>
                <Quantities>{reason}</Quantities>
              </p>
              <p className={styles.label}>Not measured: {labels.join(', ')}.</p>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

/** As many as there are rows with a value, and with a sentence on what is missing. */
function countText(measured: readonly EvidenceRow[]): string {
  const missing = measured.filter(({ isMissing }) => isMissing).length
  const values = measured.length - missing
  const counted = values === 0 ? 'nothing measured' : `${values} measured`
  return missing === 0 ? counted : `${counted}, ${missing} missing`
}

function groupsOf(rows: readonly EvidenceRow[]): readonly GroupOfRows[] {
  return SUBJECTS.flatMap(({ subject, label }) => {
    const own = rows.filter((row) => row.subject === subject)
    if (own.length === 0) return []
    const measured = own.filter(({ finding }) => finding.is === 'measured')
    const refused = new Map<string, readonly string[]>()
    for (const row of own) {
      if (row.finding.is !== 'refused') continue
      const { reason } = row.finding
      refused.set(reason, [...(refused.get(reason) ?? []), row.label])
    }
    const found = measured.filter(({ entry, isMissing }) => !isMissing && entry !== 'duration').length
    return [{ subject, label, measured, found, refused }]
  })
}

/** What speaks for a jerk and against it first, then the state it comes in. */
function place(subject: Subject): number {
  return (['jerk', 'state', 'spikeWave'] as const).indexOf(subject)
}
