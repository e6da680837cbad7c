/** From an edit to the disk: entries go to the journal at once and in order; a save writes the set. */

import { serializeSet } from '../../shared/annotation/format.ts'
import { redoLabel, undoLabel } from '../../shared/annotation/history.ts'
import type { JournalEntry } from '../../shared/annotation/journalEntry.ts'
import { ReviewError } from '../../shared/failure.ts'
import { getHost } from './host.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import { getState, isUnsaved, type SetState, setState, useReview } from './state.ts'

type Outbox = { readonly setId: string; sent: number; waiting: JournalEntry[]; sending: Promise<void> | null }

let outbox: Outbox | null = null

export function startOutbox(setId: string): void {
  outbox = { setId, sent: 0, waiting: [], sending: null }
}

/** Sends what waits; what comes while a call is under way goes with the next one. */
export function queueEntry(entry: JournalEntry): void {
  if (outbox === null) return
  outbox.waiting.push(entry)
  // Why not was said; what waits goes with the next entry or with a save.
  flushJournal().catch(() => {})
}

/** Resolves when every entry so far is on disk; a failure stays waiting and is said once. */
export async function flushJournal(): Promise<void> {
  const box = outbox
  if (box === null) return
  while (box.sending !== null) await box.sending
  if (box.waiting.length === 0) return
  box.sending = send(box).finally(() => {
    box.sending = null
  })
  await box.sending
}

async function send(box: Outbox): Promise<void> {
  while (box.waiting.length > 0) {
    const entries = box.waiting.slice(0, 5000)
    try {
      await getHost().journal({ setId: box.setId, from: box.sent, entries })
    } catch (thrown) {
      notify('problem', `The journal could not be written: ${messageOf(thrown)} Save the set to be safe.`)
      throw thrown
    }
    box.sent += entries.length
    box.waiting.splice(0, entries.length)
  }
}

export async function save(options: { readonly overwrite?: boolean } = {}): Promise<boolean> {
  const { set } = getState()
  if (set === null || set.saving) return false
  if (set.readOnly) {
    notify('info', 'This set is for reading only: your own marks go into your own set.')
    return false
  }
  return write(set, () => getHost().saveSet({ setId: set.setId, overwrite: options.overwrite ?? false }))
}

/** The desktop asks by the system's dialog where to; a browser's reader types a name. */
export function chooseSaveTarget(): void {
  if (getState().shell.kind === 'browser') setState({ dialog: 'saveAs' })
  else void saveAs(null)
}

/** In the browser `name` is what the reader typed; the desktop asks with the system's dialog. */
export async function saveAs(name: string | null): Promise<boolean> {
  const { set } = getState()
  if (set === null || set.readOnly) return false
  return write(set, () => getHost().saveSetAs({ setId: set.setId, name }))
}

/** A browser's reader gets the set as a file of their own: a dropped recording's set lies in the app's folder. */
export function downloadCopy(): void {
  const { set } = getState()
  if (set === null) return
  const address = URL.createObjectURL(new Blob([serializeSet(set.document)], { type: 'application/json' }))
  const link = document.createElement('a')
  link.href = address
  link.download = set.fileName
  link.click()
  // The download has its own hold on the data once it has begun.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

async function write(
  set: SetState,
  call: () => Promise<{ readonly fileName: string } | null>,
): Promise<boolean> {
  patchSet(set.setId, { saving: true })
  try {
    await flushJournal()
    const step = getState().set?.history.done.at(-1) ?? null
    const saved = await call()
    if (saved === null) return false
    patchSet(set.setId, { savedStep: step, fileName: saved.fileName, recovered: null })
    notify('good', `Saved as ${saved.fileName}`)
    return true
  } catch (thrown) {
    if (thrown instanceof ReviewError && thrown.code === 'conflict') {
      notify('problem', thrown.message, { label: 'Overwrite it', run: () => void save({ overwrite: true }) })
    } else reportFailure(thrown)
    return false
  } finally {
    patchSet(set.setId, { saving: false })
  }
}

export function patchSet(setId: string, change: Partial<SetState>): void {
  const { set } = getState()
  if (set?.setId === setId) setState({ set: { ...set, ...change } })
}

/** Tells the shell what its menu and its close button need; returns what ends it. */
export function reportStateChanges(): () => void {
  let last = ''
  return useReview.subscribe((state) => {
    const report = {
      unsaved: isUnsaved(state.set),
      undo: state.set === null ? null : undoLabel(state.set.history),
      redo: state.set === null ? null : redoLabel(state.set.history),
      recording: state.recording?.name ?? null,
    }
    const text = JSON.stringify(report)
    if (text === last || state.phase === 'starting') return
    last = text
    getHost()
      .reportState(report)
      .catch(() => {})
  })
}
