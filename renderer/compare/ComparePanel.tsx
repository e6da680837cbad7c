import { useDeferredValue, useMemo, useState } from 'react'
import { compareChosen, isAwaited } from '../store/comparison.ts'
import { recordingIdOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Problem } from '../ui/Field.tsx'
import { Key } from '../ui/Key.tsx'
import { ConfusionTable } from './ConfusionTable.tsx'
import styles from './compare.module.css'
import { PairFigures } from './PairFigures.tsx'
import { Rules } from './Rules.tsx'
import { SetChooser } from './SetChooser.tsx'
import { SeveralFigures } from './SeveralFigures.tsx'
import { Tour } from './Tour.tsx'

/** Two or more sets against each other: which, how well they agree, and where not. */
export function ComparePanel() {
  const recordingId = useReview(recordingIdOf)
  const sets = useDeferredValue(useReview((state) => state.sets))
  const chosen = useReview((state) => state.comparing.chosen)
  const compared = useReview((state) => state.comparing.compared)
  const rules = useReview((state) => state.ui.rules)
  const isComparing = useReview(isAwaited)
  const comparison = useMemo(
    () => compareChosen(sets, { chosen, compared }, rules),
    [sets, chosen, compared, rules],
  )
  const [pairAt, setPairAt] = useState(0)
  if (recordingId === null) return <p className={styles.empty}>Open a recording to compare its sets.</p>
  if (comparison === null || typeof comparison === 'string') {
    return (
      <>
        <SetChooser />
        <div className={styles.empty}>
          {comparison === null && isComparing ? (
            <p role="status">Comparing…</p>
          ) : comparison === null ? (
            <p>
              Choose two sets or more. Only what all of them have marked as reviewed (<Key>V</Key>) is
              compared.
            </p>
          ) : (
            <Problem>{comparison}</Problem>
          )}
        </div>
      </>
    )
  }
  const [first] = comparison.pairs
  if (comparison.pairs.every(({ agreement }) => agreement.commonLength === 0)) {
    return (
      <>
        <SetChooser />
        <div className={styles.empty}>
          <p role="status">
            {first?.agreement.problem ?? 'No part of the recording is reviewed in all of these sets.'} Press{' '}
            <Key>V</Key> on each page that you have read.
          </p>
        </div>
        <Tour comparison={comparison} />
      </>
    )
  }
  const pair = comparison.pairs[pairAt] ?? comparison.pairs[0]
  return (
    <>
      <SetChooser />
      <section className={styles.figures} aria-label="Agreement" aria-busy={isComparing}>
        <p className={styles.updating} role="status">
          {isComparing && 'Updating…'}
        </p>
        {comparison.sets.length > 2 && (
          <SeveralFigures comparison={comparison} chosen={pair} onChoose={setPairAt} />
        )}
        {pair !== undefined && (
          <>
            <PairFigures agreement={pair.agreement} />
            <ConfusionTable comparison={comparison} pair={pair} />
          </>
        )}
        <Rules />
      </section>
      <Tour comparison={comparison} />
    </>
  )
}
