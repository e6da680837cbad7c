import { Progress } from '@base-ui/react/progress'
import styles from './ProgressBar.module.css'

/** How far long work is: `done` from 0 to 1, with its label and a percentage above the bar. */
export function ProgressBar({ label, done }: { readonly label: string; readonly done: number }) {
  return (
    <Progress.Root className={styles.progress} value={Math.round(100 * done)}>
      <Progress.Label>{label}</Progress.Label>
      <Progress.Value />
      <Progress.Track className={styles.track}>
        <Progress.Indicator className={styles.bar} />
      </Progress.Track>
    </Progress.Root>
  )
}
