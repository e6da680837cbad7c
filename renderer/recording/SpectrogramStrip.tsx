import { type PointerEvent, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import type { Spectrogram } from '../../shared/signal/spectrogram.ts'
import { badOf } from '../../shared/signal/viewSettings.ts'
import { formatPercent } from '../../shared/text/percent.ts'
import { type Span, spanLength } from '../../shared/units.ts'
import { GUTTER, RIGHT } from '../page/layout.ts'
import { PlotlyChart } from '../page/PlotlyChart.tsx'
import { PALETTES } from '../page/palettes.ts'
import { shownSpectrogram } from '../store/finer.ts'
import {
  activePane,
  notesOf,
  openedOf,
  openRecordingOf,
  ownPane,
  recordingIdOf,
  recordingNameOf,
} from '../store/selectors.ts'
import { guestName } from '../store/shownIn.ts'
import { buildSpectrogram } from '../store/spectrogram.ts'
import { getState, useReview } from '../store/state.ts'
import { jumpTo, spanToReview } from '../store/viewing.ts'
import styles from './recording.module.css'
import { levelsOf, planSpectrogramChart, SPECTROGRAM_HEIGHT } from './spectrogramFigure.ts'
import { useOverviewWheel } from './useOverviewWheel.ts'

type Props = { readonly theme: 'light' | 'dark' }

const AXIS = { left: GUTTER, right: RIGHT }

/** Power by frequency along the recording, over the overview and on its axis; nothing where it is not asked for. */
export function SpectrogramStrip({ theme }: Props) {
  const isShown = useReview((state) => openRecordingOf(state)?.spectrogram.isShown ?? false)
  return isShown ? <Strip theme={theme} /> : null
}

function Strip({ theme }: Props) {
  const recordingId = useReview(recordingIdOf)
  const bad = useReview((state) => badOf(ownPane(state).view).join())
  const work = useReview((state) => openRecordingOf(state)?.spectrogram.work ?? null)
  const beside = useReview(guestName)
  const name = useReview(recordingNameOf)
  // Built anew for other electrodes; the strip that goes takes its work along.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what it is built of
  useEffect(() => {
    const gone = new AbortController()
    void buildSpectrogram(gone.signal)
    return () => gone.abort()
  }, [recordingId, bad])

  return (
    <section className={styles.spectrogram} style={{ height: SPECTROGRAM_HEIGHT }} aria-label="Spectrogram">
      {beside !== null ? (
        // The overview, on whose axis it lies, is of the other recording meanwhile.
        <p className={styles.spectrogramState} style={{ left: GUTTER }}>
          It is of {name}, and shown while the keys act there (T).
        </p>
      ) : work?.at === 'built' ? (
        <Picture spectrogram={work.value} theme={theme} />
      ) : (
        <p className={styles.spectrogramState} style={{ left: GUTTER }} role="status">
          {work?.at === 'failed'
            ? work.message
            : `Reading the whole recording: ${formatPercent(work?.at === 'building' ? work.done : 0)}`}
        </p>
      )}
      <div className={styles.spectrogramLabel}>
        <span>Spectrogram</span>
        {beside === null && work?.at === 'built' && <Legend spectrogram={work.value} />}
      </div>
    </section>
  )
}

function Picture({ spectrogram, theme }: Props & { readonly spectrogram: Spectrogram }) {
  const opened = useReview(openedOf)
  const notes = useReview(notesOf)
  const whole = useMemo(() => (opened === null ? null : spanToReview(opened, notes)), [opened, notes])
  const zoom = useReview((state) => activePane(state).overview)
  // A wheel turns faster than the picture is drawn.
  const span = useDeferredValue(zoom ?? whole)
  const drawn = useDeferredValue(useReview(shownSpectrogram)) ?? spectrogram
  const picture = useRef<HTMLDivElement>(null)
  useOverviewWheel(picture, AXIS)
  // Of the whole recording: a colour means the same in each part of it.
  const levels = useMemo(() => levelsOf(spectrogram), [spectrogram])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const ink2 = useMemo(
    () => getComputedStyle(document.documentElement).getPropertyValue('--ink-2').trim(),
    [theme],
  )
  if (span === null) return null
  const { channels, rows } = spectrogram

  function goToPointer(event: PointerEvent<HTMLElement>): void {
    if (span === null || event.button !== 0) return
    const box = event.currentTarget.getBoundingClientRect()
    const share = (event.clientX - box.left - GUTTER) / (box.width - GUTTER - RIGHT)
    if (share < 0 || share > 1) return
    const { timebase } = activePane(getState()).view
    jumpTo(Math.round(span.start + share * spanLength(span) - timebase / 2))
  }

  return (
    // The overview below is the control for keys; here a press goes where it points.
    <div ref={picture} className={styles.spectrogramPicture} onPointerDown={goToPointer}>
      <PlotlyChart
        label={`Spectrogram of the ${zoom === null ? 'whole' : 'shown part of the'} recording, 0.5 to ${rows / 2} Hz: median of ${channels} EEG channels`}
        height={() => SPECTROGRAM_HEIGHT}
        plan={(width) => planSpectrogramChart({ width, span, spectrogram: drawn, levels, ink2 })}
        of={[drawn, span, ink2]}
      />
      <PageBox span={span} />
    </div>
  )
}

/** Where the page is, as in the overview. */
function PageBox({ span }: { readonly span: Span }) {
  const pageStart = useReview((state) => activePane(state).pageStart)
  const timebase = useReview((state) => activePane(state).view.timebase)
  const share = (time: number) => Math.min(1, Math.max(0, (time - span.start) / spanLength(span)))
  if (pageStart >= span.end || pageStart + timebase <= span.start) return null
  const left = share(pageStart)
  return (
    <div className={styles.spectrogramPage} style={{ left: GUTTER, right: RIGHT }}>
      <div style={{ left: `${100 * left}%`, width: `${100 * (share(pageStart + timebase) - left)}%` }} />
    </div>
  )
}

function Legend({ spectrogram }: { readonly spectrogram: Spectrogram }) {
  const { low, high } = useMemo(() => levelsOf(spectrogram), [spectrogram])
  const unit = spectrogram.unit === 'uV' ? 'dB re 1 µV²/Hz' : 'dB, no unit'
  const minus = (value: number) => String(Math.round(value)).replace('-', '−')
  return (
    <span
      title={`${unit}; median of ${spectrogram.channels} EEG channels as recorded, unfiltered, Hann windows of 2 s`}
    >
      <span
        className={styles.spectrogramBar}
        style={{ background: `linear-gradient(to right, ${PALETTES.power.join(', ')})` }}
      />
      {minus(low)}…{minus(high)} dB
    </span>
  )
}
