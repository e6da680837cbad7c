import { hasSeenProposals } from '../store/candidates.ts'
import { beginBlind } from '../store/closing.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'

/** Before the sets of others are sealed, which only a sign-off ends. */
export function BlindDialog({ onClose }: { readonly onClose: () => void }) {
  const hasLooked = useReview(({ sets }) => Object.values(sets.byId).some(({ role }) => role !== 'own'))
  const hasProposals = useReview(hasSeenProposals)
  const code = useReview((state) => state.shell.settings.reviewer)
  return (
    <Dialog
      title="Review this recording blind?"
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onClick={onClose}>
            Cancel
          </Button>
          <Button look="primary" onClick={() => void beginBlind()}>
            Begin
          </Button>
        </>
      }
    >
      <p>
        Until you sign off your own set, Hypnospike shows you neither the sets of others, nor the key, nor
        candidates, and your colleagues’ Hypnospike shows them none before they have signed off theirs. Your
        set is saved now, so that it says so to them.
      </p>
      <p>
        Only signing off ends it. It is Hypnospike’s word and no lock: other programs can read the files in
        the folder.
      </p>
      <p>
        You review as <strong>{code}</strong>. Whoever has the same code gets your set as their own: choose
        one that no other reader has (<em>Reviewer</em> in the top bar).
      </p>
      {hasLooked && <Problem>You have looked at a set of another reader of this recording already.</Problem>}
      {hasProposals && (
        <Problem>
          You have seen already which candidates a search proposes in this recording. Your set says so only of
          the marks that you made of them.
        </Problem>
      )}
    </Dialog>
  )
}
