/** Whether the muscles had gone slack before. */
import { MEASURE_BANDS } from '../../signal/measure.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { absent } from '../common/absent.ts'
import { evidenceEntry, type Line, measured, refused } from '../common/entry.ts'
import { sayLooked } from './alphaBefore.ts'
import { type Comparison, compareCourse, courseBefore, LONGEST } from './bandCourse.ts'
import { toneMuscles } from './leads.ts'

const LOWEST_RATE: Hertz = 100
/** A segment is as loud as the quieter half of it: a twitch is no tone. */
const PARTS = 20

/** Up to seven minutes before `end`; values between 10 and 100 Hz. Sizes are root mean squares. */
export function compareTone(lines: readonly Line[], end: Seconds): Comparison | string {
  const [first] = lines
  if (first === undefined) return 'There is no EMG here.'
  const usable = lines.filter(({ sampleRate }) => sampleRate >= LOWEST_RATE)
  if (usable.length === 0)
    return `${first.channel} has ${first.sampleRate} sample${first.sampleRate === 1 ? '' : 's'} a second; tone needs ${LOWEST_RATE}.`
  return compareCourse(courseBefore(usable, end, toneOf), end, 'middle')
}

function toneOf(values: Float64Array): number {
  const length = Math.floor(values.length / PARTS)
  const powers = Array.from({ length: PARTS }, (_, k) => {
    let sum = 0
    for (let i = k * length; i < (k + 1) * length; i++) sum += values[i]! * values[i]!
    return sum / length
  }).sort((a, b) => a - b)
  const quiet = powers.slice(0, PARTS / 2)
  return Math.sqrt(quiet.reduce((sum, power) => sum + power, 0) / quiet.length)
}

export const muscleTone = evidenceEntry({
  id: 'muscle-tone',
  side: 'state',
  label: 'Muscle tone before',
  criteria: [
    {
      text: 'Tone is low as sleep begins in some and not in others: in 35.5 % of night sleep, in 60.9 % of morning sleep.',
      sources: ['tinguely-2006'],
    },
  ],
  algorithm:
    'Root mean square of the chin EMG (neck, else another muscle, where there is no chin), 10 to 100 Hz, of the quieter half of each 5 s, up to 7 minutes back: the median of the last 30 s against the median of all before.',
  error: '±15 %',
  needs: {
    muscles: { kind: 'emg', band: MEASURE_BANDS.emg, before: LONGEST, after: 0, choose: toneMuscles },
  },
  measure: ({ span, channels, lines: { muscles } }) => {
    if (muscles.length === 0) return absent(channels, 'emg')
    const found = compareTone(muscles, span.start)
    if (typeof found === 'string') return refused(found)
    const { ratio, recent, earlier, seconds } = found
    const { channel, unit } = muscles[0]!
    const note = sayLooked(seconds, earlier)
    return measured({
      text: `${Math.round(100 * ratio)} % of the level before (${channel})`,
      values: [
        {
          id: 'recent',
          label: 'last 30 s, of the level before',
          value: 100 * ratio,
          unit: '%',
          decimals: 0,
          channel,
        },
        ...(unit === 'uV'
          ? [
              {
                id: 'size',
                label: 'last 30 s, root mean square',
                value: recent,
                unit: 'µV',
                decimals: 1,
                channel,
              },
            ]
          : []),
      ],
      where: { span: { start: span.start - 30, end: span.start }, channel },
      ...(note !== undefined && { note }),
    })
  },
})
