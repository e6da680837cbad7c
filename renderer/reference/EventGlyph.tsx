/** The sign of an event, as on its marks: told by its pattern, not by its colour alone. */
import type { EventCode } from '../../shared/reference/schema.ts'
import styles from './statements.module.css'

const LINES: Readonly<Record<EventCode | 'mimic', string>> = {
  hypnic_jerk: 'M1 7 L7 1 M1 13 L13 1 M7 13 L13 7',
  typical_absence: 'M3.5 1 V13 M7 1 V13 M10.5 1 V13',
  mimic: 'M1 3.5 H13 M1 7 H13 M1 10.5 H13',
}

export function EventGlyph({ event }: { event: EventCode | 'mimic' }) {
  return (
    <svg className={`${styles.glyph} ${styles[event]}`} viewBox="0 0 14 14" aria-hidden="true">
      <rect x="0.75" y="0.75" width="12.5" height="12.5" rx="2" />
      <path d={LINES[event]} />
    </svg>
  )
}
