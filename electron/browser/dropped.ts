/** A browser gives a dropped file's content, never its path: it is copied once into the app's own folder. */
import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { ReviewError } from '../../shared/failure.ts'
import { cutToBytes, LONGEST_FILE_NAME, plainFileName } from '../../shared/text/fileName.ts'

const LONGEST_ENDING = 16

/**
 * Copies the content to `folder/HASH/NAME` and returns that path. The same file dropped again lands in the
 * same place, beside the sets that were saved there; another file of the same name does not replace it.
 * Throws ReviewError `disk-full`, else what the system says; nothing is left behind then.
 */
export async function keepDropped(content: Readable, folder: string, name: string): Promise<string> {
  const temporary = path.join(folder, `.${randomUUID()}.part`)
  const hash = createHash('sha256')
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await pipeline(
      content,
      async function* (parts: AsyncIterable<Buffer>) {
        for await (const part of parts) {
          hash.update(part)
          yield part
        }
      },
      createWriteStream(temporary, { mode: 0o600 }),
    )
    const home = path.join(folder, hash.digest('hex').slice(0, 16))
    const target = path.join(home, plainName(name))
    await mkdir(home, { recursive: true, mode: 0o700 })
    // What is there may be open: the same content put in its place would look like another file.
    if (await isAlreadyThere(target, temporary)) await rm(temporary, { force: true })
    else await rename(temporary, target)
    return target
  } catch (thrown) {
    await rm(temporary, { force: true })
    if ((thrown as NodeJS.ErrnoException).code !== 'ENOSPC') throw thrown
    const message =
      'The disk is full: the dropped file could not be copied. Free some space and drop it again.'
    throw new ReviewError('disk-full', message)
  }
}

/** Its folder is named after its content, so that the size tells one that was cut off or written over. */
async function isAlreadyThere(target: string, temporary: string): Promise<boolean> {
  const there = await stat(target).catch(() => null)
  return there?.isFile() === true && there.size === (await stat(temporary)).size
}

/** A name that is one on every system and hides nothing. */
function plainName(name: string): string {
  const plain = plainFileName(path.basename(name))
  return shortened(plain === '' || plain.startsWith('.') ? `dropped${plain}.edf` : plain)
}

/** What tells the kind of file stays, unless it is too long to be an ending. */
function shortened(name: string): string {
  if (Buffer.byteLength(name) <= LONGEST_FILE_NAME) return name
  const extension = path.extname(name)
  const ending = Buffer.byteLength(extension) <= LONGEST_ENDING ? extension : ''
  return cutToBytes(name, LONGEST_FILE_NAME - Buffer.byteLength(ending)) + ending
}
