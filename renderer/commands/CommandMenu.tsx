import { Menu } from '@base-ui/react/menu'
import { Check, ChevronDown } from 'lucide-react'
import { COMMAND_GROUPS, COMMANDS, type Command } from '../../shared/contract/commands.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activePane, activeSet, isOpen } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import popup from '../ui/popup.module.css'
import styles from './commands.module.css'
import { isAvailable, runCommand } from './runCommand.ts'
import { shownKeys } from './shownKeys.ts'

/** Every command of the menus, also where no native menu exists. */
export function CommandMenu() {
  return (
    <Menu.Root>
      <Menu.Trigger className={styles.menu}>
        Hypnospike <ChevronDown size={14} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={popup.positioner} sideOffset={4} align="start">
          <Menu.Popup className={popup.popup}>
            {COMMAND_GROUPS.map((group) => (
              <Menu.SubmenuRoot key={group.id}>
                <Menu.SubmenuTrigger className={`${popup.item} ${popup.submenu}`}>
                  {group.label}
                </Menu.SubmenuTrigger>
                <Menu.Portal>
                  <Menu.Positioner className={popup.positioner} sideOffset={2}>
                    <Menu.Popup className={popup.popup}>
                      {COMMANDS.filter((command) => command.group === group.id && command.inMenu).map(
                        (command) => (
                          <MenuLine key={command.id} command={command} />
                        ),
                      )}
                    </Menu.Popup>
                  </Menu.Positioner>
                </Menu.Portal>
              </Menu.SubmenuRoot>
            ))}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}

function MenuLine({ command }: { readonly command: Command }) {
  const shell = useReview((state) => state.shell.facts)
  const step = useReview((state) => stepOf(command, state))
  const isOff = useReview((state) => step === null || !isAvailable(command.id, state))
  const isTicked = useReview((state) => holds(command, state))
  const [key] = shownKeys(command, shell)
  const item = { className: popup.item, disabled: isOff, onClick: () => runCommand(command.id) }
  const text = (
    <>
      <span className={popup.text}>
        {command.label}
        {step === null || step === '' ? '' : ` ${step}`}
      </span>
      {key !== undefined && <span className={popup.key}>{key}</span>}
    </>
  )
  if (command.chooses === null) return <Menu.Item {...item}>{text}</Menu.Item>
  return (
    <Menu.CheckboxItem {...item} checked={isTicked} closeOnClick>
      <Menu.CheckboxItemIndicator className={popup.check}>
        <Check size={14} aria-hidden="true" />
      </Menu.CheckboxItemIndicator>
      {text}
    </Menu.CheckboxItem>
  )
}

/** What undo and redo would do: null where there is nothing; empty for all other commands. */
function stepOf(command: Command, state: ReviewState): string | null {
  switch (command.id) {
    case 'undo':
      return activeSet(state)?.history.done.at(-1)?.label ?? null
    case 'redo':
      return activeSet(state)?.history.undone.at(-1)?.label ?? null
    default:
      return ''
  }
}

/** Whether what it chooses is what holds now. */
function holds({ chooses }: Command, state: ReviewState): boolean {
  if (chooses === null) return false
  if ('theme' in chooses) return chooses.theme === state.shell.settings.theme
  return isOpen(state) && chooses.montage === activePane(state).view.montage
}
