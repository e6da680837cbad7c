/** A reviewer who works in the built app through its door, and knows what was acknowledged. */
import fc from 'fast-check'
import type { Marked } from '../../shared/annotation/history.ts'
import { advance, type JournalEntry, sameContent } from '../../shared/annotation/journalEntry.ts'
import type { Host } from '../../shared/contract/contract.ts'
import { connect } from '../../shared/contract/contract.ts'
import type { HostEvent, OpenedSet } from '../../shared/contract/model.ts'
import type { Random } from '../fuzz/mutate.ts'
import { type Step, stepArbitrary } from '../support/annotations.ts'
import { type RunningApp, startApp } from '../support/app.ts'
import { visit } from '../support/browserTransport.ts'
import type { Stage } from './stage.ts'

const REVIEWER = 'R-01'

export type Session = {
  readonly app: RunningApp
  readonly host: Host
  readonly recordingId: string
  readonly opened: OpenedSet
  readonly events: readonly HostEvent[]
}

/** Starts the app on the stage's recording and opens the reviewer's set, as its window does. */
export async function openSession(stage: Stage): Promise<Session> {
  const app = await startApp(stage, stage.recording)
  const transport = await visit(app.address)
  const { host, subscribe } = connect(transport)
  const events: HostEvent[] = []
  subscribe((event) => events.push(event))
  const startup = await host.startup({ window: `crash-${app.process.pid}` })
  if (startup.open === null) throw new Error('the app was started without its recording')
  const { recordingId } = await host.openRecording({ ref: startup.open.ref })
  const opened = await host.openSet({ recordingId, reviewer: REVIEWER, ref: null })
  return { app, host, recordingId, opened, events }
}

/** What a window would show, and since when all of it is on the disk. */
export type Review = {
  readonly shown: () => Marked
  readonly acknowledged: () => number
  /** Sends the next few steps; resolves when they are acknowledged. */
  readonly work: () => Promise<void>
  readonly send: (entries: readonly JournalEntry[]) => Promise<void>
  /** Whether these marks are those of a moment since the last step that had to be kept. */
  readonly couldBe: (document: Marked['document']) => boolean
  /** Until the next step is acknowledged this is shown too: what another program has saved over what was saved here. */
  readonly mayBe: (document: Marked['document']) => void
  /** What is acknowledged from now on need not be kept (the app says so), or nothing of it, before or after. */
  readonly beginUnkept: (what?: 'from now on' | 'at all') => void
  readonly endUnkept: () => void
}

export function reviewOf(session: Session, random: Random): Review {
  let shown: Marked = { document: session.opened.document, history: session.opened.history }
  let possible: Marked[] = [shown]
  let sent = 0
  let acknowledged = 0
  let isKept = true
  let isLost = false
  const steps = fc.sample(stepArbitrary, { seed: random.below(2 ** 31), numRuns: 2000 })

  async function send(entries: readonly JournalEntry[]): Promise<void> {
    for (const entry of entries) {
      shown = advance(shown, entry)
      possible.push(shown)
    }
    const from = sent
    sent += entries.length
    await session.host.journal({ setId: session.opened.setId, from, entries: [...entries] })
    acknowledged += entries.length
    if (isKept) possible = [shown]
  }

  return {
    shown: () => shown,
    acknowledged: () => acknowledged,
    send,
    work: async () => {
      const entries: JournalEntry[] = []
      let next = shown
      for (let count = 1 + random.below(4); count > 0; count -= 1) {
        const entry = entryOf(steps[random.below(steps.length)]!, next)
        if (entry === null) continue
        const after = tryStep(next, entry)
        if (after === null) continue
        next = after
        entries.push(entry)
      }
      if (entries.length > 0) await send(entries)
    },
    couldBe: (document) => isLost || possible.some((each) => sameContent(each.document, document)),
    mayBe: (document) => {
      possible.push({ ...shown, document })
    },
    beginUnkept: (what = 'from now on') => {
      isKept = false
      isLost = what === 'at all'
    },
    endUnkept: () => {
      isKept = true
      isLost = false
      possible = [shown]
    },
  }
}

function entryOf(step: Step, { document }: Marked): JournalEntry | null {
  const context = { author: REVIEWER, now: new Date().toISOString() }
  if (step.do !== 'edit') return { op: step.do, at: context.now, author: context.author }
  const edit = step.make(document, context)
  return edit === null ? null : { op: 'edit', edit }
}

/** null where there is nothing to undo, or where the edit would break the set: a window does not send those. */
function tryStep(marked: Marked, entry: JournalEntry): Marked | null {
  try {
    return advance(marked, entry)
  } catch {
    return null
  }
}
