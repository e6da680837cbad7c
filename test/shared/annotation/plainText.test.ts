import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  clipText,
  isPlainLine,
  isPlainText,
  plainLine,
  plainText,
} from '../../../shared/annotation/plainText.ts'
import { anyText } from '../../support/texts.ts'

it.each([
  ['tabs and line ends', 'a\tb\r\nc\rd\u2028e', 'a b\nc\nd\ne'],
  ['controls', 'a\u0000b\u001Bc\u007Fd\u009Fe', 'abcde'],
  ['direction changes', 'a\u202Eb\u2066c\u200Fd\u061Ce', 'abcde'],
  ['half characters', 'a\uD800b', 'a\uFFFDb'],
  ['letters of every script', 'Müller 山 עברית 👩‍⚕️', 'Müller 山 עברית 👩‍⚕️'],
])('makes %s safe to show', (_, text, expected) => {
  expect(plainText(text)).toBe(expected)
})

it('what was made plain is plain', () => {
  fc.assert(
    fc.property(anyText(), fc.nat(20), (text, length) => {
      expect(isPlainText(plainText(text))).toBe(true)
      expect(isPlainLine(plainLine(text))).toBe(true)
      expect(plainLine(text)).not.toMatch(/\n/)
      const clipped = clipText(plainText(text), length)
      expect(clipped.length).toBeLessThanOrEqual(length)
      expect(isPlainText(clipped)).toBe(true)
    }),
  )
})
