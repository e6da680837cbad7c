/**
 * What the files of sets are called: after the recording and the reviewer. A name is for people and for finding;
 * whose set it is stands inside. For the reader: `setPathFor` and `readSetName`.
 */
import { createHash } from 'node:crypto'
import path from 'node:path'

const SET_ENDING = '.hypnospike.json'
const KEY_ENDING = '.key.json'
/** File names hold 255 bytes on every system in use; the endings and the reviewer's code need their part. */
const LONGEST_BASE = 180
const LONGEST_REVIEWER = 40
const HASH_LENGTH = 8
/**
 * Behind the recording's name. What a copy is called by Dropbox and Nextcloud `NAME (… conflicted copy …)`, by Syncthing
 * `NAME.sync-conflict-…`, by OneDrive `NAME-COMPUTER` in whatever letters, by Google Drive and browsers `NAME (1)`, by iCloud
 * `NAME 2`; and what a copy of a copy is, which has two of these.
 */
const COPIED = String.raw` ?\((?:[^()]|\([^()]*\)){1,120}\)|\.sync-conflict-[\w-]{1,80}|-[\p{L}\p{M}\p{N}_.-]{1,80}| \d{1,3}`
const SET_NAME = new RegExp(
  String.raw`^(key|[A-Za-z0-9_-]+(?:~[0-9a-f]{8})?\.hypnospike)((?:${COPIED}){0,2})\.json$`,
  'u',
)

/** Where a reviewer's set of a recording goes: beside it, named after both. */
export function setPathFor(recordingPath: string, reviewer: string): string {
  return besideRecording(recordingPath, reviewerInName(reviewer))
}

/**
 * Every place where the reviewer's set may lie, the usual one first: the name with a hash serves where another
 * reviewer's set has the usual one (`JS` and `js`, where file names have no case), and the last one is what
 * codes that are no names were called before they had a hash.
 */
export function setPlaces(recordingPath: string, reviewer: string): readonly string[] {
  const names = [reviewerInName(reviewer), withHash(reviewer), plainReviewer(reviewer)]
  return [...new Set(names)].map((name) => besideRecording(recordingPath, name))
}

/**
 * A reviewer's code as it stands in a file name: itself where it is one of letters, digits, - and _, else what is
 * readable of it and a hash, so that two codes have two names.
 */
export function reviewerInName(reviewer: string): string {
  return plainReviewer(reviewer) === reviewer ? reviewer : withHash(reviewer)
}

/**
 * What the name of a file beside a recording says; null where it is no set of it. Unicode forms are the same. `copyOf`:
 * programs that keep folders alike put words of their own behind the name of a file that was changed in two places.
 */
export function readSetName(
  recordingPath: string,
  fileName: string,
): { readonly isKey: boolean; readonly reviewer: string; readonly copyOf: string | null } | null {
  const base = setBase(recordingPath).normalize('NFC')
  const name = fileName.normalize('NFC')
  if (!name.startsWith(`${base}.`)) return null
  const [, what = '', copied = ''] = SET_NAME.exec(name.slice(base.length + 1)) ?? []
  const reviewer = what === 'key' ? 'key' : what.slice(0, -'.hypnospike'.length)
  if (reviewer === '') return null
  return { isKey: what === 'key', reviewer, copyOf: copied === '' ? null : `${base}.${what}.json` }
}

/** Whether a file is a set or a key by its name, of whatever recording. */
export function isSetName(fileName: string): boolean {
  return fileName.endsWith(SET_ENDING) || fileName.endsWith(KEY_ENDING)
}

/**
 * Whether a name is one that a set, a copy or key of one, or what is kept beside a set may have, of whatever recording:
 * what is no set must not be found under it. Cases are the same here, as they are on some disks.
 */
export function isNameForSets(fileName: string): boolean {
  // Windows reads `x.json.` and `x.json ` as `x.json`, and `x.json:y` as a stream of it.
  const [plain = ''] = fileName.normalize('NFC').toLowerCase().split(':')
  const name = plain.replace(/[. ]+$/, '').replace(/(\.bak|\.lock|\.takeover)+$/, '')
  if (isSetName(name) || /\.journal(\.damaged(-\d+)?)?$/.test(name)) return true
  return [...name.matchAll(/\./g)].some(({ index }) => SET_NAME.test(name.slice(index + 1)))
}

export function isKeyOf(recordingPath: string, file: string): boolean {
  return readSetName(recordingPath, path.basename(file))?.isKey ?? false
}

function besideRecording(recordingPath: string, reviewer: string): string {
  return path.join(path.dirname(recordingPath), `${setBase(recordingPath)}.${reviewer}${SET_ENDING}`)
}

function withHash(reviewer: string): string {
  const hash = createHash('sha256').update(reviewer).digest('hex').slice(0, HASH_LENGTH)
  return `${readable(reviewer).slice(0, LONGEST_REVIEWER - HASH_LENGTH - 1)}~${hash}`
}

/** What can be read of a code, in letters, digits, - and _, never a device of Windows; several may come to the same. */
export function plainReviewer(reviewer: string): string {
  const code = readable(reviewer)
  return /^(con|prn|aux|nul|com\d|lpt\d|key)$/i.test(code) ? `${code}_` : code
}

function readable(reviewer: string): string {
  const code = reviewer
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, LONGEST_REVIEWER)
  return code === '' ? 'reviewer' : code
}

function setBase(recordingPath: string): string {
  let base = path.basename(recordingPath, path.extname(recordingPath))
  while (Buffer.byteLength(base) > LONGEST_BASE) base = [...base].slice(0, -1).join('')
  return base
}
