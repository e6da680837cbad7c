/** The bits are those of BioSemi's own page on its trigger signals (www.biosemi.com/faq/trigger_signals.htm). */
import { describe, expect, test } from 'vitest'
import { bytesSource } from '../../../../shared/bytes.ts'
import { openRecording, readSpan, scanRecording } from '../../../../shared/edf/recording.ts'
import { computePage, computeValues, planView } from '../../../../shared/signal/view.ts'
import { BDF_VERSION, edfBytes, type FileBytes, type SignalBytes } from '../../../support/edfBytes.ts'

const RATE = 64
const CMS = 1 << 20
const EPOCH = 1 << 16
const BATTERY = 1 << 22
const SETTINGS = { montage: 'recorded', lowFrequency: 1, highFrequency: null, notch: null } as const

const wide: SignalBytes = {
  digitalMin: '-8388608',
  digitalMax: '8388607',
  physicalMin: '-262144',
  physicalMax: '262143.97',
  samplesPerRecord: `${RATE}`,
}
/** A level that jumps by 1000 uV where recording was paused, and some EEG on it. */
const eeg = (pausedAt: number): SignalBytes => ({
  ...wide,
  label: 'Fp1',
  unit: 'uV',
  record: (record) =>
    Array.from({ length: RATE }, (_, k) => {
      const sample = record * RATE + k
      return Math.round(32 * ((sample >= pausedAt ? 1000 : 0) + 50 * Math.sin(sample / 3)))
    }),
})
const status = (bitsAt: (sample: number) => number, over: SignalBytes = {}): SignalBytes => ({
  ...wide,
  label: 'Status',
  unit: 'Boolean',
  physicalMin: '-8388608',
  physicalMax: '8388607',
  record: (record) => Array.from({ length: RATE }, (_, k) => bitsAt(record * RATE + k)),
  ...over,
})

async function open(
  bitsAt: (sample: number) => number,
  pausedAt = Number.POSITIVE_INFINITY,
  over: FileBytes = {},
) {
  const signals = [eeg(pausedAt), status(bitsAt)]
  const file = { version: BDF_VERSION, reserved: '24BIT', recordCount: 12, signals, ...over }
  const source = bytesSource(edfBytes(file))
  const recording = await openRecording(source, { timeline: 'quick' })
  return { source, recording, scanned: await scanRecording(source, recording) }
}

describe('a new epoch', () => {
  // At the start of a record, and within one.
  test.each([5 * RATE, 5 * RATE + 17])(
    'at sample %i is a break: nothing is filtered across it',
    async (paused) => {
      const bits = (sample: number) =>
        CMS | (sample < 2 || (sample >= paused && sample < paused + 2) ? EPOCH : 0)
      const { source, recording, scanned } = await open(bits, paused)
      expect(scanned.recording.timeline.breaks).toEqual([paused / RATE])
      expect(scanned.recording.timeline.gaps).toEqual([])
      expect(scanned.recording.warnings.map(({ code }) => code)).toEqual(['paused'])
      expect(scanned.statusNotes).toEqual([
        { onset: paused / RATE, duration: null, text: 'Recording was paused', channel: 'Status' },
      ])
      const span = { start: 3, end: 9 }
      for (const each of [recording, scanned.recording]) {
        // The first page is asked for before the file was read.
        const plan = planView(each, SETTINGS, span)
        const samples = await readSpan(source, each, plan.signals, plan.readSpan)
        const [fp1] = computeValues(plan, samples, span)
        expect(fp1?.pieces.map(({ start }) => start)).toEqual([3, paused / RATE])
        // The step of 1000 uV is nowhere: each stretch is filtered as if the other were not.
        for (const { values } of fp1?.pieces ?? [])
          expect(Math.max(...values.map(Math.abs))).toBeLessThan(150)
        const [trace] = computePage(plan, samples, { span, columns: 4000 }).traces
        expect(trace?.pieces).toHaveLength(2)
      }
    },
  )

  test('loses no sample, and moves none', async () => {
    const bits = (sample: number) => CMS | (sample === 201 || sample === 500 ? EPOCH : 0)
    const { source, recording, scanned } = await open(bits)
    const whole = { start: 0, end: 12 }
    const [before] = await readSpan(source, recording, [0], whole)
    const [after] = await readSpan(source, scanned.recording, [0], whole)
    expect(after?.pieces.map(({ firstSample, start }) => [firstSample, start])).toEqual([
      [0, 0],
      [201, 201 / RATE],
      [500, 500 / RATE],
    ])
    expect(after?.pieces.flatMap(({ values }) => [...values])).toEqual([...(before?.pieces[0]?.values ?? [])])
  })

  test('that is the first, and one that is held for a second, is one epoch', async () => {
    const { scanned } = await open((sample) => CMS | (sample < RATE ? EPOCH : 0))
    expect(scanned.recording.timeline.breaks).toBeUndefined()
    expect(scanned.recording.warnings).toEqual([])
  })
})

test('a trigger is a note where the inputs change to another value than 0', async () => {
  const bits = (sample: number) => {
    if (sample < 10) return CMS | 0xff00
    if (sample >= 100 && sample < 110) return CMS | 7
    if (sample >= 110 && sample < 120) return CMS | 0x1234
    return CMS
  }
  const { scanned } = await open(bits)
  expect(scanned.statusNotes.map(({ onset, text }) => [onset, text])).toEqual([
    [100 / RATE, 'Trigger 7'],
    [110 / RATE, 'Trigger 4660'],
  ])
  expect(scanned.annotations).toEqual([])
})

test('where CMS is out of range every voltage is marked as bad, and a note says for how long', async () => {
  const { source, recording, scanned } = await open((sample) => (sample >= 320 && sample < 384 ? 0 : CMS))
  expect(scanned.statusNotes).toEqual([
    { onset: 5, duration: 1, text: 'CMS out of range', channel: 'Status' },
  ])
  const span = { start: 4.5, end: 5.5 }
  const plan = planView(recording, SETTINGS, span)
  const page = computePage(plan, await readSpan(source, recording, plan.signals, plan.readSpan), {
    span,
    columns: 4000,
  })
  expect(page.traces.map(({ saturated }) => saturated)).toEqual([[{ start: 5, end: 5.5 }], []])
})

test('a low battery is a note', async () => {
  const { scanned } = await open((sample) => CMS | (sample >= 640 ? BATTERY : 0))
  expect(scanned.statusNotes.map(({ onset, duration, text }) => [onset, duration, text])).toEqual([
    [10, 2, 'Battery low'],
  ])
})

test("another maker's Status, without the amplifier's bits, loses no reference", async () => {
  const { source, recording, scanned } = await open((sample) => (sample === 99 ? 3 : 0))
  expect(scanned.statusNotes.map(({ text }) => text)).toEqual(['Trigger 3'])
  const plan = planView(recording, SETTINGS, { start: 0, end: 5 })
  const samples = await readSpan(source, recording, plan.signals, plan.readSpan)
  const { traces } = computePage(plan, samples, { span: { start: 0, end: 5 }, columns: 4000 })
  expect(traces.every(({ saturated }) => saturated.length === 0)).toBe(true)
})

describe("another maker's channel called Status", () => {
  test.each<[string, (sample: number) => number]>([
    ['a wave around 0', (sample) => Math.round(3000 * Math.sin(sample / 3))],
    ['a counter', (sample) => ((sample * 20_000) & 0xffffff) - 0x800000],
    ['triggers beside -1', (sample) => (sample % RATE === 5 ? 3 : -1)],
    ['-1 throughout', () => -1],
  ])('pauses nothing and marks nothing as bad: %s', async (_, bits) => {
    const { source, recording, scanned } = await open(bits)
    expect(scanned.recording.warnings.map(({ code }) => code)).toEqual([])
    expect(scanned.recording.timeline.breaks).toBeUndefined()
    const span = { start: 0, end: 5 }
    const plan = planView(recording, SETTINGS, span)
    const samples = await readSpan(source, recording, plan.signals, plan.readSpan)
    const { traces } = computePage(plan, samples, { span, columns: 4000 })
    expect(traces.every(({ saturated }) => saturated.length === 0)).toBe(true)
  })

  test("does not hide the amplifier's own", async () => {
    const own = status((sample) => CMS | (sample === 5 * RATE ? EPOCH : 0))
    const { scanned } = await open(() => 0, Number.POSITIVE_INFINITY, {
      signals: [status((sample) => sample % 7, { unit: 'uV' }), eeg(Number.POSITIVE_INFINITY), own],
    })
    expect(scanned.recording.timeline.breaks).toEqual([5])
  })
})
