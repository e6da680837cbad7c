/** The frame of the evidence card: what entries are given, and what becomes of their answers. */
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { evidenceEntry, type Line, measured, refused } from '../../../shared/evidence/common/entry.ts'
import { measureEvidence } from '../../../shared/evidence/measureEvidence.ts'
import { MEASURE_BANDS } from '../../../shared/signal/measure.ts'
import { NO_FILTERS } from '../../../shared/signal/viewSettings.ts'
import { edfBytes, type FileBytes, PLAIN_SIGNAL } from '../../support/edfBytes.ts'
import { openBytes } from '../../support/recordings.ts'

/** Two EEG and one EMG signal of 4 samples a second: k tenths of a microvolt and one whole a record. */
const FILE: FileBytes = {
  recordCount: 60,
  signals: [
    { ...PLAIN_SIGNAL, label: 'EEG Fp1-Ref' },
    { ...PLAIN_SIGNAL, label: 'EEG O1-Ref' },
    { ...PLAIN_SIGNAL, label: 'EMG Chin' },
  ],
}

/** At once, so that what is still there is held by somebody. */
function collectGarbage(): void {
  setFlagsFromString('--expose-gc')
  ;(runInNewContext('gc') as () => void)()
}

const about = { criteria: [], algorithm: 'None.', error: 'none' } as const

function entryOf(id: string, choose?: (lines: readonly Line[]) => void) {
  return evidenceEntry({
    id,
    label: id,
    side: 'jerk',
    needs: {
      eeg: { kind: 'eeg', band: NO_FILTERS, before: 1, after: 0 },
      emg: { kind: 'emg', band: NO_FILTERS, before: 0, after: 2 },
    },
    measure: ({ span, lines }) => {
      choose?.([...lines.eeg, ...lines.emg])
      return measured({ text: id, values: [], where: { span, channel: 'Chin EMG', moments: [11] } })
    },
    ...about,
  })
}

it('gives an entry its lines by kind, as recorded, with what it needs around the span', async () => {
  const { source, recording } = await openBytes(edfBytes(FILE))
  let seen: readonly Line[] = []
  const entries = [entryOf('one', (lines) => (seen = lines))]
  const options = { span: { start: 10, end: 12 }, notes: [], areNotesComplete: true, entries }
  const { rows } = await measureEvidence(source, recording, options)
  expect(seen.map(({ channel, site }) => [channel, site?.name ?? null])).toEqual([
    ['Fp1-Ref', 'Fp1'],
    ['O1-Ref', 'O1'],
    ['Chin EMG', null],
  ])
  const [eeg, , emg] = seen
  expect(eeg!.pieces.map(({ start, values }) => [start, start + values.length / 4])).toEqual([[9, 12]])
  expect(emg!.pieces.map(({ start, values }) => [start, start + values.length / 4])).toEqual([[10, 14]])
  expect(eeg!.pieces[0]!.values[0]).toBeCloseTo(9, 9)
  expect(rows).toMatchObject([
    {
      entry: 'one',
      subject: 'jerk',
      isMissing: false,
      finding: {
        is: 'measured',
        picture: { channel: 'Chin EMG', unit: 'uV', span: { start: 10, end: 12 }, moments: [11] },
      },
    },
  ])
  const finding = rows[0]!.finding
  const picture = finding.is === 'measured' ? finding.picture : null
  expect(picture?.columns).toHaveLength(8)
  expect(picture?.columns[0]?.[0]).toBeCloseTo(10, 9)
})

it('leaves out what is marked bad, and says of every channel why it cannot be used', async () => {
  const { source, recording } = await openBytes(edfBytes(FILE))
  let seen: readonly Line[] = []
  const entry = evidenceEntry({
    ...entryOf('one', (lines) => (seen = lines)),
    measure: ({ lines, channels }) => {
      seen = lines.eeg
      return refused(channels.map(({ channel, problem }) => `${channel}: ${problem}`).join(', '))
    },
  })
  const { rows } = await measureEvidence(source, recording, {
    ...{ span: { start: 10, end: 12 }, notes: [], areNotesComplete: true, entries: [entry] },
    bad: [0],
  })
  expect(seen.map(({ channel }) => channel)).toEqual(['O1-Ref'])
  expect(rows[0]!.finding).toEqual({
    is: 'refused',
    reason: 'Fp1-Ref: marked bad, O1-Ref: null, Chin EMG: null',
  })
})

it('puts what is missing first in its group, and leaves out what has nothing to say', async () => {
  const { source, recording } = await openBytes(edfBytes(FILE))
  const missing = evidenceEntry({
    ...{ id: 'no-ecg', label: 'No ECG', side: 'missing', about: 'jerk', needs: {}, ...about },
    measure: () => measured({ text: 'not recorded', values: [], where: null }),
  })
  const silent = evidenceEntry({
    ...{ id: 'silent', label: 'Silent', side: 'jerk', needs: {}, ...about },
    measure: () => null,
  })
  const { rows } = await measureEvidence(source, recording, {
    ...{ span: { start: 10, end: 12 }, notes: [], areNotesComplete: true },
    entries: [entryOf('one'), silent, missing],
  })
  expect(rows.map(({ entry, isMissing }) => [entry, isMissing])).toEqual([
    ['no-ecg', true],
    ['one', false],
  ])
})

it('measures the entries that were asked for alone, and stops where nobody waits any more', async () => {
  const { source, recording } = await openBytes(edfBytes(FILE))
  const options = {
    ...{ span: { start: 10, end: 12 }, notes: [], areNotesComplete: true },
    entries: [entryOf('one'), entryOf('two')],
  }
  const { rows } = await measureEvidence(source, recording, { ...options, only: ['two'] })
  expect(rows.map(({ entry }) => entry)).toEqual(['two'])
  const stopped = measureEvidence(source, recording, { ...options, signal: AbortSignal.abort() })
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
})

it('lets pages in between two lines', async () => {
  const { source, recording } = await openBytes(edfBytes(FILE))
  let ways = 0
  const band = MEASURE_BANDS.eeg
  const entry = evidenceEntry({
    ...{ id: 'one', label: 'One', side: 'spikeWave', ...about },
    needs: { eeg: { kind: 'eeg', band, before: 3, after: 3 } },
    measure: () => null,
  })
  await measureEvidence(source, recording, {
    ...{ span: { start: 10, end: 12 }, notes: [], areNotesComplete: true, entries: [entry] },
    giveWay: async () => {
      ways += 1
    },
  })
  expect(ways).toBeGreaterThanOrEqual(3)
})

it('measures as many channels as it can afford, says on how many, and none that is sampled too fast', async () => {
  const signals = Array.from({ length: 80 }, (_, at) => ({ ...PLAIN_SIGNAL, label: `EEG ${at}` }))
  const fast = { ...PLAIN_SIGNAL, label: 'EMG Chin', samplesPerRecord: '20001', record: () => zeros }
  const zeros = new Array<number>(20_001).fill(0)
  const { source, recording } = await openBytes(edfBytes({ recordCount: 20, signals: [...signals, fast] }))
  let seen: readonly Line[] = []
  const options = { span: { start: 10, end: 12 }, notes: [], areNotesComplete: true }
  const entries = [entryOf('one', (lines) => (seen = lines))]
  const { rows } = await measureEvidence(source, recording, { ...options, entries })
  expect(seen.map(({ kind }) => kind)).toEqual(new Array(64).fill('eeg'))
  expect(rows[0]?.finding).toMatchObject({ note: 'Measured on the first 64 of 80 such channels.' })
  const [absent] = (await measureEvidence(source, recording, { ...options, only: ['no-muscles'] })).rows
  expect(absent?.finding).toMatchObject({ is: 'measured' })
})

it('reads signals with the first entry that needs them, once, and keeps them for the last one alone', async () => {
  const { source, recording } = await openBytes(edfBytes(FILE))
  const events: string[] = []
  const counted = {
    ...source,
    slice: (start: number, end: number) => {
      if (events.at(-1) !== 'read') events.push('read')
      return source.slice(start, end)
    },
  }
  const read = new Map<string, WeakRef<readonly Line[]>>()
  const held = () => {
    collectGarbage()
    return [...read].filter(([, lines]) => lines.deref() !== undefined).map(([id]) => id)
  }
  const of = (id: string, kind: 'eeg' | 'emg') =>
    evidenceEntry({
      ...{ id, label: id, side: 'jerk', ...about },
      needs: { lines: { kind, band: NO_FILTERS, before: 0, after: 0 } },
      measure: async ({ lines, giveWay }) => {
        read.set(id, new WeakRef(lines.lines))
        // What was let go of in this turn of the loop is collected in another.
        await giveWay()
        events.push(`${id}, held: ${held().join(' ')}`)
        return null
      },
    })
  await measureEvidence(counted, recording, {
    ...{ span: { start: 10, end: 12 }, notes: [], areNotesComplete: true },
    entries: [of('first', 'eeg'), of('again', 'eeg'), of('muscles', 'emg'), of('more', 'emg')],
    giveWay: () => new Promise((resolve) => setImmediate(resolve)),
  })
  expect(events).toEqual([
    'read',
    'first, held: first',
    'again, held: first again',
    'read',
    'muscles, held: muscles',
    'more, held: muscles more',
  ])
})
