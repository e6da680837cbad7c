import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Position } from '../../../shared/montage/electrodePositions.ts'
import { interpolate, planInterpolation } from '../../../shared/signal/sphericalSpline.ts'

/** Written by fixtures/scalp/reference.py. */
type Reference = {
  readonly electrodes: readonly (readonly [number, number, number])[]
  readonly places: readonly (readonly [number, number, number])[]
  readonly cases: readonly { readonly values: readonly number[]; readonly at: readonly number[] }[]
}

const reference: Reference = JSON.parse(
  readFileSync(new URL('../../fixtures/scalp/spline.json', import.meta.url), 'utf8'),
)
const toPosition = ([x, y, z]: readonly [number, number, number]): Position => ({ x, y, z })
const electrodes = reference.electrodes.map(toPosition)
const places = reference.places.map(toPosition)

describe('a surface between electrodes', () => {
  it.each(reference.cases)('is that of scipy and numpy', ({ values, at }) => {
    const found = interpolate(planInterpolation(electrodes, places), values)
    found.forEach((value, index) => {
      expect(Math.abs(value - at[index]!)).toBeLessThan(1e-6)
    })
  })

  it('goes through what was measured, and is flat where all is equal', () => {
    const plan = planInterpolation(electrodes, electrodes)
    const { values } = reference.cases[0]!
    interpolate(plan, values).forEach((value, index) => {
      expect(Math.abs(value - values[index]!)).toBeLessThan(1e-6)
    })
    const flat = interpolate(
      plan,
      values.map(() => 42),
    )
    for (const value of flat) expect(value).toBeCloseTo(42, 9)
  })

  it('needs each electrode at a place of its own', () => {
    expect(() => planInterpolation([electrodes[0]!, electrodes[1]!, electrodes[0]!], places)).toThrow(
      RangeError,
    )
  })
})
