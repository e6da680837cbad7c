/**
 * How high the R wave of a recording is, so that its ECG has one gain wherever it is opened and however the window is
 * laid out. Pure: `planHeart` says what is to be read, `measureRWave` is given the samples.
 */
import type { Recording, SignalSamples } from '../edf/header/model.ts'
import { factorOf } from '../montage/recordedLines.ts'
import { type Microvolts, type Seconds, type Span, spanLength } from '../units.ts'
import { medianOf } from './statistics.ts'

export type HeartPlan = {
  /** ECG voltages by header index, ascending. */
  readonly signals: readonly number[]
  /** In time order; none where nothing is to be read. */
  readonly spans: readonly Span[]
}

/** Looked at all through the recording: an electrode may come on late, or come off. */
const LOOKS = 5
const LOOK: Seconds = 12
/** Holds a beat at 40 a minute. */
const BEAT: Seconds = 1.5
/** Quieter than any R wave: a lead that is off, or a stretch without signal. */
const LEAST_R_WAVE: Microvolts = 50

/** A minute in all at most, however long the recording is. */
export function planHeart({ header, timeline }: Recording): HeartPlan {
  const signals = header.signals.flatMap((signal) => {
    const isHeart = signal.kind === 'ecg' && signal.sampleRate !== null && factorOf(signal) !== null
    return isHeart ? [signal.index] : []
  })
  const { start, end } = timeline.span
  const length = spanLength(timeline.span)
  if (signals.length === 0 || length <= 0) return { signals, spans: [] }
  if (length <= LOOKS * LOOK) return { signals, spans: [{ start, end }] }
  const spans = Array.from({ length: LOOKS }, (_, index) => {
    const from = start + ((index + 0.5) / LOOKS) * length - LOOK / 2
    return { start: from, end: from + LOOK }
  })
  return { signals, spans }
}

/**
 * uV of the first ECG that beats, up or down: the median, over stretches that hold a beat each, of the largest deviation
 * from the stretch's own middle, so that neither an artefact, a drift nor a lead that is off for a while decides. null where none
 * beats. `samples` are those of the plan's spans.
 */
export function measureRWave(
  { header }: Pick<Recording, 'header'>,
  { signals }: HeartPlan,
  samples: readonly SignalSamples[],
): Microvolts | null {
  for (const index of signals) {
    const factor = factorOf(header.signals[index]!) ?? 1
    const heights = samples
      .filter(({ signal }) => signal === index)
      .flatMap((each) => heightsOf(each).map((height) => height * Math.abs(factor)))
      .filter((height) => height >= LEAST_R_WAVE)
    if (heights.length > 0) return medianOf(heights)
  }
  return null
}

function heightsOf({ pieces, sampleRate }: SignalSamples): readonly number[] {
  const length = Math.max(1, Math.round(BEAT * sampleRate))
  return pieces.flatMap(({ values }) => {
    const heights: number[] = []
    // What is left at the end may hold no beat.
    for (let from = 0; from + length <= values.length; from += length) {
      const stretch = values.subarray(from, from + length)
      const middle = medianOf(stretch)
      heights.push(stretch.reduce((height, value) => Math.max(height, Math.abs(value - middle)), 0))
    }
    return heights
  })
}
