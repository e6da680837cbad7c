import { formatNumber } from '../../text/numbers.ts'
import type { Seconds } from '../../units.ts'
import { cutLine } from '../common/cutLine.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import { SCALP } from './scalpLines.ts'

/** Half a second holds spike and wave at 2 Hz, and little of a drift. */
const WINDOW: Seconds = 0.5

export const amplitude = evidenceEntry({
  id: 'amplitude',
  side: 'spikeWave',
  label: 'Largest deflection',
  needs: { eeg: SCALP },
  measure: ({ span, lines }) => {
    const all = lines.eeg.flatMap((line) => {
      const cut = line.unit === 'uV' ? cutLine(line, span) : null
      return cut === null
        ? []
        : [{ channel: line.channel, ...largestIn(cut.values, line.sampleRate, cut.start) }]
    })
    if (all.length === 0) return refused('No EEG channel in microvolts runs through it without a gap.')
    const largest = all.reduce((a, b) => (b.size > a.size ? b : a))
    const { channel, size, from, length } = largest
    return measured({
      text: `${formatNumber(size)} µV in ${channel}`,
      values: [
        { ...{ id: 'peak-to-peak', label: 'peak to peak', value: size, unit: 'µV', decimals: 0 }, channel },
      ],
      where: { span: { start: from, end: from + length }, channel },
    })
  },
  criteria: [
    {
      text: 'Hypnagogic hypersynchrony: more often 75 to 200 µV, up to 350.',
      sources: ['ofer-pien'],
    },
  ],
  algorithm:
    'The largest difference between two samples within half a second, of every channel against its recorded reference.',
  error: 'exact for the samples of 1 to 70 Hz, noise among them',
})

function largestIn(values: Float64Array, sampleRate: number, start: Seconds) {
  const width = Math.min(values.length, Math.max(1, Math.round(WINDOW * sampleRate)))
  const hop = Math.max(1, width >> 1)
  let best = { size: 0, from: start, length: width / sampleRate }
  for (let from = 0; from === 0 || from + width <= values.length + hop - 1; from += hop) {
    const begin = Math.min(from, values.length - width)
    let least = Number.POSITIVE_INFINITY
    let most = Number.NEGATIVE_INFINITY
    for (let i = begin; i < begin + width; i++) {
      least = Math.min(least, values[i]!)
      most = Math.max(most, values[i]!)
    }
    if (most - least > best.size) best = { ...best, size: most - least, from: start + begin / sampleRate }
  }
  return best
}
