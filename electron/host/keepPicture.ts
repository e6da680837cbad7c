/** A picture of a page on disk, where the reader has said. */
import path from 'node:path'
import { writeFileAtomically } from './atomicFile.ts'
import { refuseRecording } from './writeGuard.ts'

/** Throws ReviewError where it would replace a recording, or cannot be written; what was there is then as it was. */
export async function keepPicture(target: string, bytes: Uint8Array): Promise<{ readonly fileName: string }> {
  await refuseRecording(target)
  await writeFileAtomically(target, bytes)
  return { fileName: path.basename(target) }
}
