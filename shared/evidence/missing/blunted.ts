/** Signals whose sampling rate or amplifier's filter is too low, by their header, for what is looked for in them. */
import { readPrefilter } from '../../edf/header/prefilter.ts'
import { ENOUGH_FOR_BURSTS } from '../../signal/measure.ts'
import type { Hertz } from '../../units.ts'
import { type Channel, evidenceEntry, measured } from '../common/entry.ts'
import { LOWEST_RATE as RATE_FOR_SPIKES } from '../jerk/sharpTransient.ts'
import { HIGHEST_CUT } from '../state/slowEyes.ts'

/** The band that the AASM manual records of muscles begins at 10 and ends at 100 Hz. */
const MUSCLE_LOW_PASS: Hertz = 70
const MUSCLE_HIGH_PASS: Hertz = 40
/** A spike of 20 ms is half its height at 35 Hz. */
const SPIKE_LOW_PASS: Hertz = 35
const SLOW_WAVE_HIGH_PASS: Hertz = 2

type Limits = {
  readonly rate: Hertz
  readonly lowPass: Hertz | null
  readonly highPass: Hertz
}

const LIMITS = {
  emg: { rate: ENOUGH_FOR_BURSTS, lowPass: MUSCLE_LOW_PASS, highPass: MUSCLE_HIGH_PASS },
  eeg: { rate: RATE_FOR_SPIKES, lowPass: SPIKE_LOW_PASS, highPass: SLOW_WAVE_HIGH_PASS },
  eog: { rate: 20, lowPass: null, highPass: HIGHEST_CUT },
} as const satisfies Readonly<Record<string, Limits>>

/** `sampled at 100 Hz: Chin EMG, Neck EMG`: a part each; empty where nothing is too low. */
export function findBlunted(channels: readonly Channel[], kind: keyof typeof LIMITS): readonly string[] {
  const { rate, lowPass, highPass }: Limits = LIMITS[kind]
  const parts = new Map<string, string[]>()
  const say = (part: string, channel: string) => parts.set(part, [...(parts.get(part) ?? []), channel])
  for (const { channel, kind: own, sampleRate, problem, prefilter } of channels) {
    if (own !== kind || problem !== null || sampleRate === null) continue
    const filters = readPrefilter(prefilter)
    if (sampleRate < rate) say(`sampled at ${number(sampleRate)} Hz`, channel)
    if (filters.isRectified) say('recorded as an envelope', channel)
    else if (lowPass !== null && filters.lowPass !== null && filters.lowPass < lowPass)
      say(`filtered above ${number(filters.lowPass)} Hz`, channel)
    if (filters.highPass !== null && filters.highPass > highPass)
      say(`filtered below ${number(filters.highPass)} Hz`, channel)
  }
  return [...parts].map(
    ([part, names]) => `${part}: ${names.length > 4 ? `${names.length} signals` : names.join(', ')}`,
  )
}

function number(value: number): string {
  return String(Math.round(100 * value) / 100)
}

export const bluntedMuscles = evidenceEntry({
  id: 'blunted-emg',
  side: 'missing',
  about: 'jerk',
  label: 'EMG as recorded',
  criteria: [
    {
      text: 'Bursts of cortical myoclonus last 10 to 30 ms; half a second and more is a leg movement.',
      sources: ['hallett-1979', 'ferri-2016'],
    },
  ],
  algorithm: `By the header: fewer than ${ENOUGH_FOR_BURSTS} samples a second, filtered above less than ${MUSCLE_LOW_PASS} Hz or below more than ${MUSCLE_HIGH_PASS} Hz, or rectified.`,
  error: '',
  needs: {},
  measure: ({ channels }) => {
    const parts = findBlunted(channels, 'emg')
    return parts.length === 0
      ? null
      : measured({
          text: `Bursts are timed poorly or not at all: ${parts.join('; ')}.`,
          values: [],
          where: null,
        })
  },
})

export const bluntedEeg = evidenceEntry({
  id: 'blunted-eeg',
  side: 'missing',
  about: 'spikeWave',
  label: 'EEG as recorded',
  criteria: [{ text: 'A spike lasts 20 to under 70 ms.', sources: ['hed-score-2025'] }],
  algorithm: `By the header: fewer than ${RATE_FOR_SPIKES} samples a second, filtered above less than ${SPIKE_LOW_PASS} Hz or below more than ${SLOW_WAVE_HIGH_PASS} Hz.`,
  error: '',
  needs: {},
  measure: ({ channels }) => {
    const parts = findBlunted(channels, 'eeg')
    return parts.length === 0
      ? null
      : measured({ text: `Spikes or slow waves may be lost: ${parts.join('; ')}.`, values: [], where: null })
  },
})

export const bluntedEyes = evidenceEntry({
  id: 'blunted-eog',
  side: 'missing',
  about: 'state',
  label: 'EOG as recorded',
  criteria: [
    { text: 'Slow eye movements become slower still as sleep goes on.', sources: ['hiroshige-1987'] },
  ],
  algorithm: `By the header: filtered below more than ${HIGHEST_CUT} Hz.`,
  error: '',
  needs: {},
  measure: ({ channels }) => {
    const parts = findBlunted(channels, 'eog')
    return parts.length === 0
      ? null
      : measured({ text: `Slow eye movements may be lost: ${parts.join('; ')}.`, values: [], where: null })
  },
})
