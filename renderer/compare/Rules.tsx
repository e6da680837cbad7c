import { useState } from 'react'
import {
  DEFAULT_RULES,
  MATCH_RULES,
  RULE_FIELDS,
  type RuleField,
  type RuleId,
} from '../../shared/agreement/rules.ts'
import { changeRule, setRules } from '../store/comparing.ts'
import { useReview } from '../store/state.ts'
import { Button } from '../ui/Button.tsx'
import { Input } from '../ui/Field.tsx'
import styles from './compare.module.css'

/** When two marks are one event: shown with every figure, and the reader's to change. */
export function Rules() {
  const rules = useReview((state) => state.ui.rules)
  return (
    <details className={styles.more}>
      <summary>What counts as one event</summary>
      {MATCH_RULES.map(({ id, label }) => (
        <fieldset key={id} className={styles.rules}>
          <legend>{label}</legend>
          {RULE_FIELDS.map((field) => (
            <RuleInput key={field.name} id={id} field={field} value={rules[id][field.name]} />
          ))}
        </fieldset>
      ))}
      <p className={styles.hint}>
        Marks are matched one to one: as many as can be, then onsets as near as can be. Common share 0: any
        part; an end left empty is not asked. Pieces of a run no further apart than “joined within” are one
        event.
      </p>
      {rules !== DEFAULT_RULES && (
        <Button look="small" onClick={() => setRules(DEFAULT_RULES)}>
          As at first
        </Button>
      )}
    </details>
  )
}

type InputProps = { readonly id: RuleId; readonly field: RuleField; readonly value: number | null }

function RuleInput({ id, field, value }: InputProps) {
  const [typed, setTyped] = useState<string | null>(null)
  const shown = value === null ? '' : String(value)

  function commit(): void {
    if (typed === null) return
    setTyped(null)
    const text = typed.trim().replace(',', '.')
    if (text === shown) return
    changeRule(id, field, text === '' ? null : /^\d*\.?\d+$/.test(text) ? Number(text) : Number.NaN)
  }

  return (
    // biome-ignore lint/a11y/noLabelWithoutControl: the field is within
    <label className={styles.rule}>
      <span>
        {field.label}
        {field.unit === '' ? '' : ` (${field.unit})`}
      </span>
      <Input
        inputMode="decimal"
        value={typed ?? shown}
        placeholder={field.optional ? 'not asked' : undefined}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === 'Enter') commit()
          if (event.key === 'Escape') setTyped(null)
        }}
      />
    </label>
  )
}
