/** What is said of an open set as a whole: that it is reviewed blind, signed off, what was changed in it; and copies of it. */
import { changesBetween } from '../../shared/annotation/changes.ts'
import type { SavedSet, SetHistory } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { fileVersion, saveSet } from './annotationFiles.ts'
import { inTurn, type OpenSet, UNCHOSEN } from './openSet.ts'
import { type Closing, lastSaved } from './setRecord.ts'
import { shownName } from './shownName.ts'
import { refuseRecording } from './writeGuard.ts'

export type SetClosing = {
  /** Says in the file that the set is reviewed blind. */
  readonly beginBlind: (setId: string) => Promise<SavedSet>
  /** Saves and closes it: content hashed and dated. `blind`: the sets of others were sealed until now. */
  readonly signOff: (setId: string, blind: boolean) => Promise<SavedSet>
  readonly history: (setId: string) => Promise<SetHistory>
  /** Without its history; the set itself stays where it is. */
  readonly saveCopy: (
    setId: string,
    chooseTarget: (suggestion: string) => Promise<string | null>,
  ) => Promise<{ readonly fileName: string } | null>
}

export function createSetClosing(options: {
  /** Throws where the set is not open any more. */
  readonly get: (setId: string) => OpenSet
  /** Into the set's own file, which nobody else may have changed meanwhile. */
  readonly write: (set: OpenSet, closing: Closing) => Promise<SavedSet>
}): SetClosing {
  const { get, write } = options

  function close(setId: string, closing: Closing): Promise<SavedSet> {
    const set = get(setId)
    return inTurn(set, async () => {
      await refuseRecording(set.path)
      if (set.choice !== null && !set.readOnly) throw new ReviewError('conflict', UNCHOSEN)
      return write(set, closing)
    })
  }

  return {
    beginBlind: (setId) => close(setId, { blind: true }),
    signOff: (setId, blind) => close(setId, { signs: { blind } }),
    history: (setId) => {
      const set = get(setId)
      return inTurn(set, async () => {
        const { document } = set.marked
        const { changes: saved = [], signOffs = [] } = document
        if (set.readOnly) return { saved, unsaved: [], signOffs }
        set.saved ??= await lastSaved([set.path], set.reviewer)
        const now = { by: set.reviewer, at: new Date().toISOString() }
        return { saved, unsaved: changesBetween(set.saved, document, now), signOffs }
      })
    },
    saveCopy: async (setId, chooseTarget) => {
      const set = get(setId)
      const target = await chooseTarget(set.path.replace(/(\.hypnospike)?\.json$/, '-copy.hypnospike.json'))
      if (target === null) return null
      if (target === set.path) throw new ReviewError('bad-input', 'The copy needs another name than the set.')
      await refuseRecording(target)
      return inTurn(set, async () => {
        const { changes: _, ...document } = set.marked.document
        await saveSet(target, document, { expected: await fileVersion(target) })
        return { fileName: shownName(target) }
      })
    },
  }
}
