/** Whether the alpha rhythm was there before, or had gone. */

import { BANDS } from '../../signal/bands.ts'
import { medianOf } from '../../signal/statistics.ts'
import { NO_FILTERS } from '../../signal/viewSettings.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { evidenceEntry, type Line, measured, refused } from '../common/entry.ts'
import { type Comparison, compareCourse, courseOf, densityOf, LONGEST, spectraBefore } from './bandCourse.ts'
import { occipital } from './leads.ts'

const LOWEST_RATE: Hertz = 50
const ALPHA = BANDS.find(({ id }) => id === 'alpha')!
/** What lies beside it: an alpha rhythm stands above both. */
const BELOW: readonly [Hertz, Hertz] = [5, 7]
const ABOVE: readonly [Hertz, Hertz] = [15, 20]
/** Against the geometric mean of both, in the segments with most alpha. */
const STANDS_OUT = 1.7

export type AlphaFinding = Comparison & {
  /** Of the alpha that was usual, against its neighbours in the spectrum. */
  readonly prominence: number
}

/** Up to seven minutes before `end`; unfiltered values. */
export function compareAlpha(lines: readonly Line[], end: Seconds): AlphaFinding | string {
  const [first] = lines
  if (first === undefined) return 'No electrode at the back of the head was recorded.'
  const usable = lines.filter(({ sampleRate }) => sampleRate >= LOWEST_RATE)
  if (usable.length === 0)
    return `The EEG has ${first.sampleRate} samples a second; its spectrum to 20 Hz needs ${LOWEST_RATE}.`
  const segments = spectraBefore(usable, end)
  const course = courseOf(segments, (spectrum) => densityOf(spectrum, ALPHA.from, ALPHA.to))
  const compared = compareCourse(course, end, 'upper')
  if (typeof compared === 'string') return compared
  const isMost = course.map(({ value }) => value >= compared.usual)
  const valuesOf = (some: typeof course) => some.filter((_, k) => isMost[k]).map(({ value }) => value)
  const beside = courseOf(segments, (spectrum) =>
    Math.sqrt(densityOf(spectrum, ...BELOW) * densityOf(spectrum, ...ABOVE)),
  )
  const prominence = medianOf(valuesOf(course)) / medianOf(valuesOf(beside))
  if (!(prominence >= STANDS_OUT))
    return 'No alpha rhythm stands out in the minutes before: that it dropped out cannot be told.'
  return { ...compared, prominence }
}

export const alphaBefore = evidenceEntry({
  id: 'alpha-before',
  side: 'state',
  label: 'Alpha rhythm before',
  criteria: [
    {
      text: 'Alpha that drops out and slow eye movements are the earliest signs of drowsiness.',
      sources: ['benbadis-2018-drowsiness'],
    },
    {
      text: 'Over the two minutes of falling asleep alpha power falls while theta and delta rise (18 healthy adults).',
      sources: ['mateos-salgado-2018'],
    },
  ],
  algorithm:
    'Power of 8 to 13 Hz at O1, O2, Oz in segments of 5 s (Welch, windows of 2 s; median of the leads), up to 7 minutes back: the median of the last 30 s against the upper quartile, which is its usual level. Told only where that stands 1.7 times above the spectrum beside it.',
  error: '±12 % of the usual power',
  needs: { eeg: { kind: 'eeg', band: NO_FILTERS, before: LONGEST, after: 0, choose: occipital } },
  measure: ({ span, lines: { eeg } }) => {
    const found = compareAlpha(eeg, span.start)
    if (typeof found === 'string') return refused(found)
    const { ratio, belowHalf, belowShare, twoMinutes, earlier, seconds } = found
    const percent = (id: string, label: string, value: number) => ({
      id,
      label,
      value: 100 * value,
      unit: '%',
      decimals: 0,
    })
    const note = sayLooked(seconds, earlier)
    return measured({
      text: `${Math.round(100 * ratio)} % of its usual power, below half in ${Math.round(100 * belowShare)} % of ${Math.round(Math.min(120, seconds))} s`,
      values: [
        percent('recent', 'last 30 s, of its usual power', ratio),
        percent('below-share', 'of the 2 min before below half', belowShare),
        { id: 'below-half', label: 'below half until the mark', value: belowHalf, unit: 's', decimals: 0 },
        ...(twoMinutes === null || earlier === null || earlier === 0
          ? []
          : [percent('two-minutes', '2 min before, of the minutes before those', twoMinutes / earlier)]),
      ],
      where: { span: { start: span.start - 30, end: span.start }, channel: eeg[0]!.channel },
      ...(note !== undefined && { note }),
    })
  },
})

/** What to add where little was there; undefined where enough was. */
export function sayLooked(seconds: Seconds, earlier: number | null): string | undefined {
  if (earlier !== null) return undefined
  return `Only ${seconds} s before it: too short to compare the last two minutes with any before.`
}
