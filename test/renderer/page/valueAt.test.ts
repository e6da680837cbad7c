import { describe, expect, it } from 'vitest'
import { valueAt } from '../../../renderer/page/valueAt.ts'
import { pageOf } from '../../support/pages.ts'

const SPAN = { start: 10, end: 20 }

describe('the value under the pointer', () => {
  const samples = pageOf(SPAN, 1000, {
    Fz: [
      { form: 'samples', start: 9.75, step: 0.25, values: Float32Array.of(1, 2, 3, 4) },
      { form: 'samples', start: 15, step: 0.25, values: Float32Array.of(50, -60) },
    ],
  })

  it.each([
    [10, 2],
    [10.1, 2],
    [10.2, 3],
    [10.5, 4],
    [15.25, -60],
  ])('at %d s is that of the nearest sample: %d', (time, value) => {
    expect(valueAt(samples, 'Fz', time)).toEqual({ form: 'value', value })
  })

  it('is none in a gap, outside the samples, or for a trace that is not there', () => {
    expect(valueAt(samples, 'Fz', 12)).toBeNull()
    expect(valueAt(samples, 'Fz', 19)).toBeNull()
    expect(valueAt(samples, 'Fz', 9)).toBeNull()
    expect(valueAt(samples, 'Cz', 10)).toBeNull()
  })

  it.each([
    [10, 3],
    [29.9, 3],
    [30, 5],
    [59.9, 5],
  ])('of a slow signal at %d s is the one that holds: %d', (time, value) => {
    const stages = pageOf(SPAN, 1000, {
      Stage: [{ form: 'steps', start: 0, step: 30, values: Float32Array.of(3, 5) }],
    })
    expect(valueAt(stages, 'Stage', time)).toEqual({ form: 'value', value })
    expect(valueAt(stages, 'Stage', 60)).toBeNull()
    expect(valueAt(stages, 'Stage', -1)).toBeNull()
  })

  it('of a column that holds many is their range, of one that holds the same a value', () => {
    const columns = pageOf(SPAN, 10, {
      Fz: [{ form: 'columns', firstColumn: 2, values: Float32Array.of(0, -5, 7, 1, 4, 4, 4, 4) }],
    })
    expect(valueAt(columns, 'Fz', 12.5)).toEqual({ form: 'range', min: -5, max: 7 })
    expect(valueAt(columns, 'Fz', 13.5)).toEqual({ form: 'value', value: 4 })
    expect(valueAt(columns, 'Fz', 11.5)).toBeNull()
    expect(valueAt(columns, 'Fz', 14.5)).toBeNull()
  })
})
