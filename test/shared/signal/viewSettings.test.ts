import { describe, expect, it } from 'vitest'
import { FILTERS, SCALES, settingsKey, settingsOf, stepInList } from '../../../shared/signal/viewSettings.ts'

const SENSITIVITIES: readonly number[] = SCALES.sensitivity.steps

describe('steps', () => {
  it('go to the neighbour and stay at the ends', () => {
    expect(stepInList(SENSITIVITIES, 7, 1)).toBe(10)
    expect(stepInList(SENSITIVITIES, 7, -1)).toBe(5)
    expect(stepInList(SENSITIVITIES, 200, 1)).toBe(200)
    expect(stepInList(SENSITIVITIES, 1, -1)).toBe(1)
  })

  it('pass through off', () => {
    expect(stepInList(FILTERS.lowFrequency.steps, 0.1, -1)).toBeNull()
    expect(stepInList(FILTERS.highFrequency.steps, 100, 1)).toBeNull()
    expect(stepInList(FILTERS.highFrequency.steps, null, -1)).toBe(100)
  })

  it('find the nearest in that direction from a value between', () => {
    expect(stepInList(SENSITIVITIES, 8, 1)).toBe(10)
    expect(stepInList(SENSITIVITIES, 8, -1)).toBe(7)
    expect(stepInList(SENSITIVITIES, 500, -1)).toBe(200)
    expect(stepInList(SENSITIVITIES, 500, 1)).toBe(500)
  })
})

describe('the settings of a page', () => {
  it.each(Object.entries({ ...FILTERS, ...SCALES }))('%s begins at one of its steps', (_, row) => {
    expect(row.steps as readonly (number | null)[]).toContain(row.first)
  })

  it('are the same for pages that differ only in how they are drawn', () => {
    const view = { montage: 'average', lowFrequency: 1, highFrequency: null, notch: 50 } as const
    const tall = settingsOf({ ...view, sensitivity: 3, timebase: 10 })
    const low = settingsOf({ ...view, sensitivity: 100, timebase: 10 })
    expect(settingsKey(tall)).toBe(settingsKey(low))
    expect(settingsKey(tall)).not.toBe(settingsKey({ ...tall, notch: 60 }))
    expect(settingsKey(tall)).not.toBe(settingsKey({ ...tall, lowFrequency: null }))
  })
})
