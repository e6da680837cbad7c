/** Montages as files where their reader wants them: chosen in the system's dialogs, small, and never a recording. */
import type { TextFile } from '../../shared/contract/model.ts'
import { LARGEST_MONTAGE_FILE } from '../../shared/ownMontages/montageFile.ts'
import { readBounded, writeFileAtomically } from './atomicFile.ts'
import { shownName } from './shownName.ts'
import { refuseSet } from './writeGuard.ts'

/** Throws ReviewError where it is too large or cannot be read. What is no UTF-8 comes with replacement characters. */
export async function readMontageFile(file: string): Promise<TextFile> {
  const { bytes } = await readBounded(file, LARGEST_MONTAGE_FILE)
  return { name: shownName(file), text: new TextDecoder().decode(bytes) }
}

/** Returns the file's name. Throws ReviewError where it cannot be written, or would replace a recording or a set. */
export async function writeMontageFile(file: string, text: string): Promise<string> {
  await refuseSet(file)
  await writeFileAtomically(file, text)
  return shownName(file)
}
