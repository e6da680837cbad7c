/** The packs that were taken in: `lessons/packs` of the app's folder, a folder each with its lesson and clips. */
import { randomUUID } from 'node:crypto'
import { mkdir, rename } from 'node:fs/promises'
import path from 'node:path'
import { factsOf, type PackFacts } from '../../shared/teaching/pack/pack.ts'
import { writeFailure } from './atomicFile.ts'
import {
  addPack,
  checkPack,
  hashOfFile,
  homeOf,
  type KeptPack,
  listPacks,
  packsFolder,
  readPack,
  removeUnfinished,
} from './packFolder.ts'
import { shownName } from './shownName.ts'

export type Packs = {
  /** Where packs are put together, and lie. */
  readonly folder: string
  readonly list: () => Promise<readonly KeptPack[]>
  /** The pack that a lesson's file came in; null: none. */
  readonly of: (lessonFile: string) => Promise<PackFacts | null>
  /** Folders of packs with clips of these names, which are told by their content. */
  readonly foldersOf: (fileNames: readonly string[]) => Promise<readonly string[]>
  /** Whether a file is a part of one. */
  readonly isPart: (file: string) => boolean
  /** Throws ReviewError `bad-pack`, or what the system says; nothing is kept. */
  readonly inspect: (
    file: string,
  ) => Promise<
    PackFacts & { readonly bytes: number; readonly sha256: string; readonly lessonFile: string | null }
  >
  readonly add: (file: string) => Promise<{ readonly lessonFile: string; readonly isNew: boolean }>
  /** Puts the pack of a lesson's file aside, with the sets that were saved beside its clips. */
  readonly remove: (lessonFile: string) => Promise<void>
}

export function createPacks(lessonFolder: string): Packs {
  const folder = packsFolder(lessonFolder)

  const isPart = (file: string) => path.dirname(path.dirname(path.resolve(file))) === path.resolve(folder)

  return {
    folder,
    isPart,
    list: async () => {
      await removeUnfinished(folder).catch(() => {})
      return listPacks(folder)
    },
    of: async (lessonFile) => {
      const pack = isPart(lessonFile) ? await readPack(path.dirname(lessonFile)) : null
      return pack === null ? null : factsOf(pack.manifest)
    },
    foldersOf: async (fileNames) => {
      const wanted = new Set(fileNames)
      const packs = await listPacks(folder)
      return packs
        .filter(({ manifest }) => manifest.files.some(({ name }) => wanted.has(name)))
        .map((pack) => pack.folder)
    },
    inspect: async (file) => {
      const { manifest, id } = await checkPack(file, folder)
      const there = await readPack(homeOf(folder, id))
      return { ...factsOf(manifest), ...(await hashOfFile(file)), lessonFile: there?.lessonFile ?? null }
    },
    add: (file) => addPack(file, folder),
    remove: async (lessonFile) => {
      const aside = path.join(lessonFolder, 'aside')
      const home = path.dirname(lessonFile)
      try {
        await mkdir(aside, { recursive: true, mode: 0o700 })
        await rename(home, path.join(aside, `pack-${path.basename(home)}.${randomUUID().slice(0, 8)}`))
      } catch (thrown) {
        throw writeFailure(thrown, shownName(lessonFile))
      }
    },
  }
}
