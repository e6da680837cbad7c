import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bytesSource } from '../../../shared/bytes.ts'
import type { Recording } from '../../../shared/edf/header/model.ts'
import { openRecording } from '../../../shared/edf/recording.ts'
import {
  medianOfRows,
  planSpectrogram,
  readSpectrogram,
  rowsOf,
  spanOfColumn,
} from '../../../shared/signal/spectrogram.ts'
import { makeHeader, makeRecording, readMade } from '../../support/signals.ts'

/** Written by fixtures/spectrum/reference.py. */
const {
  spectrogram: reference,
}: {
  readonly spectrogram: { readonly columnLength: number; readonly columns: readonly (readonly number[])[] }
} = JSON.parse(readFileSync(new URL('../../fixtures/spectrum/scipy.json', import.meta.url), 'utf8'))

const RATES = [256, 200, 512, 256]
const wave = (channel: number, t: number) =>
  30 * Math.sin(2 * Math.PI * (2 + channel) * t) +
  10 * Math.sin(2 * Math.PI * (8 + 0.1 * t) * t) +
  5 * Math.cos(2 * Math.PI * 21 * t + channel)

function columnOf(recording: Recording, column: number, plan = planSpectrogram(recording, {})) {
  const span = spanOfColumn(plan, column)
  const signals = plan.channels.map(({ signal }) => signal)
  const samples = readMade(recording, signals, span, wave)
  return medianOfRows(plan.channels.flatMap((channel, index) => rowsOf(channel, samples[index]!) ?? []))
}

const samples = new URL('../../../samples/', import.meta.url)
const giveWay = async () => {}

async function openSample(name: string) {
  const source = bytesSource(new Uint8Array(readFileSync(new URL(name, samples))))
  return { source, recording: await openRecording(source) }
}

describe('a spectrogram', () => {
  it.each([0, 1])('has in column %i the median that scipy gives, of channels of three rates', (column) => {
    const recording = makeRecording(
      makeHeader(RATES.map((sampleRate, n) => ({ label: `C${n}`, sampleRate }))),
    )
    const plan = { ...planSpectrogram(recording, {}), columnLength: reference.columnLength }
    const known = reference.columns[column]!
    const largest = Math.max(...known)
    columnOf(recording, column, plan).forEach((value, row) => {
      expect(Math.abs(value - known[row]!)).toBeLessThan(1e-6 * largest)
    })
  })

  it('has columns of two seconds, and of more where there would be more than 1500', () => {
    expect(planSpectrogram(makeRecording(makeHeader(['C3'], 61)), {})).toMatchObject({
      columnLength: 2,
      columns: 31,
    })
    expect(planSpectrogram(makeRecording(makeHeader(['C3'], 86_400)), {})).toMatchObject({
      columnLength: 57.6,
      columns: 1500,
    })
  })

  it('is of the EEG alone that is fast enough, has a unit as the others do, and is not marked bad', () => {
    const recording = makeRecording(
      makeHeader([
        'C3',
        { label: 'C4', sampleRate: 50 },
        { label: 'Chin', kind: 'emg' },
        'Cz',
        { label: 'Pz', unit: '' },
        { label: 'Fz', unit: 'mV' },
      ]),
    )
    const { channels, unit } = planSpectrogram(recording, { bad: [3] })
    expect(channels.map(({ signal, factor }) => [signal, factor])).toEqual([
      [0, 1],
      [5, 1000],
    ])
    expect(unit).toBe('uV')
    const unitless = makeRecording(makeHeader([{ label: 'C3', unit: '' }]))
    expect(planSpectrogram(unitless, {}).unit).toBe('')
  })

  it('is refused where nothing of that kind is there', () => {
    const recording = makeRecording(makeHeader([{ label: 'Chin', kind: 'emg' }]))
    expect(() => planSpectrogram(recording, {})).toThrow(/needs an EEG of 60 samples a second or more/)
  })

  it('has no value where nothing was recorded', () => {
    const runs = [
      { start: 0, end: 10 },
      { start: 20, end: 30 },
    ]
    const recording = makeRecording(makeHeader(['C3']), runs)
    expect(columnOf(recording, 6).every(Number.isNaN)).toBe(true)
    expect(columnOf(recording, 4).some(Number.isNaN)).toBe(false)
  })

  it('of a sample stands out at 3 Hz where the key has a run of spike-and-wave', async () => {
    const { source, recording } = await openSample('spike-wave-3hz.edf')
    const progress: number[] = []
    const found = await readSpectrogram(source, recording, {
      giveWay,
      onProgress: (done) => progress.push(done),
    })
    expect(found).toMatchObject({ columnLength: 2, columns: 140, rows: 60, unit: 'uV', channels: 21 })
    // A run of 8 s from 66.4 s on; a quiet stretch from 40 s on. 3 Hz is the sixth row.
    const at = (seconds: number, row: number) => found.power[(seconds / 2) * found.rows + row]!
    for (const seconds of [68, 70, 72]) expect(at(seconds, 5)).toBeGreaterThan(20 * at(44, 5))
    expect(progress).toHaveLength(140)
    expect(progress.at(-1)).toBe(1)
  })

  it('of a part has the columns that the whole has there', async () => {
    const { source, recording } = await openSample('spike-wave-3hz.edf')
    const whole = await readSpectrogram(source, recording, { giveWay })
    const part = await readSpectrogram(source, recording, { giveWay, span: { start: 60, end: 80 } })
    expect(part).toMatchObject({ start: 60, columnLength: 2, columns: 10, rows: 60, channels: 21 })
    expect([...part.power]).toEqual([...whole.power.slice(30 * 60, 40 * 60)])
    const end = planSpectrogram(recording, { span: { start: 270, end: 900 } })
    expect(end).toMatchObject({ start: 270, columns: 5 })
    expect(() => planSpectrogram(recording, { span: { start: 300, end: 900 } })).toThrow(
      'That part is not on the recording, which goes from 0 to 280 s.',
    )
  })

  it('ends at once when it is cancelled', async () => {
    const { source, recording } = await openSample('spike-wave-3hz.edf')
    const cancelled = new AbortController()
    let columns = 0
    const onProgress = () => {
      columns += 1
      cancelled.abort()
    }
    const reading = readSpectrogram(source, recording, { giveWay, onProgress, signal: cancelled.signal })
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
    expect(columns).toBe(1)
  })
})
