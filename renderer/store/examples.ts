/** From a statement of the reference to where a sample shows it, and back to where the reader was. */
import { examplePageStart, resolveExample } from '../../shared/reference/example.ts'
import type { Example } from '../../shared/reference/schema.ts'
import { secondsFromTicks } from '../../shared/units.ts'
import { toOwnPage } from './activePage.ts'
import { getHost } from './host.ts'
import { notify, reportFailure } from './notices.ts'
import { openRecording } from './opening.ts'
import type { BeforeExample, ReviewState } from './reviewState.ts'
import { openedOf, openRecordingOf, ownPane, recordingNameOf, setsBeside } from './selectors.ts'
import { getState, patchPane, patchUi } from './state.ts'
import { changeView, goTo } from './viewing.ts'

/** true where the example's sample is what is open. */
export function isShownIn(example: Example, state: ReviewState): boolean {
  return recordingNameOf(state) === sampleFile(example)
}

/** Opens the example's sample at once, where it is not open, and shows the example. */
export async function openExample(example: Example): Promise<void> {
  const state = getState()
  const { pageStart, view } = ownPane(state)
  const before = state.ui.before ?? { source: openRecordingOf(state)?.source ?? null, pageStart, view }
  try {
    if (!isShownIn(example, state)) {
      const choices = await getHost().listRecordings({})
      const sample = choices.find(({ origin, name }) => origin === 'sample' && name === sampleFile(example))
      if (sample === undefined)
        return notify('problem', `The sample ${sampleFile(example)} is not installed.`)
      if (!(await openRecording(sample))) return
    }
    patchUi({ before })
    await showExample(example)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** To the page that was shown before an example, in its own recording. */
export async function returnFrom({ source, pageStart, view }: BeforeExample): Promise<void> {
  const isThere = source?.ref === openRecordingOf(getState())?.source?.ref
  if (source !== null && !isThere && !(await openRecording(source))) return
  toOwnPage()
  changeView(view)
  goTo(pageStart)
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
  toOwnPage()
  changeView(example.view)
  const { view } = ownPane(getState())
  const start = secondsFromTicks(mark.onset)
  goTo(examplePageStart({ start, duration: secondsFromTicks(mark.duration) }, view.timebase))
  patchPane({ cursor: start, selectedMark: null })
}

function sampleFile(example: Example): string {
  return `${example.sample}.edf`
}
