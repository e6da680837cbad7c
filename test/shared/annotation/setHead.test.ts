import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSet, serializeSet } from '../../../shared/annotation/format.ts'
import { readSetHead } from '../../../shared/annotation/setHead.ts'
import { blankDocument, withMarks } from '../../support/annotations.ts'

const document = withMarks([
  [10, 12],
  [20, 21],
])
const text = serializeSet(document)

function messageOf(work: () => unknown): string | null {
  try {
    work()
    return null
  } catch (thrown) {
    return (thrown as Error).message
  }
}

describe('the head of a set', () => {
  it.each([
    ['as written', text],
    ['in one line', JSON.stringify(JSON.parse(text))],
    ['with a byte-order mark and blanks', `\uFEFF \n${JSON.stringify(JSON.parse(text), null, '\t')}\r\n `],
    ['in another order', JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse()))],
    ['with escaped keys', text.replace('"reviewer"', '"\\u0072eviewer"')],
    ['with a key twice', text.replace('"reviewer"', '"reviewer": "XX", "reviewer"')],
    ['with braces and quotes in its texts', text.replace('"comment":""', '"comment":"}]\\\\\\",{["')],
  ])('%s tells what the whole set does', (_, written) => {
    const whole = parseSet(written)
    expect(readSetHead(written)).toEqual({
      recording: whole.recording,
      reviewer: 'JS',
      changed: whole.changed,
      marks: 2,
    })
  })

  it.each([
    ['none', serializeSet(blankDocument()), 0],
    ['none, with a blank', serializeSet(blankDocument()).replace('"marks": []', '"marks": [ \n ]'), 0],
    ['one', serializeSet(withMarks([[1, 2]])), 1],
  ])('counts %s', (_, written, marks) => {
    expect(readSetHead(written).marks).toBe(marks)
  })

  it.each([
    ['', text.replace(/[\s\S]*/, '')],
    ['cut off', text.slice(0, text.length / 2)],
    ['followed by more', `${text}x`],
    ['a list', '[1]'],
    ['something else', '{"format":"x","version":1}'],
    ['nothing', '{}'],
    ['of a later version', text.replace(/"version": \d+/, '"version": 99')],
    ['of version 0', text.replace(/"version": \d+/, '"version": 0')],
    ['without a reviewer', text.replace('"reviewer": "JS",', '')],
    ['with a bad reviewer', text.replace('"reviewer": "JS"', '"reviewer": {}')],
    ['without marks', text.replace('"marks"', '"remarks"')],
  ])('of a file that is %s is refused as the file is', (_, written) => {
    const message = messageOf(() => readSetHead(written))
    expect(message).toBe(messageOf(() => parseSet(written))?.replace(/ \(line \d+ column \d+\)/, ''))
    expect(message).not.toBeNull()
  })

  it('of any text is told or refused, never more', () => {
    const mutated = fc
      .tuple(fc.nat(text.length), fc.string({ maxLength: 3 }))
      .map(([at, piece]) => text.slice(0, at) + piece + text.slice(at + piece.length))
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string(), mutated), (written) => {
        if (messageOf(() => parseSet(written)) === null) readSetHead(written)
        else messageOf(() => readSetHead(written))
      }),
    )
  })
})
