/** The recordings that a reader may choose from: those read last, those of the folder, and the samples. */
import { readdir, stat } from 'node:fs/promises'
import path from 'node:path'
import type { OpenRef, RecordingChoice } from '../../shared/contract/model.ts'
import { isRecordingName } from './recordingNames.ts'
import { shownName } from './shownName.ts'

/** Of a folder. */
const MOST_LISTED = 300

type Options = {
  readonly register: (file: string) => OpenRef
  /** Paths, the latest first. */
  readonly recent: () => Promise<readonly string[]>
  /** null: none. */
  readonly folder: string | null
  readonly samplesFolder: string | null
}

export function createRecordingList({ register, recent, folder, samplesFolder }: Options) {
  async function choice(file: string, origin: RecordingChoice['origin']): Promise<RecordingChoice> {
    const facts = await stat(file).catch(() => null)
    return {
      ...register(file),
      origin,
      folder: shownName(path.dirname(file)),
      bytes: facts?.size ?? null,
      available: facts?.isFile() ?? false,
    }
  }

  async function listFolder(folder: string | null, origin: RecordingChoice['origin']) {
    if (folder === null) return []
    const names = await readdir(folder).catch(() => [])
    const wanted = names.filter(isRecordingName).sort()
    return Promise.all(wanted.slice(0, MOST_LISTED).map((name) => choice(path.join(folder, name), origin)))
  }

  return async (): Promise<readonly RecordingChoice[]> => {
    const lists = await Promise.all([
      Promise.all((await recent()).map((file) => choice(file, 'recent'))),
      listFolder(folder, 'folder'),
      listFolder(samplesFolder, 'sample'),
    ])
    const seen = new Set<string>()
    return lists.flat().filter(({ ref, origin }) => {
      // A sample stays among the samples however often it was opened.
      const key = origin === 'sample' ? `sample ${ref}` : ref
      if (seen.has(key)) return false
      seen.add(key)
      return true
    })
  }
}
