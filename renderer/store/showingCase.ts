/** A case on the page: its recording, its stretch and its view; and the other way, what is on the page into the case. */
import { spanOf } from '../../shared/annotation/order.ts'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import { MONTAGE_IDS } from '../../shared/montage/montages.ts'
import { isOwnId, LONGEST_NAME, type OwnMontage, ownIdOf } from '../../shared/montage/ownMontages.ts'
import { type CaseView, findCase, type LessonCase } from '../../shared/teaching/lesson.ts'
import { keyMarksOf } from '../../shared/teaching/makeCase.ts'
import { secondsFromTicks, type Ticks, ticksFromSeconds } from '../../shared/units.ts'
import { toOwnPage } from './activePage.ts'
import { getHost } from './host.ts'
import { changeKey, changeShown } from './lessonEditing.ts'
import { lookForRecordings } from './lessons.ts'
import { notify, reportFailure } from './notices.ts'
import { openRecording } from './opening.ts'
import { jump } from './places.ts'
import { activeSet, isCaseOpen, openedOf, ownPane, recordingIdOf, timelineOf } from './selectors.ts'
import { getState, patchPane } from './state.ts'
import { changeView, goTo, wantedSpan } from './viewing.ts'

/** Opens the recording of a case at once, where it is not open, and shows the case. */
export async function openCase(caseId: string): Promise<void> {
  const found = caseNow(caseId)
  if (found === null) return
  if (!isCaseOpen(getState(), found)) {
    const recording = getState().lessons.open?.recordings.get(found.recording.fingerprint) ?? null
    if (recording === null) return
    if (!(await openRecording(recording))) return
    if (!isCaseOpen(getState(), found)) return
    showStretch(found)
    // It may be reviewed blind where it lies: then its answer goes from the window again.
    await lookForRecordings()
  } else showStretch(found)
}

/** The page begins where the stretch does, in the view of the case. */
export function showStretch({ onset, view }: Pick<LessonCase, 'onset' | 'view'>): void {
  toOwnPage()
  const { montage, own, bad: _, ...scales } = view
  const brought = own === undefined ? null : freeNamed(own)
  const known = brought === null ? MONTAGE_IDS.find((id) => id === montage) : ownIdOf(brought)
  if (known === undefined && !isOwnId(montage)) {
    notify('info', `The montage “${montage}” of this case is not known here: the page keeps its own.`)
  }
  const wanted = known ?? (isOwnId(montage) ? montage : undefined)
  jump(() => {
    // What the view of an earlier version does not say had one meaning then.
    changeView({
      ...{ kinds: {}, direction: 'zero-phase', ...scales },
      ...(wanted !== undefined && { montage: wanted }),
      ...(brought !== null && { own: brought }),
    })
    goTo(secondsFromTicks(onset))
  })
  patchPane({ cursor: null, selection: null })
}

/** A montage that came with a case keeps out of the way of another one of the reader's that is called so. */
function freeNamed(own: OwnMontage): OwnMontage {
  const mine = getState().shell.montages.find(({ name }) => name === own.name)
  if (mine === undefined || sameValue(mine.lines, own.lines)) return own
  return { ...own, name: `${own.name.slice(0, LONGEST_NAME - 9)} (lesson)` }
}

/** How the page is shown now, as a case keeps it. */
export function viewNow(): CaseView {
  const { paperSpeed: _, ...view } = ownPane(getState()).view
  return view
}

/** The stretch of the case is what the page shows, in the view that it has now. */
export function takePage(caseId: string): void {
  const found = caseNow(caseId)
  const whole = timelineOf(getState())?.span
  if (found === null || whole === undefined || !checkOpen(found)) return
  const page = wantedSpan(getState(), ownPane(getState()))
  const onset = ticksFromSeconds(Math.max(page.start, whole.start))
  const duration = (ticksFromSeconds(Math.min(page.end, whole.end)) - onset) as Ticks
  changeShown(caseId, { onset, duration, view: viewNow() }, 'change stretch')
}

export function takeViewNow(caseId: string): void {
  const found = caseNow(caseId)
  if (found !== null && checkOpen(found)) changeShown(caseId, { view: viewNow() }, 'change view')
}

/** Gives the case the view in which its mark was made. */
export function takeMarkView(caseId: string): void {
  const found = caseNow(caseId)
  if (found === null || !checkOpen(found)) return
  const ids = new Set(found.key.marks.map(({ id }) => id))
  const mark = activeSet(getState())?.document.marks.find(({ id, view }) => ids.has(id) && view !== null)
  if (mark?.view == null) {
    return notify('info', 'The set on the page has no mark of this key that says in which view it was made.')
  }
  changeShown(caseId, { view: withOwnMontage(mark.view) }, 'change view')
}

/** A montage of the teacher's own goes along with the view. */
export function withOwnMontage(view: CaseView): CaseView {
  const own = getState().shell.montages.find((each) => ownIdOf(each) === view.montage)
  return own === undefined ? view : { ...view, own }
}

/** The marks of the set on the page in the stretch become the key, and those of others there its votes. */
export async function takeKeyFromPage(caseId: string): Promise<void> {
  const found = caseNow(caseId)
  const set = activeSet(getState())
  const recordingId = recordingIdOf(getState())
  if (found === null || set === null || recordingId === null || !checkOpen(found)) return
  try {
    const { onset, duration } = found
    const { reviewer } = set.document
    const votes = await getHost().stretchVotes({ recordingId, onset, duration, reviewer })
    const marks = keyMarksOf(set.document.marks, spanOf(found))
    if (changeKey(caseId, { marks, votes }, 'change key') && marks.length === 0) {
      notify(
        'info',
        'The set on the page has no mark in this stretch: the answer is that there is nothing to mark.',
      )
    }
  } catch (thrown) {
    reportFailure(thrown)
  }
}

function caseNow(caseId: string): LessonCase | null {
  const { open } = getState().lessons
  return open === null ? null : findCase(open.lesson, caseId)
}

function checkOpen(found: LessonCase): boolean {
  const isThere = openedOf(getState()) !== null && isCaseOpen(getState(), found)
  if (!isThere) notify('info', 'Show the case first: its recording has to be on the page.')
  return isThere
}
