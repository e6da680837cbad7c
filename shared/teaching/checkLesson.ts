/** What always holds of a lesson, beyond the form of its parts: asked when one is read, and before an edit is taken. */
import type { Mark } from '../annotation/document.ts'
import { spanOf } from '../annotation/order.ts'
import { isOwnId, ownIdOf } from '../montage/ownMontages.ts'
import { type Lesson, type LessonCase, liesIn } from './lesson.ts'

/** One phrase a violation, naming the field and what stands there; none: sound. */
export function lessonProblems(lesson: Pick<Lesson, 'cases'>): readonly string[] {
  const problems: string[] = []
  const ids = new Map<string, number>()
  for (const [index, each] of lesson.cases.entries()) {
    const before = ids.get(each.id)
    if (before !== undefined)
      problems.push(`cases[${index}].id is ${each.id}, as that of cases[${before}] is`)
    ids.set(each.id, index)
    problems.push(...caseProblems(each).map((problem) => `cases[${index}].${problem}`))
  }
  return problems
}

/** The same for one case, its fields named from itself: `key.marks[0] …`. */
export function caseProblems({ onset, duration, view, key }: LessonCase): readonly string[] {
  const problems: string[] = []
  const stretch = spanOf({ onset, duration })
  if (!Number.isSafeInteger(stretch.end)) problems.push('duration ends beyond what ticks can count')
  const { montage, own } = view
  if (own !== undefined && (!isOwnId(montage) || montage !== ownIdOf(own))) {
    problems.push(`view.own is the montage ${own.name}, while view.montage is ${montage}`)
  }
  const ids = new Set(key.marks.map(({ id }) => id))
  if (ids.size < key.marks.length) problems.push('key.marks holds one id twice')
  for (const [index, mark] of key.marks.entries()) {
    const field = `key.marks[${index}]`
    problems.push(...markProblems(mark).map((problem) => `${field}${problem}`))
    if (!liesIn(mark, stretch)) problems.push(`${field} lies outside the stretch of the case`)
    if (new Set(mark.channels).size < mark.channels.length) problems.push(`${field}.channels names one twice`)
    if (new Set(mark.evidence).size < mark.evidence.length) problems.push(`${field}.evidence names one twice`)
  }
  if (new Set(key.votes.map(({ reader }) => reader)).size < key.votes.length) {
    problems.push('key.votes holds one reader twice')
  }
  for (const [at, { marks }] of key.votes.entries()) {
    for (const [index, mark] of marks.entries()) {
      const field = `key.votes[${at}].marks[${index}]`
      problems.push(...markProblems(mark).map((problem) => `${field}${problem}`))
    }
  }
  return problems
}

function markProblems({
  kind,
  subtype,
  onset,
  duration,
}: Pick<Mark, 'kind' | 'subtype' | 'onset' | 'duration'>): readonly string[] {
  const problems: string[] = []
  if (subtype !== null && kind !== 'mimic') problems.push(`.subtype is ${subtype}, which only a mimic has`)
  if (!Number.isSafeInteger(onset + duration)) problems.push('.duration ends beyond what ticks can count')
  return problems
}
