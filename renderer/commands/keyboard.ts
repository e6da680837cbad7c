/** Keys become commands here and nowhere else; a text field, a popup and a dialog keep theirs. */
import { type CommandId, commandOf } from '../../shared/contract/commands.ts'
import { commandForKey } from '../../shared/contract/keys.ts'
import { getState } from '../store/state.ts'
import { runCandidateKey } from './candidateKeys.ts'
import { runQuizKey } from './quizKeys.ts'
import { isAvailable, runCommand } from './runCommand.ts'
import { isTextField } from './textField.ts'
import { isInPopup, leavesForPage } from './whoseKeys.ts'

/** Listens on the window until the returned function is called. A held key waits while `isPageOnItsWay`. */
export function listenToKeys(isPageOnItsWay: () => boolean): () => void {
  let press = 0
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const { shell, ui } = getState()
    const target = event.target instanceof Element ? event.target : null
    if (ui.dialog === null && event.key === 'Escape' && leavesForPage(target)) return event.preventDefault()
    if (ui.dialog === null && (runQuizKey(event) || runCandidateKey(event))) return event.preventDefault()
    const id = commandForKey(event, shell.facts.platform)
    if (id === null) return
    const { inText, repeats } = commandOf(id)
    if (isTextField(target) && !inText) return
    if (keepsItsKeys(target, event, id)) return
    // A dialog is open: its keys are its own; only what leaves it comes through.
    if (ui.dialog !== null && !inText) return
    if (!isAvailable(id)) return
    event.preventDefault()
    if (event.repeat) {
      // A held key goes on only when the page it asked for stands on the screen.
      if (repeats === 'no' || (repeats === 'page by page' && isPageOnItsWay())) return
    } else press += 1
    runCommand(id, `press ${press}`)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** A focused button takes Space and Enter, an open popup or a tab list its arrows. */
function keepsItsKeys(target: Element | null, event: KeyboardEvent, id: CommandId): boolean {
  if (target === null) return false
  if (isInPopup(target) || target instanceof HTMLSelectElement) return !event.ctrlKey && !event.metaKey
  const isControl =
    target.closest('button, a, [role="tab"], [role="button"], [role="option"], input, summary') !== null
  if (!isControl) return false
  if (event.key === ' ' || event.key === 'Enter') return true
  return (
    target.closest('[role="tab"], [role="radio"], input[type="radio"]') !== null &&
    event.key.startsWith('Arrow') &&
    id !== 'nudgeLater'
  )
}
