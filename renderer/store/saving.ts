/** From an edit to the disk: entries go to the journal at once and in order; a save writes the set. */

import type { Change, Item } from '../../shared/annotation/document.ts'
import { serializeSet } from '../../shared/annotation/format.ts'
import type { OwnChanges } from '../../shared/annotation/handover.ts'
import { type Marked, redoLabel, undoLabel } from '../../shared/annotation/history.ts'
import { type JournalEntry, tryAdvance } from '../../shared/annotation/journalEntry.ts'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import { ReviewError } from '../../shared/failure.ts'
import { assertNever } from '../../shared/units.ts'
import { getHost } from './host.ts'
import { messageOf, notify, reportFailure } from './notices.ts'
import { activeSet, hasUnsaved, recordingNameOf } from './selectors.ts'
import { getState, type OpenSetState, patchSet, patchShell, patchUi, type SetId, useReview } from './state.ts'

/** An entry on its way, and what the window showed before it: to go back to where the host refuses it. */
type Waiting = { readonly entry: JournalEntry; readonly before: Marked }

type Outbox = {
  readonly setId: string
  /** Entries that the host has acknowledged. */
  sent: number
  waiting: Waiting[]
  sending: Promise<void> | null
  /** Changes that the host lacks apart from those: it is to be handed the whole set first. */
  owed: number
  readonly forms: Map<string, (Item | null)[]>
  /** Ids of items in the changes that are owed. */
  readonly owedIds: ReadonlySet<string>
}

/** One call carries at most this much, so that no answer keeps the reader waiting. */
const MOST_ENTRIES = 5000
const MOST_TEXT = 4_000_000

let outbox: Outbox | null = null

export function startOutbox(setId: string): void {
  outbox = { setId, sent: 0, waiting: [], sending: null, owed: 0, forms: new Map(), owedIds: new Set() }
  publishUnkept()
}

/** The same set under a new name, of which the host is to be handed all: it has lost what it held, or found less. */
export function continueOutbox(setId: string): void {
  const old = outbox
  startOutbox(setId)
  if (old === null || outbox === null) return
  outbox = { ...outbox, owed: Math.max(1, countUnkept(old)), forms: old.forms, owedIds: unkeptIds(old) }
  publishUnkept()
}

/** What the window has done to the set that is open, for deciding what to hand over. */
export function ownChanges(): OwnChanges {
  return { forms: outbox?.forms ?? new Map(), unkept: outbox === null ? new Set() : unkeptIds(outbox) }
}

/** Changes that the host has not confirmed. */
function countUnkept(box: Outbox): number {
  return box.owed + box.waiting.length
}

function unkeptIds({ owedIds, waiting }: Outbox): ReadonlySet<string> {
  return new Set([...owedIds, ...waiting.flatMap((each) => changesOf(each).map(({ id }) => id))])
}

function publishUnkept(): void {
  if (outbox !== null) patchSet(outbox.setId, { unkept: countUnkept(outbox) })
}

function changesOf({ entry, before }: Waiting): readonly Change[] {
  switch (entry.op) {
    case 'edit':
      return entry.edit.changes
    case 'undo':
      return before.history.done.at(-1)?.changes ?? []
    case 'redo':
      return before.history.undone.at(-1)?.changes ?? []
    default:
      return assertNever(entry)
  }
}

function rememberForms(box: Outbox, each: Waiting): void {
  for (const { id, before, after } of changesOf(each)) {
    const forms = box.forms.get(id) ?? []
    for (const form of [before, after]) if (!forms.some((known) => sameValue(known, form))) forms.push(form)
    box.forms.set(id, forms)
  }
}

/** Sends what waits; what comes while a call is under way goes with the next one. */
export function queueEntry(entry: JournalEntry, before: Marked): void {
  if (outbox === null) return
  const each = { entry, before }
  outbox.waiting.push(each)
  rememberForms(outbox, each)
  publishUnkept()
  // What is under way takes it along.
  if (outbox.sending !== null) return
  // Why not was said; what waits goes with the next entry or with a save.
  flushJournal().catch(() => {})
}

/** Resolves when every entry so far is on disk; a failure stays waiting and is said once. */
export async function flushJournal(): Promise<void> {
  const box = outbox
  if (box === null) return
  // One that fails meanwhile was said; it is tried again here.
  while (box.sending !== null) await box.sending.catch(() => {})
  if (countUnkept(box) === 0) return
  box.sending = send(box).finally(() => {
    box.sending = null
    publishUnkept()
  })
  await box.sending
}

async function send(box: Outbox): Promise<void> {
  /** A batch was refused as a whole: the entry that it is about is found by sending one at a time. */
  let oneByOne = false
  if (box.owed > 0) await restart(box, false)
  while (box.waiting.length > 0) {
    const batch = box.waiting.slice(0, oneByOne ? 1 : batchLength(box.waiting))
    try {
      await getHost().journal({ setId: box.setId, from: box.sent, entries: batch.map(({ entry }) => entry) })
      box.sent += batch.length
      box.waiting.splice(0, batch.length)
    } catch (thrown) {
      const code = thrown instanceof ReviewError ? thrown.code : null
      if (code === 'conflict') await restart(box, true)
      else if (code === 'bad-input' && batch.length > 1) oneByOne = true
      else if (code === 'bad-input') takeBack(box, messageOf(thrown))
      else throw sayUnwritten(thrown)
    }
  }
}

function batchLength(waiting: readonly Waiting[]): number {
  let text = 0
  const tooMany = waiting.findIndex(({ entry }, index) => {
    // One alone goes however long it is.
    if (waiting.length > 1) text += JSON.stringify(entry).length
    return index > 0 && (index >= MOST_ENTRIES || text > MOST_TEXT)
  })
  return tooMany === -1 ? waiting.length : tooMany
}

/** The host holds something else than was sent: what the reader sees is the set, and the journal begins with it. */
async function restart(box: Outbox, tells: boolean): Promise<void> {
  const set = getState().sets.byId[box.setId]
  if (set === undefined) throw new ReviewError('not-found', 'The set is not open any more.')
  const included = box.waiting.length
  try {
    await getHost().restartSet({ setId: box.setId, document: set.document, history: set.history })
  } catch (thrown) {
    throw sayUnwritten(thrown)
  }
  box.sent = 0
  box.owed = 0
  box.waiting.splice(0, included)
  if (tells) notify('info', 'The journal was begun again with the marks of this window.')
}

/** The host refuses the first entry that waits: it is undone here, and what was done since stays where it can. */
function takeBack(box: Outbox, reason: string): void {
  const [refused, ...later] = box.waiting
  if (refused === undefined) return
  let marked = refused.before
  box.waiting = []
  for (const { entry } of later) {
    const next = tryAdvance(marked, entry)
    if (next === null) continue
    box.waiting.push({ entry, before: marked })
    marked = next
  }
  patchSet(box.setId, { document: marked.document, history: marked.history })
  const { entry } = refused
  notify('problem', `“${entry.op === 'edit' ? entry.edit.label : entry.op}” was taken back: ${reason}`)
}

/**
 * Where the host cannot even be handed the set, a browser's reader can keep it as a file. A host that is gone, or has
 * started anew and knows nothing of the set, is told of above the page as long as it lasts (hostLink.ts).
 */
function sayUnwritten(thrown: unknown): unknown {
  const code = thrown instanceof ReviewError ? thrown.code : null
  if (code === 'host-gone' || code === 'not-found') {
    const { state } = getState().shell.hostLink
    if (code === 'not-found' && (state === 'there' || state === 'gone' || state === 'back'))
      patchShell({ hostLink: { state: 'asking', setLost: true } })
    return thrown
  }
  const text = `The journal could not be written: ${messageOf(thrown)} Save the set to be safe.`
  if (getState().shell.facts.kind === 'browser')
    notify('problem', text, { label: 'Keep a copy', run: downloadCopy })
  else notify('problem', text)
  return thrown
}

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

export async function save(options: { readonly overwrite?: boolean } = {}): Promise<boolean> {
  await hostSettled()
  const set = activeSet(getState())
  if (set === null || set.saving) return false
  if (set.readOnly) {
    notify('info', 'This set is for reading only: your own marks go into your own set.')
    return false
  }
  // None of the two is replaced by the other before the reader has seen what differs.
  if (set.choice !== null && options.overwrite !== true) {
    patchUi({ dialog: 'recovery' })
    return false
  }
  return write(set, () => getHost().saveSet({ setId: set.setId, overwrite: options.overwrite ?? false }))
}

/** The desktop asks by the system's dialog where to; a browser's reader types a name. */
export function chooseSaveTarget(): void {
  if (getState().shell.facts.kind === 'browser') patchUi({ dialog: 'saveAs' })
  else void saveAs(null)
}

/** In the browser `name` is what the reader typed; the desktop asks with the system's dialog. */
export async function saveAs(name: string | null): Promise<boolean> {
  await hostSettled()
  const set = activeSet(getState())
  if (set === null || set.readOnly) return false
  return write(set, () => getHost().saveSetAs({ setId: set.setId, name }))
}

/** A browser's reader gets the set as a file of their own: a dropped recording's set lies in the app's folder. */
export function downloadCopy(): void {
  const set = activeSet(getState())
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
  set: OpenSetState,
  call: () => Promise<{ readonly fileName: string } | null>,
): Promise<boolean> {
  patchSet(set.setId, { saving: true })
  try {
    await flushJournal()
    const step = getState().sets.byId[set.setId]?.history.done.at(-1) ?? null
    const saved = await call()
    if (saved === null) return false
    patchSet(set.setId, { savedStep: step, fileName: saved.fileName, recovered: null, choice: null })
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

/** The reader has seen what was recovered, and keeps it unsaved. */
export function acceptRecovered(setId: SetId): void {
  patchSet(setId, { recovered: null })
}

/** Tells the shell what its menu and its close button need; returns what ends it. */
export function reportStateChanges(): () => void {
  let last = ''
  return useReview.subscribe((state) => {
    const set = activeSet(state)
    const report = {
      unsaved: hasUnsaved(state),
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
