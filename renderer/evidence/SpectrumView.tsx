import { useMemo, useState } from 'react'
import { type ChannelSpectrum, dominantBand, unfiltered } from '../../shared/signal/spectra.ts'
import { settingsKey, settingsOf } from '../../shared/signal/viewSettings.ts'
import { formatNumber } from '../../shared/text/numbers.ts'
import type { Span } from '../../shared/units.ts'
import { PlotlyChart } from '../page/PlotlyChart.tsx'
import { readColours } from '../page/useTheme.ts'
import { askSpectra, askStretch } from '../store/asking.ts'
import { activePane } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { VirtualList } from '../ui/VirtualList.tsx'
import styles from './evidence.module.css'
import { planStretches, STRETCH } from './planStretch.ts'
import { Refused } from './Refused.tsx'
import {
  describeSpectrum,
  formatFrequency,
  planSpectrum,
  powerUnit,
  SPECTRUM_HEIGHT,
} from './spectrumFigure.ts'
import { useAnswer } from './useAnswer.ts'

const SOURCE = 'P. D. Welch, IEEE Trans Audio Electroacoust 1967;15:70–73, doi:10.1109/TAU.1967.1161901'

type Props = { readonly recordingId: string; readonly span: Span; readonly theme: 'light' | 'dark' }

/** Power by frequency of each channel of the montage on the page. */
export function SpectrumView({ recordingId, span, theme }: Props) {
  const view = useReview((state) => activePane(state).view)
  const settings = settingsOf(view)
  const [chosenId, setChosen] = useState<string | null>(null)
  const key = `${span.start} ${span.end} ${settingsKey(unfiltered(settings))}`
  const { value, problem, isCurrent } = useAnswer(key, () => askSpectra(recordingId, span, settings))
  // Values without their pictures are no failure.
  const stretch = useAnswer(key, () => askStretch(recordingId, span, settings, STRETCH.width))
  const pictures = useMemo(
    () => (value === null || stretch.value === null ? NONE : planStretches(stretch.value, value.channels)),
    [value, stretch.value],
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: the theme decides what the tokens hold
  const colours = useMemo(() => readColours(), [theme])
  if (problem !== null) return <Refused>{problem}</Refused>
  if (value === null) return <p className={styles.wait}>Measuring…</p>
  const { channels } = value
  const chosen = channels.find(({ id }) => id === chosenId) ?? strongest(channels)
  if (chosen === null) return <p className={styles.wait}>No channel of this montage is a voltage.</p>
  return (
    <div className={styles.view} aria-busy={!isCurrent}>
      {chosen.spectrum === null ? (
        <p className={styles.wait}>
          {chosen.label}: {chosen.problem}
        </p>
      ) : (
        <PlotlyChart
          className={styles.chart}
          label={describeSpectrum(chosen, channels.filter(({ spectrum }) => spectrum !== null).length)}
          height={() => SPECTRUM_HEIGHT}
          plan={(width) => planSpectrum({ width, channels, chosen, colours })}
          of={[value, chosen.id, colours]}
        />
      )}
      <p className={styles.basis} title={SOURCE}>
        {sayBasis(chosen)} Welch 1967.
      </p>
      <p className={styles.columns} aria-hidden="true">
        <span>Channel</span>
        <span title="As it was measured, unfiltered; channels of one kind on one scale">Stretch</span>
        <span>Dominant</span>
        <span>{powerUnit(chosen.unit)}</span>
      </p>
      <VirtualList
        label="Power by channel"
        items={channels}
        keyOf={({ id }) => id}
        chosen={channels.indexOf(chosen)}
        rowHeight={26}
        onChoose={({ id }) => setChosen(id)}
        empty={null}
      >
        {(channel) => (
          <ChannelRow channel={channel} unit={chosen.unit} picture={pictures.get(channel.id) ?? null} />
        )}
      </VirtualList>
    </div>
  )
}

const NONE: ReadonlyMap<string, string> = new Map()

type RowProps = {
  readonly channel: ChannelSpectrum
  readonly unit: string
  /** A path of `planStretches`. */
  readonly picture: string | null
}

function ChannelRow({ channel, unit, picture }: RowProps) {
  const { label, dominant, problem } = channel
  const own = channel.unit === unit ? '' : ` ${powerUnit(channel.unit)}`
  return (
    <span className={styles.channel} title={problem ?? undefined}>
      <strong>{label}</strong>
      <svg width={STRETCH.width} height={STRETCH.height} aria-hidden="true">
        {picture !== null && <path d={picture} className={styles.stretch} />}
      </svg>
      <span>{dominant === null ? '–' : formatFrequency(dominant.frequency)}</span>
      <span>{dominant === null ? '–' : `${formatNumber(dominant.power)}${own}`}</span>
    </span>
  )
}

/** The channel to look at first: the EEG with the largest dominant power, else the first that was measured. */
function strongest(channels: readonly ChannelSpectrum[]): ChannelSpectrum | null {
  const eeg = channels.filter(({ kind, dominant }) => kind === 'eeg' && dominant !== null)
  const largest = eeg.reduce<ChannelSpectrum | null>(
    (best, each) => (best === null || each.dominant!.power > best.dominant!.power ? each : best),
    null,
  )
  return largest ?? channels.find(({ spectrum }) => spectrum !== null) ?? channels[0] ?? null
}

/** How it was measured. */
function sayBasis({ spectrum, kind }: ChannelSpectrum): string {
  if (spectrum === null) return 'As recorded, whatever filters the page has.'
  const { windows, windowLength } = spectrum
  const { from, to } = dominantBand(kind)
  const many = windows === 1 ? '1 Hann window' : `${windows} half-overlapping Hann windows`
  return `Unfiltered, in the montage on the page. ${many} of ${formatNumber(windowLength)} s: ${formatNumber(1 / windowLength, 2)} Hz can be told apart. Dominant is where power is largest from ${from} to ${to} Hz.`
}
