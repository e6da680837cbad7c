import { describe, expect, it } from 'vitest'
import { computeSpectrum, hasSpectrum, planSpectra } from '../../../shared/signal/spectra.ts'
import { computeValues } from '../../../shared/signal/view.ts'
import type { Span } from '../../../shared/units.ts'
import { type MadeSignal, makeHeader, makeRecording, readMade } from '../../support/signals.ts'

const SETTINGS = { montage: 'recorded', lowFrequency: 5, highFrequency: 15, notch: 50 } as const

/** 3 Hz of 100 uV on every signal of `labels`, 12 Hz of 40 on the second. */
function spectraOf(signals: readonly (string | MadeSignal)[], span: Span, runs?: readonly Span[]) {
  const recording = makeRecording(makeHeader(signals), runs)
  const plan = planSpectra(recording, SETTINGS, span)
  const samples = readMade(recording, plan.signals, plan.readSpan, (signal, time) =>
    signal === 1 ? 40 * Math.sin(2 * Math.PI * 12 * time) : 100 * Math.sin(2 * Math.PI * 3 * time),
  )
  return computeValues(plan, samples, span)
    .filter(({ derivation }) => hasSpectrum(derivation))
    .map(computeSpectrum)
}

describe('the spectra of a span', () => {
  it('tell the dominant frequency of each channel at its own rate, whatever filters the page has', () => {
    const [slow, fast] = spectraOf(['F3', { label: 'O1', sampleRate: 200 }], { start: 10, end: 16 })
    expect(slow?.dominant?.frequency).toBe(3)
    expect(slow?.spectrum).toMatchObject({ windows: 5, windowLength: 2, step: 0.25 })
    expect(slow?.unit).toBe('uV')
    // 200 Hz: windows of 400 samples in transforms of 1024.
    expect(fast?.spectrum?.step).toBeCloseTo(200 / 1024, 12)
    expect(Math.abs((fast?.dominant?.frequency ?? 0) - 12)).toBeLessThan(0.1)
  })

  it('are of the lines of a montage of the reader’s own, too', () => {
    const terms = [
      { channel: 'F3', weight: 1 },
      { channel: 'O1', weight: -1 },
    ]
    const own = { name: 'mine', lines: [{ label: '', terms, gap: false }] }
    const recording = makeRecording(makeHeader(['F3', 'O1']))
    const plan = planSpectra(recording, { ...SETTINGS, montage: 'own:mine', own }, { start: 10, end: 16 })
    expect(plan.signals).toEqual([0, 1])
  })

  it('hand over nothing above 100 Hz', () => {
    const [only] = spectraOf([{ label: 'F3', sampleRate: 512 }], { start: 0, end: 4 })
    const { step, power } = only!.spectrum!
    expect((power.length - 1) * step).toBe(100)
  })

  it('have one window of its own length where the span is shorter than two seconds', () => {
    const [only] = spectraOf(['F3'], { start: 3, end: 4 })
    expect(only?.spectrum).toMatchObject({ windows: 1, windowLength: 1 })
    expect(Math.abs((only?.dominant?.frequency ?? 0) - 3)).toBeLessThanOrEqual(0.5)
  })

  it('say what is too short, and do not join what lies on two sides of a gap', () => {
    const runs = [
      { start: 0, end: 10 },
      { start: 20, end: 30 },
    ]
    expect(spectraOf(['F3'], { start: 3, end: 3.4 })[0]).toMatchObject({
      spectrum: null,
      problem: 'Too short: a spectrum needs 0.5 s without a gap.',
    })
    expect(spectraOf(['F3'], { start: 9.7, end: 20.3 }, runs)[0]?.spectrum).toBeNull()
    expect(spectraOf(['F3'], { start: 6, end: 22 }, runs)[0]?.spectrum?.windows).toBe(4)
    expect(spectraOf(['F3'], { start: 12, end: 18 }, runs)[0]?.problem).toBe('It has no samples here.')
  })

  it('are of voltages only; one without a unit has none in its power either', () => {
    const found = spectraOf(
      [
        { label: 'F3', unit: '' },
        'O1',
        { label: 'SpO2', kind: 'other', unit: '%' },
        { label: 'Resp', kind: 'respiration' },
      ],
      { start: 0, end: 8 },
    )
    expect(found.map(({ label, unit }) => [label, unit])).toEqual([
      ['F3', ''],
      ['O1', 'uV'],
    ])
    expect(found[0]?.dominant?.frequency).toBe(3)
  })

  it('name no dominant frequency where power only falls from the lowest on', () => {
    const recording = makeRecording(makeHeader(['F3']))
    const span = { start: 0, end: 20 }
    const plan = planSpectra(recording, SETTINGS, span)
    const drift = readMade(recording, plan.signals, plan.readSpan, (_, time) => 50 * Math.sin(0.3 * time))
    expect(computeSpectrum(computeValues(plan, drift, span)[0]!).dominant).toBeNull()
  })

  it('keep the reason of a channel that cannot be read', () => {
    const [broken] = spectraOf([{ label: 'F3', scaling: 'unusable', problem: 'No samples can be read.' }], {
      start: 0,
      end: 5,
    })
    expect(broken).toMatchObject({ spectrum: null, problem: 'No samples can be read.' })
  })

  it('are not made of an electrode that was marked bad', () => {
    const recording = makeRecording(makeHeader(['F3', 'F4']))
    const span = { start: 0, end: 4 }
    const plan = planSpectra(recording, { ...SETTINGS, bad: [1] }, span)
    const samples = readMade(recording, plan.signals, span, (_, time) => Math.sin(2 * Math.PI * 9 * time))
    const found = computeValues(plan, samples, span).map(computeSpectrum)
    expect(found.map(({ problem }) => problem)).toEqual([null, 'F4 is marked bad.'])
  })
})
