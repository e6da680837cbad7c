/** Whether theta had risen before. */
import { BANDS } from '../../signal/bands.ts'
import { NO_FILTERS } from '../../signal/viewSettings.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { evidenceEntry, type Line, measured, refused } from '../common/entry.ts'
import { sayLooked } from './alphaBefore.ts'
import { type Comparison, compareCourse, courseOf, densityOf, LONGEST, spectraBefore } from './bandCourse.ts'
import { central } from './leads.ts'

const LOWEST_RATE: Hertz = 50
const THETA = BANDS.find(({ id }) => id === 'theta')!

/** Up to seven minutes before `end`; unfiltered values. */
export function compareTheta(lines: readonly Line[], end: Seconds): Comparison | string {
  const [first] = lines
  if (first === undefined) return 'No central electrode was recorded.'
  const usable = lines.filter(({ sampleRate }) => sampleRate >= LOWEST_RATE)
  if (usable.length === 0)
    return `The EEG has ${first.sampleRate} samples a second; its spectrum needs ${LOWEST_RATE}.`
  const course = courseOf(spectraBefore(usable, end), (spectrum) => densityOf(spectrum, THETA.from, THETA.to))
  return compareCourse(course, end, 'middle')
}

export const thetaBefore = evidenceEntry({
  id: 'theta-before',
  side: 'state',
  label: 'Theta before',
  criteria: [
    {
      text: 'Over the two minutes of falling asleep theta and delta power rise while alpha falls (18 healthy adults).',
      sources: ['mateos-salgado-2018'],
    },
  ],
  algorithm:
    'Power of 4 to 8 Hz at C3, C4, Cz in segments of 5 s (Welch, windows of 2 s; median of the leads), up to 7 minutes back: the median of the last 30 s against the median of all before.',
  error: '±25 %',
  needs: { eeg: { kind: 'eeg', band: NO_FILTERS, before: LONGEST, after: 0, choose: central } },
  measure: ({ span, lines: { eeg } }) => {
    const found = compareTheta(eeg, span.start)
    if (typeof found === 'string') return refused(found)
    const { ratio, twoMinutes, earlier, seconds } = found
    const note = sayLooked(seconds, earlier)
    return measured({
      text: `${ratio.toFixed(1)} times the power before`,
      values: [
        { id: 'recent', label: 'last 30 s, times the minutes before', value: ratio, unit: '', decimals: 1 },
        ...(twoMinutes === null || earlier === null || earlier === 0
          ? []
          : [
              {
                id: 'two-minutes',
                label: '2 min before, times the minutes before those',
                value: twoMinutes / earlier,
                unit: '',
                decimals: 1,
              },
            ]),
      ],
      where: { span: { start: span.start - 30, end: span.start }, channel: eeg[0]!.channel },
      ...(note !== undefined && { note }),
    })
  },
})
