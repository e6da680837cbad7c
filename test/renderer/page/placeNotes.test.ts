import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { placeNotes } from '../../../renderer/page/placeNotes.ts'

const note = (onset: number, text: string) => ({ onset, duration: null, text, channel: null })
const SPAN = { start: 0, end: 100 }

describe('notes of the file', () => {
  it('stand where they fall, with their text where it meets no other', () => {
    expect(placeNotes([note(50, 'Lights off'), note(10, 'Eyes closed')], SPAN, 1000)).toEqual([
      { x: 100, text: 'Eyes closed', side: 'right' },
      { x: 500, text: 'Lights off', side: 'right' },
    ])
    expect(
      placeNotes([note(10, 'Eyes closed'), note(12, 'Eyes open')], SPAN, 1000).map(({ text }) => text),
    ).toEqual([null, 'Eyes open'])
  })

  it('have their text before them where the page ends', () => {
    expect(placeNotes([note(97, 'Lights off')], SPAN, 1000)).toEqual([
      { x: 970, text: 'Lights off', side: 'left' },
    ])
  })

  it('outside the span are left out, and a thousand on one pixel are one', () => {
    expect(placeNotes([note(-1, 'a'), note(101, 'b')], SPAN, 1000)).toEqual([])
    const many = Array.from({ length: 1000 }, (_, k) => note(50 + k * 1e-5, 'x'))
    expect(placeNotes(many, SPAN, 1000).length).toBeLessThan(5)
  })

  it('never write over each other or over the edge', () => {
    const notes = fc.array(
      fc.tuple(fc.double({ min: 0, max: 100, noNaN: true }), fc.string({ maxLength: 40 })),
    )
    fc.assert(
      fc.property(notes, fc.nat(2000), (wanted, width) => {
        const texts = placeNotes(
          wanted.map(([onset, text]) => note(onset, text)),
          SPAN,
          width,
        ).filter(({ text }) => text !== null)
        let free = 0
        for (const { x, text, side } of texts) {
          const length = 5 + text!.length * 6
          const start = side === 'right' ? x : x - length
          expect(start).toBeGreaterThanOrEqual(free)
          free = start + length
          expect(free).toBeLessThanOrEqual(width)
        }
      }),
    )
  })
})
