import { X } from 'lucide-react'
import { useMemo } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import { kindOf } from '../../shared/annotation/kinds.ts'
import { WHAT_CANDIDATES_ARE } from '../../shared/candidates/common/candidate.ts'
import { KindGlyph } from '../page/KindGlyph.tsx'
import { RowTime } from '../page/RowTime.tsx'
import {
  cancelSearch,
  chooseCandidate,
  hideCandidates,
  restoreDismissed,
  searchAgain,
  shownCandidates,
  stepCandidate,
  waitingOf,
} from '../store/candidates.ts'
import type { CandidatesState } from '../store/reviewState.ts'
import { ownSet } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Field.tsx'
import { Key } from '../ui/Key.tsx'
import { ListRow } from '../ui/ListRow.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { VirtualList } from '../ui/VirtualList.tsx'
import { ChosenCandidate } from './ChosenCandidate.tsx'
import styles from './candidates.module.css'

/** What a search proposes, gone through one by one, in the place of the list of marks. */
export function CandidatesPanel() {
  const candidates = useReview(shownCandidates)
  if (candidates === null) return null
  const { work } = candidates
  return (
    <section className={styles.panel} aria-label="Candidates">
      <div className={styles.head}>
        <h2>Candidates</h2>
        <Button look="icon" aria-label="Back to the marks" title="Back to the marks" onClick={hideCandidates}>
          <X size={16} aria-hidden="true" />
        </Button>
      </div>
      {work.at === 'searching' && (
        <div className={styles.work}>
          <ProgressBar label="Looking through the whole recording" done={work.done} />
          <Button look="secondary" onClick={cancelSearch}>
            Cancel
          </Button>
        </div>
      )}
      {work.at === 'failed' && (
        <div className={styles.work}>
          <Problem>{work.message}</Problem>
          <Button look="secondary" onClick={() => void searchAgain()}>
            Look again
          </Button>
        </div>
      )}
      {work.at === 'found' && <Review candidates={candidates} />}
      <p className={styles.statement}>{WHAT_CANDIDATES_ARE}</p>
    </section>
  )
}

const NO_MARKS: readonly Mark[] = []

function Review({ candidates }: { readonly candidates: CandidatesState }) {
  const marks = useReview((state) => ownSet(state)?.document.marks ?? NO_MARKS)
  const waiting = useMemo(() => waitingOf(candidates, marks), [candidates, marks])
  const { work, chosen } = candidates
  const notes = work.at === 'found' ? work.found.notes : []
  const dismissed = [...candidates.reviewed.values()].filter((became) => became === 'dismissed').length
  const all = work.at === 'found' ? work.found.candidates.length : 0
  const at = chosen === null ? -1 : waiting.indexOf(chosen)
  return (
    <>
      <p className={styles.count} role="status">
        {all === 0
          ? 'None found.'
          : `${waiting.length} to review, ${all - waiting.length - dismissed} marked, ${dismissed} dismissed`}
        {dismissed > 0 && (
          <Button look="link" onClick={restoreDismissed}>
            Bring back the dismissed
          </Button>
        )}
      </p>
      {notes.map((note) => (
        <p key={note} className={styles.note}>
          {note}
        </p>
      ))}
      <VirtualList
        label="Candidates"
        items={waiting}
        keyOf={({ kind, onset }) => `${kind} ${onset}`}
        chosen={at}
        rowHeight={34}
        onChoose={chooseCandidate}
        empty={
          all === 0 ? (
            <p>
              Nothing in this recording looks like either event to the rules used here. It may be there all
              the same.
            </p>
          ) : (
            <p>Every candidate has been reviewed.</p>
          )
        }
      >
        {({ kind, onset, score, reason }) => (
          <ListRow title={reason} name={kindOf(kind).label} end={score.toFixed(2)}>
            <KindGlyph kind={kind} />
            <RowTime time={onset} />
          </ListRow>
        )}
      </VirtualList>
      {chosen !== null && at >= 0 ? (
        <ChosenCandidate candidate={chosen} />
      ) : (
        waiting.length > 0 && (
          <div className={styles.note}>
            <p>
              <Key>Y</Key> makes a mark of the one that is chosen, <Key>N</Key> dismisses it.
            </p>
            <Button look="primary" onClick={() => stepCandidate('next')}>
              Begin with the first
            </Button>
          </div>
        )
      )}
    </>
  )
}
