import { sayWhoReads } from '../store/openingSets.ts'
import { useReview } from '../store/state.ts'
import { openDialog } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

/** Before anything is shown of a blind set under the code that everybody begins with. */
export function WhoReadsDialog({ onClose }: { readonly onClose: () => void }) {
  const code = useReview((state) => state.shell.settings.reviewer)
  return (
    <Dialog
      title={`Are you ${code}?`}
      onClose={onClose}
      actions={
        <>
          <Button look="secondary" onClick={() => void sayWhoReads()}>
            Yes, I am {code}
          </Button>
          <Button look="primary" onClick={() => openDialog('reviewer')}>
            Choose another code…
          </Button>
        </>
      }
    >
      <p>
        This recording is reviewed blind, and there is a set of {code}. That is the code everybody begins
        with, and none was chosen on this computer yet: the set may be yours or a colleague’s. Nothing of it
        is shown before you say.
      </p>
    </Dialog>
  )
}
