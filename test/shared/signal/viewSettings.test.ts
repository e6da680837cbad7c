import { describe, expect, it } from 'vitest'
import {
  changedView,
  DEFAULT_VIEW,
  FILTERS,
  formatFilters,
  formatTimebase,
  SCALES,
  settingsKey,
  settingsOf,
  stepInList,
  type View,
} from '../../../shared/signal/viewSettings.ts'

const SENSITIVITIES: readonly number[] = SCALES.sensitivity.steps

describe('steps', () => {
  it('go to the neighbour and stay at the ends', () => {
    expect(stepInList(SENSITIVITIES, 7, 1)).toBe(10)
    expect(stepInList(SENSITIVITIES, 7, -1)).toBe(5)
    expect(stepInList(SENSITIVITIES, 1000, 1)).toBe(1000)
    expect(stepInList(SENSITIVITIES, 1, -1)).toBe(1)
  })

  it('pass through off', () => {
    expect(stepInList(FILTERS.lowFrequency.steps, 0.1, -1)).toBeNull()
    expect(stepInList(FILTERS.highFrequency.steps, 200, 1)).toBeNull()
    expect(stepInList(FILTERS.highFrequency.steps, null, -1)).toBe(200)
  })

  it('find the nearest in that direction from a value between', () => {
    expect(stepInList(SENSITIVITIES, 8, 1)).toBe(10)
    expect(stepInList(SENSITIVITIES, 8, -1)).toBe(7)
    expect(stepInList(SENSITIVITIES, 600, -1)).toBe(500)
    expect(stepInList(SENSITIVITIES, 2000, 1)).toBe(2000)
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
    expect(settingsKey(tall)).not.toBe(settingsKey({ ...tall, direction: 'causal' }))
    expect(settingsKey(tall)).not.toBe(settingsKey({ ...tall, bad: [3] }))
    const emg = { lowFrequency: 10, highFrequency: 100, notch: null }
    expect(settingsKey(tall)).not.toBe(settingsKey({ ...tall, kinds: { emg } }))
  })

  it('are the same whether what is first is said or left out', () => {
    const plain = { montage: 'average', lowFrequency: 1, highFrequency: 70, notch: null } as const
    expect(settingsKey({ ...plain, kinds: {}, direction: 'zero-phase', bad: [] })).toBe(settingsKey(plain))
    expect(settingsKey({ ...plain, bad: [5, 3, 3] })).toBe(settingsKey({ ...plain, bad: [3, 5] }))
  })

  it('begin with 0.5 Hz for the EEG, so that slow eye movements are seen, and each kind in its own band', () => {
    expect(DEFAULT_VIEW).toMatchObject({
      lowFrequency: 0.5,
      highFrequency: 70,
      kinds: {
        eog: { lowFrequency: 0.3, highFrequency: 35 },
        emg: { lowFrequency: 10, highFrequency: 100 },
        ecg: { lowFrequency: 0.3, highFrequency: 70 },
      },
    })
  })
})

it.each([
  [0.3, 35, null, '0.3–35 Hz'],
  [10, null, null, 'from 10 Hz'],
  [null, 70, 50, 'to 70 Hz, notch 50 Hz'],
  [null, null, null, 'no filter'],
])('filters of %s, %s and %s Hz are said in short', (lowFrequency, highFrequency, notch, said) => {
  expect(formatFilters({ lowFrequency, highFrequency, notch })).toBe(said)
})

describe('a paper speed', () => {
  const view: View = { montage: 'average', ...DEFAULT_VIEW }

  it('makes the page as long as the window is wide: 300 mm at 30 mm/s are 10 s, at 15 mm/s 20 s', () => {
    expect(changedView(view, { paperSpeed: 30 }, 300)).toEqual({ ...view, paperSpeed: 30, timebase: 10 })
    expect(changedView(view, { paperSpeed: 15 }, 300).timebase).toBe(20)
    expect(changedView(view, { paperSpeed: 30 }, 400).timebase).toBe(13.333333)
  })

  it('stays when anything else changes, and ends with a timebase', () => {
    const held = changedView(view, { paperSpeed: 30 }, 300)
    expect(changedView(held, { sensitivity: 20 }, 450)).toMatchObject({
      sensitivity: 20,
      timebase: 15,
      paperSpeed: 30,
    })
    expect(changedView(held, { timebase: 20 }, 300)).toEqual({ ...view, timebase: 20 })
    // All of another view.
    expect(changedView(held, view, 300)).toEqual(view)
    expect(changedView(view, held, 600).timebase).toBe(20)
  })

  it('is no part of what the samples depend on', () => {
    const held = changedView(view, { paperSpeed: 30 }, 300)
    expect(settingsOf(held)).toEqual(settingsOf(view))
    expect(settingsOf(held)).not.toHaveProperty('paperSpeed')
  })

  it('waits for the page to be laid out', () => {
    expect(changedView(view, { paperSpeed: 30 }, null)).toEqual({ ...view, paperSpeed: 30, timebase: 10 })
  })

  it.each([
    [1, '1 s'],
    [60, '60 s'],
    [120, '2 min'],
    [600, '10 min'],
    [9.8667, '9.87 s'],
    [130, '130 s'],
  ])('%d s is said as %s', (timebase, text) => {
    expect(formatTimebase(timebase)).toBe(text)
  })
})
