import { lazy, Suspense } from 'react'
import { CommandPalette } from '../commands/CommandPalette.tsx'
import { KeysDialog } from '../commands/KeysDialog.tsx'
import { FigureDialog } from '../figure/FigureDialog.tsx'
import { MontagesDialog } from '../montages/MontagesDialog.tsx'
import { CalibrateDialog } from '../page/CalibrateDialog.tsx'
import { ChannelsDialog } from '../page/ChannelsDialog.tsx'
import { EndQuizDialog } from '../quiz/EndQuizDialog.tsx'
import { QuizDialog } from '../quiz/QuizDialog.tsx'
import { ResultsDialog } from '../quiz/ResultsDialog.tsx'
import { CheckDialog } from '../recording/CheckDialog.tsx'
import { OpenBesideDialog, OpenDialog } from '../recording/OpenDialog.tsx'
import { BlindDialog } from '../sets/BlindDialog.tsx'
import { ChangesDialog } from '../sets/ChangesDialog.tsx'
import { RecoveryDialog } from '../sets/RecoveryDialog.tsx'
import { ReviewerDialog } from '../sets/ReviewerDialog.tsx'
import { SaveAsDialog } from '../sets/SaveAsDialog.tsx'
import { SetsDialog } from '../sets/SetsDialog.tsx'
import { SignOffDialog } from '../sets/SignOffDialog.tsx'
import { UnsavedDialog } from '../sets/UnsavedDialog.tsx'
import { VersionsDialog } from '../sets/VersionsDialog.tsx'
import { WhoReadsDialog } from '../sets/WhoReadsDialog.tsx'
import { useReview } from '../store/state.ts'
import { closeDialog } from '../store/ui.ts'
import { AboutDialog } from './AboutDialog.tsx'

const PackDialog = lazy(() =>
  import('../exchange/PackDialog.tsx').then((loaded) => ({ default: loaded.PackDialog })),
)
const OpenPackDialog = lazy(() =>
  import('../exchange/OpenPackDialog.tsx').then((loaded) => ({ default: loaded.OpenPackDialog })),
)
// Formats of other programs are half as much code as the window itself, and few open these.
const ExportDialog = lazy(() =>
  import('../exchange/ExportDialog.tsx').then((loaded) => ({ default: loaded.ExportDialog })),
)
const ClipDialog = lazy(() =>
  import('../exchange/ClipDialog.tsx').then((loaded) => ({ default: loaded.ClipDialog })),
)
const ImportDialog = lazy(() =>
  import('../exchange/ImportDialog.tsx').then((loaded) => ({ default: loaded.ImportDialog })),
)
const TakeOverDialog = lazy(() =>
  import('../exchange/ImportDialog.tsx').then((loaded) => ({ default: loaded.TakeOverDialog })),
)

/** The dialog that is open, if any. */
export function Dialogs() {
  const dialog = useReview((state) => state.ui.dialog)
  switch (dialog) {
    case null:
      return null
    case 'open':
      return <OpenDialog onClose={closeDialog} />
    case 'openBeside':
      return <OpenBesideDialog onClose={closeDialog} />
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
    case 'channels':
      return <ChannelsDialog onClose={closeDialog} />
    case 'reviewer':
      return <ReviewerDialog onClose={closeDialog} />
    case 'whoReads':
      return <WhoReadsDialog onClose={closeDialog} />
    case 'montages':
      return <MontagesDialog onClose={closeDialog} />
    case 'quiz':
      return <QuizDialog />
    case 'quizResults':
      return <ResultsDialog onClose={closeDialog} />
    case 'endQuiz':
      return <EndQuizDialog />
    case 'figure':
      return <FigureDialog onClose={closeDialog} />
    case 'check':
      return <CheckDialog onClose={closeDialog} />
    case 'blind':
      return <BlindDialog onClose={closeDialog} />
    case 'changes':
      return <ChangesDialog onClose={closeDialog} />
    case 'signOff':
      return <SignOffDialog onClose={closeDialog} />
    case 'recovery':
      return <RecoveryDialog onClose={closeDialog} />
    case 'versions':
      return <VersionsDialog onClose={closeDialog} />
    case 'export':
      return (
        <Suspense>
          <ExportDialog onClose={closeDialog} />
        </Suspense>
      )
    case 'clip':
    case 'copy':
      return (
        <Suspense>
          <ClipDialog onClose={closeDialog} isWhole={dialog === 'copy'} />
        </Suspense>
      )
    case 'import':
      return (
        <Suspense>
          <ImportDialog onClose={closeDialog} />
        </Suspense>
      )
    case 'takeOver':
      return (
        <Suspense>
          <TakeOverDialog onClose={closeDialog} />
        </Suspense>
      )
    case 'pack':
      return (
        <Suspense>
          <PackDialog onClose={closeDialog} />
        </Suspense>
      )
    case 'openPack':
      return (
        <Suspense>
          <OpenPackDialog onClose={closeDialog} />
        </Suspense>
      )
    case 'unsaved':
      return <UnsavedDialog />
  }
}
