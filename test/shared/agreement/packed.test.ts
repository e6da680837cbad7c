import fc from 'fast-check'
import { expect, it } from 'vitest'
import { compareAll } from '../../../shared/agreement/compareAll.ts'
import { packCompared, packReading, unpackCompared, unpackReading } from '../../../shared/agreement/packed.ts'
import { DEFAULT_RULES } from '../../../shared/agreement/rules.ts'
import { seconds, stepsArbitrary, work } from '../../support/annotations.ts'

it('gives what is computed of the sets themselves, with their own marks', () => {
  fc.assert(
    fc.property(fc.array(stepsArbitrary, { minLength: 2, maxLength: 3 }), (readers) => {
      const readings = readers.map((steps, index) => ({
        ...work(steps).document,
        reviewer: `R-${index}`,
        reviewed: [{ id: 'all', onset: seconds(0), duration: seconds(3600) }],
      }))
      const there = structuredClone(readings.map(packReading)).map(unpackReading)
      const back = structuredClone(packCompared(compareAll(there, DEFAULT_RULES)))
      const whole = compareAll(readings, DEFAULT_RULES)
      const unpacked = unpackCompared(back, readings, DEFAULT_RULES)
      expect(unpacked).toEqual(whole)
      for (const [index, { events }] of unpacked.several.cases.entries()) {
        for (const [reader, event] of events.entries()) {
          expect(event?.marks[0]).toBe(whole.several.cases[index]!.events[reader]?.marks[0])
        }
      }
    }),
  )
})
