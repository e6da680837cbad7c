/** What a crash left of a recording when it was shorter: its journal is under another fingerprint. */
import { matchSet } from './annotationFiles.ts'
import { openJournal } from './journal.ts'
import { listRecoverable, type Recovery, recoverable } from './journalRecovery.ts'
import type { SetRecording } from './setStart.ts'

/** null: there is none. Its journal is taken over by the new one, and is to be retired then. */
export async function recoverGrown(
  journalFolder: string,
  { identity, fingerprintOfFirst }: SetRecording,
  reviewer: string,
): Promise<{ readonly recovery: Recovery; readonly fingerprint: string } | null> {
  for (const { fingerprint } of await listRecoverable(journalFolder, reviewer, identity.fileName)) {
    if (fingerprint === identity.fingerprint) continue
    const recovery = await recoverable(journalFolder, { fingerprint, reviewer })
    if (recovery === null) continue
    if ((await matchSet(recovery.document, identity, fingerprintOfFirst)) !== 'grown') continue
    return { recovery, fingerprint }
  }
  return null
}

export async function retireJournal(
  journalFolder: string,
  fingerprint: string,
  reviewer: string,
): Promise<void> {
  const old = await openJournal(journalFolder, { fingerprint, reviewer })
  await old.clear()
  await old.close()
}
