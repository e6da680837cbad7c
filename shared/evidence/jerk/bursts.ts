/** How long each muscle was active, and how much above its rest. */
import { absent } from '../common/absent.ts'
import { evidenceEntry, measured, refused } from '../common/entry.ts'
import {
  activeBursts,
  findMuscles,
  MUSCLES,
  type MuscleBurst,
  type MuscleFinding,
  slowMuscleNote,
} from './muscles.ts'

export const bursts = evidenceEntry({
  id: 'muscle-bursts',
  side: 'jerk',
  label: 'Muscle bursts',
  criteria: [
    {
      text: 'A hypnic jerk is brief. 75 to 250 ms is the figure that is handed on; we found no study that measured it.',
      sources: ['chiaro-2016', 'fusco-1999'],
    },
    {
      text: 'A leg movement lasts 0.5 to 10 s (a rule for EMG of the legs).',
      sources: ['leg-movement-rules', 'ferri-2016'],
    },
    {
      text: 'Cortical reflex myoclonus: 10 to 30 ms. A myoclonic seizure: under 100 ms.',
      sources: ['hallett-1979', 'hed-score-2025'],
    },
  ],
  algorithm:
    'The strongest burst within the mark or 0.1 s beside it, by Teager-Kaiser energy (Solnik 2008, 2010), 10 to 100 Hz, its mean over 20 ms above the median and 8 median deviations of all that lies around. Size: root mean square, against the median second of the 30 s before.',
  error:
    'onset ±25 ms, length ±45 ms, size ±35 %; times twice that below 200 samples a second or 8 times its rest',
  needs: { muscles: MUSCLES },
  measure: ({ span, channels, lines: { muscles } }) => {
    if (muscles.length === 0) return absent(channels, 'emg')
    const findings = findMuscles(muscles, span)
    const known = findings.filter(({ is }) => is !== 'unknown')
    if (known.length === 0) return refused(`${sayUnknown(findings)}.`)
    const active = activeBursts(findings)
    const note = [sayUnknown(findings), slowMuscleNote(muscles)?.replace(/\.$/, '')]
      .filter((part) => part)
      .join('. ')
    const where = whereOf(active)
    return measured({
      text:
        active.length === 0
          ? `None in ${sayMuscles(known.length)}`
          : `${active.length} of ${sayMuscles(known.length)}, ${sayLengths(active)}`,
      values: active.flatMap(valuesOf),
      where,
      ...(active.length > 0 && { table: tableOf(active) }),
      ...(note !== '' && { note: `${note}.` }),
    })
  },
})

function whereOf(active: readonly MuscleBurst[]) {
  const strongest = active.reduce<MuscleBurst | null>(
    (best, burst) => (best === null || burst.ratio > best.ratio ? burst : best),
    null,
  )
  if (strongest === null) return null
  const { onset, duration, channel } = strongest
  return {
    span: { start: onset - 0.3, end: onset + duration + 0.3 },
    channel,
    moments: [onset, onset + duration],
  }
}

function valuesOf({ channel, unit, onset, duration, size, ratio, onsetError }: MuscleBurst) {
  return [
    { id: 'onset', label: 'onset', value: onset, unit: 's', decimals: 3, spread: onsetError, channel },
    { id: 'length', label: 'length', value: 1000 * duration, unit: 'ms', decimals: 0, channel },
    ...(unit === 'uV'
      ? [{ id: 'size', label: 'size, root mean square', value: size, unit: 'µV', decimals: 0, channel }]
      : []),
    {
      id: 'times-rest',
      label: 'times its rest',
      value: ratio,
      unit: '',
      decimals: ratio < 10 ? 1 : 0,
      channel,
    },
  ]
}

function tableOf(active: readonly MuscleBurst[]) {
  const hasSize = active.every(({ unit }) => unit === 'uV')
  return {
    columns: ['Muscle', 'Length', ...(hasSize ? ['Size'] : []), 'Times its rest'],
    rows: active.map(({ channel, duration, size, ratio }) => [
      channel,
      `${Math.round(1000 * duration)} ms`,
      ...(hasSize ? [`${Math.round(size)} µV`] : []),
      ratio.toFixed(ratio < 10 ? 1 : 0),
    ]),
  }
}

function sayLengths(active: readonly MuscleBurst[]): string {
  const lengths = active.map(({ duration }) => Math.round(1000 * duration))
  const least = Math.min(...lengths)
  const most = Math.max(...lengths)
  return least === most ? `${most} ms` : `${least} to ${most} ms`
}

function sayMuscles(count: number): string {
  return `${count} muscle${count === 1 ? '' : 's'}`
}

/** `Chin EMG has a gap here; LAT is flat`, or ''. */
export function sayUnknown(findings: readonly MuscleFinding[]): string {
  return findings
    .flatMap((each) => (each.is === 'unknown' ? [`${each.channel} ${each.problem}`] : []))
    .join('; ')
}
