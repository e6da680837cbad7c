/** Annotation sets as files: finding those of a recording, reading them, and saving without losing any. */
import { access, constants, readdir, realpath } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { AnnotationDocument, RecordingIdentity, SignOff } from '../../shared/annotation/document.ts'
import { parseSet, serializeSet } from '../../shared/annotation/format.ts'
import { hasShrunk, matchRecording, mayHaveGrown, wrongRecording } from '../../shared/annotation/identity.ts'
import { MAX_SET_BYTES } from '../../shared/annotation/setSize.ts'
import { type Failure, ReviewError, toFailure } from '../../shared/failure.ts'
import {
  type FileVersion,
  refuseLongName,
  removeAbandoned,
  versionOf,
  writeFailure,
  writeFileAtomically,
} from './atomicFile.ts'
import { acquireLock, type Lock } from './lockFile.ts'
import { readSetName } from './setNames.ts'
import { loadHead } from './setReader.ts'
import { codeOf } from './systemError.ts'
import { refuseRecording } from './writeGuard.ts'

const MOST_SETS = 200
const SAVE_PATIENCE = 5_000

/** Computes the fingerprint of a recording's first records, to tell one that has grown since. */
export type FingerprintOfFirst = (records: number) => Promise<string>

export type FoundSet = {
  readonly path: string
  readonly fileName: string
  readonly isKey: boolean
  /** The name of the file that a program which keeps folders alike has made it a copy of. */
  readonly copyOf: string | null
  /** As the set says; where it cannot be read, as its name says. */
  readonly reviewer: string
  readonly marks: number
  readonly changed: string | null
  readonly blind: boolean
  readonly signOff: SignOff | null
  /** 'shrunk': for reading only. null where there is a problem. */
  readonly match: 'same' | 'grown' | 'shrunk' | null
  /** Why it cannot be used with this recording: bad, of another recording, unreadable. */
  readonly problem: Failure | null
}

export type FindOptions = {
  readonly fingerprintOfFirst?: FingerprintOfFirst
  /** Hears of each as it is read, keys first. */
  readonly onFound?: (set: FoundSet) => void
  /** Asked before each; once false, what was found so far is the answer. */
  readonly isWanted?: () => boolean
}

/**
 * The sets beside a recording, sorted by file name, keys included. Never rejects for one bad set:
 * that one carries its problem. A folder that may not be listed has none. Only their heads are read; what
 * is wrong with a mark is told by opening the set.
 */
export async function findSets(
  recordingPath: string,
  identity: RecordingIdentity,
  { fingerprintOfFirst, onFound, isWanted = () => true }: FindOptions = {},
): Promise<readonly FoundSet[]> {
  const folder = path.dirname(recordingPath)
  const places = (await listFolder(folder)).sort().flatMap((fileName) => {
    const named = readSetName(recordingPath, fileName)
    return named === null ? [] : [{ path: path.join(folder, fileName), fileName, ...named }]
  })
  const found: FoundSet[] = []
  const keysFirst = [...places.filter(({ isKey }) => isKey), ...places.filter(({ isKey }) => !isKey)]
  for (const place of keysFirst.slice(0, MOST_SETS)) {
    if (!isWanted()) break
    const set = await describeSet(place, identity, fingerprintOfFirst ?? null)
    found.push(set)
    onFound?.(set)
    // Others have their turn between two of many.
    await setImmediate()
  }
  return found.sort((a, b) => (a.fileName < b.fileName ? -1 : 1))
}

async function describeSet(
  place: Pick<FoundSet, 'path' | 'fileName' | 'isKey' | 'reviewer' | 'copyOf'>,
  identity: RecordingIdentity,
  fingerprintOfFirst: FingerprintOfFirst | null,
): Promise<FoundSet> {
  try {
    const { head } = await loadHead(place.path)
    const { reviewer, changed, marks } = head
    const facts = {
      reviewer,
      marks,
      changed,
      blind: head.blind === true,
      signOff: head.signOffs?.at(-1) ?? null,
    }
    const match = await matchSet(head, identity, fingerprintOfFirst)
    if (match !== 'other') return { ...place, ...facts, match, problem: null }
    return { ...place, ...facts, match: null, problem: toFailure(wrongRecording(head)) }
  } catch (thrown) {
    const nothing = { marks: 0, changed: null, blind: false, signOff: null }
    return { ...place, ...nothing, match: null, problem: toFailure(thrown) }
  }
}

/**
 * Whether a set belongs to the open recording; reads the recording's samples only where it may have grown.
 * 'shrunk': the recording of this name has lost records since; its marks can still be looked at.
 */
export async function matchSet(
  document: Pick<AnnotationDocument, 'recording'>,
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
 * was read or saved last, null for a new file: where the file on disk is another one, before or once all is written,
 * ReviewError `conflict` and nothing is replaced; so too where another program took over while this one stood still.
 * `isOwn`: what it names is known to be this reviewer's, and is not looked into again. Also throws `read-only`,
 * `disk-full`, `not-found` (no folder) and `bad-input`; the file is then as it was.
 */
export async function saveSet(
  file: string,
  document: AnnotationDocument,
  options: { readonly expected: FileVersion | null; readonly isOwn?: boolean },
): Promise<FileVersion> {
  const name = path.basename(file)
  if (!name.toLowerCase().endsWith('.json')) {
    throw new ReviewError('bad-input', `A set is saved under a name that ends in .json, not as ${name}.`)
  }
  refuseLongName(file)
  const text = serializeSet(document)
  checkReadable(text)
  const target = await resolveLink(file)
  await refuseRecording(file)
  return await whileLocked(target, name, async (lock) => {
    const present = await expectVersion(target, name, options.expected)
    if (present !== null) {
      await checkWritable(target, name)
      if (options.isOwn !== true) await checkReviewer(target, name, document.reviewer)
    }
    await removeAbandoned(path.dirname(target), Date.now()).catch(() => {})
    return await writeFileAtomically(target, text, {
      keepPrevious: true,
      beforeRename: async () => {
        await expectVersion(target, name, options.expected)
        // Asked last: who holds it now can lose it only by standing still for long before the renaming.
        if (!(await lock.isHeld())) throw savedByAnother(name)
      },
    })
  })
}

/** The version that is there, which is the expected one. */
async function expectVersion(
  file: string,
  name: string,
  expected: FileVersion | null,
): Promise<FileVersion | null> {
  const present = await fileVersion(file)
  if (present?.hash !== expected?.hash) throw conflict(name, present, expected)
  return present
}

/** The version of a set's file on disk now, null where there is none. */
export async function fileVersion(file: string): Promise<FileVersion | null> {
  try {
    return await versionOf(file, MAX_SET_BYTES)
  } catch (error) {
    if (error instanceof ReviewError && error.code === 'not-found') return null
    throw error
  }
}

async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch {
    return []
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

/** What two reviewers marked is never one file, whatever it is called and whoever agreed to overwrite it. */
async function checkReviewer(file: string, name: string, reviewer: string): Promise<void> {
  const loaded = await loadHead(file).catch(() => null)
  if (loaded === null || loaded.head.reviewer === reviewer) return
  throw new ReviewError(
    'bad-input',
    `${name} holds the marks of another reviewer, ${loaded.head.reviewer}: save under another name.`,
  )
}

async function whileLocked<Result>(
  target: string,
  name: string,
  work: (lock: Lock) => Promise<Result>,
): Promise<Result> {
  let lock: Lock | null
  try {
    lock = await acquireLock(`${target}.lock`, { patience: SAVE_PATIENCE })
  } catch (error) {
    throw writeFailure(error, name)
  }
  if (lock === null) throw savedByAnother(name)
  try {
    return await work(lock)
  } finally {
    await lock.release().catch(() => {})
  }
}

function savedByAnother(name: string): ReviewError {
  return new ReviewError('conflict', `${name} is being saved by another window. Try again in a moment.`)
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
    `${name} was changed on disk since it was read. Compare the two, overwrite it, or save elsewhere.`,
  )
}
