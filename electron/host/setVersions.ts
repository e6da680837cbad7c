/**
 * Other versions of a set that is open: what another program has written in its place, and the copies that are made of
 * a file which was changed in two places. They are read here, and put aside where the reader says so; what becomes of
 * their marks is an edit of the window (shared/agreement/mergeVersions.ts). Another reviewer's set is no version of it.
 */
import { link, mkdir, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import { wrongRecording } from '../../shared/annotation/identity.ts'
import { MAX_SET_BYTES } from '../../shared/annotation/setSize.ts'
import type { SetVersion } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { fileVersion, matchSet } from './annotationFiles.ts'
import { putAside } from './aside.ts'
import { copySynced, readBounded, statOrNull, syncFolder, writeFailure } from './atomicFile.ts'
import { inTurn, type OpenSet } from './openSet.ts'
import { isKeyOf } from './setNames.ts'
import { loadSet } from './setReader.ts'
import { shownName } from './shownName.ts'
import { codeOf } from './systemError.ts'

/** Read and hashed in a few milliseconds; asked for whenever the window is looked at. */
const READ_ANYWAY = 8 * 1024 * 1024
/** Beside the set, so that whoever shares the folder finds it. */
const ASIDE = 'set aside'

export type SetVersions = {
  /** `file` null: what lies in the set's own place now. Nothing is written. */
  readonly readVersion: (setId: string, file: string | null) => Promise<SetVersion>
  /** The hash of what lies in the set's place, where that is not what was read or saved last; else null. */
  readonly findOnDisk: (setId: string) => Promise<string | null>
  /** Moves a copy into the folder `set aside` beside it; `seen` is the hash of what the reader has compared. */
  readonly setCopyAside: (
    setId: string,
    file: string,
    seen: string,
  ) => Promise<{ readonly fileName: string; readonly folder: string }>
}

export function createSetVersions(get: (setId: string) => OpenSet): SetVersions {
  async function read(set: OpenSet, file: string): Promise<SetVersion> {
    const fileName = shownName(file)
    const { document, version } = await loadSet(file)
    if (document.reviewer !== set.reviewer || isKeyOf(set.recording.path, file)) {
      throw new ReviewError(
        'bad-input',
        `${fileName} holds the marks of another reviewer, ${document.reviewer}: they are compared, and decided on in a consensus set, never merged into yours.`,
      )
    }
    const { identity, fingerprintOfFirst } = set.recording
    const match = await matchSet(document, identity, fingerprintOfFirst)
    if (match !== 'same' && match !== 'grown') throw wrongRecording(document, { identity, setName: fileName })
    return { fileName, hash: version.hash, document }
  }

  function getOwn(setId: string): OpenSet {
    const set = get(setId)
    if (set.readOnly) throw new ReviewError('read-only', 'This set is open for reading only.')
    return set
  }

  return {
    readVersion: async (setId, file) => {
      const set = getOwn(setId)
      if (file !== null) return read(set, file)
      return inTurn(set, async () => {
        if ((await fileVersion(set.path)) !== null) return read(set, set.path)
        const name = path.basename(set.path)
        throw new ReviewError('not-found', `${name} is no longer there. Save again to write it anew.`)
      })
    },
    findOnDisk: async (setId) => {
      const set = get(setId)
      // Two versions wait for the reader already.
      if (set.readOnly || set.choice !== null) return null
      return inTurn(set, async () => {
        // A long one is read only where its clock says so: a save goes by what it holds, whatever the clock.
        const facts = await statOrNull(set.path).catch(() => null)
        if (facts !== null && facts.size > READ_ANYWAY && facts.mtimeMs === set.version?.modified) return null
        // What is gone or cannot be read now may come back, and a save says so.
        const hash = (await fileVersion(set.path).catch(() => null))?.hash ?? null
        return hash === set.version?.hash ? null : hash
      })
    },
    setCopyAside: async (setId, file, seen) => {
      const set = getOwn(setId)
      if (await isSameFile(file, set.path)) {
        throw new ReviewError('bad-input', 'The set that is open cannot be set aside, only a copy of it.')
      }
      const { fileName, hash } = await read(set, file)
      if (hash !== seen) {
        throw new ReviewError(
          'conflict',
          `${fileName} was changed after it was compared, and stays where it is: compare it again.`,
        )
      }
      return {
        fileName: shownName(await moveInto(path.join(path.dirname(file), ASIDE), file)),
        folder: ASIDE,
      }
    },
  }
}

/** What the reader has compared, and what is about to be replaced, stays in the app's own folder as it was. */
export async function keepSeen(journalFolder: string, file: string, seen: string): Promise<void> {
  try {
    const { bytes, version } = await readBounded(file, MAX_SET_BYTES)
    if (version.hash === seen) await putAside(journalFolder, path.basename(file), bytes)
  } catch {
    // Saving keeps it as `.bak` besides, and says itself what is wrong with the file.
  }
}

async function isSameFile(one: string, other: string): Promise<boolean> {
  const real = (file: string) => realpath(file).catch(() => path.resolve(file))
  return (await real(one)) === (await real(other))
}

const MOST_NAMES = 1000

/** Under its own name, or a numbered one where that is taken: nothing is replaced. Gives where it lies now. */
async function moveInto(folder: string, file: string): Promise<string> {
  const { name, ext } = path.parse(file)
  try {
    await mkdir(folder, { recursive: true })
    for (let count = 1; count <= MOST_NAMES; count += 1) {
      const target = path.join(folder, count === 1 ? `${name}${ext}` : `${name}-${count}${ext}`)
      if (await placeAt(file, target)) {
        await syncFolder(folder)
        await rm(file)
        return target
      }
    }
  } catch (error) {
    throw writeFailure(error, path.basename(file))
  }
  throw new ReviewError('conflict', `${path.basename(folder)} has a thousand files of this name already.`)
}

/** false: there is a file of that name. */
async function placeAt(file: string, target: string): Promise<boolean> {
  try {
    await link(file, target)
    return true
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    // File systems without hard links (FAT, some network shares).
    return await copySynced(file, target).then(
      () => true,
      (failed: unknown) => {
        if (codeOf(failed) === 'EEXIST') return false
        throw failed
      },
    )
  }
}
