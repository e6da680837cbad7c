import { beforeAll, describe, expect, it } from 'vitest'
import { identityOf, matchRecording } from '../../shared/annotation/identity.ts'
import { checkInvariants } from '../../shared/annotation/invariants.ts'
import { bytesSource } from '../../shared/bytes.ts'
import { checkRecording } from '../../shared/edf/check.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import {
  amplitudeAt,
  bandPass,
  beats,
  correlation,
  cut,
  electrodeLabel,
  loadSample,
  median,
  peakToPeak,
  RATE,
  rateByAutocorrelation,
  rms,
  SAMPLE_NAMES,
  type Sample,
  subtract,
} from './measuring.ts'

const SCALP = 'Fp1 Fp2 F7 F3 Fz F4 F8 T7 C3 Cz C4 T8 P7 P3 Pz P4 P8 O1 O2'.split(' ')
const labelsOf = (name: string) => [
  ...[...SCALP, 'A1', 'A2'].map((lead) => electrodeLabel(name, lead)),
  ...['EOG LOC', 'EOG ROC', 'EMG Chin', 'EMG Neck', 'EMG LAT', 'EMG RAT', 'ECG'],
]

/** Awake with closed eyes and nothing marked; with open eyes; drowsy and nothing marked. */
type Range = readonly [start: number, end: number]

const STATES: Record<
  (typeof SAMPLE_NAMES)[number],
  { readonly closed: Range; readonly open: Range; readonly drowsy: Range | null }
> = {
  'mixed-teaching': { closed: [5, 12], open: [20.6, 24], drowsy: [138, 143] },
  'hypnic-jerks': { closed: [5, 20], open: [23, 27.8], drowsy: [60, 68] },
  'spike-wave-3hz': { closed: [5, 18], open: [20.6, 25], drowsy: null },
}

const NOTES = {
  'mixed-teaching': ['Hyperventilation start', 'Hyperventilation end', 'Lights off', 'Patient awake'],
  'hypnic-jerks': ['Lights off'],
  'spike-wave-3hz': ['Hyperventilation start', 'Hyperventilation end'],
} as const

describe.each(SAMPLE_NAMES)('%s', (name) => {
  let sample: Sample
  const states = STATES[name]
  beforeAll(async () => {
    sample = await loadSample(name)
  })

  it('is EDF+C without a deviation from the standard, 28 channels at 256 Hz for 280 s', async () => {
    const { header } = sample.recording
    expect(await checkRecording(bytesSource(sample.bytes))).toMatchObject({
      verdict: 'conforming',
      format: 'EDF+C',
    })
    const channels = header.signals.filter((signal) => signal.kind !== 'annotations')
    expect(channels.map((signal) => signal.label)).toEqual(labelsOf(name))
    expect(new Set(channels.map((signal) => signal.sampleRate))).toEqual(new Set([RATE]))
    expect(sample.recording.timeline.duration).toBe(280)
  })

  it('names nobody', () => {
    expect(sample.recording.header.patient).toBe('X X X X')
    expect(sample.recording.header.recording).toBe('Startdate 02-AUG-2026 X X Hypnospike_synthetic')
  })

  it('carries the notes of the technician', () => {
    const texts = sample.notes.map((note) => note.text)
    for (const text of ['Eyes open', 'Eyes closed', ...NOTES[name]]) expect(texts).toContain(text)
  })

  it('has a key that belongs to it, is sound and covers the whole', async () => {
    const source = bytesSource(sample.bytes)
    const mark = await fingerprint(source, sample.recording)
    const identity = identityOf(sample.recording.header, mark, `${name}.edf`)
    expect(matchRecording(sample.key, identity)).toBe('same')
    expect(checkInvariants(sample.key)).toEqual([])
    expect(sample.key.reviewed).toMatchObject([{ onset: 0, duration: 2_800_000_000 }])
    expect(sample.key.marks.every((mark) => Object.keys(mark.parameters ?? {}).length > 0)).toBe(true)
  })

  it('neither clips nor stands still', () => {
    for (const label of labelsOf(name)) {
      const values = sample.of(label)
      expect(peakToPeak(values), label).toBeLessThan(3000)
      let [same, most] = [0, 0]
      for (let k = 1; k < values.length; k++) {
        same = values[k] === values[k - 1] ? same + 1 : 0
        most = Math.max(most, same)
      }
      expect(most, label).toBeLessThan(8)
    }
  })

  it('has a background of 15 to 60 uV peak to peak in a second, lowest in front', () => {
    const [start, end] = states.closed
    const height = (lead: string): number => {
      const values = cut(bandPass(sample.of(lead), 1, 70), start, end)
      const seconds = Array.from({ length: Math.floor(end - start) }, (_, k) => cut(values, k, k + 1))
      return median(seconds.map(peakToPeak))
    }
    for (const lead of ['Fp1', 'Fp2', 'F3', 'F4', 'Fz', 'C3', 'C4', 'Cz', 'P3', 'P4']) {
      expect(height(lead), lead).toBeGreaterThan(15)
      expect(height(lead), lead).toBeLessThan(60)
    }
    expect(height('O1')).toBeGreaterThan(height('F3'))
  })

  it('has a posterior alpha rhythm of 8.5 to 10.5 Hz that opening the eyes blocks', () => {
    const [start, end] = states.closed
    const alpha = (lead: string, from: number, to: number) =>
      rms(cut(bandPass(sample.of(lead), 8, 12), from, to))
    for (const lead of ['O1', 'O2']) {
      const hertz = rateByAutocorrelation(cut(bandPass(sample.of(lead), 5, 15), start, end), 6, 14)
      expect(hertz, lead).toBeGreaterThan(8.5)
      expect(hertz, lead).toBeLessThan(10.5)
      expect(alpha(lead, start, end) / alpha(lead, ...states.open), lead).toBeGreaterThan(3)
      expect(alpha(lead, start, end) / alpha('F3', start, end), lead).toBeGreaterThan(3)
      if (states.drowsy) {
        expect(alpha(lead, start, end) / alpha(lead, ...states.drowsy), lead).toBeGreaterThan(2)
      }
    }
  })

  it('has alpha that waxes and wanes', () => {
    const [start, end] = states.closed
    const wave = cut(bandPass(sample.of('O2'), 8, 12), start, end)
    const halves = Array.from({ length: Math.floor(2 * (end - start)) }, (_, k) =>
      rms(cut(wave, k / 2, k / 2 + 0.5)),
    )
    expect(Math.max(...halves) / Math.min(...halves)).toBeGreaterThan(2)
  })

  it('falls off with frequency as the electroencephalogram does', () => {
    const [start, end] = states.closed
    const density = (lead: string, low: number, high: number) =>
      rms(cut(bandPass(sample.of(lead), low, high), start, end)) ** 2 / (high - low)
    // Away from alpha and mu.
    for (const lead of ['Fz', 'F3', 'F4']) {
      expect(density(lead, 1, 4), lead).toBeGreaterThan(3 * density(lead, 13, 20))
      expect(density(lead, 13, 20), lead).toBeGreaterThan(density(lead, 30, 40))
    }
  })

  it('shares more with a near electrode than with a far one', () => {
    const [start, end] = states.closed
    const slow = (lead: string) => cut(bandPass(sample.of(lead), 1, 7), start, end)
    const near = median([correlation(slow('F3'), slow('Fz')), correlation(slow('C3'), slow('P3'))])
    const far = median([correlation(slow('F3'), slow('O2')), correlation(slow('F8'), slow('P7'))])
    expect(near).toBeGreaterThan(0.3)
    expect(near).toBeLessThan(0.95)
    expect(Math.abs(far)).toBeLessThan(near - 0.15)
  })

  it('has blinks that are highest at the frontal poles and opposite in the two eye leads', () => {
    const [start, end] = states.open
    const slow = (label: string) => cut(bandPass(sample.of(label), 0.5, 10), start, end)
    const pole = slow('Fp1')
    const peak = pole.indexOf(pole.reduce((most, value) => Math.max(most, value), 0))
    expect(pole[peak]).toBeGreaterThan(60)
    for (const [lead, share] of [
      ['F3', 0.75],
      ['C3', 0.35],
      ['O1', 0.2],
    ] as const) {
      expect(Math.abs(slow(lead)[peak] ?? 0), lead).toBeLessThan(share * (pole[peak] ?? 0))
    }
    expect(slow('EOG ROC')[peak]).toBeGreaterThan(30)
    expect(slow('EOG LOC')[peak]).toBeLessThan(-30)
  })

  it('has slow eye movements in drowsiness, out of phase in the eye leads and at F7 and F8', () => {
    const { drowsy } = states
    if (drowsy === null) return
    const slow = (label: string) => cut(bandPass(sample.of(label), 0.16, 1), ...drowsy)
    expect(peakToPeak(slow('EOG LOC'))).toBeGreaterThan(60)
    expect(correlation(slow('EOG LOC'), slow('EOG ROC'))).toBeLessThan(-0.7)
    expect(correlation(slow('EOG ROC'), subtract(slow('F8'), slow('F7')))).toBeGreaterThan(0.5)
  })

  it('has an ECG of 55 to 90 a minute that varies, and a faint trace of it at the ears', () => {
    const times = beats(sample.of('ECG'))
    const rates = times.slice(1).map((time, k) => 60 / (time - times[k]!))
    expect(Math.min(...rates)).toBeGreaterThan(50)
    expect(Math.max(...rates)).toBeLessThan(92)
    expect(median(rates)).toBeGreaterThan(60)
    expect(median(rates)).toBeLessThan(75)
    expect(rms(Float64Array.from(rates, (rate) => rate - median(rates)))).toBeGreaterThan(1.5)
    const ears = subtract(sample.of('A2'), sample.of('A1'))
    const around = (offset: number) =>
      times.slice(2, -2).reduce((sum, time) => sum + ears[Math.round((time + offset) * RATE)]!, 0) /
      (times.length - 4)
    const trace = around(0) - 0.5 * (around(-0.08) + around(0.1))
    expect(trace).toBeGreaterThan(3)
    expect(trace).toBeLessThan(25)
  })

  it('has mains hum of a few microvolts and no more', () => {
    const [start, end] = states.closed
    const hum = SCALP.map((lead) => 2 * amplitudeAt(cut(sample.of(lead), start, end), 50.02))
    expect(Math.max(...hum)).toBeLessThan(6)
    expect(median(hum)).toBeGreaterThan(0.8)
  })

  it('loses chin tone towards sleep', () => {
    if (states.drowsy === null) return
    const tone = (from: number, to: number) => rms(cut(bandPass(sample.of('EMG Chin'), 20, 100), from, to))
    expect(tone(...states.closed) / tone(...states.drowsy)).toBeGreaterThan(1.5)
  })
})
