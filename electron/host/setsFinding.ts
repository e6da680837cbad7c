/** The list of a recording's sets: with a recording that is opened what is read at once and later the rest, else all. */
import nodePath from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { sameValue } from '../../shared/annotation/sameValue.ts'
import type { HostEvent, OpenRef, SetSummary } from '../../shared/contract/model.ts'
import { type FoundSet, findSets } from './annotationFiles.ts'
import type { OpenFile } from './openRecordings.ts'
import { isSealed, type Seal } from './seal.ts'
import { shownName } from './shownName.ts'
import { createStrayedSets } from './strayedSets.ts'

export type SetsFinding = {
  /** All of them, however long that takes: what is chosen from must not lack one that is read slowly. */
  readonly listSets: (file: OpenFile) => Promise<readonly SetSummary[]>
  /** All that can be found: those beside the recording, and those that are its own by its samples alone. */
  readonly findAll: (file: OpenFile) => Promise<readonly FoundSet[]>
  /** Those read by now; the event `sets` brings them all where that was not all. */
  readonly listAtOnce: (file: OpenFile) => Promise<readonly SetSummary[]>
}

export function createSetsFinding(options: {
  readonly register: (file: string) => OpenRef
  readonly emit: (event: HostEvent) => void
  readonly isOpen: (recordingId: string) => boolean
  /** Who reads, and how the recording stands for them. */
  readonly seal: (file: OpenFile, found: readonly FoundSet[]) => Promise<Seal & { readonly reviewer: string }>
  /** Where else sets of a recording may lie, the folder used last first. */
  readonly folders: () => Promise<readonly string[]>
  /** As long as `listAtOnce` waits. */
  readonly patienceMs: number
}): SetsFinding {
  const { register, emit, isOpen, seal, folders, patienceMs } = options
  const strayed = createStrayedSets()
  /** Of the recording that was asked for last: told at once when it is asked for again. */
  let last: { readonly recordingId: string; readonly sets: readonly FoundSet[] } | null = null

  /** Before all of them are known nobody can say what is sealed: until then nothing is told of others' marks. */
  async function summariesOf(
    file: OpenFile,
    found: readonly FoundSet[],
    isWhole: boolean,
  ): Promise<readonly SetSummary[]> {
    const { reviewer, ...known } = await seal(file, found)
    const others = last?.recordingId === file.recordingId ? last.sets : []
    return [...found, ...others].map((set, index) => {
      const isStrayed = index >= found.length
      const isShut = isSealed({ ...known, isBlind: known.isBlind || set.blind }, reviewer, set)
      const isOwn = set.reviewer === reviewer && !set.isKey
      const isTold = !isShut && (isWhole || (isOwn && known.isKnown))
      const { at, changedSince } = set.signOff ?? {}
      return {
        ...register(set.path),
        reviewer: set.reviewer,
        marks: isTold ? set.marks : null,
        changed: isTold ? set.changed : null,
        isKey: set.isKey,
        isSealed: isShut,
        signedOff: at === undefined || changedSince === undefined ? null : { at, changedSince },
        copyOf: set.copyOf === null ? null : shownName(set.copyOf),
        strayedIn: isStrayed ? shownName(nodePath.dirname(set.path)) : null,
        problem: set.problem?.message ?? null,
      }
    })
  }

  async function findStrayed({ recordingId, path: recordingPath, identity }: OpenFile) {
    const isWanted = () => isOpen(recordingId)
    return strayed.find({ recordingPath, identity, folders: await folders(), isWanted })
  }

  /** After what lies beside it, and told only where it is news. */
  async function lookElsewhere(file: OpenFile, found: readonly FoundSet[]): Promise<void> {
    const { recordingId } = file
    const sets = await findStrayed(file)
    const before = last?.recordingId === recordingId ? last.sets : []
    if (!isOpen(recordingId) || sameValue(sets, before)) return
    last = { recordingId, sets }
    emit({ type: 'sets', recordingId, sets: await summariesOf(file, found, true) })
  }

  function find({ recordingId, path, identity, worker }: OpenFile, onFound?: (set: FoundSet) => void) {
    return findSets(path, identity, {
      fingerprintOfFirst: (records) => worker.ask('fingerprint', { records }),
      isWanted: () => isOpen(recordingId),
      ...(onFound !== undefined && { onFound }),
    })
  }

  return {
    listSets: async (file) => {
      const found = await find(file)
      void lookElsewhere(file, found)
      return summariesOf(file, found, true)
    },

    findAll: async (file) => [...(await find(file)), ...(await findStrayed(file))],

    listAtOnce: async (file) => {
      const { recordingId } = file
      const sofar: FoundSet[] = []
      const all = find(file, (set) => sofar.push(set))
      const patience = new AbortController()
      const first = await Promise.race([
        all,
        setTimeout(patienceMs, null, { signal: patience.signal }).catch(() => null),
      ])
      patience.abort()
      if (first !== null) {
        void lookElsewhere(file, first)
        return summariesOf(file, first, true)
      }
      void all.then(async (found) => {
        const sets = await summariesOf(file, found, true)
        if (isOpen(recordingId)) emit({ type: 'sets', recordingId, sets })
        await lookElsewhere(file, found)
      })
      return summariesOf(file, [...sofar], false)
    },
  }
}
