import { kindOf } from '../../shared/annotation/kinds.ts'
import type { Candidate } from '../../shared/candidates/common/candidate.ts'
import { acceptCandidate, dismissCandidate, stepCandidate } from '../store/candidates.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { Quantities } from '../ui/Quantities.tsx'
import styles from './candidates.module.css'

/** Labels that are listed before the others are counted: a jerk's few, a run's first. */
const MOST_LISTED = 6

/** Why the chosen one is proposed, and what the reader makes of it. */
export function ChosenCandidate({ candidate }: { readonly candidate: Candidate }) {
  const { kind, score, reason, channels } = candidate
  return (
    <div className={styles.chosen}>
      <h3>
        {kindOf(kind).label}? <span className={styles.score}>score {score.toFixed(2)} of 1</span>
      </h3>
      <p>
        <Quantities>{reason}</Quantities>
      </p>
      <p className={styles.channels}>{listed(channels)}</p>
      <div className={styles.verbs}>
        <Button look="primary" onClick={acceptCandidate}>
          Mark it <Key>Y</Key>
        </Button>
        <Button look="secondary" onClick={dismissCandidate}>
          Dismiss <Key>N</Key>
        </Button>
        <Button look="quiet" onClick={() => stepCandidate('next')}>
          Next <Key>.</Key>
        </Button>
      </div>
    </div>
  )
}

function listed(channels: readonly string[]): string {
  const others = channels.length - MOST_LISTED
  const named = channels.slice(0, MOST_LISTED).join(', ')
  return others > 0 ? `${named} and ${others} more` : named
}
