import { ChevronLeft, ChevronRight } from 'lucide-react'
import { useMemo } from 'react'
import { verdictOf } from '../../shared/agreement/cases.ts'
import { decisionsByMark } from '../../shared/agreement/consensus.ts'
import { caseKey, chooseCell, goToDisagreement, tourOf } from '../store/comparing.ts'
import type { Comparison } from '../store/comparison.ts'
import { decisionOn } from '../store/deciding.ts'
import { requestConsensus } from '../store/leaving.ts'
import { isDeciding, ownSet } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { CaseView } from './CaseView.tsx'
import styles from './compare.module.css'

/** From one disagreement to the next, with what every reader has there and what was decided. */
export function Tour({ comparison }: { readonly comparison: Comparison }) {
  const cell = useReview((state) => state.comparing.cell)
  const at = useReview((state) => state.comparing.at)
  const deciding = useReview(isDeciding)
  const document = useReview((state) => ownSet(state)?.document ?? null)
  const tour = useMemo(() => tourOf(comparison, cell), [comparison, cell])
  const decisions = useMemo(
    () => (deciding && document !== null ? decisionsByMark(document) : new Map()),
    [deciding, document],
  )
  const index = tour.findIndex((each) => caseKey(each) === at)
  // A case that was looked at may agree by now.
  const shown = comparison.several.cases.find((each) => caseKey(each) === at)
  const disagreements = comparison.several.cases.filter((each) => verdictOf(each) !== 'agreed')
  const decided = disagreements.filter((each) => decisionOn(decisions, comparison, each) !== null).length
  return (
    <section className={styles.tour} aria-label="Disagreements">
      {/* Where nothing can be compared that is said, and not that nothing is disagreed on. */}
      {comparison.several.problem === null && (
        <div className={styles.tourHead}>
          <Button look="icon" aria-label="Previous disagreement" onClick={() => goToDisagreement('previous')}>
            <ChevronLeft size={16} aria-hidden="true" />
          </Button>
          <span className={styles.tourAt} role="status">
            {placeText(index, tour.length, cell === null ? 'disagreement' : 'event')}
            {deciding && ` · ${decided} decided`}
          </span>
          {cell !== null && (
            <Button look="small" onClick={() => chooseCell(null)}>
              All disagreements
            </Button>
          )}
          <Button look="icon" aria-label="Next disagreement" onClick={() => goToDisagreement('next')}>
            <ChevronRight size={16} aria-hidden="true" />
          </Button>
        </div>
      )}
      {shown === undefined ? (
        tour.length > 0 && (
          <p className={styles.hint}>
            <Key>D</Key> goes to the next, <Key>Shift+D</Key> to the one before.
          </p>
        )
      ) : (
        <CaseView
          key={caseKey(shown)}
          comparison={comparison}
          each={shown}
          decision={decisionOn(decisions, comparison, shown)}
        />
      )}
      {!deciding && (
        <Button look="small" disabled={comparison.several.problem !== null} onClick={requestConsensus}>
          Decide in a consensus set…
        </Button>
      )}
    </section>
  )
}

function placeText(index: number, count: number, what: string): string {
  const counted = `${count} ${what}${count === 1 ? '' : 's'}`
  if (count === 0) return `No ${what}`
  return index === -1 ? counted : `${index + 1} of ${counted}`
}
