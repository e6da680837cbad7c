import { useMemo } from 'react'
import { KINDS } from '../../shared/annotation/kinds.ts'
import { countsByKind, shareReviewed } from '../../shared/annotation/queries.ts'
import { formatPercent } from '../../shared/text/percent.ts'
import { signOff } from '../store/closing.ts'
import { ownSet, readerOf, setsBeside, timelineOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Facts } from '../ui/Facts.tsx'
import { Problem } from '../ui/Field.tsx'

/** What is fixed by a sign-off, and what it opens, before it is done. */
export function SignOffDialog({ onClose }: { readonly onClose: () => void }) {
  const own = useReview(ownSet)
  const timeline = useReview(timelineOf)
  const sets = useReview(setsBeside)
  const sealed = (sets ?? []).filter(({ isSealed }) => isSealed)
  const facts = useMemo(() => {
    if (own === null || timeline === null) return null
    const counts = countsByKind([own.document])
    const kinds = KINDS.map(({ code, label }) => `${counts[code]} ${label}`).join(', ')
    return { kinds, share: shareReviewed(own.document, timeline) }
  }, [own, timeline])
  if (own === null || facts === null) return null
  const canSign = !own.readOnly
  return (
    <Dialog
      title="Sign off your set?"
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" disabled={!canSign} onClick={() => void signOff()}>
            {sealed.length > 0 ? 'Sign off and open the others' : 'Sign off'}
          </Button>
        </>
      }
    >
      <Facts
        facts={[
          ['Reviewer', own.document.reviewer],
          ['Marks', `${own.document.marks.length}: ${facts.kinds}`],
          ['Reviewed', formatPercent(facts.share)],
          ['Saved as', own.fileName],
          ...(sealed.length === 0 ? [] : [['Opens', sealed.map(readerOf).join(', ')] as const]),
        ]}
      />
      {facts.share < 1 && (
        <Problem>
          What you have not marked as reviewed (V) counts as not read: no mark there means nothing.
        </Problem>
      )}
      <p>
        The set is saved and closed with the date and a hash of its content. Changing it afterwards is
        possible, and is recorded in it as changed after the sign-off.
      </p>
    </Dialog>
  )
}
