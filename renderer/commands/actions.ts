/** What each command does: the one list that keys, menus, the palette and the shell's menu all end in. */

import { flushSync } from 'react-dom'
import { codesOf, KINDS } from '../../shared/annotation/kinds.ts'
import type { CommandId } from '../../shared/contract/commands.ts'
import { THEMES } from '../../shared/contract/settings.ts'
import { MONTAGE_IDS } from '../../shared/montage/montages.ts'
import { addToLesson } from '../store/addingToLesson.ts'
import {
  caliperToComment,
  closeCaliper,
  cycleCaliperPart,
  moveCaliperLine,
  snapCaliper,
  stepBySample,
  stepCursor,
  toggleCaliper,
} from '../store/calipers.ts'
import { toggleCandidates } from '../store/candidates.ts'
import { nextDirection } from '../store/channels.ts'
import { goToDisagreement, openCompare, scoreAgainstKey } from '../store/comparing.ts'
import { fillPage, goBack, goForward } from '../store/goingBack.ts'
import { askForPlace } from '../store/goingTo.ts'
import { toggleLanes } from '../store/lanes.ts'
import {
  chooseRecording,
  chooseSet,
  closeRecording,
  reload,
  requestConsensus,
  requestOwnSet,
} from '../store/leaving.ts'
import { redoLesson, undoLesson } from '../store/lessonEditing.ts'
import {
  cancel,
  deleteSelected,
  goToMark,
  label,
  redoStep,
  toggleReviewed,
  undoStep,
} from '../store/marking.ts'
import { restoreMarkView } from '../store/markView.ts'
import { chooseOwn } from '../store/montages.ts'
import { notify } from '../store/notices.ts'
import { overviewCloser, overviewWider, wholeOverview } from '../store/overview.ts'
import { askForPack } from '../store/packs.ts'
import { cyclePart, nudge, setEdge } from '../store/placing.ts'
import { print } from '../store/printing.ts'
import { showAllResults } from '../store/quizResults.ts'
import { forgetDefaultView, keepDefaultView } from '../store/remembering.ts'
import { chooseSaveTarget, save } from '../store/saving.ts'
import { activePane, selectedMarkOf } from '../store/selectors.ts'
import { changeSettings } from '../store/settings.ts'
import {
  chooseBeside,
  goToOtherPage,
  toggleAligned,
  toggleSideBySide,
  toggleTogether,
} from '../store/sideBySide.ts'
import { toggleSpectrogram } from '../store/spectrogram.ts'
import { getState } from '../store/state.ts'
import { openDialog, showEvidence, showPanel, togglePanel, toggleSidePanel } from '../store/ui.ts'
import {
  changeView,
  goToEnd,
  goToStart,
  lessSensitive,
  longerTimebase,
  moreSensitive,
  nextNotch,
  scrollChannels,
  shorterTimebase,
  step,
  stepFilter,
  toggleValues,
  turnPages,
} from '../store/viewing.ts'
import { isTextField } from './textField.ts'

/** `gesture` names a held key, so that all its repeats are one step of undo. */
type Action = (gesture: string) => void

const NUDGE_SECONDS = 0.01
const CURSOR_SECONDS = 0.1
const CHANNEL_STEP = 8
/** A window of this width has no room for two pages and the side panel. */
const NARROW = 1440

const OWN_NUMBERS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const

export const ACTIONS: Readonly<Record<CommandId, Action>> = {
  open: () => void chooseRecording(),
  openSample: () => openDialog('open'),
  openSet: () => void chooseSet(),
  save: () => void save(),
  saveAs: chooseSaveTarget,
  exportSet: () => openDialog('export'),
  exportClip: () => openDialog('clip'),
  exportCopy: () => openDialog('copy'),
  importMarks: () => openDialog('import'),
  takeOver: () => openDialog('takeOver'),
  closeRecording,
  undo: () => undoInFocus('undo', undoStep, undoLesson),
  redo: () => undoInFocus('redo', redoStep, redoLesson),
  checkFile: () => openDialog('check'),
  reload,
  details: () => togglePanel('details'),
  nextPage: () => turnPages(1),
  previousPage: () => turnPages(-1),
  stepForward: () => step(1),
  stepBack: () => step(-1),
  goTo: askForPlace,
  goBack,
  goForward,
  fillPage,
  overviewCloser,
  overviewWider,
  overviewWhole: wholeOverview,
  toStart: goToStart,
  toEnd: goToEnd,
  sensitivityUp: moreSensitive,
  sensitivityDown: lessSensitive,
  timebaseShorter: shorterTimebase,
  timebaseLonger: longerTimebase,
  channelsUp: () => scrollChannels(-CHANNEL_STEP),
  channelsDown: () => scrollChannels(CHANNEL_STEP),
  lowFrequency: () => stepFilter('lowFrequency', 1),
  lowFrequencyBack: () => stepFilter('lowFrequency', -1),
  highFrequency: () => stepFilter('highFrequency', 1),
  highFrequencyBack: () => stepFilter('highFrequency', -1),
  notch: nextNotch,
  direction: nextDirection,
  channels: () => openDialog('channels'),
  keepDefaultView: () => void keepDefaultView(),
  forgetDefaultView: () => void forgetDefaultView(),
  ...forEach('montage', MONTAGE_IDS, (montage) => changeView({ montage })),
  evidence: () => togglePanel('evidence'),
  ...forEach('ownMontage', OWN_NUMBERS, (number) => chooseOwn(Number(number))),
  montages: () => openDialog('montages'),
  spectrum: () => showEvidence('spectrum'),
  spectrogram: toggleSpectrogram,
  bandMaps: () => showEvidence('bands'),
  cursorMap: () => showEvidence('cursor'),
  sideBySide: () => toggleSideBySide({ foldsPanel: window.innerWidth <= NARROW }),
  besideRecording: () => void chooseBeside(),
  otherPage: goToOtherPage,
  alignPage: () => toggleAligned(),
  turnTogether: toggleTogether,
  values: toggleValues,
  findNotes: focusNotes,
  calipers: toggleCaliper,
  caliperPeaks: snapCaliper,
  caliperUp: () => moveCaliperLine(-1),
  caliperDown: () => moveCaliperLine(1),
  caliperComment: caliperToComment,
  togglePanel: toggleSidePanel,
  ...forEach('theme', idsOf(THEMES), (theme) => changeSettings({ theme })),
  calibrate: () => openDialog('calibrate'),
  ...forEach('mark', codesOf(KINDS), (kind) => label(kind)),
  markReviewed: toggleReviewed,
  nextMark: () => goToMark('next', false),
  previousMark: () => goToMark('previous', false),
  edgeStart: () => setEdge('start'),
  edgeEnd: () => setEdge('end'),
  cursorEarlier: () => stepCursor(-CURSOR_SECONDS),
  cursorLater: () => stepCursor(CURSOR_SECONDS),
  cursorSecondEarlier: () => stepCursor(-1),
  cursorSecondLater: () => stepCursor(1),
  cursorFineEarlier: () => stepCursor(-NUDGE_SECONDS),
  cursorFineLater: () => stepCursor(NUDGE_SECONDS),
  cursorSampleBefore: () => stepBySample(-1),
  cursorSampleAfter: () => stepBySample(1),
  nudgeEarlier: (gesture) => nudge(-NUDGE_SECONDS, gesture),
  nudgeLater: (gesture) => nudge(NUDGE_SECONDS, gesture),
  nextSameKind: () => goToMark('next', true),
  previousSameKind: () => goToMark('previous', true),
  cyclePart: () => (activePane(getState()).caliper === null ? cyclePart() : cycleCaliperPart()),
  comment: focusComment,
  reviewer: () => openDialog('reviewer'),
  changes: () => openDialog('changes'),
  signOff: () => openDialog('signOff'),
  blindReview: () => openDialog('blind'),
  ownSet: requestOwnSet,
  lanes: () => void toggleLanes(),
  compare: () => void openCompare(),
  scoreAgainstKey: () => void scoreAgainstKey(),
  nextDisagreement: () => goToDisagreement('next'),
  previousDisagreement: () => goToDisagreement('previous'),
  consensus: requestConsensus,
  findCandidates: () => void toggleCandidates(),
  restoreView: restoreMarkView,
  deleteMark: deleteSelected,
  cancel: () => (activePane(getState()).caliper === null ? cancel() : closeCaliper()),
  addToLesson: () => void addToLesson(),
  lessons: () => togglePanel('lesson'),
  exportPack: askForPack,
  takeQuiz: () => openDialog('quiz'),
  quizResults: showAllResults,
  reference: () => togglePanel('reference'),
  figure: () => openDialog('figure'),
  print: () => print(false),
  printPdf: () => print(true),
  palette: () => openDialog('palette'),
  keys: () => openDialog('keys'),
  about: () => openDialog('about'),
}

/** An action for each entry of a table: `montage:average`, `mark:mimic`. */
function forEach<const Prefix extends string, Code extends string>(
  prefix: Prefix,
  codes: readonly Code[],
  act: (code: Code) => void,
): Record<`${Prefix}:${Code}`, Action> {
  const actions = codes.map((code) => [`${prefix}:${code}`, () => act(code)])
  return Object.fromEntries(actions) as Record<`${Prefix}:${Code}`, Action>
}

function idsOf<Id extends string>(table: readonly { readonly id: Id }[]): readonly Id[] {
  return table.map(({ id }) => id)
}

function focusComment(): void {
  if (selectedMarkOf(getState()) === null)
    return notify('info', 'Choose a mark first: click it, or . and , go through them.')
  // At once: the first letters typed after the key belong to the comment.
  flushSync(() => showPanel('marks'))
  document.querySelector<HTMLElement>('#mark-comment')?.focus()
}

function focusNotes(): void {
  flushSync(() => showPanel('notes'))
  document.querySelector<HTMLElement>('#notes-search')?.focus()
}

/** Undo in a text field belongs to the text, in the tab of lessons to the lesson. */
function undoInFocus(editing: 'undo' | 'redo', onMarks: () => void, onLesson: () => void): void {
  const focus = document.activeElement
  if (isTextField(focus)) document.execCommand(editing)
  else if (focus !== null && focus.closest('[data-undo="lesson"]') !== null) onLesson()
  else onMarks()
}
