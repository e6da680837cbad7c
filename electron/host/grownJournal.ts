/** What a crash left of a recording when it was shorter: its journal is under another fingerprint. */
import type { AnnotationDocument } from '../../shared/annotation/document.ts'
import { mayHaveGrown } from '../../shared/annotation/identity.ts'
import { matchSet } from './annotationFiles.ts'
import { type Journal, openJournal } from './journal.ts'
import { leftInOwn, listRecoverable, type Recovery, recoverable } from './journalRecovery.ts'
import type { SetRecording } from './setStart.ts'

/** Each is compared with the recording's samples, while the reader waits; the latest are. */
const MOST_COMPARED = 20

/** The journal itself is held, so that nobody adds to what was read of it before it is cleared or closed. */
export type LeftOfShorter = { readonly recovery: Recovery; readonly journal: Journal }

/** null: there is none, or whoever has it open now keeps it. To be cleared once the new journal holds it, and closed. */
export async function takeLeftOfShorter(
  journalFolder: string,
  { identity, fingerprintOfFirst }: SetRecording,
  reviewer: string,
): Promise<LeftOfShorter | null> {
  // By its shape, not by its name, which it may have been given when it was whole.
  const isShorter = (begun: AnnotationDocument) => mayHaveGrown(begun, identity)
  const left = await listRecoverable(journalFolder, reviewer, isShorter)
  for (const { fingerprint } of left.slice(0, MOST_COMPARED)) {
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
