/**
 * What the host answers for sets. Whose may be read is asked of the seal before anything of them is handed over, and
 * before anything is written where another's may lie.
 */
import path from 'node:path'
import type { Host } from '../../shared/contract/contract.ts'
import type { OpenRef } from '../../shared/contract/model.ts'
import type { SET_PROCEDURES } from '../../shared/contract/setProcedures.ts'
import { asSetRecording, type OpenFile } from './openRecordings.ts'
import { readOwnAhead } from './ownSet.ts'
import type { ReaderSeal } from './readerSeal.ts'
import type { OpenSets } from './sets.ts'
import type { SetsFinding } from './setsFinding.ts'
import type { SettingsStore } from './settings.ts'
import type { ShellPort } from './shell.ts'
import { takeStrayed } from './strayedSets.ts'

type Options = {
  readonly sets: OpenSets
  readonly seal: ReaderSeal
  readonly finding: SetsFinding
  readonly shell: Pick<ShellPort, 'chooseSet' | 'chooseSaveTarget'>
  readonly settings: () => Promise<SettingsStore>
  readonly register: (file: string) => OpenRef
  /** These throw ReviewError `not-found` where a ref is not known, or a recording not open. */
  readonly pathOf: (ref: string) => string
  readonly fileOf: (recordingId: string) => OpenFile
}

export function answerForSets(options: Options): Pick<Host, keyof typeof SET_PROCEDURES> {
  const { sets, seal, finding, shell, settings, register, pathOf, fileOf } = options
  return {
    openSet: async ({ recordingId, reviewer, ref, toRead }) => {
      const opened = fileOf(recordingId)
      const recording = asSetRecording(opened)
      const file = ref === null ? null : pathOf(ref)
      const release = opened.worker.holdBack()
      try {
        if (file === null) void readOwnAhead(recording.path, reviewer)
        await seal.refuse(recording, file, reviewer)
        if (toRead === true && file !== null) return await sets.openToRead(recording, reviewer, file)
        return await sets.open(recording, reviewer, file)
      } finally {
        release()
      }
    },
    listSets: async ({ recordingId }) => finding.listSets(fileOf(recordingId)),
    chooseSet: async ({ recordingId }) => {
      const file = await shell.chooseSet(path.dirname(fileOf(recordingId).path))
      return file === null ? null : register(file)
    },
    journal: async ({ setId, from, entries }) => {
      await sets.journal(setId, from, entries)
      return null
    },
    restartSet: async ({ setId, document, history }) => {
      await sets.restart(setId, { document, history })
      return null
    },
    chooseRecovery: ({ setId, keep }) => sets.choose(setId, keep),
    putDamageAside: async ({ setId }) => {
      await sets.putDamageAside(setId)
      return null
    },
    readVersion: async ({ setId, ref }) => {
      const file = ref === null ? null : pathOf(ref)
      await seal.refuse(sets.recordingOf(setId), file)
      return sets.readVersion(setId, file)
    },
    findOnDisk: async ({ setId }) => ({ hash: await sets.findOnDisk(setId) }),
    setCopyAside: async ({ setId, ref, seen }) => sets.setCopyAside(setId, pathOf(ref), seen),
    saveSet: async ({ setId, overwrite, seen }) => {
      // What may be another's is no more overwritten than it is read.
      if (overwrite || seen !== undefined) await seal.refuse(sets.recordingOf(setId), null)
      return sets.save(setId, overwrite, seen)
    },
    saveSetAs: async ({ setId, name }) =>
      sets.saveAs(setId, (suggestion) => shell.chooseSaveTarget(suggestion, name)),
    takeStrayedSet: async ({ recordingId, ref }) => {
      const recording = asSetRecording(fileOf(recordingId))
      const { reviewer } = (await settings()).settings()
      await seal.refuse(recording, pathOf(ref))
      await takeStrayed(recording, reviewer, pathOf(ref), await sets.ownPlace(recording, reviewer))
      return null
    },
    setHistory: ({ setId }) => sets.history(setId),
    saveCopy: ({ setId }) => sets.saveCopy(setId, (suggestion) => shell.chooseSaveTarget(suggestion, null)),
    beginBlind: ({ setId }) => sets.beginBlind(setId),
    signOff: async ({ setId }) => {
      const recording = sets.recordingOf(setId)
      const { isBlind, isSigned } = await seal.find(recording)
      return sets.signOff(setId, isBlind && !isSigned)
    },
    discardSet: async ({ setId }) => sets.discard(setId),
    closeSet: async ({ setId }) => {
      await sets.close(setId)
      return null
    },
  }
}
