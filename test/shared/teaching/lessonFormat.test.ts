import { readFileSync } from 'node:fs'
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ReviewError } from '../../../shared/failure.ts'
import { MAX_LESSON_BYTES } from '../../../shared/teaching/lesson.ts'
import { parseLesson, serializeLesson } from '../../../shared/teaching/lessonFormat.ts'
import { anyLesson, CASE, LESSON } from '../../support/lessons.ts'

const WRITTEN = JSON.parse(serializeLesson(LESSON))
const [MARK] = CASE.key.marks
const withCase = (fields: object) => ({ ...WRITTEN, cases: [{ ...WRITTEN.cases[0], ...fields }] })
const withKey = (fields: object) => withCase({ key: { ...WRITTEN.cases[0].key, ...fields } })
const withView = (fields: object) => withCase({ view: { ...WRITTEN.cases[0].view, ...fields } })

function refusal(text: string): string {
  try {
    parseLesson(text)
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code === 'bad-lesson') return thrown.message
    throw thrown
  }
  return 'it was read'
}

describe('a lesson file', () => {
  it('comes back as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(anyLesson, (lesson) => {
        const text = serializeLesson(lesson)
        expect(parseLesson(text)).toEqual(lesson)
        expect(serializeLesson(parseLesson(text))).toBe(text)
      }),
    )
  })

  it('has a case a line, so that versions can be compared line by line', () => {
    const lines = serializeLesson({ ...LESSON, cases: [CASE, { ...CASE, id: 'case-2' }] }).split('\n')
    expect(lines.filter((line) => line.startsWith('    {"id":"case-'))).toHaveLength(2)
  })

  it('is read with a byte-order mark, in any order of keys', () => {
    const turned = Object.fromEntries(Object.entries(WRITTEN).reverse())
    expect(parseLesson(`\uFEFF${JSON.stringify(turned)}`)).toEqual(LESSON)
  })

  it('carries a montage of the teacher’s own', () => {
    const own = {
      name: 'Neonatal',
      lines: [{ label: '', terms: [{ channel: 'Cz', weight: 1 }], gap: false }],
    }
    const lesson = { ...LESSON, cases: [{ ...CASE, view: { ...CASE.view, montage: 'own:Neonatal', own } }] }
    expect(parseLesson(serializeLesson(lesson))).toEqual(lesson)
  })

  it('is the example of its specification', () => {
    const specification = readFileSync(
      path.resolve(import.meta.dirname, '../../../shared/teaching/FORMAT.md'),
      'utf8',
    )
    const example = /```json\n([\s\S]*?)```/.exec(specification)?.[1] ?? ''
    expect(serializeLesson(parseLesson(example))).toBe(example)
  })

  it('has its texts made plain: nothing turns a line round or commands a terminal', () => {
    const hostile = withCase({ rationale: 'a\u202Eb\u001B[2Jc', question: '<script>alert(1)</script>' })
    const [read] = parseLesson(JSON.stringify({ ...hostile, title: 'Jerks\u0000\u2066' })).cases
    expect(read).toMatchObject({ rationale: 'ab[2Jc', question: '<script>alert(1)</script>' })
  })

  it.each([
    [
      'an unknown field',
      withCase({ looks: 1 }),
      'cases[0].looks is no field of a lesson; take it out of the file',
    ],
    ['a missing field', { ...WRITTEN, title: undefined }, 'title is missing; add it to the file'],
    [
      'a kind that there is not',
      withKey({ marks: [{ ...MARK, kind: 'jerk' }] }),
      'cases[0].key.marks[0].kind should be one of the kinds hypnic_jerk, spike_wave_3hz, mimic, uncertain, found “jerk”; correct it in the file',
    ],
    [
      'a stretch of nothing',
      withCase({ duration: 0 }),
      'cases[0].duration should be a whole number of ticks (100 ns) above 0, of an hour at most, found 0; correct it in the file',
    ],
    [
      'a stretch of a night',
      withCase({ duration: 36_000_000_001 }),
      'cases[0].duration should be a whole number of ticks (100 ns) above 0, of an hour at most, found 36000000001; correct it in the file',
    ],
    [
      'a script for an address',
      withCase({ sources: [{ text: 'a', url: 'javascript:alert(1)' }] }),
      'cases[0].sources[0].url should be an address that begins with https:// or http://, or null, found “javascript:alert(1)”; correct it in the file',
    ],
    [
      'a filter of no frequency',
      withView({ lowFrequency: -1 }),
      'cases[0].view.lowFrequency should be a frequency of 0.01 to 10000 Hz, or null, found -1; correct it in the file',
    ],
    [
      'two cases of one id',
      { ...WRITTEN, cases: [WRITTEN.cases[0], WRITTEN.cases[0]] },
      'cases[1].id is case-1, as that of cases[0] is; correct it in the file',
    ],
    [
      'a mark outside its stretch',
      withCase({ onset: 0 }),
      'cases[0].key.marks[0] lies outside the stretch of the case; correct it in the file',
    ],
    [
      'a mimic’s code on a jerk',
      withKey({ marks: [{ ...MARK, subtype: 'oirda' }] }),
      'cases[0].key.marks[0].subtype is oirda, which only a mimic has; correct it in the file',
    ],
    [
      'a reader twice',
      withKey({ votes: [CASE.key.votes[0], CASE.key.votes[0]] }),
      'cases[0].key.votes holds one reader twice; correct it in the file',
    ],
    [
      'another time base',
      { ...WRITTEN, ticksPerSecond: 1000 },
      'ticksPerSecond should be 10000000, found 1000; correct it in the file',
    ],
    [
      'no version',
      { ...WRITTEN, version: '1' },
      'version should be a whole number, 1 or more, found “1”; correct it in the file',
    ],
    [
      'too many cases',
      { ...WRITTEN, cases: Array(1001).fill(0) },
      'cases should be a list of at most 1000 cases, found a list of 1001; correct it in the file',
    ],
  ])('with %s is refused in one sentence: field, value, way out', (_, value, why) => {
    expect(refusal(JSON.stringify(value))).toBe(`This lesson cannot be read: ${why}.`)
  })

  it.each([
    [
      'of a later version',
      JSON.stringify({ ...WRITTEN, version: 2 }),
      'This lesson was made by a newer Hypnospike (format 2); update Hypnospike to open it.',
    ],
    [
      'that is a set',
      JSON.stringify({ format: 'hypnospike annotation set' }),
      'This is not a Hypnospike lesson: choose a file that ends in .lesson.json.',
    ],
    [
      'that was cut off',
      serializeLesson(LESSON).slice(0, -40),
      'This lesson cannot be read: it is not JSON (line 15 column 955); it may have been cut off, fetch it again.',
    ],
    [
      'that is too long',
      ' '.repeat(MAX_LESSON_BYTES + 1),
      'This lesson cannot be read: it is larger than 8 MB; share its cases among several lessons.',
    ],
    [
      'nested deeply',
      '['.repeat(100_000),
      'This lesson cannot be read: its values are nested deeper than 16; it was not made by Hypnospike.',
    ],
    [
      'of a million values',
      `[${'0,'.repeat(1_100_000)}0]`,
      'This lesson cannot be read: it holds more than a thousand cases may; it was not made by Hypnospike.',
    ],
  ])('%s is refused', (_, text, why) => {
    expect(refusal(text)).toBe(why)
  })

  it('never ends the program, whatever stands where', () => {
    const value = fc.oneof(fc.jsonValue({ maxDepth: 3 }), fc.constant('\u202Ex'.repeat(200)))
    const places = [
      'id',
      'title',
      'cases',
      'language',
      'version',
      'ticksPerSecond',
      'created',
      'format',
    ] as const
    fc.assert(
      fc.property(fc.constantFrom(...places), value, (place, put) => {
        const said = refusal(JSON.stringify({ ...WRITTEN, [place]: put }))
        expect(said).toMatch(/^(it was read|[^\n\u202E]{1,600}\.)$/)
      }),
    )
  })
})
