import { type ComponentProps, useState } from 'react'
import { plainLine } from '../../shared/annotation/plainText.ts'
import { Input } from '../ui/Field.tsx'

type LineInputProps = Omit<ComponentProps<'input'>, 'value' | 'onChange'> & {
  readonly value: string
  readonly onText: (text: string) => void
}

/**
 * A line that is kept without blanks around it: while it is typed, one at its end stands, since the next word is on its way.
 */
export function LineInput({ value, onText, ...rest }: LineInputProps) {
  const [typed, setTyped] = useState(value)
  return (
    <Input
      {...rest}
      value={plainLine(typed) === value ? typed : value}
      onChange={(event) => {
        setTyped(event.target.value)
        onText(event.target.value)
      }}
      onBlur={() => setTyped(value)}
    />
  )
}
