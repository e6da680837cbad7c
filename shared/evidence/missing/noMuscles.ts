/** Muscles that were not recorded: without them a jerk cannot be told. */
import { isBreathMuscle, isLegMuscle } from '../../candidates/jerk/emgLines.ts'
import { type Channel, evidenceEntry, measured } from '../common/entry.ts'

const CHIN = /chin|mental|\bment|masseter|face/i
const NECK = /neck|scm|sternocl|trapez/i
const ARM = /\b(?:arm|deltoid\w*|delt|biceps|triceps|fds|edc|ecr|fdi|apb|hand|wrist|brachi\w*|forearm)\b/i

/** A sentence; null where chin or neck, and a limb, were recorded. */
export function sayMissingMuscles(channels: readonly Channel[]): string | null {
  const muscles = channels.filter(
    ({ kind, channel, problem }) => kind === 'emg' && problem === null && !isBreathMuscle(channel),
  )
  if (muscles.length === 0) {
    const trend = channels.find(
      ({ kind, channel, sampleRate }) => kind === 'other' && /\bemg\b/i.test(channel) && sampleRate !== null,
    )
    return trend === undefined
      ? 'No EMG: a jerk cannot be established from scalp EEG alone.'
      : `No EMG that shows a burst: ${trend.channel} has ${trend.sampleRate} value${trend.sampleRate === 1 ? '' : 's'} a second. A jerk cannot be established from scalp EEG alone.`
  }
  const named = (pattern: RegExp) => muscles.some(({ channel }) => pattern.test(channel))
  const hasLimb = named(ARM) || muscles.some(({ channel }) => isLegMuscle(channel))
  if (named(CHIN) && !named(NECK) && !hasLimb)
    return 'No EMG but the chin, which misses most jerks of the neck.'
  if (!hasLimb && (named(CHIN) || named(NECK))) return 'No EMG of a limb.'
  if (!named(NECK) && hasLimb) return 'No EMG of the neck.'
  return null
}

export const noMuscles = evidenceEntry({
  id: 'no-muscles',
  side: 'missing',
  about: 'jerk',
  label: 'Muscles',
  criteria: [
    {
      text: 'A hypnic jerk is a contraction of one or more parts of the body, told by muscles and video; the muscle that begins varies.',
      sources: ['fusco-1999', 'chiaro-2016'],
    },
    { text: 'For jerks of the head chin EMG found 14.5 %, neck EMG 92 %.', sources: ['hu-2021'] },
  ],
  algorithm: 'By the labels of the EMG signals that can be used.',
  error: '',
  needs: {},
  measure: ({ channels }) => {
    const text = sayMissingMuscles(channels)
    return text === null ? null : measured({ text, values: [], where: null })
  },
})
