/** The list of a recording's sets, as the window gets it: at once what is read at once, later the rest. */
import { setTimeout } from 'node:timers/promises'
import type { HostEvent, OpenRef, SetSummary } from '../../shared/contract/model.ts'
import { type FoundSet, findSets } from './annotationFiles.ts'
import type { OpenFile } from './openRecordings.ts'
import { isSealed, type Seal } from './seal.ts'

/** As long as opening a recording may wait for its sets. */
const PATIENCE_MS = 300

export type SetsFinding = { readonly listSets: (file: OpenFile) => Promise<readonly SetSummary[]> }

export function createSetsFinding(options: {
  readonly register: (file: string) => OpenRef
  readonly emit: (event: HostEvent) => void
  readonly isOpen: (recordingId: string) => boolean
  /** Who reads, and how the recording stands for them. */
  readonly seal: (file: OpenFile, found: readonly FoundSet[]) => Promise<Seal & { readonly reviewer: string }>
  readonly patienceMs?: number
}): SetsFinding {
  const { register, emit, isOpen, seal, patienceMs = PATIENCE_MS } = options

  /** Before all of them are known nobody can say what is sealed: until then nothing is told of others' marks. */
  async function summariesOf(
    file: OpenFile,
    found: readonly FoundSet[],
    isWhole: boolean,
  ): Promise<readonly SetSummary[]> {
    const { reviewer, ...known } = await seal(file, found)
    return found.map((set) => {
      const isShut = isSealed(known, reviewer, set)
      const isOwn = set.reviewer === reviewer && !set.isKey
      const isTold = isOwn || (isWhole && !isShut)
      const { at, changedSince } = set.signOff ?? {}
      return {
        ...register(set.path),
        reviewer: set.reviewer,
        marks: isTold ? set.marks : null,
        changed: isTold ? set.changed : null,
        isKey: set.isKey,
        isSealed: isShut,
        signedOff: at === undefined || changedSince === undefined ? null : { at, changedSince },
        copyOf: set.copyOf,
        problem: set.problem?.message ?? null,
      }
    })
  }

  return {
    listSets: async (file) => {
      const { recordingId, path, identity, worker } = file
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
      if (first !== null) return summariesOf(file, first, true)
      void all.then(async (found) => {
        const sets = await summariesOf(file, found, true)
        if (isOpen(recordingId)) emit({ type: 'sets', recordingId, sets })
      })
      return summariesOf(file, [...sofar], false)
    },
  }
}
