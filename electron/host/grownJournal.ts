/** What a crash left of a recording when it was shorter: its journal is under another fingerprint. */
import { matchSet } from './annotationFiles.ts'
import { type Journal, openJournal } from './journal.ts'
import { leftInOwn, listRecoverable, type Recovery, recoverable } from './journalRecovery.ts'
import type { SetRecording } from './setStart.ts'

/** The journal itself is held, so that nobody adds to what was read of it before it is cleared or closed. */
export type LeftOfShorter = { readonly recovery: Recovery; readonly journal: Journal }

/** null: there is none, or whoever has it open now keeps it. To be cleared once the new journal holds it, and closed. */
export async function takeLeftOfShorter(
  journalFolder: string,
  { identity, fingerprintOfFirst }: SetRecording,
  reviewer: string,
): Promise<LeftOfShorter | null> {
  for (const { fingerprint } of await listRecoverable(journalFolder, reviewer, identity.fileName)) {
    if (fingerprint === identity.fingerprint) continue
    const key = { fingerprint, reviewer }
    const seen = await recoverable(journalFolder, key)
    if (seen === null) continue
    if ((await matchSet(seen.document, identity, fingerprintOfFirst)) !== 'grown') continue
    const journal = await openJournal(journalFolder, key).catch(() => null)
    if (journal === null) continue
    const recovery = await leftInOwn(journalFolder, key).catch(() => null)
    if (recovery !== null) return { recovery, journal }
    await journal.close()
  }
  return null
}
