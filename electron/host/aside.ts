/** What a reader has decided against stays in the app's own folder all the same, as a set or as it was. */
import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { hashOf, writeFailure, writeFileAtomically } from './atomicFile.ts'

const FOLDER = 'aside'

/** Keeps `content` beside the journals under a name that begins with `name`, and gives its path; the same content is kept once. */
export async function putAside(
  journalFolder: string,
  name: string,
  content: string | Uint8Array,
): Promise<string> {
  const stem = name.replace(/(\.hypnospike)?\.json$/, '')
  const file = path.join(journalFolder, FOLDER, `${stem}.${hashOf(content).slice(0, 12)}.hypnospike.json`)
  await writeFileAtomically(file, content, { createFolder: true, mode: 0o600 })
  return file
}

/** Moves a file there. */
export async function moveAside(journalFolder: string, file: string): Promise<void> {
  const target = path.join(journalFolder, FOLDER, `${path.basename(file)}.${Date.now()}`)
  try {
    await mkdir(path.dirname(target), { recursive: true, mode: 0o700 })
    await rename(file, target)
  } catch (error) {
    throw writeFailure(error, 'The damaged journal')
  }
}
