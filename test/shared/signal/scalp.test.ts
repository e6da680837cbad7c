import { describe, expect, it } from 'vitest'
import { STANDARD_SCALP } from '../../../shared/montage/montages.ts'
import {
  bandSignals,
  bandsOf,
  collectBandPowers,
  computeAmplitudes,
  planAmplitudes,
  planBandPowers,
  type ScalpAnswer,
} from '../../../shared/signal/scalp.ts'
import type { ViewSettings } from '../../../shared/signal/viewSettings.ts'
import type { Span } from '../../../shared/units.ts'
import { type MadeSignal, makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const OFF = { lowFrequency: null, highFrequency: null, notch: null } as const
const RECORDED: ViewSettings = { montage: 'recorded', ...OFF }
const PAGE = { start: 10, end: 20 }
const NAMES: readonly string[] = STANDARD_SCALP

type Made = {
  readonly signals?: readonly (string | MadeSignal)[]
  readonly runs?: readonly Span[]
  readonly valueAt?: (signal: number, time: number) => number
}

/** Each electrode has its number in uV, plus a sway that every one has. */
const numbered = (signal: number, time: number) => 10 * signal + Math.sin(2 * Math.PI * 9 * time)

function amplitudesOf(settings: ViewSettings, time: number, made: Made = {}) {
  const { signals = NAMES, runs, valueAt = numbered } = made
  const recording = makeRecording(makeHeader(signals), runs)
  const plan = planAmplitudes(recording, settings, PAGE, time)
  if (!plan.ok) return plan
  const { view } = plan.map
  return computeAmplitudes(plan.map, readMade(recording, view.signals, view.readSpan, valueAt), PAGE, time)
}

function powersOf(settings: ViewSettings, made: Made = {}) {
  const { signals = NAMES, runs, valueAt = numbered } = made
  const recording = makeRecording(makeHeader(signals), runs)
  const plan = planBandPowers(recording, settings, PAGE)
  if (!plan.ok) return plan
  const { view } = plan.map
  const samples = readMade(recording, view.signals, view.readSpan, valueAt)
  const lines = bandSignals(plan.map, samples, PAGE)
  return collectBandPowers(plan.map, lines, lines.map(bandsOf))
}

function mapOf<Map>(answer: ScalpAnswer<Map>): Map {
  if (!answer.ok) throw new Error(answer.problem)
  return answer.map
}

describe('the amplitude at a moment', () => {
  it('is that of the samples nearest to it, against what the page is against', () => {
    const settings: ViewSettings = { montage: 'average', ...OFF, lowFrequency: 0.1 }
    const spike = (signal: number, time: number) => (signal === 4 && Math.abs(time - 15) < 0.001 ? 190 : 0)
    const { electrodes, values, unit, reference } = mapOf(amplitudesOf(settings, 15.001, { valueAt: spike }))
    expect(unit).toBe('uV')
    expect(reference).toBe('against the average of 19 electrodes')
    // 190 uV less a nineteenth of it, and a nineteenth with the other sign everywhere else.
    const byName = new Map(electrodes.map((name, index) => [name, values[index]!]))
    expect(Math.abs(byName.get(NAMES[4]!)! - 180)).toBeLessThan(1)
    expect(Math.abs(byName.get('O2')! + 10)).toBeLessThan(1)
  })

  it('is less the mean over the page where the page is drawn so', () => {
    const { values } = mapOf(amplitudesOf(RECORDED, 15 + 1 / 36))
    for (const value of values) expect(Math.abs(value - 1)).toBeLessThan(0.02)
  })

  it('is to be had at both ends of the page', () => {
    expect(amplitudesOf(RECORDED, PAGE.start).ok).toBe(true)
    expect(amplitudesOf(RECORDED, PAGE.end).ok).toBe(true)
  })

  it('takes the average where the page shows differences of electrodes, and says so', () => {
    const { reference, electrodes } = mapOf(amplitudesOf({ montage: 'longitudinal', ...OFF }, 15))
    expect(electrodes).toHaveLength(19)
    expect(reference).toBe(
      'against the average of 19 electrodes, since Longitudinal bipolar has no value of one electrode',
    )
  })

  it('leaves out bad electrodes, ears and what lies nowhere, and names them', () => {
    const signals = [...NAMES, 'A1', 'X7']
    const { electrodes, left } = mapOf(amplitudesOf({ ...RECORDED, bad: [2] }, 15, { signals }))
    expect(electrodes).toHaveLength(18)
    expect(left).toEqual([NAMES[2], 'A1', 'X7'])
  })

  it('has no electrode twice, and none against another reference than the others', () => {
    const signals = [...NAMES.map((name) => `EEG ${name}-Ref`), 'EEG Cz-Ref', 'EEG Fpz-A1']
    const { electrodes } = mapOf(amplitudesOf(RECORDED, 15, { signals }))
    expect(electrodes).toEqual(NAMES)
  })

  it('has no unit where the file gives none', () => {
    const signals = NAMES.map((label) => ({ label, unit: '' }))
    expect(mapOf(amplitudesOf(RECORDED, 15, { signals })).unit).toBe('')
  })

  it.each([
    [
      'in a gap',
      {
        runs: [
          { start: 0, end: 12 },
          { start: 18, end: 30 },
        ],
      },
      /^Here the recording has a gap/,
    ],
    ['with four electrodes', { signals: ['F3', 'F4', 'C3', 'C4'] }, /needs 8 scalp electrodes/],
    [
      'of an amplifier without names',
      { signals: ['A1', 'A2', 'A3', 'A4', 'B1', 'B2'] },
      /positions on the amplifier/,
    ],
    ['of a bipolar recording', { signals: ['Fp1-F7', 'F7-T7', 'T7-P7', 'P7-O1'] }, /already bipolar/],
  ])('%s is none, for a reason', (_, made: Made, reason) => {
    const answer = amplitudesOf(RECORDED, 15, made)
    expect(answer.ok ? '' : answer.problem).toMatch(reason)
  })
})

describe('the power in each band', () => {
  it('is the mean square of what each electrode has there', () => {
    const valueAt = (signal: number, time: number) => (signal + 1) * Math.sin(2 * Math.PI * 10 * time)
    const { electrodes, bands, unit } = mapOf(powersOf(RECORDED, { valueAt }))
    expect(unit).toBe('uV')
    expect(bands.map(({ band }) => band)).toEqual(['delta', 'theta', 'alpha', 'beta'])
    const alpha = bands[2]!.values!
    electrodes.forEach((name, index) => {
      const amplitude = NAMES.indexOf(name) + 1
      expect(alpha[index]! / (amplitude ** 2 / 2)).toBeCloseTo(1, 3)
      expect(bands[0]!.values![index]! / alpha[index]!).toBeLessThan(1e-4)
    })
  })

  it('is none in a band that the sampling rate does not reach', () => {
    const signals = NAMES.map((label) => ({ label, sampleRate: 50 }))
    const { bands } = mapOf(powersOf(RECORDED, { signals }))
    expect(bands.map(({ values }) => values !== null)).toEqual([true, true, true, false])
  })

  it('is none at all where no electrode has half a second', () => {
    const answer = powersOf(RECORDED, {
      runs: [
        { start: 0, end: 10 },
        { start: 20, end: 30 },
      ],
    })
    expect(answer).toEqual({
      ok: false,
      problem: 'Too few electrodes have half a second without a gap here.',
    })
  })
})
