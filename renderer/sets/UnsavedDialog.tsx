import { answerUnsaved } from '../store/leaving.ts'
import { ownSet } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

/** The one question that is asked unasked: before unsaved marks would go out of sight. */
export function UnsavedDialog() {
  const fileName = useReview((state) => ownSet(state)?.fileName ?? '')
  return (
    <Dialog
      title="Save your marks?"
      onClose={() => void answerUnsaved('cancel')}
      actions={
        <>
          <Button look="secondary" onClick={() => void answerUnsaved('discard')}>
            Don’t save
          </Button>
          <Button look="secondary" onClick={() => void answerUnsaved('cancel')}>
            Cancel
          </Button>
          <Button look="primary" onClick={() => void answerUnsaved('save')}>
            Save
          </Button>
        </>
      }
    >
      <p>What you changed since the last save is not in {fileName} yet. Without saving it is given up.</p>
    </Dialog>
  )
}
