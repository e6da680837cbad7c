import { Problem } from '../ui/Field.tsx'
import styles from './evidence.module.css'

/** Why there is nothing to see. */
export function Refused({ children }: { readonly children: string }) {
  return (
    <div className={styles.problem}>
      <Problem>{children}</Problem>
    </div>
  )
}
