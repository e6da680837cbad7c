import type { ReactNode } from 'react'
import styles from './Choices.module.css'

/** Things to open, under what they have in common. */
export function Choices({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className={styles.choices}>
      {title !== undefined && <h3>{title}</h3>}
      <ul>{children}</ul>
    </section>
  )
}

type ChoiceProps = {
  readonly name: string
  readonly facts: ReactNode
  readonly disabled?: boolean
  readonly onChoose: () => void
}

/** One of them, with what tells it from the others. */
export function Choice({ name, facts, disabled = false, onChoose }: ChoiceProps) {
  return (
    <li>
      <button type="button" className={styles.choice} disabled={disabled} onClick={onChoose}>
        <span className={styles.name}>{name}</span>
        <span className={styles.facts}>{facts}</span>
      </button>
    </li>
  )
}
