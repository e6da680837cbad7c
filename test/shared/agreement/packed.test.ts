import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Reading } from '../../../shared/agreement/agreement.ts'
import { compareAll } from '../../../shared/agreement/compareAll.ts'
import { packCompared, packReading, unpackCompared, unpackReading } from '../../../shared/agreement/packed.ts'
import { DEFAULT_RULES } from '../../../shared/agreement/rules.ts'
import { seconds, stepsArbitrary, withMarks, work } from '../../support/annotations.ts'

/** What is computed of the readings themselves, and what a thread gives back for them. */
function twoWays(readings: readonly Reading[]) {
  const there = structuredClone(readings.map(packReading)).map(unpackReading)
  const back = structuredClone(packCompared(compareAll(there, DEFAULT_RULES)))
  return {
    whole: compareAll(readings, DEFAULT_RULES),
    unpacked: unpackCompared(back, readings, DEFAULT_RULES),
  }
}

it('gives what is computed of the sets themselves, with their own marks', () => {
  fc.assert(
    fc.property(fc.array(stepsArbitrary, { minLength: 2, maxLength: 3 }), (readers) => {
      const readings = readers.map((steps, index) => ({
        ...work(steps).document,
        reviewer: `R-${index}`,
        reviewed: [{ id: 'all', onset: seconds(0), duration: seconds(3600) }],
      }))
      const { whole, unpacked } = twoWays(readings)
      expect(unpacked).toEqual(whole)
      for (const [index, { events }] of unpacked.several.cases.entries()) {
        for (const [reader, event] of events.entries()) {
          expect(event?.marks[0]).toBe(whole.several.cases[index]!.events[reader]?.marks[0])
        }
      }
    }),
  )
})

it('keeps the end of an event that ends before its recording begins', () => {
  const marks = withMarks([[3, 5]]).marks.map((mark) => ({ ...mark, onset: seconds(-3) }))
  const { unpacked } = twoWays(
    ['R-1', 'R-2'].map((reviewer) => ({
      reviewer,
      reviewed: [{ id: 'all', onset: seconds(-10), duration: seconds(3600) }],
      marks,
    })),
  )
  expect(unpacked.several.cases).toMatchObject([
    { end: seconds(-1), events: [{ end: seconds(-1) }, { end: seconds(-1) }] },
  ])
})
