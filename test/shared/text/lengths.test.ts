import { describe, expect, it } from 'vitest'
import { formatShare } from '../../../shared/text/lengths.ts'

describe('how much of a recording is shown', () => {
  it.each([
    [70, 280, '70 s of 4.7 min'],
    [140, 280, '2.3 of 4.7 min'],
    [280, 280, 'all 4.7 min'],
    [119.7, 86_400, '2 min of 24 h'],
    [90 * 60, 86_400, '90 min of 24 h'],
    [3 * 3600, 8.13 * 3600, '3 of 8.1 h'],
    [59.96 * 60, 3 * 3600, '60 min of 3 h'],
    [8, 8, 'all 8 s'],
    [0, 0, 'all 0 s'],
  ])('%d of %d s is %s', (part, whole, text) => {
    expect(formatShare(part, whole)).toBe(text)
  })
})
