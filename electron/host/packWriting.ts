/** The zip of a pack: written under another name, opened again as a stranger's, and only then given its own. */
import { createReadStream } from 'node:fs'
import path from 'node:path'
import { createDeflateRaw } from 'node:zlib'
import { ZipFile } from 'yazl'
import { throwIfCancelled } from '../../shared/edf/records/walkRecords.ts'
import { ReviewError } from '../../shared/failure.ts'
import { MAX_RATIO, type PackFile, RATIO_FROM_BYTES } from '../../shared/teaching/pack/pack.ts'
import { writeNewRecording } from './newFile.ts'
import { checkPack } from './packFolder.ts'

/** The same in every pack: when a file was written tells nothing that a learner needs. */
const WRITTEN = new Date(1985, 0, 1)
const MODE = 0o100644

/** `files` lie in `folder`. Throws as `writeNewRecording` does; nothing is left behind then. */
export async function writePackZip(
  target: string,
  folder: string,
  files: readonly PackFile[],
  workplace: string,
  signal: AbortSignal,
): Promise<void> {
  await writeNewRecording(target, zipped(folder, files, signal), async (written) => {
    throwIfCancelled(signal)
    await checkPack(written, workplace).catch((thrown: unknown) => {
      const why = thrown instanceof Error ? thrown.message : ''
      throw new ReviewError(
        'damaged',
        `The pack was written otherwise than was meant, and is not kept: ${why}`,
        {
          cause: thrown,
        },
      )
    })
  })
}

async function* zipped(
  folder: string,
  files: readonly PackFile[],
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile()
  const output = zip.outputStream as NodeJS.ReadableStream & { destroy: (error: Error) => void }
  zip.on('error', (error: Error) => output.destroy(error))
  for (const { name, bytes } of files) {
    zip.addFile(path.join(folder, name), name, {
      ...{ mtime: WRITTEN, mode: MODE, forceDosTimestamp: true },
      compress: !(await isTooTight(path.join(folder, name), bytes)),
    })
  }
  zip.end()
  for await (const chunk of output as AsyncIterable<Buffer>) {
    throwIfCancelled(signal)
    yield chunk
  }
}

/** A flat recording may be compressed more than a reader lets through: it is stored as it is. Tried fast, and so with room. */
async function isTooTight(file: string, bytes: number): Promise<boolean> {
  if (bytes <= RATIO_FROM_BYTES) return false
  let length = 0
  const tried = createReadStream(file).pipe(createDeflateRaw({ level: 1 }))
  for await (const chunk of tried as AsyncIterable<Buffer>) length += chunk.byteLength
  return bytes > (MAX_RATIO / 8) * length
}
