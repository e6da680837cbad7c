import { expect, it } from 'vitest'
import { formatMoment } from '../../../shared/text/moment.ts'

it('says date and time of the day in 24 hours, each part in two digits, by this computer’s clock', () => {
  expect(formatMoment(new Date(2026, 10, 26, 11, 39, 20).toISOString())).toBe('2026-11-26 11:39:20')
  expect(formatMoment(new Date(2026, 0, 2, 23, 4, 5, 900).toISOString())).toBe('2026-01-02 23:04:05')
})
