import { answerUnsaved } from '../store/opening.ts'
import { activeSet } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Dialog } from '../ui/Dialog.tsx'

/** The one question that is asked unasked: before unsaved marks would go out of sight. */
export function UnsavedDialog() {
  const fileName = useReview((state) => activeSet(state)?.fileName ?? '')
  return (
    <Dialog
      title="Save your marks?"
      onClose={() => void answerUnsaved('cancel')}
      actions={
        <>
          <button type="button" className="secondary" onClick={() => void answerUnsaved('discard')}>
            Don’t save
          </button>
          <button type="button" className="secondary" onClick={() => void answerUnsaved('cancel')}>
            Cancel
          </button>
          <button type="button" className="primary" onClick={() => void answerUnsaved('save')}>
            Save
          </button>
        </>
      }
    >
      <p>What you changed since the last save is not in {fileName} yet. Without saving it is given up.</p>
    </Dialog>
  )
}
