/** Which muscle began first, as far as the timing can tell. */
import type { Seconds } from '../../units.ts'
import { evidenceEntry, measured } from '../common/entry.ts'
import { activeBursts, findMuscles, MUSCLES, type MuscleBurst, slowMuscleNote } from './muscles.ts'

export type OrderedBurst = {
  readonly channel: string
  /** After the first. */
  readonly lag: Seconds
  /** Of that difference: both errors together. */
  readonly error: Seconds
  /** Whether it is later than the first beyond the error. */
  readonly isLater: boolean
}

/** What begins later belongs to another burst: spread of 5 to 15 m/s is through the body in that time. */
export const TOGETHER: Seconds = 0.5

/** By onset; the first has lag 0. Only what begins within half a second. */
export function orderMuscles(bursts: readonly MuscleBurst[]): readonly OrderedBurst[] {
  const [first, ...others] = bursts.toSorted((a, b) => a.onset - b.onset)
  if (first === undefined) return []
  return [
    { channel: first.channel, lag: 0, error: 0, isLater: false },
    ...others
      .filter(({ onset }) => onset - first.onset <= TOGETHER)
      .map(({ channel, onset, onsetError }) => {
        const lag = onset - first.onset
        const error = Math.hypot(first.onsetError, onsetError)
        return { channel, lag, error, isLater: lag > error }
      }),
  ]
}

export const muscleOrder = evidenceEntry({
  id: 'muscle-order',
  side: 'jerk',
  label: 'Order of muscles',
  criteria: [
    {
      text: 'Hypnic jerks begin now in this muscle, now in that, without an ordered spread.',
      sources: ['chiaro-2016'],
    },
    {
      text: 'Propriospinal myoclonus begins in the trunk and spreads up and down from there.',
      sources: ['vetrugno-2001', 'montagna-2006'],
    },
  ],
  algorithm:
    'The onsets of the muscle bursts that begin within 0.5 s; one is called later where the difference exceeds the error of both.',
  error: '±35 ms between two muscles; ±65 ms below 200 samples a second, ±85 ms below 8 times their rest',
  needs: { muscles: MUSCLES },
  measure: ({ span, lines: { muscles } }) => {
    const active = activeBursts(findMuscles(muscles, span))
    const order = orderMuscles(active)
    const [first] = order
    if (first === undefined || order.length < 2) return null
    const later = order.filter(({ isLater }) => isLater)
    const together = order.filter(({ isLater }) => !isLater)
    const note = slowMuscleNote(muscles)
    return measured({
      text:
        later.length === 0
          ? `Together, within ${Math.round(1000 * Math.max(...order.map(({ error }) => error)))} ms`
          : `${together.map(({ channel }) => channel).join(' and ')} first, ${later.map(({ channel, lag }) => `${channel} ${Math.round(1000 * lag)} ms later`).join(', ')}`,
      values: order.map(({ channel, lag, error }) => ({
        id: 'lag',
        label: 'after the first',
        value: 1000 * lag,
        unit: 'ms',
        decimals: 0,
        spread: 1000 * error,
        channel,
      })),
      where: {
        span: { start: active[0]!.onset - 0.2, end: active.at(-1)!.onset + 0.3 },
        channel: first.channel,
        moments: active.map(({ onset }) => onset),
      },
      table: {
        columns: ['Muscle', 'After the first', 'Error'],
        rows: order.map(({ channel, lag, error }) => [
          channel,
          lag === 0 ? '–' : `${Math.round(1000 * lag)} ms`,
          error === 0 ? '–' : `±${Math.round(1000 * error)} ms`,
        ]),
      },
      ...(note !== undefined && { note }),
    })
  },
})
