import { Select } from '@base-ui/react/select'
import { Check } from 'lucide-react'
import { Key } from './Key.tsx'

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
}

/** A control that always shows its value and its key; the label goes first where room is short. */
export function ValueSelect({ label, value, options, onChange, keys, suffix }: Props) {
  const shown = options.find((option) => option.value === value)?.text ?? value
  return (
    <Select.Root
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
    >
      <Select.Trigger className="chip" aria-label={`${label}: ${shown}`}>
        <span className="chip-label">{label}</span>
        <span className="chip-value">{shown}</span>
        {suffix !== undefined && <span className="chip-suffix">{suffix}</span>}
        {keys !== undefined && <Key>{keys}</Key>}
      </Select.Trigger>
      <Select.Portal>
        <Select.Positioner className="popup-positioner" sideOffset={4} alignItemWithTrigger={false}>
          <Select.Popup className="popup">
            <Select.List>
              {options.map((option) => {
                const problem = option.problem ?? null
                return (
                  <Select.Item
                    key={option.value}
                    value={option.value}
                    disabled={problem !== null}
                    className="popup-item"
                    {...(problem === null ? {} : { title: problem })}
                  >
                    <Select.ItemIndicator className="popup-check">
                      <Check size={14} aria-hidden="true" />
                    </Select.ItemIndicator>
                    <Select.ItemText className="popup-text">{option.text}</Select.ItemText>
                    {problem !== null && <span className="popup-note">{problem}</span>}
                  </Select.Item>
                )
              })}
            </Select.List>
          </Select.Popup>
        </Select.Positioner>
      </Select.Portal>
    </Select.Root>
  )
}
