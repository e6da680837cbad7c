import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  answerClaim,
  countAnswers,
  type ExerciseState,
  nextClaim,
  startExercise,
} from '../../../shared/reference/exercise.ts'
import { REFERENCE } from '../../../shared/reference/reference.ts'
import { VERDICTS, type Verdict } from '../../../shared/reference/schema.ts'

const { claims } = REFERENCE

function play(verdicts: readonly Verdict[]): ExerciseState {
  return verdicts.reduce(
    (state, verdict) => nextClaim(answerClaim(state, claims, verdict), claims),
    startExercise(),
  )
}

describe('finding the errors', () => {
  test('shows the correction after an answer and the next claim after the correction', () => {
    const asked = startExercise()
    const answered = answerClaim(asked, claims, 'wrong')
    expect(answered).toMatchObject({ phase: 'answered', index: 0 })
    expect(nextClaim(answered, claims)).toMatchObject({ phase: 'asking', index: 1 })
  })

  test('counts the first answer only', () => {
    const answered = answerClaim(startExercise(), claims, 'right')
    expect(answerClaim(answered, claims, 'wrong')).toBe(answered)
  })

  test('lets no claim be skipped', () => {
    const asked = startExercise()
    expect(nextClaim(asked, claims)).toBe(asked)
  })

  test('ends after the last claim, and stays there', () => {
    const finished = play(claims.map(({ verdict }) => verdict))
    expect(finished.phase).toBe('finished')
    expect(nextClaim(finished, claims)).toBe(finished)
    expect(answerClaim(finished, claims, 'right')).toBe(finished)
  })

  test('counts everything right for who judges as the sources do', () => {
    const count = countAnswers(play(claims.map(({ verdict }) => verdict)), claims)
    expect(count).toMatchObject({ right: claims.length, of: claims.length, missed: [] })
    expect(count.byHead.map(({ head }) => head)).toEqual(['triggers', 'symptoms', 'treatment'])
    expect(count.byHead.every(({ right, of }) => right === of)).toBe(true)
  })

  test('tells what was missed and what was said instead', () => {
    const all = claims.map(({ verdict }) => verdict)
    const said = VERDICTS.find((verdict) => verdict !== claims[2]?.verdict) as Verdict
    const count = countAnswers(play(all.with(2, said)), claims)
    expect(count.right).toBe(claims.length - 1)
    expect(count.missed).toEqual([{ claim: claims[2], said }])
  })

  test('keeps its counts together whatever is answered, also half way', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...VERDICTS), { maxLength: claims.length }), (verdicts) => {
        const count = countAnswers(play(verdicts), claims)
        expect(count.of).toBe(verdicts.length)
        expect(count.right + count.missed.length).toBe(count.of)
        expect(count.byHead.reduce((sum, { of }) => sum + of, 0)).toBe(count.of)
        expect(count.byHead.reduce((sum, { right }) => sum + right, 0)).toBe(count.right)
      }),
    )
  })

  test('is over at once where there is nothing to judge', () => {
    expect(answerClaim(startExercise(), [], 'right')).toMatchObject({ phase: 'finished' })
  })
})
