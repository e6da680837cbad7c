import { useEffect, useState } from 'react'
import type { Mark } from '../../shared/annotation/document.ts'
import {
  ENOUGH_FOR_BURSTS,
  LONGEST_MEASURED,
  MEASURE_BANDS,
  type SpanMeasures,
} from '../../shared/signal/measure.ts'
import { formatDuration } from '../../shared/text/clock.ts'
import { formatNumber } from '../../shared/text/numbers.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { measureSpan } from '../store/asking.ts'
import { activePane, recordingIdOf } from '../store/selectors.ts'
import { useReview } from '../store/state.ts'
import { Facts } from '../ui/Facts.tsx'
import styles from './evidence.module.css'

/** What was measured on the selected mark, in the montage on the page and in bands of its own. It explains; it names nothing. */
export function Measured({ mark }: { readonly mark: Mark }) {
  const recordingId = useReview(recordingIdOf)
  const montage = useReview((state) => activePane(state).view.montage)
  const own = useReview((state) => activePane(state).view.own)
  const bad = useReview((state) => activePane(state).view.bad)
  const [measures, setMeasures] = useState<SpanMeasures | null>(null)
  const start = secondsFromTicks(mark.onset)
  const end = start + secondsFromTicks(mark.duration)
  useEffect(() => {
    let current = true
    setMeasures(null)
    if (recordingId === null || end <= start || end - start > LONGEST_MEASURED) return
    const view = { montage, ...(own === undefined ? {} : { own }), ...(bad === undefined ? {} : { bad }) }
    measureSpan(recordingId, { start, end }, view)
      .then((next) => {
        if (current) setMeasures(next)
      })
      // A recording that went away says so itself; a mark without figures is no failure.
      .catch(() => {})
    return () => {
      current = false
    }
  }, [recordingId, start, end, montage, own, bad])

  if (measures === null) return null
  return (
    <section className={styles.measured} aria-label="Measured on the selected mark">
      <h3>Measured on the selected mark</h3>
      <Facts facts={factsOf(measures)} />
      <p className={styles.basis}>{sayMeasuredOn(measures)}</p>
    </section>
  )
}

/** What the figures stand on: the reader's filters have no part in them. */
function sayMeasuredOn({ slowMuscles }: SpanMeasures): string {
  const { eeg, emg } = MEASURE_BANDS
  const bands = `Measured on EEG of ${eeg.lowFrequency}–${eeg.highFrequency} Hz and EMG of ${emg.lowFrequency}–${emg.highFrequency} Hz, zero-phase, as far as their sampling rates reach and without bad electrodes, whatever filters the page has.`
  if (slowMuscles.length === 0) return bands
  const slow = slowMuscles.map(({ channel, sampleRate }) => `${channel} ${formatNumber(sampleRate)} Hz`)
  return `${bands} Burst timing limited: ${slow.join(', ')}; ${ENOUGH_FOR_BURSTS} Hz are needed.`
}

/** Only what could be measured: nothing is invented for the rest. */
function factsOf(measures: SpanMeasures): readonly (readonly [string, string])[] {
  const facts: [string, string][] = [['Duration', formatDuration(measures.duration)]]
  const { firstRate, lastRate, complexes, peakToPeak, frontalToOccipital, channelsInvolved, emgBursts } =
    measures
  if (firstRate !== null && lastRate !== null) {
    facts.push(['Rate, first → last second', `${firstRate.toFixed(1)} → ${lastRate.toFixed(1)} Hz`])
  }
  if (complexes !== null) facts.push(['Repetitions', String(complexes)])
  if (peakToPeak !== null) {
    facts.push(['Largest, peak to peak', `${formatNumber(peakToPeak.microvolts)} µV ${peakToPeak.channel}`])
  }
  if (frontalToOccipital !== null) facts.push(['Frontal : occipital', `${frontalToOccipital.toFixed(1)} : 1`])
  if (channelsInvolved !== null) {
    facts.push(['Channels involved', `${channelsInvolved.involved} of ${channelsInvolved.of}`])
  }
  for (const burst of emgBursts ?? []) {
    // Filters and smoothing blur both edges: against known bursts the figure is right within 20 to 30 ms.
    facts.push([`Burst, ${burst.channel}`, `about ${Math.round(burst.duration * 100) * 10} ms (±25)`])
  }
  return facts
}
