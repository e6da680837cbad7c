/** What is said of an answer, in words. Pure. */
import { markName } from '../../shared/annotation/kinds.ts'
import type { Answered } from '../../shared/contract/quizProcedures.ts'
import type { Judgement } from '../../shared/teaching/quiz/judgement.ts'
import type { VoteOnMark } from '../../shared/teaching/votes.ts'
import { formatMoment } from '../../shared/text/moment.ts'

type Named = Parameters<typeof markName>[0]

const NOTHING = 'nothing to mark'

/** `hypnic jerk and mimic · OIRDA`; of none that there is nothing. */
export function keyText(marks: readonly Named[]): string {
  return marks.length === 0 ? NOTHING : marks.map(markName).join(', ')
}

export function givenText({ marks, confidence }: Judgement): string {
  return `${keyText(marks)}, ${confidence}`
}

/** Of the onset in seconds, later positive; empty where there is none to compare. */
export function errorText(error: number | null): string {
  if (error === null) return ''
  const by = Math.abs(error)
  if (by < 0.005) return ' Your onset is that of the key.'
  return ` Your onset is ${by.toFixed(2)} s ${error > 0 ? 'late' : 'early'}.`
}

export function scheduleText(
  { due, retired, comesAgain }: Pick<Answered, 'due' | 'retired' | 'comesAgain'>,
  now = new Date().toISOString(),
): string {
  if (retired) return 'Mastered: it is not asked again.'
  if (due !== null && due <= now)
    return comesAgain ? 'It is asked again after some others.' : 'It comes again with the next quiz.'
  return due === null ? '' : `Asked again from ${formatMoment(due).slice(0, -':00'.length)}.`
}

/** `R-02 Hypnic jerk, R-03 nothing`. */
export function votesText(votes: readonly VoteOnMark[]): string {
  return votes.map(({ reader, mark }) => `${reader} ${mark === null ? 'nothing' : markName(mark)}`).join(', ')
}
