import type { Mark } from '../../shared/annotation/document.ts'
import { IN_SHORT } from '../../shared/evidence/inShort.ts'
import { LONGEST_MEASURED } from '../../shared/signal/measure.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { askEvidence } from '../store/asking.ts'
import { activePane, recordingIdOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { showEvidence } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Key } from '../ui/Key.tsx'
import styles from './evidence.module.css'
import { useAnswer } from './useAnswer.ts'

const NONE_BAD: readonly number[] = []

/** The first few values of the evidence card, beside the selected mark: what could be measured, and nothing for the rest. */
export function Measured({ mark }: { readonly mark: Mark }) {
  const recordingId = useReview(recordingIdOf)
  const bad = useReview((state) => activePane(state).view.bad ?? NONE_BAD)
  const start = secondsFromTicks(mark.onset)
  const end = start + secondsFromTicks(mark.duration)
  const isMeasurable = recordingId !== null && end > start && end - start <= LONGEST_MEASURED
  const { value } = useAnswer(isMeasurable ? `${recordingId} ${start} ${end} ${bad.join()}` : null, () =>
    askEvidence(recordingId!, { start, end }, bad, IN_SHORT),
  )
  // A recording that went away says so itself; a mark without figures is no failure.
  if (value === null || value.span.start !== start || value.span.end !== end) return null
  const facts = value.rows.flatMap(({ label, finding }) =>
    finding.is === 'measured' ? [[label, finding.text] as const] : [],
  )
  return (
    <section className={styles.measured} aria-label="Measured on the selected mark">
      <h3>Measured on the selected mark</h3>
      <Facts facts={[['Duration', formatDuration(end - start)], ...facts]} />
      <p className={styles.basis}>
        As it was recorded, whatever montage and filters the page has.{' '}
        <Button look="link" onClick={() => showEvidence('card')}>
          All of it, with what is published
        </Button>{' '}
        <Key>I</Key>
      </p>
    </section>
  )
}
