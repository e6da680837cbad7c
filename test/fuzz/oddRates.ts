/** Whole EEG files whose rates, durations and breaks are legal and odd: what bytes flipped at random seldom make. */
import { annotationSignal, edfBytes, type SignalBytes, talBytes } from '../support/edfBytes.ts'
import type { Random } from './mutate.ts'

const SCALP = 'Fp1 F7 T3 T5 O1 F3 C3 P3 Fz Cz Pz Fp2 F8 T4 T6 O2 F4 C4 P4'.split(' ')
const DURATIONS = [
  '1',
  '0.9999',
  '0.99999',
  '0.999999',
  '.9999999',
  '1.000001',
  '1E-5',
  '0.000001',
  '.0000001',
  '0.001',
  '0.5',
  '30',
  '3600',
  '99999999',
]
const COUNTS = [1, 2, 3, 14, 50, 100, 120, 140, 200, 256, 500]

/** 19 electrodes and what lies beside them, of up to about 3 MB. */
export function oddRates(random: Random): Uint8Array {
  const recordDuration = random.pick(DURATIONS)
  const records = 1 + random.below(random.pick([3, 60, 2000]))
  const most = Math.max(1, Math.floor(60_000 / records))
  const eeg = Math.min(most, random.pick(COUNTS))
  const shape = random.below(4)
  const signal = (label: string, samples: number, unit = 'uV'): SignalBytes => ({
    label,
    unit,
    samplesPerRecord: String(samples),
    record: (record) =>
      Array.from({ length: samples }, (_, i) => digitAt(shape, record * samples + i, random)),
  })
  const gap = random.pick([0, 0, 0.001, 1, 1e5])
  const length = Number(recordDuration)
  const times = annotationSignal((record) => talBytes(`+${onset(record * (length + gap))}||_`), { bytes: 40 })
  return edfBytes({
    recordDuration,
    recordCount: records,
    reserved: gap > 0 ? 'EDF+D' : '',
    signals: [
      ...SCALP.map((name) => signal(`EEG ${name}-Ref`, eeg)),
      signal('EMG Chin', Math.min(most, random.pick(COUNTS))),
      signal('SpO2', Math.min(most, random.pick(COUNTS)), '%'),
      signal('Hypnogram', 1, ''),
      ...(gap > 0 ? [times] : []),
    ],
  })
}

/** A wave, a constant, noise over all digits, or a wave on a step. */
function digitAt(shape: number, sample: number, random: Random): number {
  if (shape === 1) return -32768
  if (shape === 2) return random.below(65_536) - 32_768
  const wave = Math.round(1000 * Math.sin(sample / 13))
  return shape === 3 && sample > 500 ? wave + 30_000 : wave
}

function onset(time: number): string {
  return String(Number(time.toFixed(7)))
}
