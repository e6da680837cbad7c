import type { ReactNode } from 'react'
import styles from './VirtualList.module.css'

type Props = {
  /** In full, where the row has no room for it. */
  readonly title: string
  readonly name: string
  /** Whose it is: behind the name, and never cut. */
  readonly owner?: string | null
  /** Behind both, and not so loud. */
  readonly aside?: string | null
  /** At the end of the row. */
  readonly end: string
  /** Before the name. */
  readonly children: ReactNode
}

/** What stands in a row of a list. */
export function ListRow({ title, name, owner = null, aside = null, end, children }: Props) {
  return (
    <>
      {children}
      <span className={`row-name ${styles.name}`} title={title}>
        <span className={styles.label}>{name}</span>
        {owner !== null && <span className={styles.owner}> {owner}</span>}
        {aside !== null && <span className={styles.aside}> {aside}</span>}
      </span>
      <span className={styles.end}>{end}</span>
    </>
  )
}
