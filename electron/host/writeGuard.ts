/**
 * A recording is never written to, by any name, and a set by nothing but a set. Everything that puts a file in a place
 * a person may have named asks here first. For the reader: `refuseRecording` and `refuseSet`.
 */
import { type BigIntStats, constants } from 'node:fs'
import { type FileHandle, open, realpath, stat } from 'node:fs/promises'
import path from 'node:path'
import { ReviewError } from '../../shared/failure.ts'
import { isNameForSets } from './setNames.ts'
import { codeOf } from './systemError.ts'

const RECORDING_ENDINGS = new Set(['.edf', '.bdf', '.rec'])
/** The version field of EDF (https://www.edfplus.info/specs/edf.html) and of BDF. */
const VERSION_BYTES = 8
/** As much of a set as says that it is one. */
const SET_HEAD = 4096
const SET_FORMAT = '"hypnospike annotation set"'

/** The recordings that are open, by path, with how often; they are known whatever they begin with. */
const openRecordings = new Map<string, number>()

/** The file is a recording until the returned function is called. */
export function guardRecording(file: string): () => void {
  const full = path.resolve(file)
  openRecordings.set(full, (openRecordings.get(full) ?? 0) + 1)
  let guarded = true
  return () => {
    if (!guarded) return
    guarded = false
    const left = (openRecordings.get(full) ?? 1) - 1
    if (left === 0) openRecordings.delete(full)
    else openRecordings.set(full, left)
  }
}

/**
 * Throws ReviewError `bad-input` where writing to `file` would replace a recording: an open one, told by the file
 * itself and not its name, or any that has a recording's ending or begins as EDF or BDF, directly or through
 * links. A file that may not be read, so that nobody can tell, is refused as `read-only`.
 */
export async function refuseRecording(file: string): Promise<void> {
  const name = path.basename(file)
  const real = await realpath(file).catch(() => file)
  if (isRecordingName(file) || isRecordingName(real)) throw recording(name, real)
  const facts = await stat(real, { bigint: true }).catch(() => null)
  if (facts === null) return
  for (const other of openRecordings.keys()) {
    if (isSameFile(facts, await stat(other, { bigint: true }).catch(() => null))) throw recording(name, real)
  }
  if (facts.isFile() && (await beginsAsRecording(real, name))) throw recording(name, real)
}

/**
 * For what is no set itself. Throws ReviewError `bad-input` where `file` is an annotation set, directly or through links,
 * or has a name that one may have; and `read-only` where nobody can tell.
 */
export async function refuseSet(file: string): Promise<void> {
  const name = path.basename(file)
  const real = await realpath(file).catch(() => file)
  const facts = await stat(real).catch(() => null)
  if (facts?.isFile() === true && (await readBeginning(real, name, SET_HEAD)).includes(SET_FORMAT)) {
    throw new ReviewError(
      'bad-input',
      `${name} is an annotation set, which an export never replaces: choose another name.`,
    )
  }
  if (!isNameForSets(name) && !isNameForSets(path.basename(real))) return
  throw new ReviewError(
    'bad-input',
    `${name} is a name for an annotation set or what is kept beside one, and this is none: choose another name.`,
  )
}

function isRecordingName(file: string): boolean {
  // Windows reads `night.edf.` and `night.edf ` as `night.edf`, and `night.edf:x` as a stream of it.
  const [plain = ''] = path.basename(file).split(':')
  return RECORDING_ENDINGS.has(path.extname(plain.replace(/[. ]+$/, '')).toLowerCase())
}

function isSameFile(a: BigIntStats, b: BigIntStats | null): boolean {
  return b !== null && a.dev === b.dev && a.ino === b.ino
}

async function beginsAsRecording(file: string, name: string): Promise<boolean> {
  const version = await readBeginning(file, name, VERSION_BYTES)
  return /^0[ \0]{7}$/.test(version) || /^\xffBIOSEMI$/i.test(version)
}

/** At most so many bytes, one character each. */
async function readBeginning(file: string, name: string, most: number): Promise<string> {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(most), 0, most, 0)
    return buffer.toString('latin1', 0, bytesRead)
  } catch (cause) {
    // It went meanwhile (a lock that another has released): nothing is there to be replaced.
    if (codeOf(cause) === 'ENOENT') return ''
    const message = `${name} cannot be read, so it is not replaced: it may be a recording. Choose another name.`
    throw new ReviewError('read-only', message, { cause })
  } finally {
    await handle?.close()
  }
}

function recording(name: string, real: string): ReviewError {
  const what = path.basename(real) === name ? `${name} is a recording` : `${name} leads to a recording`
  return new ReviewError('bad-input', `${what}, and a recording is never written to: choose another name.`)
}
