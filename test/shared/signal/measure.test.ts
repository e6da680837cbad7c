import { describe, expect, it } from 'vitest'
import type { MontageId } from '../../../shared/montage/montages.ts'
import { computeMeasures, measureSpan, planMeasure } from '../../../shared/signal/measure.ts'
import { type FilterSettings, NO_FILTERS } from '../../../shared/signal/viewSettings.ts'
import type { Span } from '../../../shared/units.ts'
import { DERIVED_MONTAGES } from '../../support/montages.ts'
import { type MadeSignal, makeHeader, makeRecording, readMade, seededRandom } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz'.split(' ')
/** Spread of a frontal-maximal discharge over the head. */
const FIELD: Readonly<Record<string, number>> = {
  Fp: 0.8,
  F: 1,
  Fz: 1,
  T: 0.4,
  C: 0.7,
  Cz: 0.7,
  P: 0.4,
  Pz: 0.4,
  O: 0.2,
}
const RATE = 256

function fieldOf(name: string): number {
  return FIELD[name] ?? FIELD[name.replace(/\d$/, '')] ?? 0
}

/** Cycles passed since `start` at a rate that changes evenly from `first` to `last`. */
function phaseAt(time: number, { start, end }: Span, first: number, last: number): number {
  const passed = time - start
  return first * passed + ((last - first) * passed * passed) / (2 * (end - start))
}

/** A spike of 50 ms, then a slow wave, negative: one complex for phase 0 to 1. */
function spikeAndWave(phase: number): number {
  const within = phase - Math.floor(phase)
  const spike = Math.exp(-(((within - 0.12) / 0.04) ** 2))
  const wave = Math.exp(-(((within - 0.6) / 0.17) ** 2))
  return -(0.8 * spike + wave)
}

type ValueAt = (name: string, time: number) => number

function measured(
  span: Span,
  valueAt: ValueAt,
  options: {
    readonly noise?: number
    readonly extra?: readonly MadeSignal[]
    readonly montage?: MontageId
    readonly filters?: FilterSettings
  } = {},
) {
  const header = makeHeader([...SCALP, ...(options.extra ?? [])], 40)
  const recording = makeRecording(header)
  const montage = options.montage ?? 'longitudinal'
  const plan = planMeasure(recording, { ...NO_FILTERS, ...options.filters, montage }, span)
  const random = seededRandom(11)
  const samples = readMade(recording, plan.signals, plan.readSpan, (signal, time) => {
    const noise = (options.noise ?? 5) * (random() + random() + random() - 1.5)
    return noise + valueAt(header.signals[signal]!.label, time)
  })
  return computeMeasures(plan, samples)
}

describe('a run of spike-and-wave', () => {
  const run = { start: 10, end: 15.42 }
  const slowing = (name: string, time: number) =>
    time < run.start || time >= run.end ? 0 : 400 * fieldOf(name) * spikeAndWave(phaseAt(time, run, 3.5, 2.8))

  it.each(DERIVED_MONTAGES)('is measured in the %s montage', (montage) => {
    const found = measured(run, slowing, { montage, extra: [{ label: 'A1' }, { label: 'A2' }] })
    // Even slowing from 3.5 to 2.8 Hz: the mean of the first second is 3.44 Hz, of the last 2.86 Hz.
    expect(found.firstRate).toBeCloseTo(3.44, 1)
    expect(found.lastRate).toBeCloseTo(2.86, 1)
    // 3.15 Hz for 5.42 s.
    expect(found.complexes).toBe(17)
    // The field is 1 in F, 0.8 in Fp, 0.2 in O.
    expect(found.frontalToOccipital).toBeGreaterThan(4)
    expect(found.frontalToOccipital).toBeLessThan(5)
  })

  it.each([2.2, 2.5, 3, 3.5, 4, 4.5])('of %d Hz is measured to 0.1 Hz', (rate) => {
    const found = measured(
      run,
      (name, time) => 300 * fieldOf(name) * spikeAndWave(phaseAt(time, run, rate, rate)),
    )
    expect(found.firstRate).toBeCloseTo(rate, 1)
    expect(found.lastRate).toBeCloseTo(rate, 1)
    expect(Math.abs((found.complexes ?? 0) - rate * 5.42)).toBeLessThanOrEqual(1)
  })

  it('has its largest deflection and the channel it is in', () => {
    const square = (name: string, time: number) => (name === 'F3' && Math.floor(time * 6) % 2 === 0 ? 150 : 0)
    const found = measured(run, square, { noise: 0 })
    expect(['Fp1-F3', 'F3-C3']).toContain(found.peakToPeak?.channel)
    expect(found.peakToPeak?.microvolts).toBeGreaterThan(140)
    expect(found.peakToPeak?.microvolts).toBeLessThan(200)
  })

  it('over one half of the head involves that half', () => {
    const left = (name: string, time: number) => (/[13579]$/.test(name) ? slowing(name, time) : 0)
    const found = measured(run, left)
    expect(found.channelsInvolved?.of).toBe(18)
    expect(found.channelsInvolved?.involved).toBeGreaterThanOrEqual(7)
    expect(found.channelsInvolved?.involved).toBeLessThanOrEqual(9)
  })

  it('that is four times as large in front has that ratio', () => {
    const field = (name: string, time: number) =>
      (/^F/.test(name) ? 100 : /^O/.test(name) ? 25 : 0) * Math.sin(2 * Math.PI * 3 * time)
    expect(measured(run, field, { noise: 0, montage: 'average' }).frontalToOccipital).toBeCloseTo(4, 2)
    expect(measured(run, field, { noise: 0 }).frontalToOccipital).toBeCloseTo(4, 2)
  })
})

describe('what is not there', () => {
  const span = { start: 10, end: 14 }

  it.each([
    ['noise', () => 0],
    ['alpha of 10 Hz', (_: string, time: number) => 60 * Math.sin(2 * Math.PI * 10 * time)],
    ['a rhythm of 6 Hz', (_: string, time: number) => 60 * Math.sin(2 * Math.PI * 6 * time)],
    ['one transient', (_: string, time: number) => 300 * Math.exp(-(((time - 12) / 0.1) ** 2))],
  ])('has no rate and no complexes: %s', (_, valueAt) => {
    const scattered = (name: string, time: number) => fieldOf(name) * valueAt(name, time)
    expect(measured(span, scattered, { noise: 20 })).toMatchObject({
      firstRate: null,
      lastRate: null,
      complexes: null,
      channelsInvolved: null,
    })
  })

  it('has no rate in less than a second', () => {
    const short = { start: 10, end: 10.9 }
    const found = measured(short, (name, time) => 200 * fieldOf(name) * Math.sin(2 * Math.PI * 3 * time))
    expect(found.firstRate).toBeNull()
    expect(found.complexes).toBeNull()
    expect(found.peakToPeak).not.toBeNull()
  })

  it('has nothing where there are no signals', () => {
    expect(measureSpan([], [], span)).toEqual({
      duration: 4,
      firstRate: null,
      lastRate: null,
      complexes: null,
      channelsInvolved: null,
      peakToPeak: null,
      frontalToOccipital: null,
      emgBursts: null,
    })
  })

  it('is not measured beyond the recording', () => {
    const beyond = { start: 38, end: 45 }
    expect(measured(beyond, () => 0)).toMatchObject({ peakToPeak: null, frontalToOccipital: null })
  })
})

describe('a muscle burst', () => {
  const span = { start: 19.9, end: 20.5 }
  const muscles: readonly MadeSignal[] = [
    { label: 'EMG Chin', kind: 'emg', sampleRate: RATE },
    { label: 'EMG Neck', kind: 'emg', sampleRate: RATE },
    { label: 'EMG L TA', kind: 'emg', sampleRate: RATE },
  ]
  const hash = seededRandom(3)
  const texture = Float64Array.from({ length: 40 * RATE }, () => 2 * hash() - 1)

  it.each([0.08, 0.15, 0.25])('of %d s is timed to 40 ms in each muscle, by onset', (duration) => {
    const found = measured(
      span,
      (name, time) => {
        const onset = name === 'EMG Neck' ? 20 : name === 'EMG L TA' ? 20.06 : Number.POSITIVE_INFINITY
        const isActive = time >= onset && time < onset + duration
        return isActive ? 200 * texture[Math.round(time * RATE)]! : 0
      },
      { extra: muscles },
    )
    expect(found.emgBursts?.map(({ channel }) => channel)).toEqual(['Neck EMG', 'L TA'])
    for (const [i, burst] of (found.emgBursts ?? []).entries()) {
      expect(Math.abs(burst.duration - duration)).toBeLessThan(0.04)
      expect(Math.abs(burst.onset - (i === 0 ? 20 : 20.06))).toBeLessThan(0.03)
    }
  })

  it('is the same whatever filters the page has', () => {
    const jerk: ValueAt = (name, time) =>
      name === 'EMG Chin' && time >= 20 && time < 20.17 ? 80 * Math.sin(2 * Math.PI * 62 * time) : 0
    const plain = measured(span, jerk, { extra: muscles })
    for (const filters of [
      { lowFrequency: 1, highFrequency: 15, notch: null },
      { lowFrequency: 10, highFrequency: 30, notch: 50 },
      { lowFrequency: null, highFrequency: null, notch: 60 },
    ]) {
      expect(measured(span, jerk, { extra: muscles, filters })).toEqual(plain)
    }
    const [burst] = plain.emgBursts ?? []
    expect(Math.abs((burst?.duration ?? 0) - 0.17)).toBeLessThan(0.025)
  })

  it('says which muscles are recorded too slowly to time a burst well', () => {
    const slow = [{ label: 'EMG Chin', kind: 'emg', sampleRate: 128 } as const, ...muscles.slice(1)]
    expect(measured(span, () => 0, { extra: slow }).slowMuscles).toEqual([
      { channel: 'Chin EMG', sampleRate: 128 },
    ])
    expect(measured(span, () => 0, { extra: muscles }).slowMuscles).toEqual([])
  })

  it('is not timed without an EMG', () => {
    expect(measured(span, () => 0).emgBursts).toBeNull()
  })

  it('is none where the muscles rest', () => {
    const long = { start: 5, end: 35 }
    expect(measured(span, () => 0, { extra: muscles }).emgBursts).toEqual([])
    expect(measured(long, () => 0, { extra: muscles }).emgBursts).toEqual([])
  })
})
