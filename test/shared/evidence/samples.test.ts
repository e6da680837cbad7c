/** What the card says of the samples, by their keys: what a clinician reads off the page. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import { openRecording } from '../../../shared/edf/recording.ts'
import { ENTRIES } from '../../../shared/evidence/entries.ts'
import type { EvidenceRow } from '../../../shared/evidence/evidence.ts'
import { measureEvidence } from '../../../shared/evidence/measureEvidence.ts'

type KeyMark = {
  readonly kind: string
  readonly subtype: string | null
  readonly onset: number
  readonly duration: number
  readonly parameters: Readonly<Record<string, number | string>>
}

const samples = new URL('../../../samples/', import.meta.url)

async function cardsOf(name: string, kind: string, subtype: string | null, only: readonly string[]) {
  const key: { readonly marks: readonly KeyMark[] } = JSON.parse(
    readFileSync(new URL(`${name}.key.json`, samples), 'utf8'),
  )
  const source = bytesSource(new Uint8Array(readFileSync(new URL(`${name}.edf`, samples))))
  const recording = await openRecording(source)
  const marks = key.marks.filter((mark) => mark.kind === kind && mark.subtype === subtype)
  const cards = []
  for (const mark of marks) {
    const span = { start: mark.onset / 1e7, end: (mark.onset + mark.duration) / 1e7 }
    const { rows } = await measureEvidence(source, recording, {
      span,
      notes: [],
      areNotesComplete: true,
      only,
    })
    cards.push({ mark, span, rows })
  }
  return cards
}

/** The values of an entry by id, of one channel where it has several. */
function valueIn(
  rows: readonly EvidenceRow[],
  entry: string,
  id: string,
  channel?: string,
): number | undefined {
  const finding = rows.find((row) => row.entry === entry)?.finding
  if (finding?.is !== 'measured') return undefined
  return finding.values.find(
    (value) => value.id === id && (channel === undefined || value.channel === channel),
  )?.value
}

const CHANNELS = { neck: 'Neck EMG', chin: 'Chin EMG', lat: 'LAT', rat: 'RAT' } as const

describe('hypnic jerks', () => {
  it('have the muscles, lags and heart of their keys', async () => {
    for (const { mark, rows } of await cardsOf('hypnic-jerks', 'hypnic_jerk', null, [
      'muscle-bursts',
      'muscle-order',
      'repeated-bursts',
      'ecg-locked',
      'heart-rate',
    ])) {
      const { parameters } = mark
      for (const [muscle, channel] of Object.entries(CHANNELS)) {
        const put = parameters[`${muscle}BurstMs`]
        const length = valueIn(rows, 'muscle-bursts', 'length', channel)
        expect(length === undefined, channel).toBe(put === undefined)
        if (length !== undefined) expect(Math.abs(length - Number(put))).toBeLessThanOrEqual(45)
        const lag = valueIn(rows, 'muscle-order', 'lag', channel)
        if (lag !== undefined)
          expect(Math.abs(lag - Number(parameters[`${muscle}DelayMs`]))).toBeLessThanOrEqual(35)
      }
      expect(valueIn(rows, 'repeated-bursts', 'others')).toBe(0)
      // It swings with breath, and rises within seconds.
      const rise = valueIn(rows, 'heart-rate', 'rise')!
      expect(rise).toBeGreaterThan(0)
      expect(Math.abs(rise - Number(parameters.heartRateRise))).toBeLessThan(9)
    }
  })

  it('come after alpha has gone, with slow eyes, and without a spike', async () => {
    const cards = await cardsOf('hypnic-jerks', 'hypnic_jerk', null, [
      'sharp-transient',
      'wave-after',
      'alpha-before',
      'slow-eye-movements',
    ])
    for (const { mark, span, rows } of cards) {
      expect(valueIn(rows, 'sharp-transient', 'times-usual')).toBeLessThan(2)
      expect(valueIn(rows, 'slow-eye-movements', 'movements')).toBeGreaterThan(3)
      if (span.start > 90) expect(valueIn(rows, 'alpha-before', 'recent')).toBeLessThan(35)
      const times = valueIn(rows, 'wave-after', 'times-usual')!
      if (mark.parameters.response === 'vertex wave') expect(times).toBeGreaterThan(2)
      if (mark.parameters.response === 'K-complex')
        expect(valueIn(rows, 'wave-after', 'positive')).toBeGreaterThan(20)
    }
  })
})

it('a jerk with polyspikes has a sharp wave at its onset, a leg movement has one muscle for longer than half a second', async () => {
  for (const { rows } of await cardsOf('mixed-teaching', 'mimic', 'polyspike_wave_jerk', ['sharp-transient']))
    expect(valueIn(rows, 'sharp-transient', 'times-usual')).toBeGreaterThan(2)
  for (const { rows } of await cardsOf('mixed-teaching', 'mimic', 'leg_movement', ['muscle-bursts'])) {
    const finding = rows[0]!.finding
    const lengths = finding.is === 'measured' ? finding.values.filter(({ id }) => id === 'length') : []
    expect(lengths).toHaveLength(1)
    expect(lengths[0]!.value).toBeGreaterThan(500)
  }
})

it('are the same in whatever order the entries are measured, and so whichever of them share what was read', async () => {
  for (const name of ['hypnic-jerks', 'spike-wave-3hz']) {
    const source = bytesSource(new Uint8Array(readFileSync(new URL(`${name}.edf`, samples))))
    const recording = await openRecording(source)
    const options = { span: { start: 60, end: 64 }, notes: [], areNotesComplete: true }
    const byEntry = async (entries: typeof ENTRIES) => {
      const { rows } = await measureEvidence(source, recording, { ...options, entries })
      return Object.fromEntries(rows.map((row) => [row.entry, row]))
    }
    const all = await byEntry(ENTRIES)
    expect(Object.values(all).filter(({ finding }) => finding.is === 'measured').length).toBeGreaterThan(5)
    expect(await byEntry(ENTRIES.toReversed())).toEqual(all)
  }
})
