/**
 * The recordings of a lesson, wherever they lie: found by their samples in the folders that are known here, those of the
 * same name first. What a file is, is read once and remembered as long as its time and size stay.
 */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { RecordingIdentity } from '../../shared/annotation/document.ts'
import { identityOf } from '../../shared/annotation/identity.ts'
import { openRecording } from '../../shared/edf/recording.ts'
import { fingerprint } from '../../shared/edf/samples/fingerprint.ts'
import type { CaseRecording } from '../../shared/teaching/lesson.ts'
import { statOrNull } from './atomicFile.ts'
import { openFile } from './fileSource.ts'
import { isRecordingName } from './recordingNames.ts'
import type { SetRecording } from './setStart.ts'
import { sha256 } from './sha256.ts'

const MOST_FOLDERS = 12
/** Of one folder, those of a wanted name first: a lesson is not waited for while a whole archive is read. */
const MOST_FILES = 200
const MOST_KNOWN = 5000
/** Files may have grown since cases were made of them: so many beginnings are read in one search, the others in the next. */
const MOST_BEGINNINGS = 50

type Known = { readonly stamp: string; readonly identity: RecordingIdentity | null }

export type FoundCaseRecording = SetRecording & {
  /** Files of the same samples elsewhere: what is reviewed blind beside one of them is so beside all. */
  readonly copies: readonly SetRecording[]
}

export type CaseRecordings = {
  /** By fingerprint; one that was not found is not there. Folders are looked at in their order. */
  readonly find: (
    wanted: readonly CaseRecording[],
    folders: readonly string[],
  ) => Promise<ReadonlyMap<string, FoundCaseRecording>>
}

export function createCaseRecordings(): CaseRecordings {
  const known = new Map<string, Known>()
  /** Fingerprints of files' first records, by path, stamp and number of records; null: they cannot be read. */
  const beginnings = new Map<string, string | null>()

  /** null: it cannot be read as a recording, which is nothing to be said here. */
  async function identify(file: string): Promise<RecordingIdentity | null> {
    const facts = await statOrNull(file).catch(() => null)
    if (facts === null) return null
    const stamp = `${facts.mtimeMs} ${facts.size}`
    const before = known.get(file)
    if (before?.stamp === stamp) return before.identity
    const identity = await readIdentity(file).catch(() => null)
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(file, { stamp, identity })
    // Others have their turn between two of many.
    await setImmediate()
    return identity
  }

  /** undefined: not known, and no more are read. */
  async function readBeginning(
    file: string,
    records: number,
    budget: { left: number },
  ): Promise<string | null | undefined> {
    const key = `${known.get(file)?.stamp} ${records} ${file}`
    if (beginnings.has(key)) return beginnings.get(key)
    if (budget.left === 0) return undefined
    budget.left -= 1
    const mark = await fingerprintOfFirst(file, records).catch(() => null)
    if (beginnings.size >= MOST_KNOWN) beginnings.clear()
    beginnings.set(key, mark)
    await setImmediate()
    return mark
  }

  /** The recording that this file, of the same name, was when a case was made of it, where it has grown since. */
  async function grownFrom(
    file: string,
    { records, recordDuration }: RecordingIdentity,
    missing: ReadonlyMap<string, CaseRecording>,
    budget: { left: number },
  ): Promise<CaseRecording | null> {
    const name = path.basename(file).normalize('NFC')
    const lengths = new Set<number>()
    for (const each of missing.values()) {
      if (each.fileName.normalize('NFC') !== name || each.recordDuration !== recordDuration) continue
      if (each.records >= 1 && each.records < records) lengths.add(each.records)
    }
    for (const length of lengths) {
      const match = missing.get((await readBeginning(file, length, budget)) ?? '')
      if (match?.records === length && match.recordDuration === recordDuration) return match
    }
    return null
  }

  /** Only files as large as one that was found are read. */
  async function addCopies(
    found: ReadonlyMap<string, FoundCaseRecording & { readonly copies: SetRecording[] }>,
    files: readonly string[],
  ): Promise<void> {
    const taken = new Set([...found.values()].map(({ path: file }) => file))
    const sizes = new Set<number | undefined>()
    for (const file of taken) sizes.add((await statOrNull(file).catch(() => null))?.size)
    const byOwn = new Map([...found.values()].map((each) => [each.identity.fingerprint, each]))
    for (const file of files) {
      if (taken.has(file)) continue
      const size = (await statOrNull(file).catch(() => null))?.size
      if (size === undefined || !sizes.has(size)) continue
      const identity = await identify(file)
      if (identity !== null) byOwn.get(identity.fingerprint)?.copies.push(setRecording(file, identity))
    }
  }

  return {
    find: async (wanted, folders) => {
      const found = new Map<string, FoundCaseRecording & { readonly copies: SetRecording[] }>()
      const missing = new Map(wanted.map((each) => [each.fingerprint, each]))
      const names = new Set(wanted.map(({ fileName }) => fileName.normalize('NFC')))
      const isNamed = (file: string) => names.has(path.basename(file).normalize('NFC'))
      const files: string[] = []
      for (const folder of [...new Set(folders)].slice(0, MOST_FOLDERS)) {
        const there: readonly string[] = await readdir(folder).catch(() => [])
        const recordings = namedFirst(there.filter(isRecordingName).sort(), isNamed).slice(0, MOST_FILES)
        files.push(...recordings.map((name) => path.join(folder, name)))
      }
      const inTurn = namedFirst(files, isNamed)
      const budget = { left: MOST_BEGINNINGS }
      for (const file of inTurn) {
        if (missing.size === 0) break
        const identity = await identify(file)
        if (identity === null) continue
        const match =
          missing.get(identity.fingerprint) ??
          (isNamed(file) ? await grownFrom(file, identity, missing, budget) : null)
        if (match === null) continue
        missing.delete(match.fingerprint)
        found.set(match.fingerprint, { ...setRecording(file, identity), copies: [] })
      }
      await addCopies(found, inTurn)
      return found
    },
  }
}

function namedFirst(files: readonly string[], isNamed: (file: string) => boolean): readonly string[] {
  return [...files.filter(isNamed), ...files.filter((each) => !isNamed(each))]
}

function setRecording(file: string, identity: RecordingIdentity): SetRecording {
  return { path: file, identity, fingerprintOfFirst: (records) => fingerprintOfFirst(file, records) }
}

/** Throws ReviewError where the file is no recording. */
export async function readIdentity(file: string): Promise<RecordingIdentity> {
  const source = await openFile(file)
  try {
    const recording = await openRecording(source, { timeline: 'quick' })
    const mark = await fingerprint(source, recording, recording.header.records, sha256)
    return identityOf(recording.header, mark, path.basename(file))
  } finally {
    await source.close()
  }
}

async function fingerprintOfFirst(file: string, records: number): Promise<string> {
  const source = await openFile(file)
  try {
    return await fingerprint(source, await openRecording(source, { timeline: 'quick' }), records, sha256)
  } finally {
    await source.close()
  }
}
