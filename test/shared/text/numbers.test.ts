import { describe, expect, it } from 'vitest'
import { formatNumber } from '../../../shared/text/numbers.ts'

describe('numbers', () => {
  it.each<[number, string]>([
    [0, '0'],
    [-214.3, '−214'],
    [214.6, '215'],
    [12.34, '12.3'],
    [1.234, '1.23'],
    [0.0123, '0.0123'],
    [-0.0000001, '0.000000'],
    [12345.6, '12346'],
  ])('%d is %s', (value, text) => {
    expect(formatNumber(value)).toBe(text)
  })
})
