/** A few seconds of each event from the samples, drawn small: the same rows and scales for both, negative up. */
import { REFERENCE } from '../../shared/reference/reference.ts'
import type { EventCode } from '../../shared/reference/schema.ts'
import { TRACE_RATE, TRACE_SECONDS, TRACES } from '../../shared/reference/traces.ts'
import { formatElapsed } from '../../shared/text/clock.ts'
import styles from './trace.module.css'

/** In units of the drawing. */
const GUTTER = 58
const SECOND = 66
const ROW = 34
const WIDTH = GUTTER + TRACE_SECONDS * SECOND + 4

/** What the bars stand for, in µV; a bar is as high as this makes it. */
const SCALES = { EEG: 100, EMG: 200 } as const
const BAR = 16

function scaleOf(label: string): keyof typeof SCALES {
  return label.startsWith('EMG') ? 'EMG' : 'EEG'
}

export function EventTrace({ event }: { readonly event: EventCode }) {
  const { sample, from, rows } = TRACES[event]
  const height = rows.length * ROW + 22
  const name = REFERENCE.eventLabels[event]
  return (
    <figure className={styles.trace}>
      <svg
        className={styles.drawing}
        viewBox={`0 0 ${WIDTH} ${height}`}
        role="img"
        aria-label={`${name}: ${rows.map(({ label }) => label).join(', ')}, ${TRACE_SECONDS} s of the sample ${sample}`}
      >
        {rows.map(({ label, microvolts }, index) => (
          <g key={label} transform={`translate(0 ${(index + 0.5) * ROW + 4})`}>
            <text x="6" y="3">
              {label.replace('-', '–')}
            </text>
            <path className={styles.line} d={pathOf(microvolts, scaleOf(label))} />
          </g>
        ))}
        <g transform={`translate(${GUTTER} ${height - 4})`}>
          <path className={styles.bar} d={`M0 ${-BAR}V0H${SECOND}`} />
          <text x="5" y="-5">
            1 s; EEG {SCALES.EEG} µV, EMG {SCALES.EMG} µV
          </text>
        </g>
      </svg>
      <figcaption>
        {name}: {sample} at {formatElapsed(from)}, synthetic, negative up.
      </figcaption>
    </figure>
  )
}

/** Points TRACE_RATE a second, upwards for negative. */
function pathOf(microvolts: readonly number[], scale: keyof typeof SCALES): string {
  const points = microvolts.map((value, k) => {
    const x = GUTTER + (k / TRACE_RATE) * SECOND
    return `${x.toFixed(1)} ${((value * BAR) / SCALES[scale]).toFixed(1)}`
  })
  return `M${points.join('L')}`
}
