import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  DEFAULT_SETTINGS,
  reviewerProblem,
  settingsSchema,
  storedSettingsSchema,
} from '../../../shared/contract/settings.ts'

describe('the code of a reviewer', () => {
  it.each(['R-01', 'a', 'Neuro_2'])('may be %s', (code) => {
    expect(reviewerProblem(code)).toBeNull()
  })

  it.each(['', '-1', 'Jürgen', 'a'.repeat(25)])('may not be "%s"', (code) => {
    expect(reviewerProblem(code)).toContain('1 to 24 letters')
  })

  it('is not that of consensus sets, which are nobody’s own', () => {
    expect(reviewerProblem('Consensus')).toContain('the code of consensus sets')
    const settings = { ...DEFAULT_SETTINGS, reviewer: 'consensus' }
    expect(v.is(settingsSchema, settings)).toBe(false)
    expect(v.parse(storedSettingsSchema, settings).reviewer).toBe(DEFAULT_SETTINGS.reviewer)
  })
})
