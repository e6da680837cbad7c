import { describe, expect, test } from 'vitest'
import { measureRun } from '../../../../shared/candidates/spikeWave/measureRun.ts'
import { createChance } from '../../../support/heldApart/chance.ts'

const RATE = 250
const SECONDS = 14

/** Six channels of a rhythm from 4 to 10 s on noise of 8 uV; what a cycle looks like is said by its phase. */
function channelsOf(
  wave: (phase: number, cycle: number) => number,
  rateAt: (time: number) => number,
): Float64Array[] {
  const chance = createChance(11)
  return Array.from({ length: 6 }, (_, c) => {
    let phase = 0
    return Float64Array.from({ length: SECONDS * RATE }, (__, k) => {
      const time = k / RATE
      const noise = 8 * chance.normal()
      if (time < 4 || time >= 10) return noise
      phase += rateAt(time) / RATE
      return noise + (60 + 20 * c) * wave(phase % 1, Math.floor(phase))
    })
  })
}

const sine = (phase: number) => Math.sin(2 * Math.PI * phase)
const notched = (phase: number) => sine(phase) + 0.35 * Math.sin(4 * Math.PI * phase + 0.7)
/** A spike of 40 ms at the beginning of each wave. */
const spiked = (phase: number) => sine(phase) - 1.2 * Math.exp(-(((phase - 0.1) / 0.03) ** 2) / 2)

const measured = (wave: (phase: number, cycle: number) => number, rateAt = (_: number) => 3.2) =>
  measureRun({ sampleRate: RATE, start: 100, channels: channelsOf(wave, rateAt), from: 104.5, to: 109.5 })

describe('a run of six seconds', () => {
  test('is told by its place, its rate and its complexes', () => {
    const run = measured(spiked)
    expect(run?.onset).toBeGreaterThan(103.6)
    expect(run?.onset).toBeLessThan(104.4)
    expect(run?.duration).toBeGreaterThan(5.2)
    expect(run?.duration).toBeLessThan(6.4)
    expect(run?.rate).toBeCloseTo(3.2, 1)
    expect(run?.following).toEqual([0, 1, 2, 3, 4, 5])
    expect(run?.irregularity).toBeLessThan(0.03)
    // The channel of 160 uV: sine and spike reach from -1 to 1, so 320 uV, and a little noise on top.
    expect(run?.size).toBeGreaterThan(315)
    expect(run?.size).toBeLessThan(375)
  })

  test('that slows has a faster beginning than end', () => {
    const run = measured(spiked, (time) => 3.5 - (time - 4) / 10)
    expect(run?.firstRate).toBeGreaterThan(3.3)
    expect(run?.firstRate).toBeLessThan(3.5)
    expect(run?.lastRate).toBeGreaterThan(2.85)
    expect(run?.lastRate).toBeLessThan(3.1)
  })
})

describe('what is fast and gathers at one place of the cycle', () => {
  test('is there with spikes', () => {
    expect(measured(spiked)?.spikeShare).toBeGreaterThan(0.2)
    expect(measured(spiked)?.gathered).toBeGreaterThan(5)
  })

  test('is there where no spike is like another: in height by 25 %, in place by 15 ms, some double', () => {
    const chance = createChance(5)
    const complexes = Array.from({ length: 60 }, () => ({
      height: 1 + 0.25 * chance.normal(),
      late: 0.015 * 3.2 * chance.normal(),
      isDouble: chance.uniform() < 0.3,
    }))
    const bell = (distance: number) => Math.exp(-((distance / 0.03) ** 2) / 2)
    const run = measured((phase, cycle) => {
      const { height, late, isDouble } = complexes[cycle]!
      const second = isDouble ? bell(phase - 0.26 - late) : 0
      return sine(phase) - 1.2 * height * (bell(phase - 0.12 - late) + second)
    })
    expect(run?.spikeShare).toBeGreaterThan(0.15)
    expect(run?.gathered).toBeGreaterThan(4)
  })

  test('is there where spikes and waves are not largest in the same channels', () => {
    const channels = channelsOf(sine, () => 3.2)
    const spikes = channelsOf(
      (phase) => spiked(phase) - sine(phase),
      () => 3.2,
    )
    const run = measureRun({
      ...{ sampleRate: RATE, start: 100, from: 104.5, to: 109.5 },
      channels: channels.map((values, c) => values.map((value, k) => value + 0.8 * spikes[5 - c]![k]!)),
    })
    expect(run?.spikeShare).toBeGreaterThan(0.2)
    expect(run?.gathered).toBeGreaterThan(5)
  })

  test.each([
    ['a sine', sine],
    ['a notched wave', notched],
    [
      'a wave that is steep on one side',
      (phase: number) => Math.sin(2 * Math.PI * phase + 0.6 * sine(phase)),
    ],
  ])('is not there in %s', (_, wave) => {
    for (const rate of [2.6, 3.2, 4.3]) expect(measured(wave, () => rate)?.spikeShare).toBeLessThan(0.07)
  })

  test('is not there in a sine with alpha on it, which stands anywhere', () => {
    const alpha = channelsOf(sine, () => 10.3)
    const run = measureRun({
      ...{ sampleRate: RATE, start: 100, from: 104.5, to: 109.5 },
      channels: channelsOf(sine, () => 3.2).map((values, c) =>
        values.map((value, k) => value + 0.3 * alpha[5 - c]![k]!),
      ),
    })
    expect(run?.gathered).toBeLessThan(2.4)
  })
})

test('is nothing where nothing beats', () => {
  const chance = createChance(3)
  const channels = Array.from({ length: 4 }, () => Float64Array.from({ length: 2000 }, () => chance.normal()))
  const run = measureRun({ sampleRate: RATE, start: 0, channels, from: 2, to: 2.5 })
  expect(run).toBeNull()
})
