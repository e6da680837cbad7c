import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import type { Recording } from '../../../shared/edf/header/model.ts'
import { openRecording, readSpan } from '../../../shared/edf/recording.ts'
import { computeCaliper, countPeaks, measureRun, planCaliper } from '../../../shared/signal/caliper.ts'
import { NO_FILTERS } from '../../../shared/signal/viewSettings.ts'
import { makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const stored: {
  readonly signals: readonly { readonly name: string; readonly values: readonly number[] }[]
  readonly run: {
    readonly rate: number
    readonly beats: readonly number[]
    readonly mean: number
    readonly slowest: number
    readonly fastest: number
    readonly firstSecond: number
    readonly lastSecond: number
  }
} = JSON.parse(readFileSync(new URL('../../fixtures/peaks/scipy.json', import.meta.url), 'utf8'))

const RAW = { montage: 'recorded', ...NO_FILTERS } as const

/** What a caliper reads on the first line, unfiltered. */
function read(
  recording: Recording,
  valueAt: (signal: number, time: number) => number,
  points: { readonly from: number; readonly to: number },
) {
  const plan = planCaliper(recording, RAW, { line: '0:Cz', ...points })
  if (plan === null) throw new Error('no such line')
  return computeCaliper(plan, readMade(recording, plan.view.signals, plan.view.readSpan, valueAt))
}

describe('the two points', () => {
  const recording = makeRecording(makeHeader(['Cz'], 20))
  const ramp = (_: number, time: number) => 100 * time

  it('are the samples nearest to where they were put, with their own times and values', () => {
    const { from, to, label, unit } = read(recording, ramp, { from: 2.001, to: 5.5031 })
    expect([label, unit]).toEqual(['Cz', 'uV'])
    expect(from).toEqual({ time: 2, value: 200 })
    // 5.5031 s is 0.79 of a sample after 5.5 s.
    expect(to?.time).toBeCloseTo(5.5 + 1 / 256, 9)
    expect(to?.value).toBeCloseTo(550 + 100 / 256, 6)
  })

  it('may stand in either order, and at the very ends', () => {
    expect(read(recording, ramp, { from: 5, to: 2 })).toMatchObject({ from: { time: 5 }, to: { time: 2 } })
    const whole = read(recording, ramp, { from: 0, to: 20 })
    expect(whole.from).toEqual({ time: 0, value: 0 })
    expect(whole.to?.time).toBeCloseTo(20 - 1 / 256, 9)
  })

  it('have no value in a gap, and nothing is counted across one', () => {
    const gapped = makeRecording(makeHeader(['Cz'], 20), [
      { start: 0, end: 10 },
      { start: 12, end: 22 },
    ])
    const sine = (_: number, time: number) => 50 * Math.sin(2 * Math.PI * 3 * time)
    const inGap = read(gapped, sine, { from: 8, to: 11 })
    expect(inGap.from).not.toBeNull()
    expect([inGap.to, inGap.run, inGap.peaks]).toEqual([null, null, []])
    const across = read(gapped, sine, { from: 8, to: 14 })
    expect(across.to?.time).toBe(14)
    expect(across.run).toBeNull()
  })

  it('are read in no montage that lacks the line', () => {
    expect(planCaliper(recording, RAW, { line: 'nowhere', from: 0, to: 1 })).toBeNull()
  })
})

type KeyMark = {
  readonly kind: string
  readonly onset: number
  readonly duration: number
  readonly parameters: Readonly<Record<string, number>>
}

/** What was put into a sample: `complexes` beats from `firstHertz` to `lastHertz`, and what is read over each run. */
async function readSample(name: string, line: string) {
  const file = (ending: string) => readFileSync(new URL(`../../../samples/${name}${ending}`, import.meta.url))
  const { marks }: { readonly marks: readonly KeyMark[] } = JSON.parse(file('.key.json').toString())
  const source = bytesSource(new Uint8Array(file('.edf')))
  const recording = await openRecording(source)
  const settings = { montage: 'longitudinal', lowFrequency: 0.5, highFrequency: 70, notch: null } as const
  const runs = marks.filter(({ kind, duration }) => kind === 'spike_wave_3hz' && duration > 1e7)
  return Promise.all(
    runs.map(async ({ onset, duration, parameters }) => {
      const points = { line, from: onset / 1e7, to: (onset + duration) / 1e7 }
      const plan = planCaliper(recording, settings, points)!
      const samples = await readSpan(source, recording, plan.view.signals, plan.view.readSpan)
      return { parameters, run: computeCaliper(plan, samples).run! }
    }),
  )
}

describe('a run between the points', () => {
  const recording = makeRecording(makeHeader(['Cz'], 20))

  it('of a sine of 4 Hz has its peaks a quarter of a second apart: by hand', () => {
    // Negative peaks at 1/16 + k/4 of a minus sine; both points a little beside one.
    const wave = (_: number, time: number) => -80 * Math.sin(2 * Math.PI * 4 * time)
    const { run, sign, peaks } = read(
      recording,
      (s, t) => wave(s, t) - 20 * Math.exp(-(((t % 0.25) - 1 / 16) ** 2) / 1e-4),
      {
        from: 1 + 1 / 16,
        to: 4 + 1 / 16,
      },
    )
    expect(sign).toBe(-1)
    expect(run?.count).toBe(13)
    expect(run?.mean).toBeCloseTo(4, 6)
    expect(run?.slowest).toBeCloseTo(4, 6)
    expect(run?.fastest).toBeCloseTo(4, 6)
    expect([run?.firstSecond, run?.lastSecond]).toEqual([expect.closeTo(4, 6), expect.closeTo(4, 6)])
    expect(peaks[0]?.value).toBeCloseTo(-100, 3)
  })

  it('of spike-and-wave counts complexes, though the wave is nearly as high as the spike', () => {
    const { rate, beats, ...expected } = stored.run
    const values = stored.signals.find(({ name }) => name === 'spike and wave')!.values
    for (const sign of [1, -1] as const) {
      const found = countPeaks(
        Float64Array.from(values, (value) => sign * value),
        rate,
      )
      expect(found.sign).toBe(sign)
      const times = found.peaks.map((index) => index / rate)
      expect(times).toHaveLength(beats.length)
      // A spike stands on a sample, and noise of 4 uV on its flank.
      for (const [k, beat] of beats.entries()) expect(Math.abs(times[k]! - beat)).toBeLessThan(1.5 / rate)
      const run = measureRun(times)!
      expect(run.mean).toBeCloseTo(expected.mean, 1)
      for (const name of ['slowest', 'fastest', 'firstSecond', 'lastSecond'] as const) {
        expect(Math.abs(run[name]! - expected[name]), name).toBeLessThan(0.06)
      }
    }
  })

  it('of spike-and-wave in the samples has as many peaks as complexes were put in, at their rates', async () => {
    const all = [
      ...(await readSample('spike-wave-3hz', 'Fz-Cz')),
      ...(await readSample('mixed-teaching', 'Fz-Cz')),
    ]
    expect(all.length).toBeGreaterThan(10)
    for (const { parameters, run } of all) {
      const { complexes, firstHertz, lastHertz } = parameters
      expect(run.count).toBe(complexes)
      expect(run.mean).toBeGreaterThan(lastHertz! - 0.1)
      expect(run.mean).toBeLessThan(firstHertz! + 0.1)
      if (run.firstSecond !== null) expect(Math.abs(run.firstSecond - firstHertz!)).toBeLessThan(0.15)
      if (run.lastSecond !== null) expect(Math.abs(run.lastSecond - lastHertz!)).toBeLessThan(0.15)
    }
  })

  it('needs three peaks, and two seconds to tell its beginning from its end', () => {
    expect(measureRun([1, 2])).toBeNull()
    expect(measureRun([])).toBeNull()
    expect(measureRun([1, 1.5, 2])).toEqual({
      count: 3,
      mean: 2,
      slowest: 2,
      fastest: 2,
      firstSecond: null,
      lastSecond: null,
    })
    // 0.25 s apart, then 0.5 s.
    expect(measureRun([0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5])).toMatchObject({
      count: 8,
      mean: 2.8,
      slowest: 2,
      fastest: 4,
      firstSecond: 4,
      lastSecond: 2,
    })
  })

  it('counts nothing on a flat line', () => {
    expect(read(recording, () => 7, { from: 1, to: 5 })).toMatchObject({ run: null, peaks: [] })
  })
})
