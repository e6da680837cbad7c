import { useMemo } from 'react'
import { formatDuration } from '../../shared/text/clock.ts'
import { RowTime } from '../page/RowTime.tsx'
import { activePane, recordingIdOf, selectedMarkOf } from '../store/selectors.ts'
import { getState, useReview } from '../store/state.ts'
import { Problem } from '../ui/Field.tsx'
import { Key } from '../ui/Key.tsx'
import styles from './evidence.module.css'
import { SpectrumView } from './SpectrumView.tsx'
import { problemOf, subjectOf } from './subject.ts'

/** What can be measured on the selected mark, else on the selection. */
export function EvidencePanel({ theme }: { readonly theme: 'light' | 'dark' }) {
  const recordingId = useReview(recordingIdOf)
  const mark = useReview(selectedMarkOf)
  const selection = useReview((state) => activePane(state).selection)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what the subject is made of
  const subject = useMemo(() => subjectOf(getState()), [mark, selection])
  if (recordingId === null) return null
  if (subject === null) {
    return (
      <div className={styles.empty}>
        <p>Nothing is selected.</p>
        <p>
          Drag over the page, or set the edges at the cursor with <Key>[</Key> and <Key>]</Key>; or go to a
          mark with <Key>.</Key> and <Key>,</Key>.
        </p>
      </div>
    )
  }
  const { name, span } = subject
  const problem = problemOf(span)
  return (
    <section className={styles.evidence} aria-label={`Evidence: ${name}`}>
      <h3 className={styles.subject}>
        {name} <span>{formatDuration(span.end - span.start)}</span> <RowTime time={span.start} />
      </h3>
      {problem === null ? (
        <SpectrumView key={recordingId} recordingId={recordingId} span={span} theme={theme} />
      ) : (
        <Problem>{problem}</Problem>
      )}
    </section>
  )
}
