/**
 * A new recording put in place: written under another name, synced, and given its own only where no file has it. What
 * is there is never replaced, so no recording can be. For the reader: `writeNewRecording`.
 */
import { link, open, rm, utimes } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError } from '../../shared/failure.ts'
import {
  refuseLongName,
  removeAbandoned,
  renameOver,
  statOrNull,
  syncFolder,
  temporaryIn,
  writeFailure,
} from './atomicFile.ts'
import { codeOf } from './systemError.ts'

/** Well within the time after which what nobody has touched is taken for abandoned. */
const TOUCH_EVERY_MS = 60_000

type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/**
 * `check` looks at what was written before it is given its name, and throws where it may not be. Throws ReviewError `conflict`
 * where there is such a file, `cancelled`, or what the system refuses; then nothing is left behind. What a program that was
 * killed has left in the folder goes.
 */
export async function writeNewRecording(
  file: string,
  chunks: Chunks,
  check: (written: string) => Promise<void> = async () => {},
): Promise<void> {
  const name = path.basename(file)
  refuseLongName(file)
  const folder = path.dirname(file)
  await removeAbandoned(folder, Date.now()).catch(() => {})
  const temporary = temporaryIn(folder)
  // Looking at it may take longer than writing it, and is no reason for another program to take it away.
  const touching = setInterval(() => void touch(temporary).catch(() => {}), TOUCH_EVERY_MS)
  touching.unref()
  try {
    const handle = await open(temporary, 'wx')
    try {
      for await (const chunk of chunks) await writeWhole(handle, chunk)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await check(temporary)
    await giveName(temporary, file)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') {
      throw new ReviewError(
        'conflict',
        `There is a ${name} already, and a recording is never replaced: choose another name.`,
      )
    }
    throw writeFailure(error, name)
  } finally {
    clearInterval(touching)
    await rm(temporary, { force: true }).catch(() => {})
  }
}

/** At once, so that half a recording never stands under its name, and on disk before it is said to be written. */
async function giveName(temporary: string, file: string): Promise<void> {
  try {
    await link(temporary, file)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error
    await renameOverClaim(temporary, file)
  }
  try {
    await syncFolder(path.dirname(file))
  } catch (error) {
    await rm(file, { force: true }).catch(() => {})
    throw error
  }
}

/** File systems without hard links (FAT, some network shares): an empty file of our own keeps the name, and is replaced. */
async function renameOverClaim(temporary: string, file: string): Promise<void> {
  const claim = await open(file, 'wx')
  await claim.close()
  try {
    await renameOver(temporary, file)
  } catch (error) {
    // What another program has written into it meanwhile is not ours to take away.
    if ((await statOrNull(file).catch(() => null))?.size === 0)
      await rm(file, { force: true }).catch(() => {})
    throw error
  }
}

async function touch(file: string): Promise<void> {
  const now = new Date()
  await utimes(file, now, now)
}

async function writeWhole(handle: Awaited<ReturnType<typeof open>>, bytes: Uint8Array): Promise<void> {
  let at = 0
  while (at < bytes.byteLength) {
    const { bytesWritten } = await handle.write(bytes, at, bytes.byteLength - at)
    at += bytesWritten
  }
}
