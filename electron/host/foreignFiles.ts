/** Files of other programs, read and written; what is in them is the business of shared/interchange. */
import { open, stat } from 'node:fs/promises'
import path from 'node:path'
import { decodeText } from '../../shared/edf/header/text.ts'
import { ReviewError } from '../../shared/failure.ts'
import {
  type Format,
  MAX_IMPORT_BYTES,
  type WriteJob,
  type WrittenFile,
} from '../../shared/interchange/common/format.ts'
import { recogniseFormat } from '../../shared/interchange/formats.ts'
import { readBounded, writeFileAtomically } from './atomicFile.ts'

/** As much of a file as tells its format. */
const HEAD = 4096

export type ForeignFile = { readonly format: Format; readonly text: string }

/** Reads a file whole, at most 32 MiB; its format is told from it where the reader has not said it. */
export async function readForeign(file: string, format: Format | null): Promise<ForeignFile> {
  const { bytes } = await readBounded(file, MAX_IMPORT_BYTES)
  const { text } = decodeText(bytes)
  const known = format ?? recogniseFormat(text.slice(0, HEAD), path.basename(file))
  if (known !== null) return { format: known, text }
  throw new ReviewError(
    'bad-set',
    `${path.basename(file)} is in no format that is known here; say which it is.`,
  )
}

export type Destination =
  /** Beside another file, under the format's own name. */
  | { readonly kind: 'beside'; readonly file: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'folder'; readonly folder: string }

/** The files of an export, each with where it goes. */
export function placeFiles(
  format: Format,
  job: WriteJob,
  destination: Destination,
): readonly (WrittenFile & { readonly path: string })[] {
  if (destination.kind === 'folder' && format.writeFolder !== undefined) {
    return format
      .writeFolder(job)
      .map((file) => ({ ...file, path: path.join(destination.folder, file.name) }))
  }
  const folder = destination.kind === 'folder' ? destination.folder : path.dirname(destination.file)
  return format.write(job).map((file, index) => {
    if (destination.kind !== 'file') return { ...file, path: path.join(folder, file.name) }
    if (index === 0) return { ...file, path: destination.file }
    // What belongs to the first file is called as it is.
    const stem = path.basename(destination.file, path.extname(destination.file))
    return { ...file, path: path.join(folder, `${stem}${path.extname(file.name)}`) }
  })
}

/**
 * Writes all of them, each at once. A recording is never written over, nor a set; another file only where `overwrite`
 * says so. Throws ReviewError `conflict`, `bad-input`, `read-only`, `disk-full` or `not-found` before the first is written
 * where it can be known by then.
 */
export async function writeForeign(
  files: readonly { readonly path: string; readonly text: string }[],
  overwrite: boolean,
): Promise<void> {
  for (const file of files) await refuseExisting(file.path, overwrite)
  for (const file of files) await writeFileAtomically(file.path, file.text, { createFolder: true })
}

async function refuseExisting(file: string, overwrite: boolean): Promise<void> {
  const facts = await stat(file).catch(() => null)
  if (facts === null) return
  const name = path.basename(file)
  if (!facts.isFile()) throw new ReviewError('bad-input', `${name} is a folder: name a file in it.`)
  if (!overwrite) throw new ReviewError('conflict', `There is a ${name} already: choose another name.`)
  if (await isSet(file)) {
    throw new ReviewError(
      'bad-input',
      `${name} is an annotation set, which an export never replaces: choose another name.`,
    )
  }
}

async function isSet(file: string): Promise<boolean> {
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD), 0, HEAD, 0)
    return buffer.subarray(0, bytesRead).includes('"hypnospike annotation set"')
  } finally {
    await handle.close()
  }
}
