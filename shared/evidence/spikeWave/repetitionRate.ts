import { measureRhythm, thin } from '../../signal/rhythm.ts'
import type { Hertz, Seconds } from '../../units.ts'
import { cutLine } from '../common/cutLine.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { ofOneRate, SCALP } from './scalpLines.ts'

const WINDOW: Seconds = 1
const HOP: Seconds = 0.5

export const repetitionRate = evidenceEntry({
  id: 'repetition-rate',
  side: 'spikeWave',
  label: 'Repetition rate, first second → last',
  needs: { eeg: SCALP },
  measure: ({ span, lines }) => {
    const eeg = ofOneRate(lines.eeg).flatMap((line) => {
      const cut = cutLine(line, span)
      return cut === null ? [] : [{ line, values: cut.values }]
    })
    const [first] = eeg
    if (first === undefined) return refused('No EEG channel runs through it without a gap.')
    const input = thin(
      eeg.map(({ values }) => values),
      first.line.sampleRate,
    )
    const rateAt = (time: Seconds): Hertz | null =>
      measureRhythm(input, Math.round(time * input.sampleRate), Math.round(WINDOW * input.sampleRate))
        ?.frequency ?? null
    const length = span.end - span.start
    if (length < WINDOW) return refused('Shorter than 1 s: too short for a rate.')
    const times = Array.from({ length: Math.floor((length - WINDOW) / HOP) + 1 }, (_, k) => k * HOP)
    const course = [...times, length - WINDOW].map((time) => ({ time, rate: rateAt(time) }))
    const [begin, end] = [course[0]!.rate, course.at(-1)!.rate]
    if (begin === null || end === null) return refused('Nothing repeats at 2 to 5 Hz at its edges.')
    const { channel } = first.line
    return measured({
      text: `${begin.toFixed(1)} → ${end.toFixed(1)} Hz`,
      values: [
        { id: 'first', label: 'first second', value: begin, unit: 'Hz', decimals: 1 },
        { id: 'last', label: 'last second', value: end, unit: 'Hz', decimals: 1 },
      ],
      where: { span, channel },
    })
  },
  criteria: [
    {
      text: '2.5 to 4 Hz in the childhood form; below 2.5 Hz excludes it.',
      sources: ['ilae-cae-eeg', 'ilae-cae'],
    },
    {
      text: 'The rate is taken where the run begins: a typical run slows gradually and regularly, and may end near 2.5 Hz or below.',
      sources: ['panayiotopoulos-2005', 'ilae-cae-eeg'],
    },
  ],
  algorithm:
    'Autocorrelation of all EEG channels together in windows of 1 s; the period is the shortest that repeats between 2 and 5 Hz.',
  error: '±0.1 Hz',
})
