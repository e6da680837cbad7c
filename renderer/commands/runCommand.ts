/** The one way by which keys, menus and the palette call a command. */
import { type CommandId, canRun, commandOf, isCommandId } from '../../shared/contract/commands.ts'
import { canRunInQuiz } from '../../shared/contract/quizKeys.ts'
import type { ReviewState } from '../store/reviewState.ts'
import { activeSet, isOpen } from '../store/selectors.ts'
import { getState } from '../store/state.ts'
import { ACTIONS } from './actions.ts'

/** Whether a command means anything now. */
export function isAvailable(id: CommandId, state: ReviewState = getState()): boolean {
  const command = commandOf(id)
  if (state.quiz !== null) {
    const { request, at } = state.quiz
    if (!canRunInQuiz(command, { mode: request.mode, phase: at.phase })) return false
  }
  return canRun(command, { recording: isOpen(state), set: activeSet(state) !== null })
}

/** Does nothing where the command means nothing now. `gesture` names a held key. */
export function runCommand(id: CommandId, gesture = `${id} ${performance.now()}`): void {
  if (isAvailable(id)) ACTIONS[id](gesture)
}

/** From the shell's menu, which sends a name. */
export function runCommandByName(name: string): void {
  if (isCommandId(name)) runCommand(name)
}
