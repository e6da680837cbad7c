/** From a statement of the reference to where a sample shows it, and back to where the reader was. */
import { resolveExample } from '../../shared/reference/reference.ts'
import type { Example } from '../../shared/reference/schema.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { getHost } from './host.ts'
import { notify, reportFailure } from './notices.ts'
import { closeRecording, openRecording, whenSaved } from './opening.ts'
import { activePane, openedOf, openRecordingOf, recordingNameOf, setsBeside } from './selectors.ts'
import { getState, patchPane, patchUi } from './state.ts'
import { changeView, goTo } from './viewing.ts'

export function goToExample(example: Example): void {
  const state = getState()
  const { before } = state.ui
  const { pageStart, view } = activePane(state)
  const here = { source: openRecordingOf(state)?.source ?? null, pageStart, view }
  if (recordingNameOf(state) === sampleFile(example)) {
    patchUi({ before: before ?? here })
    return void showExample(example)
  }
  whenSaved(async () => {
    try {
      const choices = await getHost().listRecordings({})
      const sample = choices.find(
        (choice) => choice.origin === 'sample' && choice.name === sampleFile(example),
      )
      if (sample === undefined)
        return notify('problem', `The sample ${sampleFile(example)} is not installed.`)
      if (!(await openRecording(sample))) return
      patchUi({ before: before ?? here })
      await showExample(example)
    } catch (thrown) {
      reportFailure(thrown)
    }
  })
}

export function goBackFromExample(): void {
  const { before } = getState().ui
  if (before === null) return
  patchUi({ before: null })
  const restore = () => {
    changeView(before.view)
    goTo(before.pageStart)
  }
  // The reference was read alone: it is again once the sample is closed.
  const target = before.source
  if (target === null) closeRecording()
  else if (target.ref === openRecordingOf(getState())?.source?.ref) restore()
  else
    whenSaved(async () => {
      if (!(await openRecording(target))) return
      restore()
    })
}

async function showExample(example: Example): Promise<void> {
  const opened = openedOf(getState())
  const key = setsBeside(getState())?.find((set) => set.isKey && set.problem === null)
  if (opened === null || key === undefined) {
    return notify('problem', 'The key of this sample is missing: the place cannot be found.')
  }
  const { recordingId } = opened
  const { reviewer } = getState().shell.settings
  const { setId, document } = await getHost().openSet({ recordingId, reviewer, ref: key.ref })
  await getHost().closeSet({ setId })
  const mark = resolveExample(example, document)
  if (mark === null) return notify('problem', 'The key of this sample has no such event.')
  changeView(example.view)
  const { view } = activePane(getState())
  const start = secondsFromTicks(mark.onset)
  const duration = secondsFromTicks(mark.duration)
  // A short event in the middle of the page, a long one with two seconds before it.
  goTo(Math.floor(duration < view.timebase * 0.6 ? start + duration / 2 - view.timebase / 2 : start - 2))
  patchPane({ cursor: start, selectedMark: null })
}

function sampleFile(example: Example): string {
  return `${example.sample}.edf`
}
