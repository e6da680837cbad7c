/**
 * A recording on disk as a byte source: opened once, read-only, read by position. For the reader: `openFile`.
 * Error sentences hold the file's own name, never its folder.
 */
import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import type { ByteSource } from '../../shared/bytes.ts'
import { ReviewError } from '../../shared/failure.ts'
import { describeNode } from './nodeKind.ts'
import { openToRead, type ReadHandle } from './readHandle.ts'
import { shownName } from './shownName.ts'

/** How the file on disk stands to the one that was opened. */
export type FileState =
  | { readonly kind: 'same' }
  /** More bytes follow; what was opened is still there. Opening again reads the new records. */
  | { readonly kind: 'grown'; readonly message: string; readonly bytes: number }
  /** Written over, shortened, or another file under the same name. */
  | { readonly kind: 'replaced'; readonly message: string }
  | { readonly kind: 'gone'; readonly message: string }

export type FileSource = Required<ByteSource> & {
  readonly path: string
  /** The file's own name, without its folder, fit to be shown. */
  readonly name: string
  /** Looks at the file again; never rejects. */
  readonly checkUnchanged: () => Promise<FileState>
  readonly close: () => Promise<void>
}

/**
 * Opens a regular file for reading. Rejects with ReviewError `not-found`, `not-edf` (a folder, a device, an
 * empty file), `unreadable` or `bad-input`, each with one sentence; a pipe or a device is never waited for.
 */
export async function openFile(file: string): Promise<FileSource> {
  const name = shownName(file)
  refuseUnlessFile(await attempt(name, () => stat(file, { bigint: true })), name)
  const handle = await attempt(name, () => openToRead(file))
  try {
    const opened = await attempt(name, () => handle.stat())
    refuseUnlessFile(opened, name)
    return createSource(handle, opened, file, name)
  } catch (thrown) {
    await handle.close()
    throw thrown
  }
}

function refuseUnlessFile(stats: BigIntStats, name: string): void {
  if (!stats.isFile())
    throw new ReviewError('not-edf', `"${name}" is ${describeNode(stats)}, not a recording.`)
  if (stats.size === 0n) throw new ReviewError('not-edf', `"${name}" is empty.`)
}

function createSource(handle: ReadHandle, opened: BigIntStats, file: string, name: string): FileSource {
  const byteLength = Number(opened.size)
  const changed = (how: string) =>
    new ReviewError(
      'changed-on-disk',
      `"${name}" ${how} while it was open. Open it again to go on; the marks are kept.`,
    )

  const verify = async () => {
    const now = await attempt(name, () => handle.stat())
    if (now.size < opened.size) throw changed('became shorter')
    // A file that grows is written to all the time; what was opened stays in place.
    if (now.size === opened.size && now.mtimeNs !== opened.mtimeNs) throw changed('was written over')
  }

  let nextLook = 0
  const readInto = async (start: number, target: Uint8Array): Promise<void> => {
    const end = start + target.length
    if (start < 0 || end > byteLength) throw new RangeError(`bytes ${start} to ${end} of ${byteLength}`)
    const look = Date.now() >= nextLook ? verify() : null
    // The read may fail first; the look is then not waited for.
    look?.catch(() => undefined)
    if (look !== null) nextLook = Date.now() + LOOK_INTERVAL_MS
    let filled = 0
    while (filled < target.length) {
      const length = Math.min(target.length - filled, LONGEST_READ_BYTES)
      const bytes = await attempt(name, () => handle.read(target, filled, length, start + filled))
      if (bytes === 0) throw changed('became shorter')
      filled += bytes
    }
    await look
  }

  const slice = async (start: number, end: number): Promise<Uint8Array> => {
    // Checked before memory is taken: a wrong length must not take any.
    if (start < 0 || end < start || end > byteLength)
      throw new RangeError(`bytes ${start} to ${end} of ${byteLength}`)
    const buffer = Buffer.allocUnsafeSlow(end - start)
    const bytes = new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
    await readInto(start, bytes)
    return bytes
  }

  const checkUnchanged = async (): Promise<FileState> => {
    let now: BigIntStats
    try {
      now = await stat(file, { bigint: true })
    } catch {
      return { kind: 'gone', message: `"${name}" was moved, deleted, or its drive was removed.` }
    }
    const replaced = {
      kind: 'replaced',
      message: `"${name}" was replaced or written over since it was opened.`,
    } as const
    if (now.ino !== opened.ino || now.dev !== opened.dev || now.size < opened.size) return replaced
    if (now.size > opened.size) {
      const message = `"${name}" has grown since it was opened.`
      return { kind: 'grown', message, bytes: Number(now.size) }
    }
    return now.mtimeNs === opened.mtimeNs ? { kind: 'same' } : replaced
  }

  return { byteLength, slice, readInto, path: file, name, checkUnchanged, close: handle.close }
}

/** Between looks at size and time of the open file; one look costs as much as a small read. */
const LOOK_INTERVAL_MS = 250
/** Some systems read at most 2 GiB at once. */
const LONGEST_READ_BYTES = 1024 * 1024 * 1024

const SENTENCES: Readonly<Record<string, readonly [ConstructorParameters<typeof ReviewError>[0], string]>> = {
  ENOENT: ['not-found', 'was not found.'],
  ENOTDIR: ['not-found', 'was not found: part of its path is not a folder.'],
  ENAMETOOLONG: ['not-found', 'was not found: its name is too long for this system.'],
  EACCES: ['unreadable', 'may not be read: permission was denied.'],
  EPERM: ['unreadable', 'may not be read: permission was denied.'],
  ELOOP: ['unreadable', 'is a link that leads back to itself.'],
  EBUSY: ['unreadable', 'is in use by another program.'],
  EIO: ['unreadable', 'could not be read: the drive reports an error.'],
  ENODEV: ['unreadable', 'could not be read: its drive is no longer there.'],
  ENXIO: ['not-edf', 'is a device or a pipe, not a recording.'],
  ESTALE: ['changed-on-disk', 'is no longer there on the server.'],
  EBADF: ['unreadable', 'is closed.'],
  EMFILE: ['unreadable', 'could not be opened: too many files are open.'],
  ERR_INVALID_ARG_VALUE: ['bad-input', 'is no file name.'],
}

async function attempt<Value>(name: string, task: () => Promise<Value>): Promise<Value> {
  try {
    return await task()
  } catch (cause) {
    if (cause instanceof ReviewError) throw cause
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const [failure, sentence] = SENTENCES[code] ?? [
      'unreadable',
      `could not be read${code === '' ? '' : ` (${code})`}.`,
    ]
    throw new ReviewError(failure, `"${name}" ${sentence}`, { cause })
  }
}
