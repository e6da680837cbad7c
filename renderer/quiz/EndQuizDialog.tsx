import { endQuiz } from '../store/quiz.ts'
import { closeDialog } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'

/** Before what was said of a case, and not answered, would be lost. */
export function EndQuizDialog() {
  return (
    <Dialog
      title="End the quiz?"
      onClose={closeDialog}
      actions={
        <>
          <Button look="secondary" onClick={() => void endQuiz(null)}>
            End it
          </Button>
          <Button look="primary" onClick={closeDialog}>
            Go on
          </Button>
        </>
      }
    >
      <p>
        What you have said of this case is not answered yet, and is given up. What you answered before is
        kept.
      </p>
    </Dialog>
  )
}
