import { chooseScaleBar } from './layout.ts'
import styles from './page.module.css'

/** In the margin, never over a signal. Its height is true where the display was measured. */
export function ScaleBar({
  sensitivity,
  pixelsPerMm,
  unit,
}: {
  readonly sensitivity: number
  readonly pixelsPerMm: number
  readonly unit: 'uV' | ''
}) {
  const bar = chooseScaleBar(sensitivity, pixelsPerMm)
  return (
    <div className={styles.scale} title="Scale of the EEG channels">
      <span className={styles.scaleBar} style={{ height: bar.pixels }} />
      {bar.microvolts} {unit === 'uV' ? 'µV' : '(no unit)'}
    </div>
  )
}
