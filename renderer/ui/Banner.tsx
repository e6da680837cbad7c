import type { ReactNode } from 'react'
import styles from './Banner.module.css'

type Props = {
  readonly children: ReactNode
  /** Buttons at its end, the one to press first. */
  readonly actions: ReactNode
  /** Work or what is seen may be at stake: a screen reader says it at once. */
  readonly warns?: boolean
}

/** What must be known now, above what it is about and never over it. */
export function Banner({ children, actions, warns = false }: Props) {
  return (
    <div className={`banner ${styles.banner}`} role={warns ? 'alert' : 'note'}>
      <p>{children}</p>
      {actions}
    </div>
  )
}
