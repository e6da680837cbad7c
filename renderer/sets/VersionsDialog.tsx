import { useEffect, useMemo, useState } from 'react'
import {
  countMerge,
  countSame,
  type Keep,
  listDifferences,
  planMerge,
  type VersionDifference,
} from '../../shared/agreement/mergeVersions.ts'
import type { OpenRef, SetVersion } from '../../shared/contract/model.ts'
import { amend } from '../store/closing.ts'
import { messageOf } from '../store/notices.ts'
import { chooseSaveTarget } from '../store/saving.ts'
import { isMarkable, ownSet } from '../store/selectors.ts'
import type { OpenSetState } from '../store/setsState.ts'
import { useReview } from '../store/state.ts'
import { mergeVersion, moveCopyAside, readVersion } from '../store/versions.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { VersionDifferences } from './VersionDifferences.tsx'
import styles from './versions.module.css'

type Reading =
  | { readonly state: 'reading' }
  | { readonly state: 'failed'; readonly message: string }
  | { readonly state: 'read'; readonly version: SetVersion }

/** One's own set against what another program has written in its place, or against a copy of it. */
export function VersionsDialog({ onClose }: { readonly onClose: () => void }) {
  const copy = useReview((state) => state.ui.otherVersion)
  const own = useReview(ownSet)
  const [reading, setReading] = useState<Reading>({ state: 'reading' })
  useEffect(() => {
    let isWanted = true
    const show = (next: Reading) => {
      if (isWanted) setReading(next)
    }
    readVersion(copy).then(
      (version) => version !== null && show({ state: 'read', version }),
      (thrown: unknown) => show({ state: 'failed', message: messageOf(thrown) }),
    )
    return () => {
      isWanted = false
    }
  }, [copy])
  if (own === null) return null
  if (reading.state === 'read') {
    return <Comparison own={own} version={reading.version} copy={copy} onClose={onClose} />
  }
  return (
    <Dialog title={TITLE} onClose={onClose} wide>
      <div aria-live="polite">
        {reading.state === 'reading' ? <p>Reading…</p> : <Problem>{reading.message}</Problem>}
      </div>
    </Dialog>
  )
}

const TITLE = 'Two versions of your set'

type Props = {
  readonly own: OpenSetState
  readonly version: SetVersion
  readonly copy: OpenRef | null
  readonly onClose: () => void
}

function Comparison({ own, version, copy, onClose }: Props) {
  const { document } = own
  const rules = useReview(({ ui }) => ui.rules)
  const differences = useMemo(
    () => listDifferences(document, version.document, rules),
    [document, version, rules],
  )
  const differs = differences.length > 0
  const [chosen, setChosen] = useState<ReadonlyMap<string, Keep>>(new Map())
  const [setsAside, setSetsAside] = useState(false)
  const counts = useMemo(
    () => countMerge(planMerge(document, differences, chosen, { author: '', now: '' })),
    [document, differences, chosen],
  )
  const canMerge = isMarkable(own)
  const chooseAll = (keep: Keep | null) => setChosen(keep === null ? new Map() : allOf(differences, keep))
  const same = countSame(document, differences)
  const other = copy === null ? 'on disk' : 'in the copy'
  return (
    <Dialog
      title={TITLE}
      onClose={onClose}
      wide
      actions={
        <>
          {copy !== null && differs && (
            <label className={styles.aside}>
              <input
                type="checkbox"
                checked={setsAside}
                onChange={(event) => setSetsAside(event.target.checked)}
              />
              Then move the copy into the folder “set aside” beside it
            </label>
          )}
          <Button look="secondary" onClick={onClose}>
            {differs || copy === null ? 'Cancel' : 'Close'}
          </Button>
          {copy === null && (
            <Button look="secondary" onClick={chooseSaveTarget}>
              Save mine elsewhere…
            </Button>
          )}
          {copy !== null && !differs ? (
            <Button look="primary" onClick={() => void moveCopyAside(copy, version.hash)}>
              Move the copy aside
            </Button>
          ) : (
            <Button
              look="primary"
              disabled={!canMerge}
              onClick={() => void mergeVersion({ version, differences, chosen, copy, setsAside })}
            >
              {differs ? 'Merge and save' : 'Save'}
            </Button>
          )}
        </>
      }
    >
      <p>
        {copy === null
          ? `${version.fileName} was written by another program or computer since this window read or saved it.`
          : `${version.fileName} is another version of your set: it was saved in two places.`}{' '}
        Marks are compared by their ids, reviewed stretches by where they lie; which of the two came first is
        not known.
      </p>
      {!canMerge && own.signed !== null && (
        <Problem>
          Your set is signed off and closed.{' '}
          <Button look="small" onClick={() => amend(own.setId)}>
            Change it
          </Button>
        </Problem>
      )}
      <div className={styles.head}>
        <p>
          {same} {same === 1 ? 'mark is' : 'marks are'} the same in both.{' '}
          {!differs ? 'Nothing differs.' : countsText(differences, other)}
        </p>
        {differs && (
          <fieldset className={styles.forAll}>
            <legend>For all:</legend>
            <Button look="small" onClick={() => chooseAll(null)}>
              As proposed
            </Button>
            <Button look="small" onClick={() => chooseAll('mine')}>
              Mine
            </Button>
            <Button look="small" onClick={() => chooseAll('theirs')}>
              The other
            </Button>
            <Button look="small" onClick={() => chooseAll('both')}>
              Both
            </Button>
          </fieldset>
        )}
      </div>
      {differs && (
        <VersionDifferences
          differences={differences}
          chosen={chosen}
          other={other}
          onChoose={(key, keep) => setChosen(new Map(chosen).set(key, keep))}
        />
      )}
      {differs && (
        <p role="status">
          Your set will hold {document.marks.length + counts.added - counts.deleted} marks: {counts.added}{' '}
          taken over, {counts.changed} changed, {counts.deleted} left out. It is one step, which can be undone
          {copy === null ? '.' : '; the copy stays as it is.'}
        </p>
      )}
      {!differs && copy !== null && (
        <p>
          The copy is no longer needed. It can go into the folder “set aside” beside it, where it is kept and
          not listed any more.
        </p>
      )}
    </Dialog>
  )
}

/** Where there is nothing to take from both, what only one of them has stays. */
function allOf(differences: readonly VersionDifference[], keep: Keep): ReadonlyMap<string, Keep> {
  return new Map(
    differences.map(({ key, choices, mine, proposed }) => {
      if (choices.includes(keep)) return [key, keep]
      return [key, mine === null ? 'theirs' : proposed]
    }),
  )
}

function countsText(differences: readonly VersionDifference[], other: string): string {
  const here = differences.filter(({ theirs }) => theirs === null).length
  const there = differences.filter(({ mine }) => mine === null).length
  const parts = [
    ...(here === 0 ? [] : [`${here} only here`]),
    ...(there === 0 ? [] : [`${there} only ${other}`]),
    ...(differences.length === here + there
      ? []
      : [`${differences.length - here - there} in both, but not the same`]),
  ]
  return `Differences: ${parts.join(', ')}.`
}
