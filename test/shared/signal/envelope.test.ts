import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnBounds, reduceToColumns } from '../../../shared/signal/envelope.ts'

describe('reducing to columns', () => {
  it('keeps first, minimum, maximum and last of each column', () => {
    const values = Float64Array.from([5, 9, -3, 1, 2, 2, 7, 0])
    const piece = reduceToColumns(values, 10, 4, { start: 10, end: 12 }, 2)
    expect(piece).toEqual({
      form: 'columns',
      firstColumn: 0,
      values: Float32Array.from([5, -3, 9, 1, 2, 0, 7, 0]),
    })
  })

  it('keeps the samples where there are fewer than 4 a column', () => {
    const values = Float64Array.from([1, 2, 3])
    expect(reduceToColumns(values, 10, 4, { start: 10, end: 12 }, 3)).toEqual({
      form: 'samples',
      start: 10,
      step: 0.25,
      values: Float32Array.from([1, 2, 3]),
    })
  })

  it('begins at the column where the samples begin', () => {
    const piece = reduceToColumns(new Float64Array(10).fill(1), 5.5, 10, { start: 0, end: 10 }, 10)
    expect(piece).toMatchObject({ form: 'columns', firstColumn: 5 })
    expect(piece?.values).toHaveLength(8)
  })

  it('gives nothing for samples outside the span', () => {
    const span = { start: 0, end: 10 }
    expect(reduceToColumns(new Float64Array(10), 10, 10, span, 10)).toBeNull()
    expect(reduceToColumns(new Float64Array(10), -1, 10, span, 10)).toBeNull()
    expect(reduceToColumns(new Float64Array(0), 0, 10, span, 10)).toBeNull()
  })

  const pages = fc.record({
    rate: fc.constantFrom(100, 128, 200, 256, 500, 512, 999, 2048),
    timebase: fc.constantFrom(5, 10, 15, 20, 30, 60),
    columns: fc.integer({ min: 1, max: 3000 }),
    page: fc.integer({ min: 0, max: 8000 }),
    at: fc.double({ min: 0, max: 0.999999, noNaN: true }),
    onset: fc.constantFrom(0, 0.3945312, 7.1),
  })

  it('shows a one-sample spike on every timebase and width, once', () => {
    fc.assert(
      fc.property(pages, ({ rate, timebase, columns, page, at, onset }) => {
        const span = { start: page * timebase, end: (page + 1) * timebase }
        const first = firstOnPage(span.start, onset, rate)
        const values = new Float64Array(timebase * rate)
        const spike = Math.floor(at * values.length)
        values[spike] = -1000
        const piece = reduceToColumns(values, onset + first / rate, rate, span, columns)
        const seen = piece?.form === 'columns' ? column(piece.values, 1) : [...(piece?.values ?? [])]
        expect(seen.filter((value) => value === -1000)).toHaveLength(1)
      }),
    )
  })

  it('gives every sample to exactly one column of exactly one page', () => {
    fc.assert(
      fc.property(pages, ({ rate, timebase, columns, page, onset }) => {
        const span = { start: page * timebase, end: (page + 1) * timebase }
        const next = { start: (page + 1) * timebase, end: (page + 2) * timebase }
        const bounds = columnBounds(onset, rate, span, columns)
        expect(bounds.at(-1)).toBe(columnBounds(onset, rate, next, columns)[0])
        expect(bounds.every((bound, k) => k === 0 || bounds[k - 1]! <= bound)).toBe(true)
        expect(bounds[0]! === firstOnPage(span.start, onset, rate)).toBe(true)
        expect(bounds.at(-1)! === firstOnPage(span.end, onset, rate)).toBe(true)
      }),
    )
  })

  it('has first and last within minimum and maximum, and no NaN whatever comes in', () => {
    const anything = fc.array(fc.double(), { minLength: 1, maxLength: 400 })
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 60 }), (numbers, columns) => {
        const values = Float64Array.from(numbers)
        const span = { start: 0, end: values.length / 100 }
        const piece = reduceToColumns(values, 0, 100, span, columns)
        expect(piece?.values.every(Number.isFinite)).toBe(true)
        if (piece?.form !== 'columns') return
        for (let k = 0; k < piece.values.length; k += 4) {
          const [first, min, max, last] = piece.values.subarray(k, k + 4)
          expect(min! <= first! && first! <= max! && min! <= last! && last! <= max!).toBe(true)
        }
      }),
    )
  })

  it('keeps what 32 bits hold as rounded, and the rest within them', () => {
    const largest = 3.4028234663852886e38
    const given = [1 / 3, -2.5, largest, 2 ** 128 - 2 ** 103, -(2 ** 128), Number.NaN, 7, -0, 1e300]
    const piece = reduceToColumns(Float64Array.from(given), 0, 1, { start: 0, end: 9 }, 100)
    const third = Math.fround(1 / 3)
    expect([...piece!.values]).toEqual([third, -2.5, largest, largest, -largest, -largest, 7, -0, largest])
  })

  it('finds the extremes that a plain search finds', () => {
    const numbers = fc.array(fc.integer({ min: -5000, max: 5000 }), { minLength: 40, maxLength: 600 })
    fc.assert(
      fc.property(numbers, fc.integer({ min: 1, max: 10 }), (list, columns) => {
        const values = Float64Array.from(list)
        const span = { start: 0, end: list.length / 256 }
        const piece = reduceToColumns(values, 0, 256, span, columns)
        if (piece?.form !== 'columns') return
        expect(Math.min(...column(piece.values, 1))).toBe(Math.min(...list))
        expect(Math.max(...column(piece.values, 2))).toBe(Math.max(...list))
        expect(piece.values[0]).toBe(list[0])
        expect(piece.values.at(-1)).toBe(list.at(-1))
      }),
    )
  })
})

/** The first sample at or after a whole second, exactly: whole numbers of 100 ns, which hold every onset here. */
function firstOnPage(second: number, onset: number, rate: number): number {
  const ticksPerSecond = 10_000_000n
  const samples = (BigInt(second) * ticksPerSecond - BigInt(Math.round(onset * 1e7))) * BigInt(rate)
  const whole = samples / ticksPerSecond
  return Number(samples % ticksPerSecond > 0n ? whole + 1n : whole)
}

function column(values: Float32Array, which: number): readonly number[] {
  return [...values].filter((_, i) => i % 4 === which)
}
