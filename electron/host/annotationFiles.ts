/** Annotation sets as files: finding those of a recording, reading them, and saving without losing any. */
import { access, constants, readdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import type { AnnotationDocument, RecordingIdentity } from '../../shared/annotation/document.ts'
import { MAX_SET_BYTES, parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { hasShrunk, matchRecording, mayHaveGrown, wrongRecording } from '../../shared/annotation/identity.ts'
import { type Failure, ReviewError, toFailure } from '../../shared/failure.ts'
import {
  codeOf,
  type FileVersion,
  readBounded,
  removeAbandoned,
  writeFailure,
  writeFileAtomically,
} from './atomicFile.ts'
import { acquireLock, type Lock } from './lockFile.ts'
import { refuseRecording } from './writeGuard.ts'

const SET_ENDING = '.hypnospike.json'
const KEY_ENDING = '.key.json'
/** File names hold 255 bytes on every system in use; the endings and the reviewer's code need their part. */
const LONGEST_BASE = 180
const LONGEST_REVIEWER = 40
const MOST_SETS = 200
const SAVE_PATIENCE = 5_000

/** Computes the fingerprint of a recording's first records, to tell one that has grown since. */
export type FingerprintOfFirst = (records: number) => Promise<string>

export type FoundSet = {
  readonly path: string
  readonly fileName: string
  readonly isKey: boolean
  /** As the set says; where it cannot be read, as its name says. */
  readonly reviewer: string
  readonly marks: number
  readonly changed: string | null
  /** 'shrunk': for reading only. null where there is a problem. */
  readonly match: 'same' | 'grown' | 'shrunk' | null
  /** Why it cannot be used with this recording: bad, of another recording, unreadable. */
  readonly problem: Failure | null
}

/**
 * The sets beside a recording, sorted by file name, keys included. Never rejects for one bad set:
 * that one carries its problem. A folder that may not be listed has none.
 */
export async function findSets(
  recordingPath: string,
  identity: RecordingIdentity,
  fingerprintOfFirst: FingerprintOfFirst | null = null,
): Promise<readonly FoundSet[]> {
  const folder = path.dirname(recordingPath)
  const base = setBase(recordingPath)
  const found: FoundSet[] = []
  for (const fileName of (await listFolder(folder)).sort()) {
    const named = readSetName(base, fileName)
    if (named === null || found.length === MOST_SETS) continue
    const place = { path: path.join(folder, fileName), fileName, isKey: named.isKey }
    try {
      const { document } = await loadSet(place.path)
      const { reviewer, changed } = document
      const match = await matchSet(document, identity, fingerprintOfFirst)
      const problem = match === 'other' ? toFailure(wrongRecording(document)) : null
      found.push({
        ...place,
        reviewer,
        marks: document.marks.length,
        changed,
        match: match === 'other' ? null : match,
        problem,
      })
    } catch (thrown) {
      found.push({ ...place, ...named, marks: 0, changed: null, match: null, problem: toFailure(thrown) })
    }
  }
  return found
}

/** Reads a set. Throws ReviewError `bad-set`, `not-found` or `unreadable`. */
export async function loadSet(
  file: string,
): Promise<{ readonly document: AnnotationDocument; readonly version: FileVersion }> {
  const { bytes, version } = await readBounded(file, MAX_SET_BYTES)
  return { document: parseSet(decodeText(bytes, path.basename(file))), version }
}

/**
 * Whether a set belongs to the open recording; reads the recording's samples only where it may have grown.
 * 'shrunk': the recording of this name has lost records since; its marks can still be looked at.
 */
export async function matchSet(
  document: AnnotationDocument,
  identity: RecordingIdentity,
  fingerprintOfFirst: FingerprintOfFirst | null = null,
): Promise<'same' | 'grown' | 'shrunk' | 'other'> {
  if (hasShrunk(document, identity)) return 'shrunk'
  const match = matchRecording(document, identity)
  if (match !== 'other' || fingerprintOfFirst === null || !mayHaveGrown(document, identity)) return match
  return matchRecording(document, identity, await fingerprintOfFirst(document.recording.records))
}

/**
 * Writes a set as a whole, what was there before as `<file>.bak`. `expected` is the version that
 * was read or saved last, null for a new file: where the file on disk is another one, ReviewError
 * `conflict` and nothing is written. Also throws `read-only`, `disk-full`, `not-found` (no folder)
 * and `bad-input`; the file is then as it was.
 */
export async function saveSet(
  file: string,
  document: AnnotationDocument,
  options: { readonly expected: FileVersion | null },
): Promise<FileVersion> {
  const name = path.basename(file)
  if (!name.toLowerCase().endsWith('.json')) {
    throw new ReviewError('bad-input', `A set is saved under a name that ends in .json, not as ${name}.`)
  }
  const text = serializeSet(document)
  checkReadable(text)
  const target = await resolveLink(file)
  await refuseRecording(file)
  return await whileLocked(target, name, async () => {
    const present = await fileVersion(target)
    if (present?.hash !== options.expected?.hash) throw conflict(name, present, options.expected)
    if (present !== null) await checkWritable(target, name)
    await removeAbandoned(path.dirname(target), Date.now()).catch(() => {})
    return await writeFileAtomically(target, text, { keepPrevious: true })
  })
}

/** The version of a set's file on disk now, null where there is none. */
export async function fileVersion(file: string): Promise<FileVersion | null> {
  try {
    return (await readBounded(file, MAX_SET_BYTES)).version
  } catch (error) {
    if (error instanceof ReviewError && error.code === 'not-found') return null
    throw error
  }
}

/** Where a reviewer's set of a recording goes: beside it, named after both. */
export function setPathFor(recordingPath: string, reviewer: string): string {
  const name = `${setBase(recordingPath)}.${reviewerInName(reviewer)}${SET_ENDING}`
  return path.join(path.dirname(recordingPath), name)
}

/** A reviewer's code as it stands in a file name: letters, digits, - and _ only, never a device of Windows. */
export function reviewerInName(reviewer: string): string {
  const code = reviewer
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_REVIEWER)
  if (code === '') return 'reviewer'
  return /^(con|prn|aux|nul|com\d|lpt\d|key)$/i.test(code) ? `${code}_` : code
}

function setBase(recordingPath: string): string {
  let base = path.basename(recordingPath, path.extname(recordingPath))
  while (Buffer.byteLength(base) > LONGEST_BASE) base = [...base].slice(0, -1).join('')
  return base
}

function readSetName(base: string, fileName: string): { isKey: boolean; reviewer: string } | null {
  if (fileName === `${base}${KEY_ENDING}`) return { isKey: true, reviewer: 'key' }
  if (!fileName.startsWith(`${base}.`) || !fileName.endsWith(SET_ENDING)) return null
  const reviewer = fileName.slice(base.length + 1, -SET_ENDING.length)
  return /^[A-Za-z0-9_-]+$/.test(reviewer) ? { isKey: false, reviewer } : null
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
  }
}

function decodeText(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ReviewError('bad-set', `${name} cannot be read as an annotation set: it is not text in UTF-8.`)
  }
}

/** What could not be read again is not put in the place of what can. */
function checkReadable(text: string): void {
  try {
    parseSet(text)
  } catch (error) {
    if (!(error instanceof ReviewError)) throw error
    throw new ReviewError('bad-input', `The set was not saved, it could not be read again. ${error.message}`)
  }
}

/** Through a link the file itself is replaced, and the link stays one. */
async function resolveLink(file: string): Promise<string> {
  try {
    return await realpath(file)
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return file
    throw writeFailure(error, path.basename(file))
  }
}

/** Renaming would replace a file that its owner has protected. */
async function checkWritable(file: string, name: string): Promise<void> {
  await access(file, constants.W_OK).catch((error: unknown) => {
    throw writeFailure(error, name)
  })
}

async function whileLocked<Result>(
  target: string,
  name: string,
  work: () => Promise<Result>,
): Promise<Result> {
  let lock: Lock | null
  try {
    lock = await acquireLock(`${target}.lock`, { patience: SAVE_PATIENCE })
  } catch (error) {
    throw writeFailure(error, name)
  }
  if (lock === null) {
    throw new ReviewError('conflict', `${name} is being saved by another window. Try again in a moment.`)
  }
  try {
    return await work()
  } finally {
    await lock.release().catch(() => {})
  }
}

function conflict(name: string, present: FileVersion | null, expected: FileVersion | null): ReviewError {
  if (present === null) {
    return new ReviewError('conflict', `${name} is no longer there. Save again to write it anew.`)
  }
  if (expected === null) {
    return new ReviewError('conflict', `There is a ${name} already. Open it, or save under another name.`)
  }
  return new ReviewError(
    'conflict',
    `${name} was changed on disk since it was read. Overwrite it, or save elsewhere.`,
  )
}
