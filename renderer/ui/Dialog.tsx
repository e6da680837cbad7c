import { Dialog as Base } from '@base-ui/react/dialog'
import { X } from 'lucide-react'
import { type ReactNode, useRef } from 'react'

type Props = {
  readonly title: string
  readonly onClose: () => void
  readonly children: ReactNode
  readonly wide?: boolean
  /** Buttons at the foot, the one to press last. */
  readonly actions?: ReactNode
}

/** A dialog that the reader asked for: Escape and a click outside close it. */
export function Dialog({ title, onClose, children, wide = false, actions }: Props) {
  const popup = useRef<HTMLDivElement>(null)
  // Where there is something to type, it can be typed at once.
  const firstField = () => popup.current?.querySelector<HTMLElement>('input:not([type="file"])') ?? true
  return (
    <Base.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Base.Portal>
        <Base.Backdrop className="dialog-backdrop" />
        <Base.Popup className="dialog" data-wide={wide} ref={popup} initialFocus={firstField}>
          <div className="dialog-head">
            <Base.Title className="dialog-title">{title}</Base.Title>
            <Base.Close className="icon-button" aria-label="Close">
              <X size={16} aria-hidden="true" />
            </Base.Close>
          </div>
          <div
            className="dialog-body"
            // A long text without a control in it is scrolled by keys once it has the focus.
            tabIndex={wide ? 0 : undefined}
          >
            {children}
          </div>
          {actions !== undefined && <div className="dialog-actions">{actions}</div>}
        </Base.Popup>
      </Base.Portal>
    </Base.Root>
  )
}
