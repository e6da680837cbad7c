/** To which side a learner leans, in words: the same in the window and at the terminal. */
import type { QuizResults } from './results.ts'

type Detection = QuizResults['detection'][number]

/** Nearer to the middle than this a learner leans to neither side: a rule of this program. */
const LEANS_FROM = 0.2

/** Whether it is called too readily; empty where there are too few to say, which the note says. */
export function leaningText({ criterion, note }: Pick<Detection, 'criterion' | 'note'>): string {
  if (criterion === null || note !== null) return ''
  if (criterion < -LEANS_FROM) return 'is called too readily (liberal).'
  return criterion > LEANS_FROM
    ? 'is called too seldom (strict).'
    : 'is called neither too readily nor too seldom.'
}
