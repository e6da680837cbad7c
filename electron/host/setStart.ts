/**
 * What a set is when it is opened, before a window has it: the reviewer's own as it lies on disk or anew, or
 * another's for reading. Nothing is written here. For the reader: `readOwn` and `readForeign`.
 */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { AnnotationDocument, RecordingIdentity } from '../../shared/annotation/document.ts'
import { emptyDocument } from '../../shared/annotation/emptyDocument.ts'
import { EMPTY_HISTORY, type Marked } from '../../shared/annotation/history.ts'
import { wrongRecording } from '../../shared/annotation/identity.ts'
import type { OpenedSet } from '../../shared/contract/model.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type FingerprintOfFirst, matchSet } from './annotationFiles.ts'
import { type FileVersion, statOrNull } from './atomicFile.ts'
import { loadSet } from './setReader.ts'

/** What a set needs to know of the recording it belongs to. */
export type SetRecording = {
  readonly path: string
  readonly identity: RecordingIdentity
  readonly fingerprintOfFirst: FingerprintOfFirst
}

/** A set as it stands on disk or in a journal, before a window has it. */
export type Start = {
  readonly path: string
  readonly version: FileVersion | null
  readonly marked: Marked
  readonly recovered: OpenedSet['recovered']
  readonly notices: readonly string[]
}

/**
 * A key, another reviewer's set, or one made before the recording lost records, which are for reading;
 * null where it is this reviewer's own, but where that is to be read too (`reviewer` null).
 */
export async function readForeign(
  recording: SetRecording,
  reviewer: string | null,
  file: string,
): Promise<Start | null> {
  const { document, version } = await loadSet(file)
  const match = await matchSet(document, recording.identity, recording.fingerprintOfFirst)
  if (match === 'other') throw wrongRecording(document)
  if (document.reviewer === reviewer && match !== 'shrunk') return null
  const notices = match === 'shrunk' ? [refusal(document, recording, file).message] : []
  return { path: file, version, marked: { document, history: EMPTY_HISTORY }, recovered: null, notices }
}

/**
 * The reviewer's set at `file`, or an empty one. A file that cannot be used stays as it is: the set then lies
 * beside it, and a notice says so.
 */
export async function readOwn(recording: SetRecording, reviewer: string, file: string): Promise<Start> {
  const { identity } = recording
  const fresh = (at: string, notices: readonly string[]): Start => {
    const document = emptyDocument({ recording: identity, reviewer, now: new Date().toISOString() })
    return {
      path: at,
      version: null,
      marked: { document, history: EMPTY_HISTORY },
      recovered: null,
      notices,
    }
  }
  if (!(await exists(file))) return fresh(file, [])
  try {
    const { document, version } = await loadSet(file)
    if (document.reviewer !== reviewer) {
      const name = path.basename(file)
      throw new ReviewError('bad-set', `${name} holds the marks of another reviewer, ${document.reviewer}.`)
    }
    const match = await matchSet(document, identity, recording.fingerprintOfFirst)
    if (match === 'other' || match === 'shrunk') throw refusal(document, recording, file)
    const notices =
      match === 'grown' ? ['The recording has grown since this set was saved; its marks still stand.'] : []
    const marked = { document: withIdentity(document, identity), history: EMPTY_HISTORY }
    return { path: file, version, marked, recovered: null, notices }
  } catch (thrown) {
    if (!(thrown instanceof ReviewError)) throw thrown
    // What is there stays untouched; the reviewer's marks go into a file beside it.
    const name = path.basename(file)
    const why = thrown.message.includes(name) ? thrown.message : `${name}: ${thrown.message}`
    const beside = await readBeside(recording, reviewer, file)
    if (beside !== null) {
      return { ...beside, notices: [`${why} Your marks are in ${path.basename(beside.path)}.`] }
    }
    const free = await freePath(file)
    return fresh(free, [`${why} New marks will be saved as ${path.basename(free)}.`])
  }
}

/** The newest of this reviewer's sets that were saved beside a file that could not be used. */
async function readBeside(recording: SetRecording, reviewer: string, file: string): Promise<Start | null> {
  const { identity, fingerprintOfFirst } = recording
  let newest: Start | null = null
  for (const candidate of await numberedBeside(file)) {
    const loaded = await loadSet(candidate).catch(() => null)
    if (loaded === null || loaded.document.reviewer !== reviewer) continue
    const match = await matchSet(loaded.document, identity, fingerprintOfFirst)
    if (match !== 'same' && match !== 'grown') continue
    if (newest !== null && loaded.document.changed < newest.marked.document.changed) continue
    const marked = { document: withIdentity(loaded.document, identity), history: EMPTY_HISTORY }
    newest = { path: candidate, version: loaded.version, marked, recovered: null, notices: [] }
  }
  return newest
}

/** Where steps that a crash left go that were never saved: never onto a file that could not be used. */
export async function unsavedPlace(recording: SetRecording, reviewer: string, own: string): Promise<string> {
  const start = await readOwn(recording, reviewer, own)
  return start.path === own ? own : await freePath(own)
}

export function withIdentity(document: AnnotationDocument, recording: RecordingIdentity): AnnotationDocument {
  return { ...document, recording: { ...document.recording, ...recording } }
}

function refusal(document: AnnotationDocument, recording: SetRecording, file: string): ReviewError {
  return wrongRecording(document, { identity: recording.identity, setName: path.basename(file) })
}

export async function exists(file: string): Promise<boolean> {
  return (await statOrNull(file).catch(() => 'unreadable')) !== null
}

const SET_ENDING = /\.hypnospike\.json$|\.json$/

/** A name beside the file that is not taken: numbered from 2. */
export async function freePath(file: string): Promise<string> {
  const stem = file.replace(SET_ENDING, '')
  for (let count = 2; ; count += 1) {
    const candidate = `${stem}-${count}.hypnospike.json`
    if (!(await exists(candidate))) return candidate
  }
}

/** The files that `freePath` has given out before, in the order of their numbers. */
async function numberedBeside(file: string): Promise<readonly string[]> {
  const start = `${path.basename(file).replace(SET_ENDING, '')}-`
  const numbers = (await readdir(path.dirname(file)).catch(() => []))
    .filter((name) => name.startsWith(start))
    .map((name) => /^([1-9]\d{0,5})\.hypnospike\.json$/.exec(name.slice(start.length))?.[1])
    .filter((digits) => digits !== undefined)
  return numbers
    .sort((a, b) => Number(a) - Number(b))
    .map((digits) => path.join(path.dirname(file), `${start}${digits}.hypnospike.json`))
}
