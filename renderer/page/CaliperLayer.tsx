/** The caliper over the page: two lines, the samples that were read, the peaks counted, and a chip with the values. */
import { useContext, useEffect } from 'react'
import type { LineLook } from '../../shared/signal/channelLook.ts'
import type { Trace } from '../../shared/signal/model.ts'
import { sayPoints, sayRun } from '../../shared/signal/sayCaliper.ts'
import { settingsKey, settingsOf } from '../../shared/signal/viewSettings.ts'
import type { Seconds, Span } from '../../shared/units.ts'
import { readCaliper, readingOf, sayFilters } from '../store/calipers.ts'
import type { Caliper } from '../store/panesState.ts'
import { openedIn } from '../store/shownIn.ts'
import styles from './caliper.module.css'
import { type Lane, type PlotLayout, timeToX } from './layout.ts'
import { scaleOf } from './planTraces.ts'
import { PaneContext, useInPane, usePane } from './usePane.ts'

type Props = {
  readonly layout: PlotLayout
  readonly span: Span
  readonly sensitivity: number
  readonly looks: Readonly<Record<string, LineLook>>
  readonly pixelsPerMm: number
}

export function CaliperLayer(props: Props) {
  const caliper = usePane((pane) => pane.caliper)
  return caliper === null ? null : <Drawn {...props} caliper={caliper} />
}

const PARTS = { from: ['from'], to: ['to'], both: ['from', 'to'] } as const

function Drawn({ caliper, layout, span, ...scales }: Props & { readonly caliper: Caliper }) {
  const pane = useContext(PaneContext)
  const view = usePane(({ view }) => view)
  const recording = useInPane((state, pane) => openedIn(state, pane)?.recording)
  const key = settingsKey(settingsOf(view))
  // Another montage, other filters, or a file that has grown: what was read does not hold any more.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the settings decide what is read
  useEffect(() => readCaliper(pane), [pane, key, recording])
  const traces = usePane((pane) => pane.shown?.page.traces)
  const { plot } = layout
  const lane = layout.lanes.find(({ derivation }) => derivation.id === caliper.line)
  const trace = traces?.find(({ id }) => id === caliper.line)
  const reading = readingOf(caliper)
  const isOn = (time: Seconds) => time >= span.start && time <= span.end
  const x = (time: Seconds) => timeToX(layout, span, time)
  const toY = lane === undefined || trace === undefined ? null : scale(trace, lane)

  function scale(of: Trace, on: Lane) {
    return scaleOf(of, on, layout, scales)
  }

  const dots = reading === null || toY === null ? [] : dotsOf(reading).filter(({ time }) => isOn(time))
  return (
    <div
      className={styles.caliper}
      style={{ left: plot.left, top: plot.top, width: plot.width, height: plot.height }}
    >
      {(['from', 'to'] as const)
        .filter((point) => isOn(caliper[point]))
        .map((point) => (
          <span
            key={point}
            className={styles.caliperLine}
            data-active={(PARTS[caliper.part] as readonly string[]).includes(point)}
            style={{ left: x(caliper[point]) }}
          >
            {point === 'from' ? '1' : '2'}
          </span>
        ))}
      {toY !== null &&
        dots.map(({ time, value, isPoint }) => (
          <span
            key={`${time} ${isPoint}`}
            className={styles.caliperDot}
            data-point={isPoint}
            style={{ left: x(time), top: Math.min(Math.max(toY(value), 0), plot.height) }}
          />
        ))}
      <Chip
        caliper={caliper}
        lane={lane}
        layout={layout}
        span={span}
        filters={sayFilters(view, lane?.derivation.kind ?? 'eeg')}
      />
    </div>
  )
}

/** The peaks that were counted, and the two points over them. */
function dotsOf(reading: NonNullable<ReturnType<typeof readingOf>>) {
  const { from, to, peaks, run } = reading
  const points = [from, to].flatMap((point) => (point === null ? [] : [{ ...point, isPoint: true }]))
  const times = points.map(({ time }) => time)
  const [first, last] = [Math.min(...times), Math.max(...times)]
  const counted = run === null ? [] : peaks.filter(({ time }) => time >= first - 1e-9 && time <= last + 1e-9)
  return [...counted.map((peak) => ({ ...peak, isPoint: false })), ...points]
}

const CHIP_HALF = 240
const CHIP_HEIGHT = 40

type ChipProps = {
  readonly caliper: Caliper
  readonly lane: Lane | undefined
  readonly layout: PlotLayout
  readonly span: Span
  readonly filters: string
}

/** Under the line that it is of, else above it; the part of the caliper that is in view has it. */
function Chip({ caliper, lane, layout, span, filters }: ChipProps) {
  const { plot, laneHeight } = layout
  const middle = timeToX(layout, span, (caliper.from + caliper.to) / 2)
  const { reading } = caliper
  const y = lane?.y ?? plot.height / 2
  const below = y + Math.max(laneHeight, 26)
  const top = below + CHIP_HEIGHT > plot.height ? y - Math.max(laneHeight, 26) - CHIP_HEIGHT : below
  const room = Math.min(CHIP_HALF, plot.width / 2)
  const isRead = reading !== 'asked' && !('problem' in reading)
  return (
    <span
      className={styles.caliperChip}
      role="status"
      aria-label="Caliper"
      style={{ left: Math.min(Math.max(middle, room), plot.width - room), top }}
    >
      {reading === 'asked' ? (
        '…'
      ) : isRead ? (
        <>
          <strong>
            {reading.label} {sayPoints(reading)}
          </strong>
          <span>{sayRun(reading) ?? filters}</span>
          {reading.run !== null && <span className={styles.caliperFilters}>{filters}</span>}
        </>
      ) : (
        reading.problem
      )}
    </span>
  )
}
