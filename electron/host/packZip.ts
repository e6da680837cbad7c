/**
 * The zip that a pack is, read as a stranger's: nothing is read that its directory does not name, no name leads anywhere, and no
 * byte of the file is left over. Stricter than a zip may be, since packs are written by one program. For the reader:
 * `openPackZip`.
 */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { ReviewError } from '../../shared/failure.ts'
import { MAX_LESSON_BYTES } from '../../shared/teaching/lesson.ts'
import {
  isPackFileName,
  MAX_PACK_BYTES,
  MAX_PACK_FILES,
  MAX_RATIO,
  mostBytesOf,
  RATIO_FROM_BYTES,
  shownEntry,
} from '../../shared/teaching/pack/pack.ts'
import { badPack } from '../../shared/teaching/pack/packManifest.ts'
import { readFailure } from './atomicFile.ts'
import { shownName } from './shownName.ts'

export type PackEntry = { readonly name: string; readonly bytes: number }

export type PackZip = {
  /** Of the file. */
  readonly bytes: number
  readonly entries: readonly PackEntry[]
  /** The content of one, never more than its entry says. Throws ReviewError `bad-pack` where it is another one. */
  readonly read: (entry: PackEntry) => AsyncGenerator<Uint8Array>
  readonly close: () => Promise<void>
}

/** APPNOTE 4.3.16, without a comment. */
const END_BYTES = 22
const END_SIGNATURE = 0x06054b50
/** APPNOTE 4.3.9: signature, CRC and both sizes. */
const DESCRIPTOR_BYTES = 16
const DESCRIPTOR_SIGNATURE = 0x08074b50
/** APPNOTE 4.4.4: how well it was compressed, sizes follow the data, names are UTF-8. */
const FLAG_ENCRYPTED = 0x1
const FLAG_DESCRIPTOR = 0x8
const FLAGS_ALLOWED = 0x2 | 0x4 | FLAG_DESCRIPTOR | 0x800
/** APPNOTE 4.4.5. */
const STORED = 0
const DEFLATED = 8
/** The upper half of the attributes is the mode that a Unix has: 0 where nothing is said. */
const MODE_KIND = 0o170000
const MODE_FILE = 0o100000
const DOS_FOLDER = 0x10
const FULL_32 = 0xffffffff
const CHUNK_BYTES = 256 * 1024

/** Throws ReviewError `bad-pack`, one sentence, or what the system says. */
export async function openPackZip(file: string): Promise<PackZip> {
  const handle = await openRegular(file)
  try {
    const { size } = await handle.stat()
    const end = await readEnd(handle, size)
    const zip = await fromRandomAccessReaderPromise(new HandleReader(handle), size, {
      decodeStrings: false,
      validateEntrySizes: true,
      autoClose: false,
    })
    const entries = await readDirectory(zip, end)
    await refuseHidden(handle, zip, entries, end.directory)
    const byName = new Map(entries.map((entry) => [nameOf(entry), entry]))
    return {
      bytes: size,
      entries: entries.map((entry) => ({ name: nameOf(entry), bytes: entry.uncompressedSize })),
      read: async function* ({ name }) {
        const entry = byName.get(name)
        if (entry === undefined) throw badPack(`${name} is missing`)
        yield* contentOf(zip, entry)
      },
      close: () => handle.close(),
    }
  } catch (thrown) {
    await handle.close().catch(() => {})
    throw asBadPack(thrown)
  }
}

async function openRegular(file: string): Promise<FileHandle> {
  const name = shownName(file)
  let handle: FileHandle | null = null
  try {
    // Without O_NONBLOCK opening a FIFO would wait for ever for its other end.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const facts = await handle.stat()
    if (!facts.isFile()) throw new ReviewError('bad-pack', `${name} is not a file.`)
    if (facts.size > MAX_PACK_BYTES) {
      throw new ReviewError('bad-pack', `${name} is larger than the 2 GB that a pack may have.`)
    }
    return handle
  } catch (thrown) {
    await handle?.close()
    throw readFailure(thrown, name)
  }
}

class HandleReader extends RandomAccessReader {
  readonly handle: FileHandle

  constructor(handle: FileHandle) {
    super()
    this.handle = handle
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(this.chunks(start, end), { objectMode: false })
  }

  async *chunks(start: number, end: number): AsyncGenerator<Buffer> {
    for (let at = start; at < end; ) {
      const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, end - at))
      const { bytesRead } = await this.handle.read(chunk, 0, chunk.length, at)
      if (bytesRead === 0) throw new Error('cut off')
      yield chunk.subarray(0, bytesRead)
      at += bytesRead
    }
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    this.handle
      .read(buffer, offset, length, position)
      .then(({ bytesRead }) => callback(bytesRead === length ? null : new Error('cut off')), callback)
  }

  override close(callback: (error: Error | null) => void): void {
    callback(null)
  }
}

type End = { readonly directory: number; readonly entries: number; readonly at: number }

/** The last bytes have to be the record itself: then nothing follows, and no other record is meant. */
async function readEnd(handle: FileHandle, size: number): Promise<End> {
  if (size < END_BYTES) throw noZip()
  const at = size - END_BYTES
  const end = await readAt(handle, at, END_BYTES)
  if (end.readUInt32LE(0) !== END_SIGNATURE || end.readUInt16LE(20) !== 0) {
    const start = await readAt(handle, 0, 4)
    if (start.readUInt32LE(0) !== 0x04034b50) throw noZip()
    throw badPack('it is cut off, or something follows its end')
  }
  const [disk, firstDisk, here, all] = [4, 6, 8, 10].map((offset) => end.readUInt16LE(offset))
  if (disk !== 0 || firstDisk !== 0 || here !== all) throw badPack('it is a part of a zip that was split')
  const [length, directory] = [end.readUInt32LE(12), end.readUInt32LE(16)]
  if (length === FULL_32 || directory === FULL_32 || all === 0xffff)
    throw badPack('it is a zip64, which no pack is')
  if (directory + length !== at) throw badPack('its directory is not where it should be')
  const entries = all ?? 0
  if (entries > MAX_PACK_FILES + 1) {
    throw badPack(`it holds ${entries} files, and ${MAX_PACK_FILES + 1} are the most`)
  }
  return { directory, entries, at }
}

function noZip(): ReviewError {
  return new ReviewError('bad-pack', 'This is not a Hypnospike pack: choose a file that ends in .hypnopack.')
}

async function readDirectory(zip: ZipFile, end: End): Promise<readonly Entry[]> {
  const entries: Entry[] = []
  await new Promise<void>((resolve, reject) => {
    zip.on('error', reject)
    zip.on('end', resolve)
    zip.on('entry', (entry: Entry) => {
      try {
        refuseEntry(entry)
        entries.push(entry)
        zip.readEntry()
      } catch (thrown) {
        reject(thrown)
      }
    })
    zip.readEntry()
  })
  const length = entries.reduce((sum, { fileNameLength }) => sum + 46 + fileNameLength, 0)
  if (end.directory + length !== end.at) throw badPack('its directory holds something that names no file')
  const names = entries.map(nameOf)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) throw badPack(`it holds ${twice} twice`)
  const total = entries.reduce((sum, { uncompressedSize }) => sum + uncompressedSize, 0)
  if (total > MAX_PACK_BYTES) throw badPack('what is in it would take more than 2 GB')
  return entries
}

/** Whether a pack may have this entry at all: told by the directory, before a byte of it is read. */
function refuseEntry(entry: Entry): void {
  const name = nameOf(entry)
  const { generalPurposeBitFlag: flags, compressionMethod, externalFileAttributes } = entry
  const mode = (externalFileAttributes >>> 16) & MODE_KIND
  if ((flags & FLAG_ENCRYPTED) !== 0) throw badPack('it is encrypted')
  if (mode !== 0 && mode !== MODE_FILE) throw badPack(`${shownEntry(name)} in it is a link or no file`)
  if (/[\\/]|\.\.|^[A-Za-z]:/.test(name)) {
    throw badPack(`${shownEntry(name)} in it leads to another folder, and a pack has none`)
  }
  if (!isPackFileName(name) || (externalFileAttributes & DOS_FOLDER) !== 0) {
    throw badPack(`it holds ${shownEntry(name)}, which is no part of a pack`)
  }
  if ((flags & ~FLAGS_ALLOWED) !== 0) throw badPack(`${name} in it is written in a way that no pack is`)
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw badPack(`${name} in it is compressed in a way that is not known`)
  }
  if (entry.extraFieldLength > 0 || entry.fileCommentLength > 0) {
    throw badPack(`its directory says more of ${name} than a pack does`)
  }
  if (entry.uncompressedSize > mostBytesOf(name, MAX_LESSON_BYTES))
    throw badPack(`${name} in it is too large`)
  if (
    entry.uncompressedSize > RATIO_FROM_BYTES &&
    entry.uncompressedSize > MAX_RATIO * Math.max(1, entry.compressedSize)
  ) {
    throw badPack(`${name} in it would become more than ${MAX_RATIO} times as large as it is`)
  }
}

/** The entries have to fill the file from its first byte to its directory, each as the directory says. */
async function refuseHidden(
  handle: FileHandle,
  zip: ZipFile,
  entries: readonly Entry[],
  directory: number,
): Promise<void> {
  const inOrder = entries.toSorted((a, b) => a.relativeOffsetOfLocalHeader - b.relativeOffsetOfLocalHeader)
  let at = 0
  for (const entry of inOrder) {
    const name = nameOf(entry)
    if (entry.relativeOffsetOfLocalHeader < at) throw badPack(`${name} lies over another file in it`)
    if (entry.relativeOffsetOfLocalHeader > at) throw badPack(`something lies hidden before ${name} in it`)
    const local = await zip.readLocalFileHeaderPromise(entry)
    const isSame =
      local.fileName.equals(entry.fileNameRaw) &&
      local.generalPurposeBitFlag === entry.generalPurposeBitFlag &&
      local.compressionMethod === entry.compressionMethod &&
      local.extraFieldLength === 0 &&
      hasSameSizes(local, entry)
    if (!isSame) throw badPack(`${name} in it is another file than its directory says`)
    at = local.fileDataStart + entry.compressedSize
    if ((entry.generalPurposeBitFlag & FLAG_DESCRIPTOR) !== 0) {
      await refuseDescriptor(handle, entry, at)
      at += DESCRIPTOR_BYTES
    }
  }
  if (at !== directory) throw badPack('something lies hidden before its directory')
}

type Sizes = Pick<Entry, 'crc32' | 'compressedSize' | 'uncompressedSize'>

/** Where they follow the data, the header has none. */
function hasSameSizes(local: Sizes, entry: Entry): boolean {
  const wanted: Sizes =
    (entry.generalPurposeBitFlag & FLAG_DESCRIPTOR) === 0
      ? entry
      : { crc32: 0, compressedSize: 0, uncompressedSize: 0 }
  return (
    local.crc32 === wanted.crc32 &&
    local.compressedSize === wanted.compressedSize &&
    local.uncompressedSize === wanted.uncompressedSize
  )
}

async function refuseDescriptor(handle: FileHandle, entry: Entry, at: number): Promise<void> {
  const found = await readAt(handle, at, DESCRIPTOR_BYTES)
  const isSame =
    found.readUInt32LE(0) === DESCRIPTOR_SIGNATURE &&
    found.readUInt32LE(4) === entry.crc32 &&
    found.readUInt32LE(8) === entry.compressedSize &&
    found.readUInt32LE(12) === entry.uncompressedSize
  if (!isSame) throw badPack(`${nameOf(entry)} in it is another file than its directory says`)
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const name = nameOf(entry)
  let [bytes, sum] = [0, 0]
  try {
    const stream = await zip.openReadStreamPromise(entry)
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength
      // The library stops a longer one too; what is written to disk does not depend on it.
      if (bytes > entry.uncompressedSize) throw badPack(`${name} in it is larger than it says`)
      sum = crc32(chunk, sum)
      yield chunk
    }
  } catch (thrown) {
    if (thrown instanceof ReviewError) throw thrown
    throw badPack(`${name} in it is damaged`)
  }
  if (bytes !== entry.uncompressedSize || sum !== entry.crc32) throw badPack(`${name} in it is damaged`)
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  const { bytesRead } = await handle.read(buffer, 0, length, position)
  if (bytesRead < length) throw badPack('it is cut off')
  return buffer
}

function nameOf({ fileNameRaw }: Pick<Entry, 'fileNameRaw'>): string {
  return fileNameRaw.toString('latin1')
}

/** What the library finds wrong names bytes and offsets, which help nobody who was sent a file. */
function asBadPack(thrown: unknown): unknown {
  if (thrown instanceof ReviewError) return thrown
  return badPack('its directory is damaged')
}
