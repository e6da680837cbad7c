import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parseSet } from '../../../shared/annotation/format.ts'
import { EVENTS, type EventCode } from '../../../shared/reference/schema.ts'
import {
  readTraces,
  TRACE_RATE,
  TRACE_ROWS,
  TRACE_SECONDS,
  TRACES,
} from '../../../shared/reference/traces.ts'
import { secondsFromTicks } from '../../../shared/units.ts'

const KINDS = { hypnic_jerk: 'hypnic_jerk', typical_absence: 'spike_wave_3hz' } as const

const rowOf = (event: EventCode, label: string) =>
  TRACES[event].rows.find((row) => row.label === label)!.microvolts

const heightOf = (values: readonly number[]) => Math.max(...values) - Math.min(...values)

describe('the traces of the reference', () => {
  test.each(EVENTS)(
    '%s shows the same rows for as long, with one whole event of its kind and no other mark',
    (event) => {
      const { sample, from, rows } = TRACES[event]
      expect(rows.map(({ label }) => label)).toEqual(TRACE_ROWS)
      for (const { microvolts } of rows) {
        expect(microvolts).toHaveLength(TRACE_SECONDS * TRACE_RATE)
        expect(microvolts.every(Number.isFinite)).toBe(true)
      }
      const path = resolve(import.meta.dirname, '../../../samples', `${sample}.key.json`)
      const shown = parseSet(readFileSync(path, 'utf8')).marks.filter((mark) => {
        const start = secondsFromTicks(mark.onset)
        return start < from + TRACE_SECONDS && start + secondsFromTicks(mark.duration) > from
      })
      expect(shown.map(({ kind }) => kind)).toEqual([KINDS[event]])
      const start = secondsFromTicks(shown[0]!.onset)
      expect(start).toBeGreaterThan(from)
      expect(start + secondsFromTicks(shown[0]!.duration)).toBeLessThan(from + TRACE_SECONDS)
    },
  )

  test('tell the two apart: one is high in the muscles, the other in the EEG', () => {
    for (const label of ['EMG Neck', 'EMG LAT'])
      expect(heightOf(rowOf('hypnic_jerk', label)), label).toBeGreaterThan(
        3 * heightOf(rowOf('typical_absence', label)),
      )
    expect(heightOf(rowOf('typical_absence', 'F4-C4'))).toBeGreaterThan(100)
  })

  test('are refused where a row is missing', () => {
    const one = { sample: 'x', from: 0, rows: ['0', '0', '0', '0'] }
    expect(readTraces({ hypnic_jerk: one, typical_absence: one }).hypnic_jerk.from).toBe(0)
    expect(() => readTraces({ hypnic_jerk: one, typical_absence: { ...one, rows: ['0'] } })).toThrow(/length/)
  })
})
