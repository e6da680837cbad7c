import { Select } from '@base-ui/react/select'
import { Check } from 'lucide-react'
import { useContext, useRef } from 'react'
import { Chip, ChipLabel, ChipSuffix, ChipValue } from './Chip.tsx'
import { Key } from './Key.tsx'
import { MainElement } from './mainFocus.ts'
import popup from './popup.module.css'

export type ValueOption = {
  /** Distinct in the list. */
  readonly value: string
  readonly text: string
  /** Why it cannot be chosen now. */
  readonly problem?: string | null
}

type Props = {
  readonly label: string
  readonly value: string
  readonly options: readonly ValueOption[]
  readonly onChange: (value: string) => void
  readonly keys?: string
  /** Behind the value, e.g. the paper speed. */
  readonly suffix?: string
  /** Under the list, e.g. what follows from the value. */
  readonly note?: string
  /** The label where room is short. */
  readonly shortLabel?: string
}

/** Ways to leave the list without a word to the page. */
const STAYS: ReadonlySet<string> = new Set(['escape-key', 'focus-out'])

/**
 * A control that always shows its value and its key; the key goes first where room is short, the label stays, if in short. A choice gives the
 * focus to the page, so that the next key is for it; Escape leaves it on the control.
 */
export function ValueSelect({ label, value, options, onChange, keys, suffix, note, shortLabel }: Props) {
  const shown = options.find((option) => option.value === value)?.text ?? value
  const closedBy = useRef('')
  const main = useContext(MainElement)
  return (
    <Select.Root
      value={value}
      onOpenChange={(_open, { reason }) => {
        closedBy.current = reason
      }}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <Select.Trigger render={<Chip />} aria-label={`${label}: ${shown}`} title={note}>
        <ChipLabel short={shortLabel}>{label}</ChipLabel>
        <ChipValue>{shown}</ChipValue>
        {suffix !== undefined && <ChipSuffix>{suffix}</ChipSuffix>}
        {keys !== undefined && <Key>{keys}</Key>}
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className={popup.positioner} sideOffset={4} alignItemWithTrigger={false}>
          <Select.Popup
            className={popup.popup}
            finalFocus={() => (STAYS.has(closedBy.current) ? true : (main.current ?? true))}
          >
            <Select.List>
              {options.map((option) => {
                const problem = option.problem ?? null
                return (
                  <Select.Item
                    key={option.value}
                    value={option.value}
                    disabled={problem !== null}
                    className={popup.item}
                    {...(problem === null ? {} : { title: problem })}
                  >
                    <Select.ItemIndicator className={popup.check}>
                      <Check size={14} aria-hidden="true" />
                    </Select.ItemIndicator>
                    <Select.ItemText className={popup.text}>{option.text}</Select.ItemText>
                    {problem !== null && <span className={popup.note}>{problem}</span>}
                  </Select.Item>
                )
              })}
            </Select.List>
            {note !== undefined && <p className={popup.foot}>{note}</p>}
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  )
}
