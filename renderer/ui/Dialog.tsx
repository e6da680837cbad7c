import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { Button } from './Button.tsx'
import { classes } from './classes.ts'
import styles from './Dialog.module.css'
import { firstFocusIn } from './firstFocus.ts'

type FrameProps = Omit<ComponentProps<typeof Base.Popup>, 'className'> & {
  readonly onClose: () => void
  /** Where it stands and what it is for. */
  readonly className?: string | undefined
}

/** The surface of a dialog over the dimmed window: Escape and a click outside close it. */
export function DialogFrame({ onClose, className, ...rest }: FrameProps) {
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className={styles.backdrop} />
        <Base.Popup className={classes(styles.frame, className)} {...rest} />
      </Base.Portal>
    </Base.Root>
  )
}

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
  /** Buttons at the foot, the one to press last. */
  readonly actions?: ReactNode
}

/** A dialog that the reader asked for. */
export function Dialog({ title, onClose, children, wide = false, actions }: Props) {
  const popup = useRef<HTMLDivElement>(null)
  const body = useRef<HTMLDivElement>(null)
  // What is asked for is answered by the next key; the button that closes is never it.
  const first = () =>
    popup.current === null || body.current === null
      ? true
      : (firstFocusIn(popup.current, body.current) ?? true)
  return (
    <DialogFrame
      onClose={onClose}
      className={`dialog ${styles.dialog}`}
      data-wide={wide}
      ref={popup}
      initialFocus={first}
    >
      <div className={styles.head}>
        <Base.Title className={styles.title}>{title}</Base.Title>
        <Base.Close render={<Button look="icon" />} aria-label="Close">
          <X size={16} aria-hidden="true" />
        </Base.Close>
      </div>
      <div
        className={styles.body}
        ref={body}
        // A long text without a control in it is scrolled by keys once it has the focus.
        tabIndex={wide ? 0 : undefined}
      >
        {children}
      </div>
      {actions !== undefined && <DialogActions>{actions}</DialogActions>}
    </DialogFrame>
  )
}

/** The foot of a dialog, or of the form in one: the button to press last. */
export function DialogActions({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.actions} data-foot="">
      {children}
    </div>
  )
}
