/**
 * How recordings were last on the page, a small file each, and how the reader wants all of them to open: in a folder
 * beside the settings. Nothing of it is worth a message: what cannot be read or written is not remembered.
 */
import { createHash } from 'node:crypto'
import { readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { isRememberedView, type RememberedView } from '../../shared/contract/rememberedView.ts'
import { ReviewError, toFailure } from '../../shared/failure.ts'
import { readBounded, writeFileAtomically } from './atomicFile.ts'
import type { Log } from './log.ts'
import { whyUnwritten } from './unwritten.ts'

/** A thousand channels with a look each. */
const LARGEST_FILE = 1024 * 1024
const MOST_FILES = 500
const DEFAULT = 'default.json'

export type KeptViews = {
  /** null where nothing is remembered of this recording. */
  readonly of: (fingerprint: string) => Promise<RememberedView | null>
  readonly remember: (fingerprint: string, view: RememberedView) => Promise<void>
  /** What every recording opens with of which nothing is remembered; null: as the program does. */
  readonly default: () => Promise<RememberedView | null>
  /** Rejects with one sentence where that could not be written. */
  readonly keepDefault: (view: RememberedView | null) => Promise<void>
  /** Resolves when all that was said so far is on disk, or was said not to be. */
  readonly written: () => Promise<void>
}

export function keepViews(dataFolder: string, log: Log, mostFiles = MOST_FILES): KeptViews {
  const folder = path.join(dataFolder, 'views')
  let writing: Promise<void> = Promise.resolve()

  async function read(name: string): Promise<RememberedView | null> {
    try {
      const { bytes } = await readBounded(path.join(folder, name), LARGEST_FILE)
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes))
      return isRememberedView(value) ? value : null
    } catch (thrown) {
      if (!(thrown instanceof ReviewError && thrown.code === 'not-found')) log('views', thrown)
      return null
    }
  }

  /** One after the other, so that the last one asked for is the one that stays. */
  function write(name: string, view: RememberedView | null): Promise<void> {
    const written = writing.then(async () => {
      const file = path.join(folder, name)
      if (view === null) return rm(file, { force: true })
      await writeFileAtomically(file, `${JSON.stringify(view)}\n`, { createFolder: true })
      await forgetOldest(folder, mostFiles)
    })
    writing = written.catch((thrown: unknown) => log('views', thrown))
    return written
  }

  return {
    of: async (fingerprint) => {
      await writing
      return read(nameFor(fingerprint))
    },
    remember: (fingerprint, view) => write(nameFor(fingerprint), view).catch(() => {}),
    default: async () => {
      await writing
      return read(DEFAULT)
    },
    keepDefault: (view) =>
      write(DEFAULT, view).catch((thrown: unknown) => {
        const why = whyUnwritten(toFailure(thrown))
        throw new ReviewError(
          'unreadable',
          `How new recordings open stays as it was (${why}): mend that, then try again.`,
        )
      }),
    written: () => writing,
  }
}

/** A set may bring any text as a fingerprint: the file is named for its hash. */
function nameFor(fingerprint: string): string {
  return `${createHash('sha256').update(fingerprint).digest('hex').slice(0, 32)}.json`
}

async function forgetOldest(folder: string, most: number): Promise<void> {
  const names = (await readdir(folder)).filter((name) => /^[0-9a-f]{32}\.json$/.test(name))
  if (names.length <= most) return
  const aged = await Promise.all(
    names.map(async (name) => ({ name, modified: (await stat(path.join(folder, name))).mtimeMs })),
  )
  aged.sort((a, b) => b.modified - a.modified)
  for (const { name } of aged.slice(most)) await rm(path.join(folder, name), { force: true })
}
