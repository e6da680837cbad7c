/** Answers of a learner, as a quiz keeps them. */
import { judge } from '../../shared/teaching/quiz/judge.ts'
import type { GivenMark, QuizMode } from '../../shared/teaching/quiz/judgement.ts'
import type { Answer } from '../../shared/teaching/quiz/progress.ts'
import { seconds } from './annotations.ts'
import { CASE } from './lessons.ts'

/** A mark of ten seconds that begins there, unless it says otherwise. */
export function given(
  kind: GivenMark['kind'],
  onset = 120,
  duration = 10,
  subtype: string | null = null,
): GivenMark {
  return { kind, subtype, onset: seconds(onset), duration: seconds(duration) }
}

type Facts = Partial<Omit<Answer, 'judged'>> & {
  /** What is there; of nothing, where not given. */
  readonly key?: readonly GivenMark[]
}

let count = 0

/** An answer in label mode, its own showing, judged against `key`. */
export function answer({ key = [], ...facts }: Facts = {}): Answer {
  count += 1
  const mode: QuizMode = facts.mode ?? 'label'
  const marks = facts.marks ?? []
  return {
    ...{ showing: `showing ${count}`, case: `case ${count}`, at: '2026-01-31T08:00:00.000Z', mode, marks },
    ...{ confidence: 'probable', criteria: {}, seconds: 30 },
    ...facts,
    judged: judge(
      { marks: key.map((mark, index) => ({ ...CASE.key.marks[0]!, ...mark, id: `${index}` })), votes: [] },
      marks,
      mode,
    ),
  }
}
