/** Files of other programs, read and written; what is in them is the business of shared/interchange. */
import { constants } from 'node:fs'
import { mkdir, open, stat } from 'node:fs/promises'
import path from 'node:path'
import type { ByteSource } from '../../shared/bytes.ts'
import type { Recording } from '../../shared/edf/header/model.ts'
import { decodeText } from '../../shared/edf/header/text.ts'
import { openRecording, scanRecording } from '../../shared/edf/recording.ts'
import { ReviewError } from '../../shared/failure.ts'
import {
  type ExportOptions,
  type Format,
  type Found,
  MAX_IMPORT_BYTES,
  type WriteJob,
} from '../../shared/interchange/common/format.ts'
import type { RecordingFacts } from '../../shared/interchange/common/recordingFacts.ts'
import { writeAnnotationsFile } from '../../shared/interchange/edf/annotationsFile.ts'
import { copyChunks, planCopy } from '../../shared/interchange/edf/copy.ts'
import { edfAnnotations, edfCopy } from '../../shared/interchange/edf/formats.ts'
import { eventsOfFile } from '../../shared/interchange/edf/read.ts'
import { recogniseFormat } from '../../shared/interchange/formats.ts'
import { readBounded, refuseUnlessFile, writeFailure, writeFileAtomically } from './atomicFile.ts'
import { openFile } from './fileSource.ts'
import { writeNewRecording } from './newFile.ts'
import { codeOf } from './systemError.ts'
import { refuseSet } from './writeGuard.ts'

/** As much of a file as tells its format. */
const HEAD = 4096

export type ForeignEvents = { readonly format: Format; readonly found: readonly Found[] }

/**
 * The events of another program's file, as those of this recording; its format is told from it where the reader has not
 * said it. A file of text is read whole, at most 32 MiB; of an EDF+ file only the annotations are.
 */
export async function readForeign(
  file: string,
  format: Format | null,
  recording: RecordingFacts,
): Promise<ForeignEvents> {
  const name = path.basename(file)
  if (format?.medium === 'edf' || (format === null && (await beginsAsEdf(file)))) {
    const { header, annotations } = await readAnnotations(file)
    const isAlone = header.signals.every(({ kind }) => kind === 'annotations')
    return {
      format: format ?? (isAlone ? edfAnnotations : edfCopy),
      found: eventsOfFile(annotations, header, { recording }),
    }
  }
  const { bytes } = await readBounded(file, MAX_IMPORT_BYTES)
  const { text } = decodeText(bytes)
  const known = format ?? recogniseFormat(text.slice(0, HEAD), name)
  if (known !== null) return { format: known, found: known.read(text, { recording }) }
  throw new ReviewError('bad-set', `${name} is in no format that is known here; say which it is.`)
}

async function readAnnotations(file: string) {
  const source = await openFile(file)
  try {
    const opened = await openRecording(source, { timeline: 'quick' })
    const { annotations } = await scanRecording(source, opened, { samples: false })
    return { header: opened.header, annotations }
  } finally {
    await source.close()
  }
}

async function beginsAsEdf(file: string): Promise<boolean> {
  const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => null)
  if (handle === null) return false
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0)
    const version = buffer.subarray(0, bytesRead).toString('latin1')
    return version === '0       ' || version === '\xffBIOSEMI'
  } catch {
    // A folder; reading it says so in its own words.
    return false
  } finally {
    await handle.close()
  }
}

export type Destination =
  /** Beside another file, under the format's own name. */
  | { readonly kind: 'beside'; readonly file: string }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'folder'; readonly folder: string }

export type PlannedFile = { readonly path: string; readonly content: string | 'recording' }

/**
 * The files of an export, each with where it goes: its text, or 'recording' for what is EDF+. Throws ReviewError
 * `bad-input` where two of them would have one name.
 */
export function placeFiles(format: Format, job: WriteJob, destination: Destination): readonly PlannedFile[] {
  const files = planFiles(format, job, destination)
  // On some disks names that differ in case or form only are one.
  const names = files.map((file) => path.normalize(file.path).normalize('NFC').toLowerCase())
  const twice = files.find((_, index) => names.indexOf(names[index] ?? '') !== index)
  if (twice === undefined) return files
  const name = path.basename(twice.path)
  const ending = path.extname(format.nameOf(job))
  throw new ReviewError(
    'bad-input',
    `${name} is what the file beside the table is called: give the table a name that ends in ${ending}.`,
  )
}

function planFiles(format: Format, job: WriteJob, destination: Destination): readonly PlannedFile[] {
  const folder = destination.kind === 'folder' ? destination.folder : path.dirname(destination.file)
  const at = (name: string) => path.join(folder, name)
  if (format.medium === 'edf') {
    const place = destination.kind === 'file' ? destination.file : at(format.nameOf(job))
    return [{ path: place, content: 'recording' }]
  }
  if (destination.kind === 'folder' && format.writeFolder !== undefined) {
    return format.writeFolder(job).map(({ name, text }) => ({ path: at(name), content: text }))
  }
  return format.write(job).map(({ name, text }, index) => {
    if (destination.kind !== 'file') return { path: at(name), content: text }
    if (index === 0) return { path: destination.file, content: text }
    // What belongs to the first file is called as it is.
    const stem = path.basename(destination.file, path.extname(destination.file))
    return { path: at(`${stem}${path.extname(name)}`), content: text }
  })
}

export type WriteOptions = {
  /** Another file of text may be replaced; a set or a recording never is. */
  readonly overwrite: boolean
  /** The recording itself, for a copy of it. */
  readonly source: { readonly bytes: ByteSource; readonly recording: Recording } | null
  readonly signal?: AbortSignal
  readonly onProgress?: (done: number) => void
}

/**
 * Writes all of them, each at once. Throws ReviewError `conflict`, `bad-input`, `read-only`, `disk-full` or `not-found`,
 * before the first is written where it can be known by then.
 */
export async function writeForeign(
  format: Format,
  job: WriteJob,
  files: readonly PlannedFile[],
  options: WriteOptions,
): Promise<void> {
  for (const file of files) await refuseExisting(file.path, options.overwrite)
  for (const { path: place, content } of files) {
    await makeFolder(path.dirname(place))
    if (format.medium === 'text') await writeFileAtomically(place, content)
    else if (!format.copies) await writeNewRecording(place, [writeAnnotationsFile(job)])
    else await writeCopy(place, job, options)
  }
}

/** A folder that a person named is open to whom their system opens folders. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true })
  } catch (error) {
    const name = path.basename(folder)
    if (codeOf(error) !== 'EEXIST' && codeOf(error) !== 'ENOTDIR') throw writeFailure(error, name)
    const why = 'its name, or that of one above it, is a file’s'
    throw new ReviewError('bad-input', `The folder ${name} cannot be made: ${why}. Name another place.`)
  }
}

async function writeCopy(
  place: string,
  job: WriteJob,
  { source, signal, onProgress }: WriteOptions,
): Promise<void> {
  if (source === null) {
    throw new ReviewError('bad-input', 'A copy of the recording needs the recording itself: name it too.')
  }
  const { bytes, recording } = source
  const raw = await bytes.slice(0, recording.header.headerBytes)
  const plan = planCopy(recording, raw, job)
  const heard = {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
  }
  await writeNewRecording(place, copyChunks(bytes, plan, heard))
}

/** Throws ReviewError `bad-input` for a folder, what is no file, and a name of sets; `conflict` where a file may not be replaced. */
export async function refuseExisting(file: string, overwrite: boolean): Promise<void> {
  const facts = await stat(file).catch(() => null)
  const name = path.basename(file)
  if (facts?.isDirectory() === true)
    throw new ReviewError('bad-input', `${name} is a folder: name a file in it.`)
  refuseUnlessFile(facts, name)
  await refuseSet(file)
  if (facts !== null && !overwrite) {
    throw new ReviewError('conflict', `There is a ${name} already: choose another name.`)
  }
}

/** What the header says of patient and recording, where it was asked for. */
export function identificationFor(
  { header }: Recording,
  { patient }: ExportOptions,
): Pick<WriteJob, 'identification'> {
  return patient ? { identification: { patient: header.patient, recording: header.recording } } : {}
}
