/**
 * Keys of who answers a quiz, and only while one is under way: then they come before the commands that have them elsewhere
 * (B restores a mark's view, Enter puts calipers into a comment). Of the commands only those that look at the page, and
 * mark on it, mean anything there.
 */
import { CRITERION_CODES, type CriterionAnswer } from '../teaching/quiz/criteria.ts'
import type { QuizMode } from '../teaching/quiz/judgement.ts'
import { type Command, type CommandId, OWN_COMMANDS } from './commands.ts'
import { commandForKey, type KeyStroke, readKey } from './keys.ts'

/** `asked`: before the answer, `answered`: after it. */
type QuizPhase = 'asked' | 'answered'

export const QUIZ_KEYS = [
  { does: 'nothing', key: '4', label: 'Nothing to mark here', in: ['asked'] },
  { does: 'confidence', key: 'C', label: 'How sure: next', in: ['asked'] },
  { does: 'criteria', key: 'F', label: 'To the criteria, and back to the page', in: ['asked'] },
  { does: 'go', key: 'Enter', label: 'Answer; then the next case', in: ['asked', 'answered'] },
  { does: 'pair', key: '\\', label: 'Beside the references, or alone', in: ['answered'] },
  {
    does: 'reference',
    key: 'T',
    label: 'The other reference, or the keys to the other page',
    in: ['answered'],
  },
  { does: 'expert', key: 'B', label: 'The expert’s view of the case', in: ['answered'] },
  { does: 'leave', key: 'Escape', label: 'End the quiz', in: ['asked', 'answered'] },
] as const satisfies readonly {
  readonly does: string
  readonly key: string
  readonly label: string
  readonly in: readonly QuizPhase[]
}[]

/** No, Unlikely, Likely, Yes: while a criterion has the focus. */
export const CRITERION_KEYS: Readonly<Record<CriterionAnswer, string>> = {
  ...{ no: 'N', unlikely: 'U', likely: 'L', yes: 'Y' },
}

export type QuizVerb = (typeof QUIZ_KEYS)[number]['does']

export function quizVerbOf(stroke: KeyStroke, phase: QuizPhase): QuizVerb | null {
  // Its sign is typed in many ways, all of which the command knows.
  if (commandForKey(stroke, 'linux') === 'sideBySide') return phase === 'answered' ? 'pair' : null
  if (isHeld(stroke)) return null
  const readings = readKey(stroke)
  const found = QUIZ_KEYS.find((each) => readings.includes(each.key) && isIn(each, phase))
  // A letter with Shift is another key; where a digit lies is the keyboard's affair.
  return found === undefined || (stroke.shiftKey && !/^\d$/.test(found.key)) ? null : found.does
}

export function criterionAnswerOf(stroke: KeyStroke): CriterionAnswer | null {
  if (isHeld(stroke) || stroke.shiftKey) return null
  const readings = readKey(stroke)
  return CRITERION_CODES.find((code) => readings.includes(CRITERION_KEYS[code])) ?? null
}

function isHeld({ ctrlKey, metaKey, altKey }: KeyStroke): boolean {
  return ctrlKey || metaKey || altKey
}

function isIn(row: { readonly in: readonly QuizPhase[] }, phase: QuizPhase): boolean {
  return row.in.includes(phase)
}

/** Looking at the page, in either phase. */
const LOOKING: readonly CommandId[] = [
  ...(['nextPage', 'previousPage', 'stepForward', 'stepBack', 'toStart', 'toEnd'] as const),
  ...(['sensitivityUp', 'sensitivityDown', 'timebaseShorter', 'timebaseLonger'] as const),
  ...(['channelsUp', 'channelsDown', 'lowFrequency', 'lowFrequencyBack', 'highFrequency'] as const),
  ...(['highFrequencyBack', 'notch', 'direction', 'channels', 'values'] as const),
  ...(['calipers', 'caliperPeaks', 'caliperUp', 'caliperDown', 'cyclePart', 'cancel'] as const),
  ...(['cursorEarlier', 'cursorLater', 'cursorSecondEarlier', 'cursorSecondLater'] as const),
  ...(['cursorFineEarlier', 'cursorFineLater', 'cursorSampleBefore', 'cursorSampleAfter'] as const),
  ...(['nextMark', 'previousMark', 'montages', 'calibrate', 'palette', 'keys', 'about'] as const),
  ...OWN_COMMANDS.map(({ id }) => id),
]

/** Marking, before the answer and where the place is asked for. */
const MARKING: readonly CommandId[] = [
  ...(['undo', 'redo', 'edgeStart', 'edgeEnd', 'nudgeEarlier', 'nudgeLater', 'deleteMark'] as const),
  ...(['mark:hypnic_jerk', 'mark:spike_wave_3hz', 'mark:mimic'] as const),
  'mark:uncertain',
]

/** After the answer. */
const READING: readonly CommandId[] = ['reference', 'spectrum', 'bandMaps', 'cursorMap', 'evidence']

const looking: ReadonlySet<CommandId> = new Set(LOOKING)
const marking: ReadonlySet<CommandId> = new Set(MARKING)
const reading: ReadonlySet<CommandId> = new Set(READING)

/** Whether a command means anything in a quiz: in one of both modes, before or after the answer. */
export function canRunInQuiz(
  { id, chooses }: Pick<Command, 'id' | 'chooses'>,
  { mode, phase }: { readonly mode: QuizMode; readonly phase: QuizPhase | 'coming' },
): boolean {
  if (chooses !== null || looking.has(id)) return true
  if (marking.has(id)) return mode === 'locate' && phase === 'asked'
  return reading.has(id) && phase === 'answered'
}
