/**
 * From an edit to the journal: entries go to the host at once and in order, and stay waiting until it has confirmed
 * them. What waits lies in the state of its set; an outbox is what sends it.
 */
import type { Change, Item } from '../../shared/annotation/document.ts'
import type { OwnChanges } from '../../shared/annotation/handover.ts'
import type { Marked } from '../../shared/annotation/history.ts'
import { type JournalEntry, tryAdvance } from '../../shared/annotation/journalEntry.ts'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import { ReviewError } from '../../shared/failure.ts'
import { assertNever } from '../../shared/units.ts'
import { NOTHING_WAITS, withOwn } from './beginnings.ts'
import { getHost } from './host.ts'
import { messageOf, notify } from './notices.ts'
import type { Outbox } from './reviewState.ts'
import { changesWaiting, ownSet } from './selectors.ts'
import type { OpenSetState, OutboxState, SetId, Waiting } from './setsState.ts'
import { getState, patchSet, patchShell, setState } from './state.ts'

/** One call carries at most this much, so that no answer keeps the reader waiting. */
const MOST_ENTRIES = 5000
const MOST_TEXT = 4_000_000

/** Opens a set as the reader's own, with an outbox of its own; `forms` are those of the set that it goes on from. */
export function takeUpSet(set: OpenSetState, forms?: OwnChanges['forms']): void {
  getState().tools.outboxes.set(set.setId, createOutbox(set.setId, forms))
  setState(({ sets }) => ({ sets: withOwn(sets, set) }))
  dropOutboxes()
}

/** Outboxes of sets that are not open any more go, with every form of a mark that they keep. */
export function dropOutboxes(): void {
  const { tools, sets } = getState()
  for (const setId of tools.outboxes.keys()) if (sets.byId[setId] === undefined) tools.outboxes.delete(setId)
}

/** What a set owes the host that goes on from another, all of which that host is to be handed. */
export function owing(set: OpenSetState): OutboxState {
  const owed = Math.max(1, changesWaiting(set))
  return { ...NOTHING_WAITS, owed, owedIds: unkeptIds(set.outbox) }
}

/** Sends what waits; what comes while a call is under way goes with the next one. */
export function queueEntry(setId: SetId, entry: JournalEntry, before: Marked): void {
  getState().tools.outboxes.get(setId)?.add({ entry, before })
}

/** Resolves when every entry so far is on disk; a failure stays waiting and is said once. Of the reader's own set by default. */
export async function flushJournal(setId: SetId | null = ownSet(getState())?.setId ?? null): Promise<void> {
  if (setId !== null) await getState().tools.outboxes.get(setId)?.flush()
}

/** What the window has done to a set that is open, for deciding what to hand over. */
export function ownChanges({ setId, outbox }: OpenSetState): OwnChanges {
  const forms = getState().tools.outboxes.get(setId)?.forms ?? new Map()
  return { forms, unkept: unkeptIds(outbox) }
}

function unkeptIds({ owedIds, waiting }: OutboxState): ReadonlySet<string> {
  return new Set([...owedIds, ...waiting.flatMap((each) => changesOf(each).map(({ id }) => id))])
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

function createOutbox(setId: SetId, forms: OwnChanges['forms'] = new Map()): Outbox {
  const known = new Map<string, readonly (Item | null)[]>(forms)
  let sending: Promise<void> | null = null

  /** null once the set is closed, or was taken up anew with another outbox. */
  function boxNow(): OutboxState | null {
    const { tools, sets } = getState()
    return tools.outboxes.get(setId) === self ? (sets.byId[setId]?.outbox ?? null) : null
  }

  function change(next: Partial<OutboxState>): void {
    const box = boxNow()
    if (box !== null) patchSet(setId, { outbox: { ...box, ...next } })
  }

  function rememberForms(each: Waiting): void {
    for (const { id, before, after } of changesOf(each)) {
      const seen = [...(known.get(id) ?? [])]
      for (const form of [before, after]) if (!seen.some((one) => sameValue(one, form))) seen.push(form)
      known.set(id, seen)
    }
  }

  function add(each: Waiting): void {
    const box = boxNow()
    if (box === null) return
    change({ waiting: [...box.waiting, each] })
    rememberForms(each)
    // What is under way takes it along.
    if (sending !== null) return
    // Why not was said; what waits goes with the next entry or with a save.
    flush().catch(() => {})
  }

  async function flush(): Promise<void> {
    // One that fails meanwhile was said; it is tried again here.
    while (sending !== null) await sending.catch(() => {})
    const box = boxNow()
    if (box === null || box.owed + box.waiting.length === 0) return
    sending = send().finally(() => {
      sending = null
    })
    await sending
  }

  async function send(): Promise<void> {
    /** A batch was refused as a whole: the entry that it is about is found by sending one at a time. */
    let oneByOne = false
    if ((boxNow()?.owed ?? 0) > 0) await restart(false)
    for (let box = boxNow(); box !== null && box.waiting.length > 0; box = boxNow()) {
      const batch = box.waiting.slice(0, oneByOne ? 1 : batchLength(box.waiting))
      try {
        await getHost().journal({ setId, from: box.sent, entries: batch.map(({ entry }) => entry) })
        confirm(batch.length)
      } catch (thrown) {
        const code = thrown instanceof ReviewError ? thrown.code : null
        if (code === 'conflict') await restart(true)
        else if (code === 'bad-input' && batch.length > 1) oneByOne = true
        else if (code === 'bad-input') takeBack(messageOf(thrown))
        else throw sayUnwritten(thrown)
      }
    }
  }

  function confirm(count: number): void {
    const box = boxNow()
    if (box !== null) change({ sent: box.sent + count, waiting: box.waiting.slice(count) })
  }

  /** The host holds something else than was sent: what the reader sees is the set, and the journal begins with it. */
  async function restart(tells: boolean): Promise<void> {
    const set = getState().sets.byId[setId]
    if (set === undefined || boxNow() === null) {
      throw new ReviewError('not-found', 'The set is not open any more.')
    }
    const included = set.outbox.waiting.length
    try {
      await getHost().restartSet({ setId, document: set.document, history: set.history })
    } catch (thrown) {
      throw sayUnwritten(thrown)
    }
    const waiting = boxNow()?.waiting.slice(included) ?? []
    change({ sent: 0, owed: 0, waiting })
    if (tells) notify('info', 'The journal was begun again with the marks of this window.')
  }

  /** The host refuses the first entry that waits: it is undone here, and what was done since stays where it can. */
  function takeBack(reason: string): void {
    const [refused, ...later] = boxNow()?.waiting ?? []
    if (refused === undefined) return
    let marked = refused.before
    const waiting: Waiting[] = []
    for (const { entry } of later) {
      const next = tryAdvance(marked, entry)
      if (next === null) continue
      waiting.push({ entry, before: marked })
      marked = next
    }
    change({ waiting })
    patchSet(setId, { document: marked.document, history: marked.history })
    const { entry } = refused
    notify('problem', `“${entry.op === 'edit' ? entry.edit.label : entry.op}” was taken back: ${reason}`)
  }

  const self: Outbox = { forms: known, add, flush }
  return self
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
  if (getState().shell.facts.kind === 'browser') notify('problem', text, { do: 'keepCopy' })
  else notify('problem', text)
  return thrown
}
