import { describe, expect, it } from 'vitest'
import { fitRange, pixelsUp } from '../../../shared/signal/sensitivity.ts'

describe('polarity', () => {
  it('draws negative upward', () => {
    expect(pixelsUp(-100, 10, 4)).toBe(40)
    expect(pixelsUp(100, 10, 4)).toBe(-40)
  })

  it('draws 300 uV at 7 uV/mm 43 mm high', () => {
    expect(pixelsUp(-300, 7, 1)).toBeCloseTo(42.86, 2)
  })
})

describe('a range that is no voltage', () => {
  it('fills its row', () => {
    expect(fitRange(90, 100, 10)).toEqual({ centre: 95, unitsPerMm: 1 })
  })

  it('has a scale even where nothing changes', () => {
    expect(fitRange(97, 97, 10)).toEqual({ centre: 97, unitsPerMm: 1 })
  })
})
