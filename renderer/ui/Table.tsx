import type { ReactNode } from 'react'
import styles from './Table.module.css'

/** A table in a dialog, moved sideways by itself where it is wider. */
export function Table({ children }: { readonly children: ReactNode }) {
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>{children}</table>
    </div>
  )
}
