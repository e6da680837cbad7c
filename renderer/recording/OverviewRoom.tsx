import styles from './recording.module.css'

/** Of the strip with nothing but one's own set, and what is above and below it. */
export const STRIP_HEIGHT = 62
export const AROUND_STRIP = 14

/** As high as the overview of a recording that is still being opened. */
export function OverviewRoom() {
  return <div className={styles.overview} style={{ height: STRIP_HEIGHT + AROUND_STRIP }} />
}
