import { Eye, EyeOff, Lock, RefreshCw } from 'lucide-react'
import { useEffect } from 'react'
import type { SetSummary } from '../../shared/contract/model.ts'
import { formatMoment } from '../../shared/text/moment.ts'
import { amend } from '../store/closing.ts'
import { showAlone, toggleLane } from '../store/lanes.ts'
import { requestOwnSet } from '../store/leaving.ts'
import { refreshSets, takeStrayed } from '../store/openingSets.ts'
import {
  canTakeStrayed,
  isFileOf,
  ownSet,
  readerOf,
  recordingIdOf,
  reviewerOf,
  setOfRef,
  setsBeside,
} from '../store/selectors.ts'
import type { OpenSetState } from '../store/setsState.ts'
import { useReview } from '../store/state.ts'
import { openDialog } from '../store/ui.ts'
import { isVersionOfOwn, openVersions } from '../store/versions.ts'
import { Button } from '../ui/Button.tsx'
import { Key } from '../ui/Key.tsx'
import { describeCopy, describeSet, describeSigned } from './describeSet.ts'
import styles from './sets.module.css'

/** Every set of the recording: one's own in one step, those of others as lanes or alone, or sealed. */
export function SetList() {
  const recordingId = useReview(recordingIdOf)
  const sets = useReview(setsBeside)
  const own = useReview(ownSet)
  useEffect(() => {
    if (recordingId === null) return
    // Others may have saved since, and a folder that is kept alike by another program brings their sets late.
    void refreshSets()
  }, [recordingId])
  const others = (sets ?? []).filter((set) => own === null || !isFileOf(set, own))
  if (own === null || (others.length === 0 && own.document.blind !== true && own.signed === null)) return null
  const usable = others.filter(({ problem }) => problem === null)
  const isBlind = own.document.blind === true || usable.some(({ isSealed }) => isSealed)
  return (
    <section className={styles.setList} aria-label="Sets of this recording">
      <ul>
        <OwnSet own={own} />
        {usable.map((set) => (
          <OtherSet key={set.ref} set={set} />
        ))}
      </ul>
      {usable.length < others.length && (
        <Button look="link" onClick={() => openDialog('sets')}>
          {counted(others.length - usable.length, 'set')} cannot be used: why
        </Button>
      )}
      {isBlind && own.signed === null && (
        <p className={styles.sealNote}>
          Blind: the others open once you{' '}
          <Button look="small" onClick={() => openDialog('signOff')}>
            Sign off…
          </Button>
        </p>
      )}
      {own.signed !== null && (
        <p className={styles.sealNote}>
          {usable.some((set) => set.signedOff === null) && 'Not all have signed off. '}
          <Button look="small" onClick={() => void refreshSets()}>
            <RefreshCw size={11} aria-hidden="true" /> Look again
          </Button>
        </p>
      )}
    </section>
  )
}

function OwnSet({ own }: { readonly own: OpenSetState }) {
  const isShown = useReview(({ sets }) => sets.active === own.setId)
  const { signed } = own
  const facts = [
    'yours',
    ...(signed === null
      ? []
      : [describeSigned({ changedSince: signed.isIntact ? 0 : Math.max(1, signed.changedSince) })]),
    counted(own.document.marks.length),
  ]
  return (
    <li
      className={styles.setRow}
      data-shown={isShown}
      title={signed === null ? own.fileName : `${own.fileName}: signed off ${formatMoment(signed.at)}`}
    >
      <span className={styles.setName}>
        {readerOf(own)} <span className={styles.setFacts}>· {facts.join(' · ')}</span>
      </span>
      {!isShown ? (
        <Button look="small" onClick={requestOwnSet}>
          Back to it <Key>M</Key>
        </Button>
      ) : signed !== null && !own.amending ? (
        <Button look="small" onClick={() => amend(own.setId)}>
          Change it
        </Button>
      ) : (
        <span className={styles.setFacts}>on the page</span>
      )}
    </li>
  )
}

function OtherSet({ set }: { readonly set: SetSummary }) {
  const read = useReview(({ sets }) => setOfRef(sets, set.ref))
  const isAlone = useReview(({ sets }) => read !== null && sets.active === read.setId)
  const isLane = read?.role === 'lane'
  const canTake = useReview((state) => canTakeStrayed(state, set))
  const isVersion = useReview((state) => isVersionOfOwn(state, set))
  const name = readerOf(set)
  const isAltered = read?.signed?.isIntact === false && read.signed.changedSince === 0
  return (
    <li className={styles.setRow} data-shown={isAlone} data-copy={set.copyOf !== null} title={titleOf(set)}>
      {set.isSealed ? (
        <span className={styles.lock}>
          <Lock size={14} aria-hidden="true" />
        </span>
      ) : (
        <Button
          look="icon"
          aria-pressed={isLane}
          aria-label={`${name} as a lane`}
          title={isLane ? 'Hide the lane' : 'Show as a lane under the page'}
          onClick={() => void toggleLane(set.ref)}
        >
          {isLane ? <Eye size={15} aria-hidden="true" /> : <EyeOff size={15} aria-hidden="true" />}
        </Button>
      )}
      <span className={styles.setName}>
        {reviewerOf(set)} {isAltered && <span className={styles.hint}>· altered by another program </span>}
        <span className={styles.setFacts}>· {describeSet(set, { copies: false })}</span>
      </span>
      {isAlone && <span className={styles.setFacts}>alone on the page</span>}
      {canTake && (
        <Button
          look="small"
          title="Copies it beside the recording, and opens it"
          onClick={() => void takeStrayed(set)}
        >
          Take it
        </Button>
      )}
      {isVersion && (
        <Button
          look="small"
          aria-label={`Compare ${set.name} with your set`}
          title="Mark by mark, and take over what you choose"
          onClick={() => openVersions({ ref: set.ref, name: set.name })}
        >
          Compare…
        </Button>
      )}
      {!isAlone && !set.isSealed && (
        <Button look="small" aria-label={`${name} alone on the page`} onClick={() => void showAlone(set.ref)}>
          Alone
        </Button>
      )}
      {set.copyOf !== null && <span className={styles.copy}>{describeCopy(set.name, set.copyOf)}</span>}
    </li>
  )
}

function titleOf({ name, copyOf, signedOff, strayedIn }: SetSummary): string {
  const parts = [name]
  if (strayedIn !== null)
    parts.push(`not named for this recording, but made on the same samples; in the folder ${strayedIn}`)
  if (copyOf !== null) {
    parts.push(
      `a copy of ${copyOf} that the program made which keeps this folder alike: it was saved in two places`,
    )
  }
  if (signedOff !== null) parts.push(`signed off ${formatMoment(signedOff.at)}`)
  return parts.join(': ')
}

function counted(count: number, what = 'mark'): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
