/** Keys become commands here and nowhere else; a text field, a list and a dialog keep theirs. */
import type { CommandId } from '../../shared/contract/commands.ts'
import { commandForKey } from '../../shared/contract/keys.ts'
import { isPageOnItsWay } from '../plot/pageLoader.ts'
import { getState } from '../store/state.ts'
import { isTextField, runCommand } from './runCommand.ts'

/** Commands that move the page: a held key goes on only when the last page stands on the screen. */
const MOVES: ReadonlySet<CommandId> = new Set([
  'nextPage',
  'previousPage',
  'stepForward',
  'stepBack',
  'cursorEarlier',
  'cursorLater',
])

/** Commands that a held key repeats; all others happen once a press. */
const REPEATS: ReadonlySet<CommandId> = new Set([
  ...MOVES,
  'nudgeEarlier',
  'nudgeLater',
  'channelsUp',
  'channelsDown',
  'sensitivityUp',
  'sensitivityDown',
  'nextMark',
  'previousMark',
  'undo',
  'redo',
])

/** These work in a text field too, since no text has such keys. */
const IN_TEXT: ReadonlySet<CommandId> = new Set(['open', 'save', 'saveAs', 'closeRecording', 'print'])

/** Listens on the window until the returned function is called. */
export function listenToKeys(): () => void {
  let press = 0
  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return
    const { shell, dialog, phase } = getState()
    const id = commandForKey(event, shell.platform)
    if (id === null) return
    const target = event.target instanceof Element ? event.target : null
    if (isTextField(target) && !IN_TEXT.has(id)) return
    if (keepsItsKeys(target, event, id)) return
    // A dialog is open: its keys are its own; only what leaves it comes through.
    if (dialog !== null && !IN_TEXT.has(id)) return
    if (phase !== 'open' && needsRecording(id)) return
    event.preventDefault()
    if (event.repeat) {
      if (!REPEATS.has(id) || (MOVES.has(id) && isPageOnItsWay())) return
    } else press += 1
    runCommand(id, `press ${press}`)
  }
  window.addEventListener('keydown', onKeyDown)
  return () => window.removeEventListener('keydown', onKeyDown)
}

/** A focused button takes Space and Enter, an open popup or a tab list its arrows. */
function keepsItsKeys(target: Element | null, event: KeyboardEvent, id: CommandId): boolean {
  if (target === null) return false
  if (target.closest('[role="menu"], [role="listbox"], [role="dialog"], [data-own-keys]') !== null) {
    return !event.ctrlKey && !event.metaKey
  }
  if (target instanceof HTMLSelectElement) return !event.ctrlKey && !event.metaKey
  const isControl =
    target.closest('button, a, [role="tab"], [role="button"], [role="option"], input, summary') !== null
  if (!isControl) return false
  if (event.key === ' ' || event.key === 'Enter') return true
  return (
    target.closest('[role="tab"], [role="radio"]') !== null &&
    event.key.startsWith('Arrow') &&
    id !== 'nudgeLater'
  )
}

function needsRecording(id: CommandId): boolean {
  return (
    MOVES.has(id) ||
    REPEATS.has(id) ||
    ['markJerk', 'markSpikeWave', 'markMimic', 'markUncertain', 'markReviewed', 'save', 'saveAs'].includes(id)
  )
}
