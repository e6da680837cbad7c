import { Autocomplete } from '@base-ui/react/autocomplete'
import { Search } from 'lucide-react'
import { useMemo } from 'react'
import { COMMAND_GROUPS, COMMANDS, type Command } from '../../shared/contract/commands.ts'
import { activeSet, isOpen } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { DialogFrame } from '../ui/Dialog.tsx'
import popup from '../ui/popup.module.css'
import styles from './commands.module.css'
import { isAvailable, runCommand } from './runCommand.ts'
import { shownKeys } from './shownKeys.ts'

type Item = { readonly label: string; readonly found: string; readonly command: Command }
type Group = { readonly value: string; readonly items: readonly Item[] }

/** Every command that means something now, found by a few letters of its name. */
export function CommandPalette({ onClose }: { readonly onClose: () => void }) {
  const shell = useReview((state) => state.shell.facts)
  const isReading = useReview(isOpen)
  const hasSet = useReview((state) => activeSet(state) !== null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is open decides what is available
  const groups = useMemo(() => availableGroups(), [isReading, hasSet])
  function call(command: Command): void {
    onClose()
    runCommand(command.id)
  }
  return (
    <DialogFrame className={`palette ${styles.palette}`} aria-label="Find a command" onClose={onClose}>
      <Autocomplete.Root
        open
        inline
        items={groups}
        // A menu's name finds its commands too.
        itemToStringValue={(item: Item) => item.found}
        autoHighlight="always"
        keepHighlight
      >
        <div className={styles.search}>
          <Search size={15} aria-hidden="true" />
          <Autocomplete.Input aria-label="Find a command" placeholder="Find a command" />
        </div>
        <Autocomplete.Empty className={styles.nothing}>No command has that in its name.</Autocomplete.Empty>
        <Autocomplete.List className={styles.found}>
          {(group: Group) => (
            <Autocomplete.Group key={group.value} items={[...group.items]}>
              <Autocomplete.GroupLabel className={popup.title}>{group.value}</Autocomplete.GroupLabel>
              <Autocomplete.Collection>
                {(item: Item) => (
                  <Autocomplete.Item
                    key={item.command.id}
                    value={item}
                    className={popup.item}
                    onClick={() => call(item.command)}
                  >
                    <span className={popup.text}>{item.label}</span>
                    <span className={popup.key}>{shownKeys(item.command, shell)[0]}</span>
                  </Autocomplete.Item>
                )}
              </Autocomplete.Collection>
            </Autocomplete.Group>
          )}
        </Autocomplete.List>
      </Autocomplete.Root>
    </DialogFrame>
  )
}

function availableGroups(): readonly Group[] {
  return COMMAND_GROUPS.map(({ id, label }) => ({
    value: label,
    items: COMMANDS.filter(
      (command) => command.group === id && command.id !== 'palette' && isAvailable(command.id),
    ).map((command) => {
      const name = command.label.replace('…', '')
      return { label: name, found: `${name} ${label}`, command }
    }),
  })).filter(({ items }) => items.length > 0)
}
