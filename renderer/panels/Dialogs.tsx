import { CommandPalette } from '../commands/CommandPalette.tsx'
import { useReview } from '../store/state.ts'
import { closeDialog } from '../store/ui.ts'
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
      return <OpenDialog onClose={closeDialog} />
    case 'saveAs':
      return <SaveAsDialog onClose={closeDialog} />
    case 'sets':
      return <SetsDialog onClose={closeDialog} />
    case 'palette':
      return <CommandPalette onClose={closeDialog} />
    case 'keys':
      return <KeysDialog onClose={closeDialog} />
    case 'about':
      return <AboutDialog onClose={closeDialog} />
    case 'calibrate':
      return <CalibrateDialog onClose={closeDialog} />
    case 'reviewer':
      return <ReviewerDialog onClose={closeDialog} />
    case 'check':
      return <CheckDialog onClose={closeDialog} />
    case 'unsaved':
      return <UnsavedDialog />
  }
}
