import { Popover } from '@base-ui/react/popover'
import { type RefObject, useContext } from 'react'
import type { Derivation } from '../../shared/montage/derivation.ts'
import { hideChannels, moveChannel } from '../store/channels.ts'
import { openDialog } from '../store/ui.ts'
import { Button } from '../ui/Button.tsx'
import { MainElement } from '../ui/mainFocus.ts'
import popup from '../ui/popup.module.css'
import { ChannelControls } from './ChannelControls.tsx'
import styles from './channels.module.css'

type Props = {
  readonly line: Derivation
  readonly anchor: RefObject<HTMLElement | null>
  readonly onClose: () => void
}

/** What can be done with one channel, at its name. */
export function ChannelPopover({ line, anchor, onClose }: Props) {
  const main = useContext(MainElement)
  return (
    <Popover.Root
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          className={popup.positioner}
          anchor={anchor}
          side="right"
          align="start"
          sideOffset={6}
          collisionPadding={8}
        >
          <Popover.Popup
            className={`${popup.popup} ${styles.popup}`}
            // The page is what the keys are for once this is done.
            finalFocus={() => main.current ?? true}
          >
            <Popover.Title className={popup.title}>{line.label}</Popover.Title>
            <ChannelControls line={line} />
            <div className={styles.feet}>
              <Button look="secondary" onClick={() => moveChannel(line, -1)}>
                Move up
              </Button>
              <Button look="secondary" onClick={() => moveChannel(line, 1)}>
                Move down
              </Button>
              <Button
                look="secondary"
                onClick={() => {
                  hideChannels([line], true)
                  onClose()
                }}
              >
                Hide
              </Button>
              <Button
                look="link"
                onClick={() => {
                  onClose()
                  openDialog('channels')
                }}
              >
                All channels…
              </Button>
            </div>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}
