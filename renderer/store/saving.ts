/** From the journal to the set's own file, and what the shell is told of both. */
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { serializeSet } from '../../shared/annotation/format.ts'
import { redoLabel, undoLabel } from '../../shared/annotation/history.ts'
import type { SavedSet } from '../../shared/contract/model.ts'
import { type FailureCode, ReviewError } from '../../shared/failure.ts'
import { downloadFile } from './downloads.ts'
import { getHost } from './host.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import type { NoticeAction } from './noticesState.ts'
import { flushJournal } from './outbox.ts'
import { activeSet, hasUnsaved, isLessonUnkept, ownSet, recordingNameOf } from './selectors.ts'
import type { OpenSetState, SetId } from './setsState.ts'
import { getState, patchSet, patchUi, useReview } from './state.ts'

/** The place is at fault, and another one may do. */
const UNWRITTEN: ReadonlySet<FailureCode> = new Set(['disk-full', 'read-only', 'not-found', 'unreadable'])

/** A host that is just being found again is waited for: what is open there has another name then. */
async function hostSettled(): Promise<void> {
  const isSettled = () => !['asking', 'returning'].includes(getState().shell.hostLink.state)
  if (isSettled()) return
  await new Promise<void>((resolve) => {
    const unsubscribe = useReview.subscribe(() => {
      if (!isSettled()) return
      unsubscribe()
      resolve()
    })
  })
}

export type SaveOptions = {
  /** What someone else has written there meanwhile. */
  readonly overwrite?: boolean
  /** The same, as far as it is what the reader has compared: the hash of that. */
  readonly seen?: string
  readonly setId?: SetId
  readonly say?: (saved: SavedSet) => string
}

/** Saves the reader's own set where none is named. */
export async function save(options: SaveOptions = {}): Promise<boolean> {
  await hostSettled()
  const set = options.setId === undefined ? ownSet(getState()) : (getState().sets.byId[options.setId] ?? null)
  if (set === null || set.saving) return false
  if (set.readOnly) {
    notify('info', 'This set is for reading only: your own marks go into your own set.')
    return false
  }
  // None of the two is replaced by the other before the reader has seen what differs.
  const { overwrite = false, seen, say } = options
  if (set.choice !== null && !overwrite && seen === undefined) {
    patchUi({ dialog: 'recovery' })
    return false
  }
  const call = { setId: set.setId, overwrite, ...(seen === undefined ? {} : { seen }) }
  return write(set, () => getHost().saveSet(call), say)
}

/** The desktop asks by the system's dialog where to; a browser's reader types a name. */
export function chooseSaveTarget(): void {
  if (getState().shell.facts.kind === 'browser') patchUi({ dialog: 'saveAs' })
  else void saveAs(null)
}

/** In the browser `name` is what the reader typed; the desktop asks with the system's dialog. */
export async function saveAs(name: string | null): Promise<boolean> {
  await hostSettled()
  const set = ownSet(getState())
  if (set === null || set.readOnly) return false
  let notice: string | null = null
  const isSaved = await write(set, async () => {
    const saved = await getHost().saveSetAs({ setId: set.setId, name })
    notice = saved?.notice ?? null
    return saved
  })
  if (notice !== null) notify('problem', notice)
  return isSaved
}

/** A browser's reader gets the set as a file of their own: a dropped recording's set lies in the app's folder. */
export function downloadCopy(): void {
  const set = ownSet(getState())
  if (set !== null) download(set.document, set.fileName)
}

/** A copy to give away, as the set is now: by the system's dialog, or, in a browser, as a download. */
export async function saveWithoutHistory(): Promise<void> {
  const set = ownSet(getState())
  if (set === null) return
  if (getState().shell.facts.kind === 'browser') {
    const { changes: _, ...document } = set.document
    return download(document, set.fileName)
  }
  try {
    await flushJournal(set.setId)
    const saved = await getHost().saveCopy({ setId: set.setId })
    if (saved !== null) notify('good', `Kept as ${saved.fileName}, without the history of changes.`)
  } catch (thrown) {
    reportFailure(thrown)
  }
}

function download(document: AnnotationDocument, fileName: string): void {
  downloadFile(fileName, new Blob([serializeSet(document)], { type: 'application/json' }))
}

/** Saves the reader's own set in a way of its own; false: it was not, which was said. */
export async function writeOwn(
  call: (setId: SetId) => Promise<SavedSet>,
  say: (saved: SavedSet) => string,
): Promise<boolean> {
  await hostSettled()
  const set = ownSet(getState())
  if (set === null || set.readOnly || set.saving) return false
  return write(set, () => call(set.setId), say)
}

async function write(
  set: OpenSetState,
  call: () => Promise<SavedSet | null>,
  say: (saved: SavedSet) => string = ({ fileName }) => `Saved as ${fileName}`,
): Promise<boolean> {
  patchSet(set.setId, { saving: true })
  try {
    await flushJournal(set.setId)
    const step = getState().sets.byId[set.setId]?.history.done.at(-1) ?? null
    const saved = await call()
    if (saved === null) return false
    patchSet(set.setId, {
      savedStep: step,
      fileName: saved.fileName,
      signed: saved.signed,
      recovered: null,
      choice: null,
      refusal: null,
      onDisk: null,
    })
    notify('good', say(saved))
    return true
  } catch (thrown) {
    const actions = waysOut(thrown, set.setId)
    // What was not saved stays said: it is no sentence that goes by itself.
    if (actions.length > 0) patchSet(set.setId, { refusal: { message: messageOf(thrown), actions } })
    else reportFailure(thrown)
    return false
  } finally {
    patchSet(set.setId, { saving: false })
  }
}

/** Of a save that was refused, for the reader to choose from; none where it only can be told. */
function waysOut(thrown: unknown, setId: SetId): readonly NoticeAction[] {
  const code = thrown instanceof ReviewError ? thrown.code : null
  if (code === 'conflict') {
    return [{ do: 'compareVersions' }, { do: 'overwrite', setId }, { do: 'saveElsewhere' }]
  }
  return code !== null && UNWRITTEN.has(code) ? [{ do: 'saveElsewhere' }] : []
}

/** The reader goes on without a save: the set stays unsaved. */
export function acceptRefusal(setId: SetId): void {
  patchSet(setId, { refusal: null })
}

/** The reader has seen what was recovered, and keeps it unsaved. */
export function acceptRecovered(setId: SetId): void {
  patchSet(setId, { recovered: null })
}

/** Tells the shell what its menu and its close button need; returns what ends it. */
export function reportStateChanges(): () => void {
  let last = ''
  return useReview.subscribe((state) => {
    const set = activeSet(state)
    const unsavedLesson = isLessonUnkept(state)
    const report = {
      unsaved: hasUnsaved(state) || unsavedLesson,
      unsavedLesson,
      undo: set === null ? null : undoLabel(set.history),
      redo: set === null ? null : redoLabel(set.history),
      recording: recordingNameOf(state),
    }
    const text = JSON.stringify(report)
    if (text === last || state.recording.phase === 'starting') return
    last = text
    getHost()
      .reportState(report)
      .catch(() => {})
  })
}
