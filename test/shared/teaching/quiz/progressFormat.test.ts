/** Progress as a file: read back as written, and refused in a sentence where it is not to be trusted. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CONFIDENCES, codesOf, MIMICS } from '../../../../shared/annotation/kinds.ts'
import { ReviewError } from '../../../../shared/failure.ts'
import { CRITERIA, CRITERION_CODES } from '../../../../shared/teaching/quiz/criteria.ts'
import { QUIZ_MODES } from '../../../../shared/teaching/quiz/judgement.ts'
import { parseProgress, serializeProgress } from '../../../../shared/teaching/quiz/progressFormat.ts'
import { cases } from '../../../support/properties.ts'
import { answer, given } from '../../../support/quiz.ts'

const anyMark = fc
  .tuple(
    fc.constantFrom('hypnic_jerk', 'spike_wave_3hz', 'mimic', 'uncertain'),
    fc.integer({ min: -10, max: 36_000 }),
    fc.nat({ max: 60 }),
    fc.option(fc.constantFrom(...codesOf(MIMICS))),
  )
  .map(([kind, onset, duration, subtype]) => given(kind, onset, duration, kind === 'mimic' ? subtype : null))

const anyAnswer = fc
  .record({
    case: fc.constantFrom('a', 'b é', '<c>'),
    mode: fc.constantFrom(...QUIZ_MODES),
    key: fc.array(anyMark, { maxLength: 3 }),
    marks: fc.array(anyMark, { maxLength: 1 }),
    confidence: fc.constantFrom(...codesOf(CONFIDENCES)),
    criteria: fc.dictionary(
      fc.constantFrom(...CRITERIA.map(({ id }) => id), 'asked-once'),
      fc.constantFrom(...CRITERION_CODES),
    ),
    seconds: fc.double({ min: 0, max: 86_400, noNaN: true }),
    at: fc.nat({ max: 1e9 }).map((ms) => new Date(ms * 1000).toISOString()),
  })
  .map(answer)

const anyProgress = fc.record({
  learner: fc.constantFrom('R-01', 'ANNA'),
  lessons: fc.array(
    fc.record({
      lesson: fc.record({ id: fc.constantFrom('one', 'two'), title: fc.constantFrom('Jerks', 'Läufe “x”') }),
      answers: fc.array(anyAnswer, { maxLength: 4 }),
    }),
    { maxLength: 3 },
  ),
})

const PROGRESS = {
  learner: 'ANNA',
  lessons: [
    {
      lesson: { id: 'lesson-1', title: 'Jerks' },
      answers: [
        answer({
          key: [given('hypnic_jerk')],
          marks: [given('mimic', 120, 10, 'oirda')],
          criteria: { single: 'yes' },
        }),
      ],
    },
  ],
}
const TEXT = serializeProgress(PROGRESS)

function refusalOf(text: string): string {
  try {
    parseProgress(text)
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code === 'bad-progress') return thrown.message
    throw thrown
  }
  return 'it was read'
}

describe('progress', () => {
  it('is read back as it was written, and written as it was read', () => {
    fc.assert(
      fc.property(anyProgress, (progress) => {
        const text = serializeProgress(progress)
        const read = parseProgress(text)
        // JSON has no −0, which a time to answer may be.
        expect(read).toEqual(JSON.parse(JSON.stringify(progress)))
        expect(serializeProgress(read)).toBe(text)
      }),
      cases(60),
    )
  })

  it('is as the example of PROGRESS.md has it', () => {
    const text = readFileSync(new URL('../../../../shared/teaching/PROGRESS.md', import.meta.url), 'utf8')
    const example = /```json\n([\s\S]*?)```/.exec(text)?.[1] ?? ''
    expect(serializeProgress(parseProgress(example))).toBe(example)
  })

  it('has an answer a line', () => {
    const { answers, lesson } = PROGRESS.lessons[0]!
    const many = serializeProgress({ ...PROGRESS, lessons: [{ lesson, answers: [...answers, ...answers] }] })
    expect(many.split('\n').filter((line) => line.includes('"showing"')).length).toBe(2)
  })

  it.each([
    ['', /cannot be read \(.*\) and is left as it is: delete it to begin anew, or put back a copy\.$/],
    [TEXT.slice(0, -40), /it is not JSON/],
    ['[]', /it is something else/],
    ['{"format":"hypnospike lesson"}', /it is something else/],
    [
      TEXT.replace('"version": 1', '"version": 2'),
      /kept by a newer Hypnospike \(format 2\) and is left as it is: update/,
    ],
    [TEXT.replace('"version": 1', '"version": "1"'), /version should be a whole number/],
    [TEXT.replace('10000000', '1000'), /ticksPerSecond should be 10000000/],
    [TEXT.replace('"hypnic_jerk"', '"jerk"'), /key should be a kind \(hypnic_jerk/],
    [TEXT.replace('"mimic:oirda"', '"mimic:unicorn"'), /given should be a kind/],
    [TEXT.replace('"single":"yes"', '"single":"perhaps"'), /criteria\.single should be one of no, unlikely/],
    [TEXT.replace('"label"', '"guess"'), /lessons\.0\.answers\.0\.mode should be one of locate, label/],
    [TEXT.replace('"seconds":30', '"seconds":-3'), /seconds should be a number, 0 or more/],
    [TEXT.replace('"isRight":false', '"isRight":false,"luck":1'), /judged\.luck is no field of it\)/],
    [TEXT.replace('"seconds":30,', ''), /lessons\.0\.answers\.0\.seconds is missing\)/],
    [TEXT.replace(/"places":\[.*\]/, '"places":[]'), /places should be a list of one place or more/],
    [`${'['.repeat(5000)}`, /cannot be read/],
  ])('is refused in a sentence where it is not to be trusted (%#)', (text, sentence) => {
    expect(refusalOf(text)).toMatch(sentence)
  })
})
