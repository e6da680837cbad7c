/** What results come to, in words. Pure. */
import type { QuizEnd } from '../../shared/contract/quizProcedures.ts'
import type { QuizResults } from '../../shared/teaching/quiz/results.ts'
import { formatMoment } from '../../shared/text/moment.ts'

type Detection = QuizResults['detection'][number]
type Onset = QuizResults['onsetError'][number]

/** Why nothing is left to be asked; `now`: ISO 8601, UTC. */
export function endText({ reason, nextDue }: QuizEnd, now = new Date().toISOString()): string {
  switch (reason) {
    case 'no-cases':
      return 'No case of this lesson can be shown: its recordings are not found, or are reviewed blind.'
    case 'all-retired':
      return 'You have mastered every case of this lesson.'
    case 'none-due':
      return nextDue === null || nextDue <= now
        ? 'Every case was asked. What you missed comes again with the next quiz.'
        : `Nothing is due now; the next case comes back on ${formatMoment(nextDue)}.`
  }
}

/** `d′ 1.82 (95 %: 0.90 to 2.74), criterion −0.31. Seen 8 of 10, called in 5 of 24 that were something else.` */
export function countsText(detection: Detection): string {
  const { hits, misses, falseAlarms, correctRejections, dPrime, dPrimeInterval, criterion } = detection
  const counts =
    `Seen in ${hits} of ${hits + misses}, called in ${falseAlarms} of ${falseAlarms + correctRejections} ` +
    'that were something else.'
  if (dPrime === null || criterion === null) return counts
  const range = dPrimeInterval === null ? '' : ` (95 %: ${dPrimeInterval.map(signed).join(' to ')})`
  return `d′ ${signed(dPrime)}${range}, criterion ${signed(criterion)}. ${counts}`
}

/** `0.04 s late, half of them from 0.02 s early to 0.11 s late (9 marks)`. */
export function onsetText({ count, median, quartiles }: Onset): string {
  if (median === null || quartiles === null) return ''
  const range = `half of them from ${lateText(quartiles[0])} to ${lateText(quartiles[1])}`
  return `${lateText(median)}, ${range} (${count} ${count === 1 ? 'mark' : 'marks'})`
}

export function secondsText({ median, quartiles }: QuizResults['seconds']): string {
  if (median === null || quartiles === null) return 'none yet'
  return `${median.toFixed(1)} s, half of them ${quartiles.map((each) => each.toFixed(1)).join(' to ')} s`
}

function lateText(seconds: number): string {
  const rounded = Math.abs(seconds).toFixed(2)
  if (rounded === '0.00') return 'on time'
  return `${rounded} s ${seconds > 0 ? 'late' : 'early'}`
}

function signed(value: number): string {
  return value.toFixed(2).replace('-', '−')
}
