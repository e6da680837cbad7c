import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Recording } from '../../../shared/edf/header/model.ts'
import { applyChain, designChain } from '../../../shared/signal/filter.ts'
import { isHeld } from '../../../shared/signal/lineFilters.ts'
import { computePage, computeValues, noteView, planView } from '../../../shared/signal/view.ts'
import type { ViewSettings } from '../../../shared/signal/viewSettings.ts'
import { type Span, ticksFromSeconds } from '../../../shared/units.ts'
import { cases } from '../../support/properties.ts'
import { makeHeader, makeRecording, readMade, seededRandom } from '../../support/signals.ts'

const SCALP = 'Fp1 Fp2 F3 F4 C3 C4 P3 P4 O1 O2 F7 F8 T3 T4 T5 T6 Fz Cz Pz'.split(' ')
const UNFILTERED: ViewSettings = {
  montage: 'recorded',
  lowFrequency: null,
  highFrequency: null,
  notch: null,
}
const CLINICAL: ViewSettings = { montage: 'longitudinal', lowFrequency: 1, highFrequency: 70, notch: null }

/** Montages whose lines are one signal, two, all, and a few: each is computed in its own way. */
const KINDS_OF_LINES = ['recorded', 'longitudinal', 'average', 'laplacian'] as const

type ValueAt = (signal: number, time: number) => number

function page(recording: Recording, settings: ViewSettings, span: Span, columns: number, valueAt: ValueAt) {
  const plan = planView(recording, settings, span)
  const samples = readMade(recording, plan.signals, plan.readSpan, valueAt)
  return { plan, ...computePage(plan, samples, { span, columns }) }
}

function values(recording: Recording, settings: ViewSettings, span: Span, valueAt: ValueAt) {
  const plan = planView(recording, settings, span)
  return computeValues(plan, readMade(recording, plan.signals, plan.readSpan, valueAt), span)
}

describe('a montage', () => {
  const recording = makeRecording(makeHeader(SCALP.map((name) => `EEG ${name}-Ref`)))
  /** Each electrode at its own constant: 1 uV, 2 uV, 3 uV, ... in file order. */
  const numbered: ValueAt = (signal) => signal + 1

  it('subtracts by hand: Fp1-F7 is 1 - 11 uV', () => {
    const settings: ViewSettings = { ...UNFILTERED, montage: 'longitudinal' }
    const found = values(recording, settings, { start: 10, end: 11 }, numbered)
    const valueIn = (id: string) =>
      found.find(({ derivation }) => derivation.id === id)?.pieces[0]?.values.at(7)
    expect(valueIn('Fp1-F7')).toBe(1 - 11)
    expect(valueIn('T7-P7')).toBe(13 - 15)
    expect(valueIn('Cz-Pz')).toBe(18 - 19)
    expect(valueIn('P8-O2')).toBe(16 - 10)
  })

  it('subtracts the mean of 19 electrodes by hand: it is 10 uV', () => {
    const settings: ViewSettings = { ...UNFILTERED, montage: 'average' }
    for (const { derivation, pieces } of values(recording, settings, { start: 0, end: 1 }, numbered)) {
      const own = derivation.terms.find(({ weight }) => weight > 0)?.signal ?? -1
      for (const value of pieces[0]?.values ?? []) expect(value).toBeCloseTo(own + 1 - 10, 9)
    }
  })

  it('asks for the signals it needs and nothing else', () => {
    const some = makeRecording(makeHeader([...SCALP, 'EEG A1', { label: 'Status', kind: 'status' }]))
    expect(planView(some, CLINICAL, { start: 0, end: 10 }).signals).toEqual(
      Array.from({ length: 19 }, (_, i) => i),
    )
  })

  it('that cannot be derived has no lines and asks for nothing', () => {
    const bipolar = makeRecording(makeHeader(['FP1-F7', 'F7-T7']))
    const { plan, traces } = page(bipolar, CLINICAL, { start: 0, end: 10 }, 1000, numbered)
    expect(plan.signals).toEqual([])
    expect(traces).toEqual([])
  })
})

describe('a page', () => {
  const recording = makeRecording(
    makeHeader(['Fp1', { label: 'SaO2', kind: 'other', unit: '%', sampleRate: 1 }]),
  )
  const ramp: ValueAt = (_, time) => time

  it('places sample k of a piece at start + k step', () => {
    const [trace] = page(recording, UNFILTERED, { start: 20, end: 30 }, 1400, ramp).traces
    const [piece] = trace?.pieces ?? []
    if (piece?.form !== 'samples') throw new Error('expected samples')
    expect(piece.step).toBe(1 / 256)
    for (let k = 0; k < piece.values.length; k += 97) {
      expect(piece.values[k]).toBeCloseTo(piece.start + k * piece.step, 5)
    }
  })

  it('has one sample beyond each edge, so that lines reach it, also at 1 Hz', () => {
    const { traces } = page(recording, UNFILTERED, { start: 20, end: 30 }, 1400, ramp)
    const [fast, slow] = traces.map(({ pieces }) => pieces[0])
    if (fast?.form !== 'samples' || slow?.form !== 'samples') throw new Error('expected samples')
    expect([fast.start, fast.values.length]).toEqual([20 - 1 / 256, 2562])
    expect([slow.start, [...slow.values]]).toEqual([19, [19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]])
  })

  it('has columns where there are 4 samples or more to each', () => {
    const { traces } = page(recording, UNFILTERED, { start: 20, end: 30 }, 640, ramp)
    expect(traces.map(({ pieces }) => pieces[0]?.form)).toEqual(['columns', 'samples'])
    const [piece] = traces[0]?.pieces ?? []
    expect(piece?.values).toHaveLength(4 * 640)
    expect([...(piece?.values.subarray(0, 4) ?? [])]).toEqual([20, 20, 20 + 3 / 256, 20 + 3 / 256])
  })

  it('ends where the recording ends', () => {
    const [trace] = page(recording, UNFILTERED, { start: 55, end: 65 }, 1400, ramp).traces
    const [piece] = trace?.pieces ?? []
    expect(piece?.values).toHaveLength(5 * 256 + 1)
    expect(page(recording, UNFILTERED, { start: 60, end: 70 }, 1400, ramp).traces[0]?.pieces).toEqual([])
    expect(page(recording, UNFILTERED, { start: -10, end: 0 }, 1400, ramp).traces[0]?.pieces).toEqual([])
  })

  it('does not filter what is no voltage, nor breath, nor status', () => {
    const mixed = makeRecording(
      makeHeader([
        'Fp1',
        { label: 'SaO2', kind: 'other', unit: '%', sampleRate: 16 },
        { label: 'Resp', kind: 'respiration', sampleRate: 32 },
        { label: 'Status', kind: 'status', unit: '' },
        { label: 'EMG Chin', kind: 'emg' },
      ]),
    )
    const found = values(mixed, { ...CLINICAL, montage: 'recorded' }, { start: 20, end: 21 }, () => 97)
    expect(found.map(({ pieces }) => Math.round(pieces[0]?.values[5] ?? -1))).toEqual([0, 97, 97, 97, 0])
  })

  it('tells which filter is off for want of sampling rate', () => {
    const slow = makeRecording(makeHeader(['Fp1', { label: 'EMG Chin', kind: 'emg', sampleRate: 100 }]))
    expect(planView(slow, { ...CLINICAL, montage: 'recorded' }, { start: 0, end: 10 }).notes).toEqual([
      'The high-frequency filter is off for Chin EMG: the sampling rate has no room for it.',
    ])
  })

  it('asks for the margin its filters need, and hardly any without filters', () => {
    const span = { start: 20, end: 30 }
    const filtered = planView(recording, { ...CLINICAL, montage: 'recorded' }, span).readSpan
    expect(20 - filtered.start).toBeGreaterThan(3)
    expect(20 - filtered.start).toBeLessThan(6)
    const fast = makeRecording(makeHeader(['Fp1']))
    expect(20 - planView(fast, UNFILTERED, span).readSpan.start).toBeLessThan(0.02)
    const minutely = makeRecording(makeHeader(['Fp1', { label: 'Crc16', sampleRate: 1 / 60 }]))
    expect(20 - planView(minutely, UNFILTERED, span).readSpan.start).toBeLessThanOrEqual(5)
  })
})

describe('a gap', () => {
  const recording = makeRecording(makeHeader(['Fp1'], 40), [
    { start: 0, end: 20 },
    { start: 33, end: 53 },
  ])
  const stepped: ValueAt = (_, time) => (time < 20 ? 100_000 : -100_000) + 50 * Math.sin(time * 20)

  it('lies between two pieces at their true times', () => {
    const [trace] = page(recording, UNFILTERED, { start: 15, end: 45 }, 100_000, stepped).traces
    const starts = trace?.pieces.map((piece) => (piece.form === 'samples' ? piece.start : Number.NaN))
    expect(starts).toEqual([15 - 1 / 256, 33])
    expect(trace?.pieces.map((piece) => piece.values.length)).toEqual([5 * 256 + 1, 12 * 256 + 1])
  })

  it('is not crossed by a filter: 200 mV apart, both sides stay quiet', () => {
    const settings: ViewSettings = { ...CLINICAL, montage: 'recorded' }
    const [derived] = values(recording, settings, { start: 10, end: 50 }, stepped)
    for (const { values: filtered } of derived?.pieces ?? []) {
      expect(Math.max(...filtered.map(Math.abs))).toBeLessThan(150)
    }
  })

  it('counts columns from the page, not from the piece', () => {
    const [trace] = page(recording, UNFILTERED, { start: 13, end: 43 }, 300, stepped).traces
    expect(trace?.pieces).toMatchObject([
      { form: 'columns', firstColumn: 0 },
      { form: 'columns', firstColumn: 200 },
    ])
    expect(trace?.pieces.map((piece) => piece.values.length / 4)).toEqual([70, 100])
  })
})

describe('one value for a sample, whichever page shows it', () => {
  const random = seededRandom(7)
  const noise = Float64Array.from({ length: 60 * 256 }, () => 40 * (random() - 0.5))
  /** 100 mV of offset, electrode steps of tens of mV, a drift and EEG. */
  const hard: ValueAt = (signal, time) =>
    100_000 -
    (time > 21.3 ? 60_000 + 500 * signal : 0) +
    (time > 37.7 ? 30_000 : 0) +
    300 * Math.sin(time / 9) +
    80 * Math.sin(2 * Math.PI * 3.1 * time + signal) +
    noise[(Math.round(time * 256) + 31 * signal) % noise.length]!
  const header = makeHeader([...SCALP, { label: 'EMG Chin', kind: 'emg', sampleRate: 512 }])
  const recording = makeRecording(header, [
    { start: 0.5, end: 45.5 },
    { start: 47.25, end: 62.25 },
  ])
  const whole = { start: 0, end: 70 }

  it.each(KINDS_OF_LINES)('%s, in any partition', (montage) => {
    const views = fc.record({
      lowFrequency: fc.constantFrom(null, 0.3, 1, 5),
      highFrequency: fc.constantFrom(null, 15, 70),
      notch: fc.constantFrom(null, 50),
      direction: fc.constantFrom('zero-phase', 'causal'),
    })
    const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 6999 }), { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(views, cuts, (filters, inner) => {
        const settings: ViewSettings = { montage, ...filters }
        const reference = values(recording, settings, whole, hard).map(({ pieces }) => joined(pieces))
        const edges = [0, ...inner.map((cut) => cut / 100).sort((a, b) => a - b), 70]
        const pages = edges
          .slice(1)
          .map((end, i) => values(recording, settings, { start: edges[i]!, end }, hard))
        reference.forEach((expected, line) => {
          const found = joined(pages.flatMap((each) => each[line]?.pieces ?? []))
          expect(found.length).toBe(expected.length)
          let worst = 0
          found.forEach((value, i) => {
            worst = Math.max(worst, Math.abs(value - expected[i]!))
          })
          expect(worst).toBeLessThan(0.1)
        })
      }),
      cases(8),
    )
  })

  it('and it is the value that the filter alone gives over the whole segment', () => {
    const filters = { lowFrequency: 1, highFrequency: 70, notch: 50 }
    const found = values(recording, { montage: 'recorded', ...filters }, whole, hard)
    found.forEach(({ derivation, pieces }, signal) => {
      const [raw] = readMade(recording, [signal], whole, hard)
      const chain = designChain(filters, derivation.sampleRate ?? 1)
      const expected = raw?.pieces.map((piece) =>
        applyChain(chain, piece.values, { atStart: true, atEnd: true }),
      )
      expect(pieces.map((piece) => piece.values)).toEqual(expected)
    })
  })

  function joined(pieces: readonly { readonly values: Float64Array }[]): readonly number[] {
    return pieces.flatMap((piece) => [...piece.values])
  }
})

describe('saturation', () => {
  const limited = { physicalMin: -500, physicalMax: 500, digitalMin: -5000, digitalMax: 5000 }
  const recording = makeRecording(
    makeHeader([
      { label: 'Fp1', ...limited },
      { label: 'F7', ...limited },
    ]),
  )
  const span = { start: 20, end: 30 }
  const settings = UNFILTERED

  it('is two samples or more at the limit, at their time', () => {
    const clipped: ValueAt = (signal, time) => (signal === 0 && time >= 22 && time < 22.5 ? 500 : 10)
    const { traces } = page(recording, settings, span, 1000, clipped)
    expect(traces.map(({ saturated }) => saturated)).toEqual([[{ start: 22, end: 22.5 }], []])
  })

  it('is not one sample that just fits', () => {
    const touching: ValueAt = (_, time) => (time === 22 ? -500 : 10)
    expect(page(recording, settings, span, 1000, touching).traces[0]?.saturated).toEqual([])
  })

  it('of two samples is seen where the page ends between them', () => {
    const clipped: ValueAt = (_, time) => (time >= 30 - 1 / 256 && time < 30 + 1 / 256 ? 500 : 10)
    const next = { start: 30, end: 40 }
    expect(page(recording, settings, span, 1000, clipped).traces[0]?.saturated).toEqual([
      { start: 30 - 1 / 256, end: 30 },
    ])
    expect(page(recording, settings, next, 1000, clipped).traces[0]?.saturated).toEqual([
      { start: 30, end: 30 + 1 / 256 },
    ])
  })

  it('is found below zero, and where a filter has moved the trace away from the limit', () => {
    const low: ValueAt = (_, time) => (time >= 25 && time < 26 ? -500.02 : -400)
    const filtered = page(recording, { ...CLINICAL, montage: 'recorded' }, span, 1000, low)
    expect(filtered.traces[0]?.saturated).toEqual([{ start: 25, end: 26 }])
  })

  it('is not told of a signal whose range in the header is plainly wrong', () => {
    const beyond: ValueAt = (_, time) => (Math.floor(time * 10) % 2 === 0 ? 900 : 0)
    expect(page(recording, settings, span, 1000, beyond).traces[0]?.saturated).toEqual([])
  })

  it('of either electrode shows in their derivation', () => {
    const scalp = makeRecording(makeHeader(SCALP.map((label) => ({ label, ...limited }))))
    const f7 = SCALP.indexOf('F7')
    const clipped: ValueAt = (signal, time) => (signal === f7 && time >= 22 && time < 23 ? 500 : 0)
    const { plan, traces } = page(scalp, CLINICAL, span, 1000, clipped)
    const touched = plan.derivations.filter((_, i) => (traces[i]?.saturated.length ?? 0) > 0)
    expect(touched.map(({ id }) => id)).toEqual(['Fp1-F7', 'F7-T7'])
  })
})

it('makes each page in one block of memory that no other page shares, so that it can be handed to another thread', () => {
  const recording = makeRecording(makeHeader(SCALP))
  const blocksOf = (start: number) => {
    const span = { start, end: start + 10 }
    const { traces } = page(recording, CLINICAL, span, 1000, (_, time) => Math.sin(time))
    const values = traces.flatMap(({ pieces }) => pieces.map((piece) => piece.values))
    expect(values).toHaveLength(18)
    const places = values.map(({ byteOffset, byteLength }) => [byteOffset, byteOffset + byteLength] as const)
    // One behind the other: none is written over.
    expect(places.every(([from], index) => index === 0 || from >= places[index - 1]![1])).toBe(true)
    return new Set(values.map(({ buffer }) => buffer))
  }
  const first = blocksOf(0)
  const second = blocksOf(10)
  expect(first.size).toBe(1)
  expect([...first, ...second]).toHaveLength(new Set([...first, ...second]).size)
})

describe('a page of thousands of short segments', () => {
  it('costs hardly more than its samples', () => {
    const header = {
      ...makeHeader(
        SCALP.map((name) => `EEG ${name}-Ref`),
        4000,
      ),
      recordDuration: 1,
    }
    const recording = makeRecording(
      header,
      Array.from({ length: 2000 }, (_, i) => ({ start: 2 * i, end: 2 * i + 1 })),
    )
    const few = {
      ...recording,
      header: {
        ...header,
        signals: header.signals.map((s) => ({ ...s, sampleRate: 4, samplesPerRecord: 4 })),
      },
    }
    const span = { start: 0, end: 4000 }
    const settings: ViewSettings = { montage: 'average', lowFrequency: 0.1, highFrequency: null, notch: null }
    const plan = planView(few, settings, span)
    const samples = readMade(few, plan.signals, plan.readSpan, (signal, time) => signal + Math.sin(time))
    // Walking through all pieces and columns for each of them took a minute, beyond what a test may take.
    const { traces } = computePage(plan, samples, { span, columns: 1500 })
    expect(traces.every(({ pieces }) => pieces.length === 2000)).toBe(true)
  })
})

describe('a slow signal', () => {
  /** A stage each 30 s beside EEG: five records of 30 s, then a gap of 60 s, then three. */
  const header = {
    ...makeHeader(
      [
        { label: 'EEG Fp1-Ref', sampleRate: 64, samplesPerRecord: 1920 },
        { label: 'Hypnogram', kind: 'other', unit: 'stage', sampleRate: 1 / 30, samplesPerRecord: 1 },
        { label: 'Skin', unit: 'uV', kind: 'other', sampleRate: 0.1, samplesPerRecord: 3 },
      ],
      8,
    ),
    recordDuration: 30,
  }
  const made = makeRecording(header)
  const recording: Recording = {
    ...made,
    timeline: {
      ...made.timeline,
      segments: [
        { firstRecord: 0, records: 5, onset: ticksFromSeconds(0) },
        { firstRecord: 5, records: 3, onset: ticksFromSeconds(210) },
      ],
      span: { start: 0, end: 300 },
    },
  }
  const byTime: ValueAt = (signal, time) => (signal === 0 ? 0 : 1000 * signal + time)

  function slowPage(start: number, end: number, settings: ViewSettings = CLINICAL) {
    const span = { start, end }
    const plan = planView(recording, { ...settings, montage: 'recorded' }, span)
    const samples = [
      ...readMade(recording, plan.signals, plan.readSpan, byTime),
      ...readMade(recording, plan.held?.signals ?? [], plan.held?.span ?? span, byTime),
    ]
    return computePage(plan, samples, { span, columns: 1500 })
  }

  it.each([
    [0, 10, 0, [1000]],
    [10, 20, 0, [1000]],
    [29, 39, 0, [1000, 1030]],
    [30, 40, 30, [1030]],
    [60, 120, 60, [1060, 1090]],
    [145, 155, 120, [1120]],
    [205, 215, 210, [1210]],
    [290, 300, 270, [1270]],
  ])('holds its value from %d to %d s', (start, end, from, expected) => {
    const [, stage] = slowPage(start, end).traces
    expect(stage?.pieces).toHaveLength(1)
    expect(stage?.pieces[0]).toMatchObject({ form: 'steps', start: from, step: 30 })
    expect([...(stage?.pieces[0]?.values ?? [])]).toEqual(expected)
  })

  it('holds nothing across a gap or beyond the end', () => {
    expect(slowPage(155, 165).traces.map(({ pieces }) => pieces)).toEqual([[], [], []])
    expect(slowPage(300, 310).traces[1]?.pieces).toEqual([])
    const [, around] = slowPage(140, 220).traces
    expect(around?.pieces.map(({ values }) => [...values])).toEqual([[1120], [1210]])
  })

  it('is not filtered, be it a voltage', () => {
    const [, , skin] = slowPage(42, 52, { ...CLINICAL, lowFrequency: 0.01 }).traces
    expect([...(skin?.pieces[0]?.values ?? [])]).toEqual([2040, 2050])
    expect(skin?.baseline).toBeUndefined()
  })

  it('is told by its label at any rate', () => {
    expect(isHeld({ label: 'Hypnogram', sampleRate: 10 })).toBe(true)
    expect(isHeld({ label: 'Sleep stage', sampleRate: 4 })).toBe(true)
    expect(isHeld({ label: 'SpO2', sampleRate: 0.5 })).toBe(true)
    expect(isHeld({ label: 'SpO2', sampleRate: 25 })).toBe(false)
    expect(isHeld({ label: 'EEG C3-A2', sampleRate: 100 })).toBe(false)
  })
})

describe('offsets of electrodes', () => {
  const recording = makeRecording(
    makeHeader(
      [
        'Fp1',
        'Fp2',
        { label: 'SaO2', kind: 'other', unit: '%', sampleRate: 16 },
        { label: 'EMG Chin', kind: 'emg', sampleRate: 8 },
      ],
      40,
    ),
    [
      { start: 0, end: 20 },
      { start: 30, end: 50 },
    ],
  )
  const offset: ValueAt = (signal, time) => [28_000, -15_000, 97, 500][signal]! + Math.sin(2 * Math.PI * time)

  it('leave a trace on the page without a low-frequency filter: each lies about its own mean', () => {
    const { traces } = page(recording, UNFILTERED, { start: 15, end: 35 }, 1400, offset)
    expect(traces.map(({ baseline }) => baseline && Math.round(baseline))).toEqual([
      28_000,
      -15_000,
      undefined,
      500,
    ])
    const [first] = traces
    expect(first?.pieces[0]?.values[0]).toBeCloseTo(28_000, -1)
  })

  it("are in no one's way with one, unless the sampling rate cannot carry it", () => {
    const settings: ViewSettings = { ...UNFILTERED, lowFrequency: 5 }
    const { traces } = page(recording, settings, { start: 5, end: 15 }, 1400, offset)
    expect(traces.map(({ baseline }) => baseline && Math.round(baseline))).toEqual([
      undefined,
      undefined,
      undefined,
      500,
    ])
  })

  it('are spoken of in the notes', () => {
    expect(noteView(recording.header, UNFILTERED).join()).toMatch(/less its own mean over the page/)
    expect(
      noteView(recording.header, { ...CLINICAL, lowFrequency: 1, montage: 'recorded' }).join(),
    ).not.toMatch(/mean/)
  })
})
