/**
 * Files that are never half written: another file is written, synced and renamed into place. A crash
 * at any moment leaves the old content or the new one.
 */
import { createHash, randomBytes } from 'node:crypto'
import { constants, type Stats } from 'node:fs'
import { copyFile, type FileHandle, link, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { ReviewError } from '../../shared/failure.ts'
import { describeNode } from './nodeKind.ts'
import { codeOf } from './systemError.ts'
import { refuseRecording } from './writeGuard.ts'

/** Tells whether a file is still the one that was read: by its content, whatever clocks say. */
export type FileVersion = {
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string
  /** Milliseconds since 1970. */
  readonly modified: number
}

const TEMPORARY = /^\.hypnospike-[0-9a-f]{16}\.tmp$/
/** Of the 255 bytes of usual file systems; the others are for what stands beside it (`.lock.takeover`). */
const LONGEST_NAME = 241
/** Hashed in some 3 ms. */
const PIECE = 1024 * 1024
const ABANDONED_AFTER = 10 * 60 * 1000

type WriteOptions = {
  readonly keepPrevious?: boolean
  readonly createFolder?: boolean
  readonly mode?: number
  /** What a reader knows it as; the name of a file of the app's own says nothing to them. */
  readonly calledName?: string
  /** Asked when all is written, just before the file is replaced: what it throws leaves that and its `.bak` as they were. */
  readonly beforeRename?: () => Promise<void>
}

/**
 * Puts `text` in place of the file, as a whole. `keepPrevious` leaves what was there as `<file>.bak`; `createFolder`
 * makes the folder where it is missing, for this account alone: it is for the app's own. Throws ReviewError `read-only`,
 * `disk-full`, `not-found` (no folder), `bad-input` (a recording or no file is there, or the name is too long) or
 * `unreadable`, or what `beforeRename` throws; then the file is as it was and nothing is left behind.
 */
export async function writeFileAtomically(
  file: string,
  text: string | Uint8Array,
  options: WriteOptions = {},
): Promise<FileVersion> {
  const folder = path.dirname(file)
  const temporary = temporaryIn(folder)
  const previous = temporaryIn(folder)
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  try {
    if (options.createFolder === true) await mkdir(folder, { recursive: true, mode: 0o700 })
    const existing = await statOrNull(file)
    // In the app's own folder nobody has named it: what stands in the way there is replaced where that can be.
    if (options.createFolder !== true) refuseUnlessFile(existing, options.calledName ?? path.basename(file))
    const modified = await writeNew(
      temporary,
      bytes,
      existing === null ? options.mode : existing.mode & 0o777,
    )
    await refuseRecording(file)
    const isKept = options.keepPrevious === true && existing !== null
    if (isKept) await nameTwice(file, previous)
    await options.beforeRename?.()
    if (isKept) await renameOver(previous, backupOf(file))
    await renameOver(temporary, file)
    await syncFolder(folder)
    return { hash: hashOf(bytes), modified }
  } catch (error) {
    throw writeFailure(error, options.calledName ?? path.basename(file))
  } finally {
    // The second name stays behind, too, where the backup is this very file: renaming one onto the other does nothing.
    for (const each of [temporary, previous]) await rm(each, { force: true }).catch(() => {})
  }
}

/**
 * All bytes of a regular file of at most `limit` bytes, and its version. Throws ReviewError
 * `not-found`, `unreadable` or, where it is larger or no regular file, `bad-set`.
 */
export async function readBounded(
  file: string,
  limit: number,
): Promise<{ readonly bytes: Buffer; readonly version: FileVersion }> {
  return await withBounded(file, limit, async (handle, facts) => {
    const bytes = Buffer.alloc(facts.size)
    let length = 0
    while (length < bytes.length) {
      const { bytesRead } = await handle.read(bytes, length, bytes.length - length, length)
      if (bytesRead === 0) break
      length += bytesRead
    }
    const read = bytes.subarray(0, length)
    return { bytes: read, version: { hash: hashOf(read), modified: facts.mtimeMs } }
  })
}

/** The version that `readBounded` would tell, piece by piece, so that no turn of this thread is long. Throws as that does. */
export async function versionOf(file: string, limit: number): Promise<FileVersion> {
  return await withBounded(file, limit, async (handle, facts) => {
    const hash = createHash('sha256')
    const piece = Buffer.allocUnsafe(Math.min(PIECE, facts.size))
    for (let at = 0; at < facts.size; ) {
      const { bytesRead } = await handle.read(piece, 0, Math.min(piece.length, facts.size - at), at)
      if (bytesRead === 0) break
      hash.update(piece.subarray(0, bytesRead))
      at += bytesRead
    }
    return { hash: hash.digest('hex'), modified: facts.mtimeMs }
  })
}

async function withBounded<Result>(
  file: string,
  limit: number,
  work: (handle: FileHandle, facts: Stats) => Promise<Result>,
): Promise<Result> {
  const name = path.basename(file)
  let handle: FileHandle | null = null
  try {
    // Without O_NONBLOCK opening a FIFO would wait for ever for its other end.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const facts = await handle.stat()
    if (!facts.isFile()) throw new ReviewError('bad-set', `${name} is not a file.`)
    if (facts.size > limit) {
      throw new ReviewError('bad-set', `${name} is larger than ${limit / 1024 / 1024} MB.`)
    }
    return await work(handle, facts)
  } catch (error) {
    throw readFailure(error, name)
  } finally {
    await handle?.close()
  }
}

/** Throws ReviewError `bad-input` where what has the name is a folder, a pipe or a device: none is written to, or replaced. */
export function refuseUnlessFile(there: Stats | null, name: string): void {
  if (there === null || there.isFile()) return
  throw failure('bad-input', `${name} is ${describeNode(there)}, not a file: choose another name.`, null)
}

/** A name for a file on its way to another one; `removeAbandoned` knows it. */
export function temporaryIn(folder: string): string {
  return path.join(folder, `.hypnospike-${randomBytes(8).toString('hex')}.tmp`)
}

/** Removes what crashes in the middle of a write left in the folder. */
export async function removeAbandoned(folder: string, now: number): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!TEMPORARY.test(name)) continue
    const file = path.join(folder, name)
    const facts = await statOrNull(file)
    if (facts !== null && now - sinceWhen(facts) > ABANDONED_AFTER) await rm(file, { force: true })
  }
}

/** A second name is no older than the last change of its file's names, however old what the file holds. */
function sinceWhen({ nlink, mtimeMs, ctimeMs }: Stats): number {
  return nlink > 1 ? Math.max(mtimeMs, ctimeMs) : mtimeMs
}

/** The sentence for a write that the system refused; `name` is the file's, never a full path. */
export function writeFailure(error: unknown, name: string): Error {
  switch (codeOf(error)) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return failure(
        'read-only',
        `${name} cannot be written: the folder or file is read-only. Save it elsewhere.`,
        error,
      )
    case 'ENOSPC':
    case 'EDQUOT':
    case 'EFBIG':
      return failure(
        'disk-full',
        `${name} cannot be written: the disk is full. Make room, or save it elsewhere.`,
        error,
      )
    case 'ENOENT':
    case 'ENOTDIR':
      return failure(
        'not-found',
        `${name} cannot be written: its folder is no longer there. Save it elsewhere.`,
        error,
      )
    case 'ENAMETOOLONG':
      return tooLong(name, error)
    case null:
      return error instanceof Error ? error : new Error('unknown error')
    default:
      return failure('unreadable', `${name} cannot be written: the system refused. Save it elsewhere.`, error)
  }
}

/** Throws ReviewError `bad-input` for a name that no usual file system holds beside its lock. */
export function refuseLongName(file: string): void {
  const name = path.basename(file)
  if (Buffer.byteLength(name) > LONGEST_NAME) throw tooLong(name, null)
}

function tooLong(name: string, cause: unknown): ReviewError {
  const bytes = Buffer.byteLength(name)
  return failure(
    'bad-input',
    `The name is ${bytes} bytes long, and ${LONGEST_NAME} is the most (a letter with an accent takes 2, a Chinese ` +
      'character 3): choose a shorter one.',
    cause,
  )
}

export function readFailure(error: unknown, name: string): Error {
  const code = codeOf(error)
  if (code === 'ENAMETOOLONG') return tooLong(name, error)
  if (code === null) return error instanceof Error ? error : new Error('unknown error')
  if (code === 'ENOENT' || code === 'ENOTDIR') return failure('not-found', `${name} is not there.`, error)
  return failure('unreadable', `${name} cannot be read: the system refused (${code}).`, error)
}

export async function statOrNull(file: string): Promise<Stats | null> {
  try {
    return await stat(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR') return null
    throw error
  }
}

/** A folder's entries reach the disk only when it is synced too; Windows has no such call and needs none. */
export async function syncFolder(folder: string): Promise<void> {
  let handle: FileHandle | null = null
  try {
    handle = await open(folder, constants.O_RDONLY)
    await handle.sync()
  } catch (error) {
    const code = codeOf(error)
    if (code !== 'EISDIR' && code !== 'EPERM' && code !== 'EACCES' && code !== 'EINVAL') throw error
  } finally {
    await handle?.close()
  }
}

export function hashOf(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex')
}

async function writeNew(file: string, bytes: Uint8Array, mode: number | undefined): Promise<number> {
  const handle = await open(file, 'wx', mode)
  try {
    if (mode !== undefined) await handle.chmod(mode)
    await handle.writeFile(bytes)
    await handle.sync()
    return (await handle.stat()).mtimeMs
  } finally {
    await handle.close()
  }
}

/** The file gets a second name, on its way to being the backup, so that it is there under its own at every moment. */
async function nameTwice(file: string, second: string): Promise<void> {
  const backup = backupOf(file)
  await refuseRecording(backup)
  if ((await statOrNull(backup))?.isDirectory() === true) {
    const name = path.basename(backup)
    const message = `${name}, where the previous version is kept, is a folder: take it away, then save again.`
    throw failure('unreadable', message, null)
  }
  await link(file, second).catch(async () => {
    // File systems without hard links (FAT, some network shares).
    await copySynced(file, second)
  })
}

function backupOf(file: string): string {
  return `${file}.bak`
}

/** A copy that is on disk before the original may go. Fails where there is a file of that name. */
export async function copySynced(file: string, target: string): Promise<void> {
  await copyFile(file, target, constants.COPYFILE_EXCL)
  const handle = await open(target, 'r+')
  await handle.sync().finally(() => handle.close())
}

/** On Windows a virus scanner may hold the file for a moment. */
export async function renameOver(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await rename(from, to)
      return
    } catch (error) {
      const isHeld =
        process.platform === 'win32' && ['EPERM', 'EACCES', 'EBUSY'].includes(codeOf(error) ?? '')
      if (!isHeld || attempt === 8) throw error
      await wait(25 * attempt)
    }
  }
}

function failure(code: ReviewError['code'], message: string, cause: unknown): ReviewError {
  return new ReviewError(code, message, { cause })
}
