/** What the button of a notice is called, and does. */
import { assertNever } from '../../shared/units.ts'
import { markBad } from './channels.ts'
import { amend } from './closing.ts'
import { closeWindow } from './leaving.ts'
import { undoLesson } from './lessonEditing.ts'
import { bringBackLesson, chooseCase } from './lessons.ts'
import { undoStep } from './marking.ts'
import type { NoticeAction } from './noticesState.ts'
import { returnToOwnSet, takeStrayed } from './openingSets.ts'
import { chooseSaveTarget, downloadCopy, save } from './saving.ts'
import { showPanel } from './ui.ts'
import { openVersions } from './versions.ts'
import { revealHere } from './viewing.ts'

export const ACTION_LABELS: Readonly<Record<NoticeAction['do'], string>> = {
  undo: 'Undo',
  goThere: 'Go there',
  keepCopy: 'Keep a copy',
  markGood: 'Make it good again',
  compareVersions: 'Compare the two…',
  overwrite: 'Overwrite it',
  saveElsewhere: 'Save elsewhere…',
  showOwn: 'Back to your own set',
  amend: 'Change it',
  takeStrayed: 'Take it',
  undoLesson: 'Undo',
  showLesson: 'Show it',
  bringBackLesson: 'Undo',
  closeUnkept: 'Close all the same',
}

export function takeAction(action: NoticeAction): void {
  switch (action.do) {
    case 'undo':
      return undoStep()
    case 'goThere':
      return revealHere(action.span)
    case 'markGood':
      return markBad(action.signals, false)
    case 'keepCopy':
      return downloadCopy()
    case 'compareVersions':
      return openVersions(null)
    case 'overwrite':
      return void save({ overwrite: true, setId: action.setId })
    case 'saveElsewhere':
      return chooseSaveTarget()
    case 'amend':
      return amend(action.setId)
    case 'takeStrayed':
      return void takeStrayed(action.set)
    case 'undoLesson':
      return undoLesson()
    case 'showLesson':
      showPanel('lesson')
      if (action.caseId !== null) chooseCase(action.caseId)
      return
    case 'bringBackLesson':
      return void bringBackLesson(action.lesson)
    case 'closeUnkept':
      return void closeWindow()
    case 'showOwn':
      return void returnToOwnSet()
    default:
      return assertNever(action)
  }
}
