import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { displayName, escapeHidden } from '../../shared/shownText.ts'

/** Controls but tab and line breaks, and what reorders or hides text (Unicode TR36, section 2.5). */
const HARMFUL = /(?![\t\n\r])\p{Cc}|[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/u

describe('text that would turn a line round or command a terminal', () => {
  it('is shown in a name as what it is, on one line', () => {
    expect(displayName('a\u202eb\u001bc\nd\te\u009bf')).toBe('a\ufffdb\ufffdc d e\ufffdf')
    expect(displayName('Müller 山 שלום.edf')).toBe('Müller 山 שלום.edf')
  })

  it('is shown in a failure, whatever file its sentence names', () => {
    const failure = toFailure(new ReviewError('not-found', '"n\u202eight.edf" was not found.'))
    expect(failure).toEqual({ code: 'not-found', message: '"n\ufffdight.edf" was not found.' })
  })

  it('is escaped in JSON, which stays JSON of the same value', () => {
    const character = fc.constantFrom('a', '"', '\\', '\n', '\u001b', '\u009b', '\u202e', '\ufeff', '\u00ad')
    fc.assert(
      fc.property(fc.array(fc.string({ unit: character })), (texts) => {
        const json = escapeHidden(JSON.stringify(texts, null, 1))
        expect(json).not.toMatch(HARMFUL)
        expect(JSON.parse(json)).toEqual(texts)
      }),
    )
  })
})
