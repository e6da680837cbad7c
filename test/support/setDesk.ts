/** A host's sets in a folder of their own, and what a window does to one. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { SetRecording } from '../../electron/host/setStart.ts'
import { createOpenSets, type OpenSets } from '../../electron/host/sets.ts'
import { openSettings } from '../../electron/host/settings.ts'
import { applyEdit } from '../../shared/annotation/applyEdit.ts'
import type { AnnotationDocument, Edit } from '../../shared/annotation/document.ts'
import { addMark } from '../../shared/annotation/edits.ts'
import type { JournalEntry } from '../../shared/annotation/journalEntry.ts'
import type { OpenedSet } from '../../shared/contract/model.ts'
import { makeContext, RECORDING, seconds, VIEW } from './annotations.ts'
import { makeFolder } from './folders.ts'

export type Desk = {
  readonly sets: OpenSets
  readonly recording: SetRecording
  readonly folder: string
  readonly journals: string
  /** Sentences of journals that could not be written. */
  readonly failures: readonly string[]
  /** A host that comes after this one has crashed: its journals stay, its locks are dead. */
  readonly afterCrash: () => Desk
}

/** Stands among the failures where a journal could be written again. */
export const RECOVERED = 'recovered'

export function makeDesk(folder = makeFolder(), { retryEveryMs = 20 } = {}): Desk {
  const failures: string[] = []
  const journals = path.join(folder, 'data', 'journals')
  const sets = createOpenSets({
    journalFolder: journals,
    settings: () => openSettings(path.join(folder, 'data'), () => {}),
    journalFailed: (_setId, message) => failures.push(message),
    journalRecovered: () => failures.push(RECOVERED),
    keptBeside: (_setId, message) => failures.push(message),
    retryEveryMs,
  })
  onTestFinished(sets.closeAll)
  return {
    sets,
    recording: {
      path: path.join(folder, 'night.edf'),
      identity: RECORDING,
      fingerprintOfFirst: async () => '',
    },
    folder,
    journals,
    failures,
    afterCrash: () => {
      const later = path.join(folder, `after-${Math.floor(performance.now() * 1000)}`)
      mkdirSync(path.join(later, 'data', 'journals'), { recursive: true })
      for (const name of readdirSync(journals).filter((each) => each.endsWith('.journal'))) {
        writeFileSync(path.join(later, 'data', 'journals', name), readFileSync(path.join(journals, name)))
      }
      return makeDesk(later)
    },
  }
}

const context = makeContext()

/** What a window does: steps on its own copy, told to the host. */
export function makeWindow({ sets }: Desk, opened: OpenedSet) {
  let { document } = opened
  let sent = 0
  return {
    document: () => document,
    mark: async (at: number): Promise<Edit> => {
      const edit = addMark(
        document,
        { kind: 'hypnic_jerk', onset: seconds(at), duration: seconds(0.2), view: VIEW },
        context(),
      )!
      document = applyEdit(document, edit)
      await sets.journal(opened.setId, sent, [{ op: 'edit', edit }])
      sent += 1
      return edit
    },
  }
}

/** Marks at these seconds, one step each, as a window sends them. */
export function entriesAt(document: AnnotationDocument, times: readonly number[]): readonly JournalEntry[] {
  let next = document
  return times.map((at) => {
    const edit = addMark(
      next,
      { kind: 'hypnic_jerk', onset: seconds(at), duration: seconds(0.2), view: VIEW },
      context(),
    )!
    next = applyEdit(next, edit)
    return { op: 'edit', edit }
  })
}

export function applyAll(document: AnnotationDocument, entries: readonly JournalEntry[]): AnnotationDocument {
  return entries.reduce((done, entry) => (entry.op === 'edit' ? applyEdit(done, entry.edit) : done), document)
}

export const onsets = (document: AnnotationDocument) => document.marks.map((mark) => mark.onset / 1e7)
