import { setState, useReview } from '../store/state.ts'
import { AboutDialog } from './dialogs/AboutDialog.tsx'
import { CalibrateDialog } from './dialogs/CalibrateDialog.tsx'
import { CheckDialog } from './dialogs/CheckDialog.tsx'
import { KeysDialog } from './dialogs/KeysDialog.tsx'
import { OpenDialog } from './dialogs/OpenDialog.tsx'
import { ReviewerDialog } from './dialogs/ReviewerDialog.tsx'
import { SaveAsDialog } from './dialogs/SaveAsDialog.tsx'
import { SetsDialog } from './dialogs/SetsDialog.tsx'
import { UnsavedDialog } from './dialogs/UnsavedDialog.tsx'

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useReview((state) => state.dialog)
  switch (dialog) {
    case null:
      return null
    case 'open':
      return <OpenDialog onClose={close} />
    case 'saveAs':
      return <SaveAsDialog onClose={close} />
    case 'sets':
      return <SetsDialog onClose={close} />
    case 'keys':
      return <KeysDialog onClose={close} />
    case 'about':
      return <AboutDialog onClose={close} />
    case 'calibrate':
      return <CalibrateDialog onClose={close} />
    case 'reviewer':
      return <ReviewerDialog onClose={close} />
    case 'check':
      return <CheckDialog onClose={close} />
    case 'unsaved':
      return <UnsavedDialog />
  }
}

function close(): void {
  setState({ dialog: null })
}
