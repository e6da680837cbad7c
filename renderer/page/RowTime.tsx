import { formatClock, formatElapsed } from '../../shared/text/clock.ts'
import type { Seconds } from '../../shared/units.ts'
import { clockStartOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import styles from './RowTime.module.css'

type Props = {
  readonly time: Seconds
  /** Whose clock, where it is not that of the window's own recording. */
  readonly of?: typeof clockStartOf
}

/** A time in a list, as the page's axis, the overview and the status line say it: by the clock, and elapsed below. */
export function RowTime({ time, of = clockStartOf }: Props) {
  const start = useReview(of)
  return (
    <span className={styles.time}>
      {formatClock(start, time, 1)}
      {start !== null && <span className={styles.elapsed}> {formatElapsed(time, 1)}</span>}
    </span>
  )
}
