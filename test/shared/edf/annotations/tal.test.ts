import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseRecordOnset, parseTalBlock } from '../../../../shared/edf/annotations/tal.ts'
import { cpuMilliseconds } from '../../../support/cpuTime.ts'
import { talBytes } from '../../../support/edfBytes.ts'
import { cases } from '../../../support/properties.ts'

const text = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
  .filter((value) => !/(?![\t\n\r])\p{Cc}|@@|\p{Cs}/u.test(value))

const tal = fc.record({
  onset: fc.integer({ min: -1_000_000, max: 900_000_000 }).map((tenths) => tenths / 10),
  duration: fc.option(fc.nat(1_000_000).map((hundredths) => hundredths / 100)),
  texts: fc.array(text, { minLength: 1, maxLength: 3 }),
})

function bytesOf({
  onset,
  duration,
  texts,
}: {
  onset: number
  duration: number | null
  texts: readonly string[]
}): Uint8Array {
  const stamp = `${onset < 0 ? '' : '+'}${onset}${duration === null ? '' : `\x15${duration}`}`
  return new TextEncoder().encode(`${stamp}\x14${texts.map((value) => `${value}\x14`).join('')}\0`)
}

test('what is written by the grammar is read back, in order', () => {
  fc.assert(
    fc.property(fc.array(tal, { maxLength: 8 }), fc.nat(50), (tals, padding) => {
      const parts = [talBytes('+7||_'), ...tals.map(bytesOf), new Uint8Array(padding)]
      const block = Uint8Array.from(parts.flatMap((part) => [...part]))
      const { recordOnset, annotations, problems } = parseTalBlock(block)
      expect(recordOnset).toEqual({ at: 70_000_000, decimals: 0 })
      expect([...problems]).toEqual([])
      expect(annotations).toEqual(
        tals.flatMap(({ onset, duration, texts }) =>
          texts.map((value) => ({ onset: onset === 0 ? 0 : onset, duration, text: value, channel: null })),
        ),
      )
    }),
  )
})

test('any bytes at all are an answer: finite numbers, no text with an end mark', () => {
  const marks = fc.constantFrom(0x00, 0x14, 0x15, 0x2b, 0x2d, 0x2e, 0x30, 0x39, 0x41, 0xc3, 0xff)
  fc.assert(
    fc.property(fc.array(fc.oneof(marks, fc.nat(255)), { maxLength: 200 }), (bytes) => {
      const block = Uint8Array.from(bytes)
      const { recordOnset, annotations } = parseTalBlock(block)
      expect(recordOnset).toEqual(parseRecordOnset(block))
      for (const { onset, duration, text: found } of annotations) {
        expect(Number.isFinite(onset)).toBe(true)
        expect(duration === null || (Number.isFinite(duration) && duration >= 0)).toBe(true)
        expect(found).not.toContain('\x14')
        expect(found).not.toContain('\0')
      }
    }),
    cases(2000),
  )
})

test('the time of a record is told by its beginning alone', () => {
  expect(parseRecordOnset(talBytes('+567.25||a text that goes on'))).toEqual({
    at: 5_672_500_000,
    decimals: 2,
  })
  expect(parseRecordOnset(talBytes('+567|not empty|_'))).toBeNull()
  expect(parseRecordOnset(new Uint8Array(0))).toBeNull()
})

test('a time that stands behind an event is the time of the record, and the order is told', () => {
  const block = talBytes('+200|Start|_+200||_+205||_')
  expect(parseTalBlock(block).recordOnset?.at).toBe(2_000_000_000)
  expect(parseRecordOnset(block)?.at).toBe(2_000_000_000)
  expect([...parseTalBlock(block).problems]).toEqual([['time-order', { count: 1, offset: 12 }]])
})

test('a block of nothing but annotations is not kept whole: the rest is counted', () => {
  const block = talBytes('+0||_'.padEnd(100_000, '+1|x|_'))
  expect(parseTalBlock(block, 10)).toMatchObject({ dropped: expect.closeTo(16_655, -2) })
  expect(parseTalBlock(block, 10).annotations).toHaveLength(10)
  expect([...parseTalBlock(talBytes('a_'.repeat(50_000))).problems]).toEqual([
    ['malformed', { count: 50_000, offset: 0 }],
  ])
})

test('many TALs take time in proportion: a block of a mebibyte', () => {
  const block = talBytes('+0||_'.padEnd(1024 * 1024, '+1^2|x|_'))
  const began = cpuMilliseconds()
  expect(parseTalBlock(block).annotations.length).toBeGreaterThan(130_000)
  const hostile = new Uint8Array(1024 * 1024).fill(0x2b)
  expect(parseTalBlock(hostile).annotations).toEqual([])
  // Takes 200 ms; looking at the rest of the block for each of its TALs would take minutes.
  expect(cpuMilliseconds() - began).toBeLessThan(5000)
})
