import type { ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { Problem } from '../ui/Field.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import styles from './previewed.module.css'
import type { Writing } from './useWriting.ts'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly writing: Writing<unknown>
  /** What became of the file, or what it still lacks. */
  readonly outcome: ReactNode
  readonly action: { readonly label: string; readonly isReady: boolean; readonly onPress: () => void }
  /** What is chosen. */
  readonly form: ReactNode
  /** What would be written by it; `isAsking` until the host has told. */
  readonly preview: ReactNode
  readonly isAsking: boolean
}

/** An export whose content is looked at before there is a file: choices, what they make, and where it went. */
export function PreviewedExport(props: Props) {
  const { title, onClose, writing, outcome, action, form, preview, isAsking } = props
  const isWriting = writing.state === 'writing'
  return (
    <Dialog
      title={title}
      onClose={onClose}
      wide
      actions={
        <>
          <div className={styles.outcome} aria-live="polite">
            {isWriting && <ProgressBar label="Writing and checking" done={writing.done} />}
            {outcome}
            {writing.state === 'failed' && <Problem>{writing.message}</Problem>}
          </div>
          <Button look="secondary" onClick={onClose}>
            {isWriting ? 'Cancel' : 'Close'}
          </Button>
          <Button look="primary" disabled={isWriting || !action.isReady} onClick={action.onPress}>
            {action.label}
          </Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.form}>{form}</div>
        <div className={styles.sheet} aria-busy={isAsking}>
          {preview}
        </div>
      </div>
    </Dialog>
  )
}
