/**
 * Two pages side by side: the second is of the same recording or of another one, at the same montage, filters and scales,
 * and either can be aligned at a moment. What a guest recording is and reads stands in guests.ts.
 */
import type { OpenRef } from '../../shared/contract/model.ts'
import { alignedStart } from '../../shared/signal/aligning.ts'
import { secondsFromTicks, type Ticks, ticksFromSeconds } from '../../shared/units.ts'
import { activatePane } from './activePage.ts'
import { FIRST_PANE, newPane, onePane, SECOND_PANE } from './beginnings.ts'
import { closeGuest, openGuest } from './guests.ts'
import { getHost } from './host.ts'
import { notify, reportFailure } from './notices.ts'
import type { Pane, PaneId } from './panesState.ts'
import { jump } from './places.ts'
import type { ReviewState } from './reviewState.ts'
import { readRWave } from './rWave.ts'
import { isOpen, isSplit, openedOf, openRecordingOf, ownPane, paneOf, selectedMarkOf } from './selectors.ts'
import { pickedMarkIn } from './shownIn.ts'
import { getState, patchPane, patchUi, setState } from './state.ts'
import { clampPageStart, cursorInView, placedAt } from './viewing.ts'

/** `foldsPanel`: the window has no room for the side panel as well. */
export function toggleSideBySide(options: { readonly foldsPanel?: boolean } = {}): void {
  if (isSplit(getState())) closeBeside()
  else splitPage(options)
}

/** Both aligned at what is picked; with nothing picked, the page and the next one. */
export function splitPage({ foldsPanel = false }: { readonly foldsPanel?: boolean } = {}): void {
  const state = getState()
  const opened = openedOf(state)
  if (opened === null || isSplit(state)) return
  const mark = selectedMarkOf(state)
  const { selection } = ownPane(state)
  const moment = mark?.onset ?? (selection === null ? null : ticksFromSeconds(selection.start))
  if (moment !== null) alignAt(moment)
  const first = ownPane(getState())
  const { timebase } = first.view
  const next = clampPageStart(opened, timebase, first.pageStart + timebase)
  const beside = besidePane(first)
  const second: Pane =
    moment === null
      ? { ...beside, ...placedAt(state, beside, timebase, next) }
      : { ...beside, aligned: moment, selectedMark: mark?.id ?? null }
  setState({
    panes: {
      byId: { [FIRST_PANE]: first, [SECOND_PANE]: second },
      active: SECOND_PANE,
      together: false,
      coming: null,
    },
  })
  if (foldsPanel) patchUi({ panelFolded: true })
}

/** As the first is read: what differs is where it is. */
function besidePane({ view, looks, pageStart, rWave, firstLane, overview }: Pane): Pane {
  return { ...newPane(SECOND_PANE, { view, looks, pageStart }), rWave, firstLane, overview }
}

/** The first page has the room again; a guest recording is closed. */
export function closeBeside(): void {
  const state = getState()
  if (!isSplit(state)) return
  for (const { guest } of Object.values(state.panes.byId)) if (guest !== null) closeGuest(guest)
  setState({ panes: onePane({ ...ownPane(state), aligned: null }) })
  patchUi({ panelFolded: false })
}

/** Keys act on the other page. */
export function goToOtherPage(): void {
  const { byId, active } = getState().panes
  const other = Object.keys(byId).find((id) => id !== active)
  if (other === undefined) return notify('info', 'There is one page: \\ puts a second one beside it.')
  activatePane(other)
}

export function toggleTogether(): void {
  const { panes } = getState()
  if (!isSplit(getState())) return notify('info', 'There is one page: \\ puts a second one beside it.')
  setState({ panes: { ...panes, together: !panes.together } })
}

/** The page at which this moment stands where it does on every aligned page. */
export function alignAt(moment: Ticks, id: PaneId = getState().panes.active): void {
  const state = getState()
  const pane = paneOf(state, id)
  if (pane === null) return
  const { timebase } = pane.view
  const align = () =>
    patchPane({ aligned: moment, ...placedAt(state, pane, timebase, alignedStart(moment, timebase)) }, id)
  // With a way back, as from any other place that the reader is led to.
  if (id === state.panes.active) jump(align)
  else align()
}

/** Aligns a page at the onset of the picked mark, else at the cursor; done again, it lets go. */
export function toggleAligned(id: PaneId = getState().panes.active): void {
  const state = getState()
  const pane = paneOf(state, id)
  if (pane === null) return
  const cursor = id === state.panes.active ? cursorInView(state) : pane.cursor
  const moment = pickedMarkIn(state, pane)?.onset ?? (cursor === null ? null : ticksFromSeconds(cursor))
  const isThere = pane.aligned !== null && pane.pageStart === alignedStart(pane.aligned, pane.view.timebase)
  if (isThere && (moment === null || moment === pane.aligned)) return patchPane({ aligned: null }, id)
  if (moment === null) {
    return notify('info', 'Choose a mark on this page (. and , go through them), or put the cursor there.')
  }
  alignAt(moment, id)
}

/** From the list of what can be opened: the browser's own, or the system's dialog. */
export async function chooseBeside(): Promise<void> {
  if (!isOpen(getState())) return
  if (getState().shell.facts.kind === 'browser') return patchUi({ dialog: 'openBeside' })
  try {
    const chosen = await getHost().chooseRecording({})
    if (chosen !== null) await showBeside(chosen)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

/** What the second page shows, or would: the one recording that is not to be offered there. */
export function shownBeside(state: ReviewState): string | null {
  const guest = paneOf(state, SECOND_PANE)?.guest ?? null
  return (guest?.source ?? openRecordingOf(state)?.source)?.ref ?? null
}

/** Another recording on the second page; the window's own one, chosen again, needs no second opening. */
export async function showBeside(choice: OpenRef): Promise<void> {
  patchUi({ dialog: null })
  if (!isOpen(getState())) return
  if (!isSplit(getState())) splitPage({ foldsPanel: getState().ui.panelFolded })
  if (choice.ref === openRecordingOf(getState())?.source?.ref) return showOwnBeside()
  const recording = openRecordingOf(getState())?.opened.recordingId
  setState(({ panes }) => ({ panes: { ...panes, coming: choice } }))
  // The reader may have closed the page, asked for another one, or left the recording meanwhile.
  const isWanted = () => getState().panes.coming === choice && openedOf(getState())?.recordingId === recording
  try {
    const guest = await openGuest(choice)
    if (!isWanted()) return closeGuest(guest)
    const before = paneOf(getState(), SECOND_PANE)
    if (before !== null && before.guest !== null) closeGuest(before.guest)
    const first = ownPane(getState())
    const { span } = guest.opened.recording.timeline
    const { remembered } = guest.opened
    const { bad: _, ...view } = first.view
    const second: Pane = {
      ...besidePane(first),
      overview: null,
      guest,
      view: remembered?.view.bad === undefined ? view : { ...view, bad: remembered.view.bad },
      pageStart: clampPageStart(guest.opened, view.timebase, span.start, guest.notes),
      millimetres: before?.millimetres ?? null,
    }
    setState(({ panes }) => ({
      panes: { ...panes, byId: { ...panes.byId, [SECOND_PANE]: second }, active: SECOND_PANE, coming: null },
    }))
    if (second.rWave === null) void readRWave(guest.opened.recordingId)
    alignAtFirst(second)
  } catch (thrown) {
    if (isWanted()) setState(({ panes }) => ({ panes: { ...panes, coming: null } }))
    reportFailure(thrown)
  }
}

/** At the first mark of the kind that is picked in the window's own recording, else at the first of all. */
function alignAtFirst({ guest }: Pane): void {
  const marks = guest?.document?.marks ?? []
  const kind = pickedMarkIn(getState(), ownPane(getState()))?.kind
  const mark = marks.find((each) => each.kind === kind) ?? marks[0]
  if (mark === undefined) return
  patchPane({ selectedMark: mark.id, cursor: secondsFromTicks(mark.onset) }, SECOND_PANE)
  alignAt(mark.onset, SECOND_PANE)
}

function showOwnBeside(): void {
  const before = paneOf(getState(), SECOND_PANE)
  if (before === null || before.guest === null) return
  closeGuest(before.guest)
  const first = ownPane(getState())
  const second = { ...besidePane(first), aligned: first.aligned, millimetres: before.millimetres }
  setState(({ panes }) => ({
    panes: { ...panes, byId: { ...panes.byId, [SECOND_PANE]: second }, coming: null },
  }))
}
