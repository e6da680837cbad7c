/** What each command does: the one list that keys, menus and the shell's menu all end in. */
import { flushSync } from 'react-dom'
import { type CommandId, isCommandId } from '../../shared/contract/commands.ts'
import { NOTCHES, stepInList } from '../../shared/signal/sensitivity.ts'
import { assertNever } from '../../shared/units.ts'
import { getHost } from '../store/host.ts'
import {
  cancel,
  deleteSelected,
  goToMark,
  label,
  redoStep,
  toggleReviewed,
  undoStep,
} from '../store/marking.ts'
import { notify, reportFailure } from '../store/notices.ts'
import { changeSettings, chooseRecording, chooseSet, closeRecording, reload } from '../store/opening.ts'
import { cyclePart, nudge, setEdge } from '../store/placing.ts'
import { save, saveAs } from '../store/saving.ts'
import { getState, setState } from '../store/state.ts'
import {
  changeView,
  goToEnd,
  goToStart,
  lessSensitive,
  longerTimebase,
  moreSensitive,
  moveCursor,
  scrollChannels,
  shorterTimebase,
  step,
  turnPages,
} from '../store/viewing.ts'

const NUDGE_SECONDS = 0.01
const CURSOR_SECONDS = 0.1
const CHANNEL_STEP = 8

/** `gesture` names a held key, so that all its repeats are one step of undo. */
export function runCommand(id: CommandId, gesture = `${id} ${performance.now()}`): void {
  switch (id) {
    case 'open':
      return void chooseRecording()
    case 'openSample':
      return setState({ dialog: 'open' })
    case 'save':
      return void save()
    case 'saveAs':
      return getState().shell.kind === 'browser' ? setState({ dialog: 'saveAs' }) : void saveAs(null)
    case 'openSet':
      return void chooseSet()
    case 'closeRecording':
      return closeRecording()
    case 'print':
      return print(false)
    case 'printPdf':
      return print(true)
    case 'undo':
      return undoInFocus()
    case 'redo':
      return redoInFocus()
    case 'checkFile':
      return setState({ dialog: 'check' })
    case 'reload':
      return reload()
    case 'details':
      return showPanel('details')
    case 'nextPage':
      return turnPages(1)
    case 'previousPage':
      return turnPages(-1)
    case 'stepForward':
      return step(1)
    case 'stepBack':
      return step(-1)
    case 'toStart':
      return goToStart()
    case 'toEnd':
      return goToEnd()
    case 'montageRecorded':
      return changeView({ montage: 'recorded' })
    case 'montageLongitudinal':
      return changeView({ montage: 'longitudinal' })
    case 'montageAverage':
      return changeView({ montage: 'average' })
    case 'sensitivityUp':
      return moreSensitive()
    case 'sensitivityDown':
      return lessSensitive()
    case 'timebaseShorter':
      return shorterTimebase()
    case 'timebaseLonger':
      return longerTimebase()
    case 'channelsUp':
      return scrollChannels(-CHANNEL_STEP)
    case 'channelsDown':
      return scrollChannels(CHANNEL_STEP)
    case 'notch': {
      const { notch } = getState().view
      return changeView({ notch: notch === NOTCHES.at(-1) ? null : stepInList(NOTCHES, notch, 1) })
    }
    case 'togglePanel':
      return changeSettings({ panelOpen: !getState().settings.panelOpen })
    case 'themeSystem':
      return changeSettings({ theme: 'system' })
    case 'themeLight':
      return changeSettings({ theme: 'light' })
    case 'themeDark':
      return changeSettings({ theme: 'dark' })
    case 'calibrate':
      return setState({ dialog: 'calibrate' })
    case 'markJerk':
      return label('hypnic_jerk')
    case 'markSpikeWave':
      return label('spike_wave_3hz')
    case 'markMimic':
      return label('mimic')
    case 'markUncertain':
      return label('uncertain')
    case 'markReviewed':
      return toggleReviewed()
    case 'edgeStart':
      return setEdge('start')
    case 'edgeEnd':
      return setEdge('end')
    case 'nudgeEarlier':
      return nudge(-NUDGE_SECONDS, gesture)
    case 'nudgeLater':
      return nudge(NUDGE_SECONDS, gesture)
    case 'cursorEarlier':
      return moveCursor(-CURSOR_SECONDS)
    case 'cursorLater':
      return moveCursor(CURSOR_SECONDS)
    case 'cyclePart':
      return cyclePart()
    case 'comment':
      return focusComment()
    case 'nextMark':
      return goToMark('next', false)
    case 'previousMark':
      return goToMark('previous', false)
    case 'nextSameKind':
      return goToMark('next', true)
    case 'previousSameKind':
      return goToMark('previous', true)
    case 'deleteMark':
      return deleteSelected()
    case 'cancel':
      return cancel()
    case 'reference':
      return showPanel('reference')
    case 'reviewer':
      return setState({ dialog: 'reviewer' })
    case 'keys':
      return setState({ dialog: 'keys' })
    case 'about':
      return setState({ dialog: 'about' })
    default:
      return assertNever(id)
  }
}

/** From the shell's menu, which sends a name. */
export function runCommandByName(name: string): void {
  if (isCommandId(name)) runCommand(name)
}

function showPanel(panel: 'details' | 'reference'): void {
  const { settings, panel: current } = getState()
  const isShown = settings.panelOpen && current === panel
  setState({ panel: isShown ? 'marks' : panel })
  if (!settings.panelOpen) changeSettings({ panelOpen: true })
}

function focusComment(): void {
  if (getState().selectedMark === null)
    return notify('info', 'Choose a mark first: click it, or . and , go through them.')
  // At once: the first letters typed after the key belong to the comment.
  flushSync(() => {
    if (!getState().settings.panelOpen) changeSettings({ panelOpen: true })
    setState({ panel: 'marks' })
  })
  document.querySelector<HTMLElement>('#mark-comment')?.focus()
}

/** Undo in a text field belongs to the text. */
function undoInFocus(): void {
  if (isTextField(document.activeElement)) document.execCommand('undo')
  else undoStep()
}

function redoInFocus(): void {
  if (isTextField(document.activeElement)) document.execCommand('redo')
  else redoStep()
}

export function isTextField(element: Element | null): boolean {
  if (element instanceof HTMLTextAreaElement) return true
  if (element instanceof HTMLInputElement)
    return !['checkbox', 'radio', 'button', 'range'].includes(element.type)
  return element instanceof HTMLElement && element.isContentEditable
}

/** The desktop prints by the system's dialog or keeps a PDF; a browser prints its own page. */
function print(asPdf: boolean): void {
  if (getState().shell.kind === 'browser') return window.print()
  getHost()
    .printSheet({ asPdf })
    .catch((thrown: unknown) => reportFailure(thrown))
}
