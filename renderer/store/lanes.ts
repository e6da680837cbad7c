/**
 * The sets of other readers and the key, as far as they may be seen: read beside one's own, drawn as lanes, or one
 * of them alone on the page while one's own stays open. Nothing here changes a set.
 */
import type { Mark } from '../../shared/annotation/document.ts'
import type { OpenedSet } from '../../shared/contract/model.ts'
import { toOwnPage } from './activePage.ts'
import { newSet } from './beginnings.ts'
import { spanOfMark } from './editing.ts'
import { getHost } from './host.ts'
import { reportFailure } from './notices.ts'
import type { PaneId } from './panesState.ts'
import {
  activePane,
  copyOf,
  isFileOf,
  lanesOf,
  ownSet,
  recordingIdOf,
  setOfRef,
  setsBeside,
} from './selectors.ts'
import type { MarkOfSet, OpenSetState, SetId, SetRole } from './setsState.ts'
import { getState, patchPane, patchSet, setState } from './state.ts'
import { reveal } from './viewing.ts'

/** Draws the set as a lane, or draws it no longer. */
export async function toggleLane(ref: string): Promise<void> {
  const set = setOfRef(getState().sets, ref)
  if (set?.role === 'lane') return hide(set)
  await show(ref, 'lane')
}

/** All that can be shown, or none where all of them are. */
export async function toggleLanes(): Promise<void> {
  const isShown = await showLanes()
  if (!isShown) for (const set of lanesOf(getState().sets)) hide(set)
}

/** false: all that can be shown were. */
export async function showLanes(): Promise<boolean> {
  const refs = othersBeside().map(({ ref }) => ref)
  const hidden = refs.filter((ref) => setOfRef(getState().sets, ref)?.role !== 'lane')
  await Promise.all(hidden.map((ref) => show(ref, 'lane')))
  return hidden.length > 0
}

/** What was read of others goes from the window. */
export async function forgetOthers(): Promise<void> {
  showOwn()
  const others = Object.values(getState().sets.byId).filter(({ role }) => role !== 'own')
  setState(({ sets }) => ({
    sets: {
      ...sets,
      byId: Object.fromEntries(Object.entries(sets.byId).filter(([, { role }]) => role === 'own')),
    },
  }))
  patchPane({ outlined: null })
  await Promise.all(others.map(({ setId }) => close(setId)))
}

/** The sets beside the recording that can be read, but the one that is open to mark in. */
function othersBeside() {
  const own = ownSet(getState())
  return (setsBeside(getState()) ?? []).filter(
    (each) => each.problem === null && !each.isSealed && !(own !== null && isFileOf(each, own)),
  )
}

/** Alone on the page, for reading; one's own stays open, with what is not saved of it. */
export async function showAlone(ref: string): Promise<void> {
  const set = await show(ref, setOfRef(getState().sets, ref)?.role ?? 'aside')
  if (set === null) return
  setState(({ sets }) => ({ sets: { ...sets, active: set.setId } }))
  letGo()
}

/** One's own is on the page again. */
export function showOwn(): void {
  const own = ownSet(getState())
  if (own === null || getState().sets.active === own.setId) return
  setState(({ sets }) => ({ sets: { ...sets, active: own.setId } }))
  letGo()
}

/** What was picked belonged to the set that was on the page. */
function letGo(): void {
  patchPane({ selectedMark: null, selection: null, armed: null, subtypeFor: null, outlined: null })
}

/** Sets that were saved anew since they were read are read again. */
export async function readAgain(): Promise<void> {
  const { sets } = getState()
  for (const { ref, changed } of othersBeside()) {
    const set = setOfRef(sets, ref)
    if (set !== null && changed !== null && set.document.changed !== changed) await read(ref, set.role, set)
  }
}

/** Reads a set for comparing: drawn as it was before, else not drawn. Says why where it cannot be read. */
export async function readToCompare(ref: string): Promise<void> {
  if (setOfRef(getState().sets, ref) === null) await show(ref, 'aside')
}

/** null: it cannot be read, which was said. */
async function show(ref: string, role: SetRole): Promise<OpenSetState | null> {
  const known = setOfRef(getState().sets, ref)
  if (known === null) return read(ref, role, null)
  patchSet(known.setId, { role })
  return known
}

/** `before`: what was read of it earlier. */
async function read(ref: string, role: SetRole, before: OpenSetState | null): Promise<OpenSetState | null> {
  const recordingId = recordingIdOf(getState())
  if (recordingId === null) return null
  let opened: OpenedSet
  try {
    const { reviewer } = getState().shell.settings
    opened = await getHost().openSet({ recordingId, reviewer, ref, toRead: true })
  } catch (thrown) {
    reportFailure(thrown)
    return null
  }
  const listed = setsBeside(getState())?.find((each) => each.ref === ref)
  const set = { ...newSet(opened, ref, role), copy: listed === undefined ? null : copyOf(listed) }
  // Asked for twice, or in a recording that is closed by now.
  const isWanted = recordingIdOf(getState()) === recordingId
  const other = setOfRef(getState().sets, ref)
  const gone = !isWanted || (other !== null && other !== before) ? set.setId : before?.setId
  if (gone !== undefined) void close(gone)
  if (gone === set.setId) return other
  setState(({ sets: { byId, active } }) => {
    const { [before?.setId ?? '']: _, ...others } = byId
    return {
      sets: { byId: { ...others, [set.setId]: set }, active: active === before?.setId ? set.setId : active },
    }
  })
  return set
}

async function close(setId: SetId): Promise<void> {
  await getHost()
    .closeSet({ setId })
    .catch(() => {})
}

function hide(set: OpenSetState): void {
  patchSet(set.setId, { role: 'aside' })
  if (activePane(getState()).outlined?.setId === set.setId) patchPane({ outlined: null })
}

/** Draws a mark of another's set on the page, null: none. On the active page where none is named. */
export function outline(mark: MarkOfSet | null, id?: PaneId): void {
  patchPane({ outlined: mark }, id)
}

/** Chooses a mark of another's set: its place comes into view, and it is drawn as an outline. */
export function chooseOutlined(set: Pick<OpenSetState, 'setId'>, mark: Mark): void {
  toOwnPage()
  const span = spanOfMark(mark)
  patchPane({
    selectedMark: null,
    selection: null,
    subtypeFor: null,
    outlined: { setId: set.setId, markId: mark.id },
  })
  reveal(span)
  patchPane({ cursor: span.start })
}
