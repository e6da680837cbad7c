import { Eye, EyeOff } from 'lucide-react'
import { useEffect } from 'react'
import type { SetSummary } from '../../shared/contract/model.ts'
import { showAlone, toggleLane } from '../store/lanes.ts'
import { refreshSets, returnToOwnSet } from '../store/openingSets.ts'
import { activeSet, ownSet, readerOf, recordingIdOf, setOfRef, setsBeside } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { openDialog } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import styles from './sets.module.css'

/** Every set of the recording: one's own in one step, those of others as lanes or alone. */
export function SetList() {
  const recordingId = useReview(recordingIdOf)
  const sets = useReview(setsBeside)
  const own = useReview(ownSet)
  const active = useReview(activeSet)
  // Others may have saved since the recording was opened.
  useEffect(() => {
    if (recordingId !== null) void refreshSets()
  }, [recordingId])
  const others = (sets ?? []).filter((set) => set.name !== own?.fileName)
  if (own === null || others.length === 0) return null
  const usable = others.filter(({ problem }) => problem === null)
  const isOwnShown = active?.setId === own.setId
  return (
    <section className={styles.setList} aria-label="Sets of this recording">
      <ul>
        <li className={styles.setRow} data-shown={isOwnShown}>
          <span className={styles.setName}>
            {readerOf(own)}{' '}
            <span className={styles.setFacts}>· yours · {counted(own.document.marks.length)}</span>
          </span>
          {isOwnShown ? (
            <span className={styles.setFacts}>on the page</span>
          ) : (
            <Button look="small" onClick={() => void returnToOwnSet()}>
              Back to it <Key>M</Key>
            </Button>
          )}
        </li>
        {usable.map((set) => (
          <OtherSet key={set.ref} set={set} />
        ))}
      </ul>
      {usable.length < others.length && (
        <Button look="link" onClick={() => openDialog('sets')}>
          {counted(others.length - usable.length, 'set')} cannot be used: why
        </Button>
      )}
    </section>
  )
}

function OtherSet({ set }: { readonly set: SetSummary }) {
  const read = useReview(({ sets }) => setOfRef(sets, set.ref))
  const isAlone = useReview(({ sets }) => read !== null && sets.active === read.setId)
  const isLane = read?.role === 'lane'
  const name = readerOf(set)
  return (
    <li className={styles.setRow} data-shown={isAlone} title={set.name}>
      <Button
        look="icon"
        aria-pressed={isLane}
        aria-label={`${name} as a lane`}
        title={isLane ? 'Hide the lane' : 'Show as a lane under the page'}
        onClick={() => void toggleLane(set.ref)}
      >
        {isLane ? <Eye size={15} aria-hidden="true" /> : <EyeOff size={15} aria-hidden="true" />}
      </Button>
      <span className={styles.setName}>
        {name} <span className={styles.setFacts}>· {counted(set.marks)}</span>
      </span>
      {isAlone ? (
        <span className={styles.setFacts}>alone on the page</span>
      ) : (
        <Button look="small" aria-label={`${name} alone on the page`} onClick={() => void showAlone(set.ref)}>
          Alone
        </Button>
      )}
    </li>
  )
}

function counted(count: number, what = 'mark'): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
