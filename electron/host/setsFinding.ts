/** The list of a recording's sets, as the window gets it: at once what is read at once, later the rest. */
import { setTimeout } from 'node:timers/promises'
import type { HostEvent, OpenRef, SetSummary } from '../../shared/contract/model.ts'
import { type FoundSet, findSets } from './annotationFiles.ts'
import type { OpenFile } from './openRecordings.ts'

/** As long as opening a recording may wait for its sets. */
const PATIENCE_MS = 300

export type SetsFinding = { readonly listSets: (file: OpenFile) => Promise<readonly SetSummary[]> }

export function createSetsFinding(options: {
  readonly register: (file: string) => OpenRef
  readonly emit: (event: HostEvent) => void
  readonly isOpen: (recordingId: string) => boolean
  readonly patienceMs?: number
}): SetsFinding {
  const { register, emit, isOpen, patienceMs = PATIENCE_MS } = options

  function summaryOf(set: FoundSet): SetSummary {
    return {
      ...register(set.path),
      reviewer: set.reviewer,
      marks: set.marks,
      changed: set.changed,
      isKey: set.isKey,
      problem: set.problem?.message ?? null,
    }
  }

  return {
    listSets: async ({ recordingId, path, identity, worker }) => {
      const sofar: FoundSet[] = []
      const all = findSets(path, identity, {
        fingerprintOfFirst: (records) => worker.ask('fingerprint', { records }),
        onFound: (set) => sofar.push(set),
        isWanted: () => isOpen(recordingId),
      })
      const patience = new AbortController()
      const first = await Promise.race([
        all,
        setTimeout(patienceMs, null, { signal: patience.signal }).catch(() => null),
      ])
      patience.abort()
      if (first !== null) return first.map(summaryOf)
      void all.then((sets) => {
        if (isOpen(recordingId)) emit({ type: 'sets', recordingId, sets: sets.map(summaryOf) })
      })
      return sofar.map(summaryOf)
    },
  }
}
