import { useMemo } from 'react'
import {
  type Comparable,
  comparableSets,
  makeReference,
  scoreAgainstKey,
  toggleCompared,
} from '../store/comparing.ts'
import { isDeciding, ownSet, setsBeside } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import styles from './compare.module.css'

/** Which sets are compared; the first is the reference. */
export function SetChooser() {
  const own = useReview(ownSet)
  const beside = useReview(setsBeside)
  const chosen = useReview((state) => state.comparing.chosen)
  const deciding = useReview(isDeciding)
  const sets = useMemo(() => comparableSets(own, beside), [own, beside])
  const key = sets.find(({ isKey, problem }) => isKey && problem === null)
  return (
    <section className={styles.chooser} aria-label="Sets to compare">
      <ul>
        {sets.map((set) => (
          <ChooserRow key={set.ref} set={set} chosen={chosen} />
        ))}
      </ul>
      {sets.length < 2 && <p className={styles.hint}>There is no other set beside this recording.</p>}
      {key !== undefined && !deciding && (chosen[0] !== key.ref || chosen.length !== 2) && (
        <Button look="small" onClick={() => void scoreAgainstKey()}>
          Score me against the key
        </Button>
      )}
    </section>
  )
}

function ChooserRow({ set, chosen }: { readonly set: Comparable; readonly chosen: readonly string[] }) {
  const isChosen = chosen.includes(set.ref)
  return (
    <li className={styles.chooserRow} title={set.problem ?? set.fileName}>
      <label className={styles.chooserName}>
        <input
          type="checkbox"
          checked={isChosen}
          disabled={set.problem !== null}
          onChange={() => void toggleCompared(set.ref)}
        />
        <span>{set.name}</span>
        {set.marks !== null && (
          <span className={styles.hint}>
            {set.marks} {set.marks === 1 ? 'mark' : 'marks'}
          </span>
        )}
        {set.problem !== null && <span className={styles.hint}>{set.problem}</span>}
      </label>
      {chosen[0] === set.ref ? (
        <span className={styles.hint}>reference</span>
      ) : (
        isChosen && (
          <Button
            look="small"
            aria-label={`As reference: ${set.name}`}
            onClick={() => void makeReference(set.ref)}
          >
            As reference
          </Button>
        )
      )}
    </li>
  )
}
