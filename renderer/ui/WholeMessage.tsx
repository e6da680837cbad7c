import type { ReactNode } from 'react'
import styles from './WholeMessage.module.css'

/** What stands where there is nothing else to show, in the middle of the room there is. */
export function WholeMessage({
  role,
  children,
}: {
  readonly role?: 'alert' | 'status'
  readonly children?: ReactNode
}) {
  return (
    <div className={styles.message} role={role}>
      {children}
    </div>
  )
}
