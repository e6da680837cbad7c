import { Toggle } from '@base-ui/react/toggle'
import { ToggleGroup } from '@base-ui/react/toggle-group'
import styles from './Toggles.module.css'

type Props<Value extends string> = {
  readonly label: string
  readonly options: readonly { readonly code: Value; readonly label: string }[]
  readonly value: readonly Value[]
  readonly onChange: (value: readonly Value[]) => void
  /** More than one at a time. */
  readonly multiple?: boolean
}

/** A few choices side by side, each on or off. */
export function Toggles<Value extends string>(props: Props<Value>) {
  const { label, options, value, onChange, multiple = false } = props
  return (
    <ToggleGroup
      className={styles.toggles}
      aria-label={label}
      multiple={multiple}
      value={[...value]}
      onValueChange={(next) => onChange(next as Value[])}
    >
      {options.map((option) => (
        <Toggle key={option.code} value={option.code} className={styles.toggle}>
          {option.label}
        </Toggle>
      ))}
    </ToggleGroup>
  )
}
