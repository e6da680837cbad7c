/** Clips: the same samples at the same times, in records of their own, and nothing that says who or when. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import { checkClip } from '../../../shared/clips/checkClip.ts'
import { clipChunks } from '../../../shared/clips/clipChunks.ts'
import { planClip } from '../../../shared/clips/planClip.ts'
import { checkRecording } from '../../../shared/edf/check.ts'
import { openRecording, readDigital, scanRecording } from '../../../shared/edf/recording.ts'
import { fingerprint } from '../../../shared/edf/samples/fingerprint.ts'
import { ReviewError } from '../../../shared/failure.ts'
import { ticks } from '../../../shared/units.ts'
import { FIXTURES, fixture } from '../../fixtures/edf/fixtures.ts'
import { anyRecording, type Made, makeClip, SECRET, sha256, sourceOf, WHOLE } from '../../support/clips.ts'
import { annotationSignal, BDF_VERSION, edfBytes, talBytesUtf8 } from '../../support/edfBytes.ts'
import { setOf } from '../../support/exchange.ts'
import { cases } from '../../support/properties.ts'
import { realRecordings } from '../../support/recordings.ts'
import { anyText } from '../../support/texts.ts'

/** Every sample of a channel with its time in ticks, by arithmetic on what the recording was made of. */
function samplesOf({ duration, counts, onsets, valueAt }: Made, channel: number) {
  const count = counts[channel]!
  return onsets.flatMap((onset, record) =>
    Array.from({ length: count }, (_, k) => ({
      time: onset + (k * duration) / count,
      value: valueAt(channel, record * count + k),
    })),
  )
}

/** The digital samples of a clip's channel with their times, by arithmetic on its records. */
async function samplesIn(clip: Uint8Array, channel: number) {
  const source = bytesSource(clip)
  const recording = await openRecording(source)
  const { header, timeline } = recording
  const { samplesPerRecord: count, samples } = header.signals[channel]!
  const values = await readDigital(source, recording, channel, 0, samples)
  return timeline.segments.flatMap(({ firstRecord, records, onset }) =>
    Array.from({ length: records * count }, (_, k) => ({
      time: onset / 1e7 + (k * header.recordDuration) / count,
      value: values[firstRecord * count + k]!,
    })),
  )
}

describe('the samples of a clip', () => {
  test('are those of the recording, each at its time, whatever rates, gaps, records and span are', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyRecording,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.boolean(),
        async (made, a, b, isWhole) => {
          const end = made.onsets.at(-1)! + made.duration
          const start = made.onsets[0]!
          const [from, to] = [a, b].sort((x, y) => x - y).map((share) => start + share * (end - start))
          let made2: Awaited<ReturnType<typeof makeClip>>
          try {
            made2 = await makeClip(made.bytes, { span: isWhole ? 'whole' : { start: from!, end: to! } })
          } catch (thrown) {
            // A span within a gap, or shorter than anything.
            if (thrown instanceof ReviewError && /^Nothing was recorded/.test(thrown.message)) return
            throw thrown
          }
          const { plan, clip, checks } = made2
          expect(checks).toHaveLength(5)
          expect((await checkRecording(bytesSource(clip))).deviations).toEqual([])
          const shift = plan.span.start - plan.onsetOf(0) / 1e7
          for (const channel of made.counts.keys()) {
            const theirs = samplesOf(made, channel).filter(
              ({ time }) => time > plan.span.start - 2e-7 && time < plan.span.end - 2e-7,
            )
            const ours = await samplesIn(clip, channel)
            expect(ours.map(({ value }) => value)).toEqual(theirs.map(({ value }) => value))
            for (const [k, { time }] of ours.entries()) {
              expect(Math.abs(time + shift - theirs[k]!.time)).toBeLessThan(2.1e-7)
            }
          }
          if (isWhole) return
          expect(plan.onsetOf(0)).toBe(0)
          // All that was asked for is there, and hardly more: less than a unit, or as much as a record needs.
          const asked = samplesOf(made, 0).filter(({ time }) => time >= from! && time < to!)
          expect((await samplesIn(clip, 0)).length).toBeGreaterThanOrEqual(asked.length)
        },
      ),
      cases(150),
    )
  })
})

const SECOND = 10_000_000

/** Everything in it that says who, when, by whom and with what. */
const NAMED = edfBytes({
  ...SECRET,
  reserved: 'EDF+C by Harriet 17.09.16',
  recordCount: 20,
  signals: [
    { samplesPerRecord: '8', record: () => [1, 2, 3, 4, 5, 6, 7, 8], reserved: 'serial JE921-77134' },
    {
      label: 'EMG Haagse',
      transducer: 'AgAgCl no. 77134',
      prefilter: 'HP:10Hz by Vandertech',
      samplesPerRecord: '2',
      record: (record) => [record, -record],
    },
    annotationSignal(
      (record) =>
        talBytesUtf8(
          record === 3
            ? '+3||_+3.25^0.5|Eyes open|_+3.5|Haagse Harriet łzawi 0601234567|_+3.75|Lights off@@EMG Haagse|_'
            : `+${record}||_`,
        ),
      { bytes: 160 },
    ),
  ],
})

/** How a text may lie in a file. */
function spellings(text: string): readonly Buffer[] {
  const forms = [text, text.toLowerCase(), text.toUpperCase(), text.replaceAll('_', ' ')]
  return forms.flatMap((form) => {
    const utf16 = Buffer.from(form, 'utf16le')
    return [Buffer.from(form, 'utf8'), Buffer.from(form, 'latin1'), utf16, Buffer.from(utf16).swap16()]
  })
}

describe('a clip', () => {
  test('holds no bytes of what was removed, in any encoding', async () => {
    const { clip, plan } = await makeClip(NAMED, {}, null, 'Haagse Harriet 2016-09-17.edf')
    const bytes = Buffer.from(clip)
    const secrets = [
      ...['Haagse', 'Harriet', 'MCH-0234567', '0234567', '02-MAY-1951', '1951', 'PSG-1234', 'Vandertech'],
      ...[
        'Nihonkohden',
        'JE921',
        '77134',
        '17.09.16',
        '17-SEP-2016',
        '22.15.37',
        '0601234567',
        'łzawi',
        '2016',
      ],
    ]
    for (const secret of secrets) {
      for (const form of spellings(secret))
        expect(bytes.includes(form), `${secret} as ${form.toString()}`).toBe(false)
    }
    // Nor does what is said of it.
    const said = JSON.stringify(plan.proof)
    for (const secret of secrets) expect(said.toLowerCase()).not.toContain(secret.toLowerCase())
    expect(plan.events.map(({ text }) => text)).toEqual(['Eyes open', 'Lights off@@EMG 2'])
    expect(plan.cells.map(({ label, transducer, prefilter }) => [label, transducer, prefilter])).toEqual([
      ['EEG Fp1-Ref', 'AgAgCl electrode', 'HP:0.1Hz LP:75Hz N:50Hz'],
      ['EMG 2', '', ''],
    ])
  })

  test('lets a text through that a reader looked at, and warns of one that repeats a name', async () => {
    const told = (await sourceOf(NAMED)).annotations.length
    const before = planClip(await sourceOf(NAMED), WHOLE)
    expect(told).toBe(3)
    expect(before.texts.filter(({ goes }) => !goes).map(({ id, caution }) => [id, caution])).toEqual([
      ['label:EMG Haagse', 'repeats what the header or the file’s name says'],
      ['transducer:AgAgCl no. 77134', 'holds a long number'],
      ['prefilter:HP:10Hz by Vandertech', 'repeats what the header or the file’s name says'],
      ['annotation:Haagse Harriet łzawi 0601234567', 'repeats what the header or the file’s name says'],
    ])
    const { plan } = await makeClip(NAMED, { keep: ['annotation:Haagse Harriet łzawi 0601234567'] })
    expect(plan.events.map(({ text }) => text)).toContain('Haagse Harriet łzawi 0601234567')
    expect(plan.proof).toContainEqual({
      field: 'The recording’s annotations',
      what: 'kept',
      says: 'let through by a reader: “Haagse Harriet łzawi 0601234567”',
    })
    const none = await makeClip(NAMED, { notes: false })
    expect(none.plan.events).toEqual([])
  })

  test('begins a text that was let through with a letter, as the standard asks', async () => {
    const bytes = edfBytes({
      ...{ reserved: 'EDF+C', recordCount: 2 },
      signals: [
        { transducer: '\u00af Haagse', record: () => [1, 2, 3, 4] },
        annotationSignal((record) => talBytesUtf8(`+${record}||_`)),
      ],
    })
    const { clip } = await makeClip(bytes, { keep: ['transducer:\u00af Haagse'] })
    expect(Buffer.from(clip).includes('Haagse')).toBe(true)
  })

  test('of words that are anybody’s keeps them: no property finds a text of its own in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyText({ minLength: 5, maxLength: 60 }), async (text) => {
        const plain = text.replace(/\p{Cc}|[|^_@]/gu, '~').toWellFormed()
        fc.pre(plain.trim().length > 4)
        const bytes = edfBytes({
          ...{ patient: plain, recording: plain, reserved: 'EDF+C', recordCount: 2 },
          signals: [
            { transducer: plain, prefilter: plain, reserved: plain, record: () => [1, 2, 3, 4] },
            annotationSignal((record) => talBytesUtf8(`+${record}||_+0.5|${plain}|_`), { bytes: 400 }),
          ],
        })
        const { clip, plan } = await makeClip(bytes)
        fc.pre(plan.texts.every(({ goes, isKnown }) => !goes || isKnown))
        const kept = plan.texts.filter(({ goes }) => goes).map((known) => known.text)
        fc.pre(!kept.includes(plain))
        expect(Buffer.from(clip).includes(Buffer.from(plain.slice(0, 40), 'utf8'))).toBe(false)
      }),
    )
  })

  test('counts marks from its first sample, to the tick, and cuts them at its edges', async () => {
    const document = setOf(
      [
        {
          kind: 'hypnic_jerk',
          onset: ticks(5 * SECOND + 1_234_567),
          duration: ticks(2_000_000),
          channels: ['Fp1'],
        },
        { kind: 'spike_wave_3hz', onset: ticks(2 * SECOND), duration: ticks(3 * SECOND) },
        { kind: 'hypnic_jerk', onset: ticks(6 * SECOND), duration: ticks(SECOND), channels: ['EMG Haagse'] },
        { kind: 'uncertain', onset: ticks(12 * SECOND), duration: ticks(SECOND) },
      ],
      [[0, 20 * SECOND]],
    )
    const { plan } = await makeClip(
      NAMED,
      { span: { start: 4.6, end: 10 }, signals: [0], notes: false },
      document,
    )
    // 8 samples a second: the last one before 4.6 s is at 4.5.
    expect(plan.span).toEqual({ start: 4.5, end: 10 })
    expect(plan.toClip(ticks(5 * SECOND + 1_234_567))).toBe(SECOND / 2 + 1_234_567)
    expect(plan.events).toEqual([
      { onset: 0, duration: 5.5 * SECOND, text: 'Reviewed' },
      { onset: 0, duration: SECOND / 2, text: '3 Hz spike-and-wave' },
      { onset: SECOND / 2 + 1_234_567, duration: 2_000_000, text: 'Hypnic jerk@@EEG Fp1-Ref' },
    ])
    const says = plan.proof.filter(({ field }) => field === 'Marks').map((line) => line.says)
    expect(says).toContain('1 mark cut at an edge of the clip')
    expect(says).toContain('1 mark on channels that are left out')
  })

  test.each([
    ['with the Status channel is paused where the recording was', null, [1.5], []],
    [
      'without it has a note there',
      [0],
      [],
      [{ onset: 15_000_000, duration: null, text: 'Recording was paused' }],
    ],
  ] as const)('%s', async (_, signals, breaks, events) => {
    // BioSemi: bit 16 begins an epoch, bit 20 says that the electrodes are in range.
    const bits = (sample: number) => (1 << 20) | (sample < 2 || (sample >= 44 && sample < 46) ? 1 << 16 : 0)
    const channel = (label: string, unit: string, valueAt: (sample: number) => number) => ({
      ...{ label, unit, samplesPerRecord: '8', digitalMin: '-8388608', digitalMax: '8388607' },
      record: (record: number) => Array.from({ length: 8 }, (_, k) => valueAt(record * 8 + k)),
    })
    const bytes = edfBytes({
      ...{ version: BDF_VERSION, reserved: '24BIT', recordCount: 10 },
      signals: [channel('Fp1', 'uV', (sample) => sample), channel('Status', 'Boolean', bits)],
    })
    const { plan, clip } = await makeClip(bytes, { span: { start: 4, end: 8 }, signals })
    expect(plan.events).toEqual(events)
    expect((await openRecording(bytesSource(clip))).timeline.breaks ?? []).toEqual(breaks)
  })

  test('with one other sample is not given out', async () => {
    const known = await sourceOf(NAMED)
    const plan = planClip(known, WHOLE)
    // A recording that is written over between the two readings.
    const other = Uint8Array.from(NAMED)
    other[known.recording.header.headerBytes + 3] = 9
    const chunks: Uint8Array[] = []
    for await (const chunk of clipChunks(bytesSource(other), plan)) chunks.push(chunk)
    const written = bytesSource(new Uint8Array(Buffer.concat(chunks)))
    await expect(checkClip(known.source, known.recording, plan, written, { digest: sha256 })).rejects.toThrow(
      'the samples of channel 0 are not those of the recording',
    )
  })

  test('of a whole recording has its fingerprint and its axis, so that sets fit both', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecording, async (made) => {
        const { clip, known, plan } = await makeClip(made.bytes)
        const source = bytesSource(clip)
        const recording = await openRecording(source)
        expect(await fingerprint(source, recording)).toBe(await fingerprint(known.source, known.recording))
        expect(recording.timeline.segments).toEqual(known.recording.timeline.segments)
        expect(plan.grid.unitsPerRecord).toBe(plan.grid.unitsPerSourceRecord)
      }),
      cases(60),
    )
  })

  test('has records that a header writes exactly, as near to a second as its length allows', async () => {
    const rate = (count: number, duration: string, records: number) =>
      edfBytes({
        recordDuration: duration,
        recordCount: records,
        signals: [{ samplesPerRecord: String(count), record: () => Array.from({ length: count }, () => 0) }],
      })
    const lengthOf = async (bytes: Uint8Array, start: number, end: number) => {
      const { plan } = await makeClip(bytes, { span: { start, end } })
      return [plan.span.start, plan.span.end, plan.grid.recordTicks / SECOND, plan.grid.records]
    }
    // By hand: 256 Hz, 12.3 to 14.7 s are samples 3148 to 3764, 616 of them, 308 a record.
    expect(await lengthOf(rate(256, '1', 20), 12.3, 14.7)).toEqual([12.296875, 14.703125, 1.203125, 2])
    expect(await lengthOf(rate(256, '1', 20), 3, 9)).toEqual([3, 9, 1, 6])
    // 617 samples are a prime: three more make records of 124.
    expect((await lengthOf(rate(256, '1', 20), 12.3, 14.707))[3]).toBe(5)
    // One sample in half a minute, and an hour of 500 Hz in one record.
    expect(await lengthOf(rate(1, '30', 4), 40, 41)).toEqual([30, 60, 30, 1])
    expect(await lengthOf(rate(50_000, '100', 1), 10, 12)).toEqual([10, 12, 1, 2])
  })
})

describe('a clip of what vendors write', () => {
  test.each(FIXTURES)('$name: conforms, or is refused in a sentence', async ({ bytes }) => {
    const made = await makeClip(bytes).catch((thrown: unknown) => thrown)
    if (!(made instanceof ReviewError)) {
      if (made instanceof Error) throw made
      return expect((made as Awaited<ReturnType<typeof makeClip>>).checks).toHaveLength(5)
    }
    expect(made.code).toBe('unsupported')
    expect(made.message).toMatch(
      /^(No channel of this recording|Until 3 s records of this recording lie over)/,
    )
  })

  test('follows time where the file does not', async () => {
    const { plan, clip } = await makeClip(fixture('EDF+D with touching runs out of order'))
    expect(plan.format).toBe('EDF+C')
    const recording = await openRecording(bytesSource(clip))
    expect(recording.timeline.segments).toHaveLength(1)
  })

  test.each(realRecordings().map(({ name, ...rest }) => [name, rest] as const))(
    'has the digests of %s that an independent reader found',
    async (_, { path, golden }) => {
      const bytes = readFileSync(path)
      const made = await makeClip(bytes).catch((thrown: unknown) => thrown)
      if (made instanceof ReviewError)
        return expect(made.code).toMatch(/^(unsupported|bad-input|not-edf|damaged)$/)
      const { clip, plan } = made as Awaited<ReturnType<typeof makeClip>>
      const opened = await openRecording(bytesSource(clip))
      const { digests } = await scanRecording(bytesSource(clip), opened, { digest: sha256 })
      const expected = plan.signals.map(
        (index) => golden.signals.find((signal) => signal.index === index)?.digital?.sha256,
      )
      expect(digests?.slice(0, plan.signals.length)).toEqual(expected)
    },
  )
})

test('leaves a signal of annotations out where the file is plain EDF, and its texts are samples', async () => {
  const bytes = edfBytes({
    signals: [{}, annotationSignal(() => '+0\x14Haagse_Harriet\x14\0')],
  })
  const { clip, plan } = await makeClip(bytes)
  expect(plan.signals).toEqual([0])
  expect(Buffer.from(clip).toString('latin1')).not.toContain('Harriet')
})

test('says that records lie after those that the header counts', async () => {
  const { plan } = await makeClip(edfBytes({ records: '3', recordCount: 5 }))
  expect(plan.proof.find(({ field }) => field === 'End of the file')?.says).toBe(
    '2 records after those that the header counts, as samples: look at the traces there',
  )
  const { plan: usual } = await makeClip(edfBytes())
  expect(usual.proof.some(({ field }) => field === 'End of the file')).toBe(false)
})

test('has room for more annotations than a call takes arguments', async () => {
  const lists = Array.from({ length: 2000 }, () => '+0\x14Sleep stage W\x14\0').join('')
  const bytes = edfBytes({
    reserved: 'EDF+C',
    recordCount: 100,
    signals: [{}, annotationSignal((record) => `+${record}\x14\x14\0${lists}`, { bytes: 44_000 })],
  })
  const { plan } = await makeClip(bytes)
  expect(plan.events).toHaveLength(200_000)
})

describe('a clip is refused in a sentence', () => {
  const plain = (signal: object) => edfBytes({ signals: [{}, { label: 'ECG', ...signal }] })
  test.each([
    [
      'outside',
      NAMED,
      { span: { start: 30, end: 40 } },
      /^Nothing was recorded from 30 to 40 s: name a span within 0 to 20 s/,
    ],
    ['no channel', NAMED, { signals: [] }, /^A clip needs one channel at least/],
    ['annotations as a channel', NAMED, { signals: [2] }, /^There is no channel 2 with samples/],
    [
      'equal digital limits',
      plain({ digitalMin: '5', digitalMax: '5' }),
      { signals: [0, 1] },
      /^Channel 1 \(ECG\) cannot be written as EDF\+: its digital minimum is not below its maximum\. Leave it out\.$/,
    ],
    [
      'a range that is none',
      plain({ physicalMax: 'much' }),
      { signals: [1] },
      /its range is no plain numbers/,
    ],
    [
      'no record time',
      edfBytes({ recordDuration: '0' }),
      {},
      /^No channel of this recording can be written as EDF\+: its samples have no time/,
    ],
  ] as const)('%s', async (_, bytes, request, sentence) => {
    const known = await sourceOf(bytes)
    expect(() => planClip(known, { ...WHOLE, ...request })).toThrow(sentence)
  })

  test('and what cannot be written is left out where nobody asked for it', async () => {
    const { plan } = await makeClip(plain({ digitalMin: '5', digitalMax: '5' }))
    expect(plan.signals).toEqual([0])
    expect(plan.proof.find(({ field }) => field === 'Samples')?.says).toContain(
      '1 channel of the recording left out',
    )
  })
})
