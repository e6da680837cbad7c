/** How recordings stand for who reads here: the one whom the settings name, whatever code a call does. */
import type { FoundSet } from './annotationFiles.ts'
import { findSeal, type Reader, readSeal, refuseSealed, type Seal } from './seal.ts'
import type { SetRecording } from './setStart.ts'
import type { SettingsStore } from './settings.ts'

export type ReaderSeal = {
  readonly read: (
    recording: SetRecording,
    found: readonly FoundSet[],
  ) => Promise<Seal & { readonly reviewer: string }>
  readonly find: (recording: SetRecording) => Promise<Seal>
  /** As `refuseSealed`; `wanted` is the reader's own code where none is named. */
  readonly refuse: (recording: SetRecording, file: string | null, wanted?: string) => Promise<void>
}

export function createReaderSeal(options: {
  readonly settings: () => Promise<SettingsStore>
  readonly ownPlace: (recording: SetRecording, reviewer: string) => Promise<string>
}): ReaderSeal {
  const { settings, ownPlace } = options

  async function readerOf({ identity }: SetRecording): Promise<Reader> {
    const store = await settings()
    return { reviewer: store.settings().reviewer, isKnown: store.isReviewerKnown(identity.fingerprint) }
  }

  return {
    read: async (recording, found) => {
      const reader = await readerOf(recording)
      const own = await ownPlace(recording, reader.reviewer)
      return { reviewer: reader.reviewer, ...(await readSeal(own, reader, found)) }
    },
    find: async (recording) => {
      const reader = await readerOf(recording)
      return findSeal(recording, await ownPlace(recording, reader.reviewer), reader)
    },
    refuse: async (recording, file, wanted) => {
      const reader = await readerOf(recording)
      await refuseSealed({
        ...{ recording, reader, file, wanted: wanted ?? reader.reviewer },
        ownPlace: (code) => ownPlace(recording, code),
      })
    },
  }
}
