/**
 * Sets that belong to a recording by its samples and not by its name: it was renamed, moved or de-identified since.
 * Looked for in its own folder and in those that were used last. They are offered and never taken unasked.
 * For the reader: `createStrayedSets`.
 */
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { setImmediate } from 'node:timers/promises'
import type { RecordingIdentity } from '../../shared/annotation/document.ts'
import { wrongRecording } from '../../shared/annotation/identity.ts'
import type { SetHead } from '../../shared/annotation/setHead.ts'
import { ReviewError } from '../../shared/failure.ts'
import { type FoundSet, matchSet, saveSet } from './annotationFiles.ts'
import { statOrNull } from './atomicFile.ts'
import { isSetName, readSetName } from './setNames.ts'
import { loadHead, loadSet } from './setReader.ts'
import { type SetRecording, withIdentity } from './setStart.ts'

const MOST_FOLDERS = 6
/** Of one folder: more would keep the disk busy for longer than a reader waits for what may not be there. */
const MOST_FILES = 500
/** Heads that are remembered, so that a folder looked at again costs a look at each file's time. */
const MOST_KNOWN = 5000

type Known = { readonly stamp: string; readonly head: SetHead | null }

export type StrayedSets = {
  /** In the order of folders and names; one that cannot be read is passed over. */
  readonly find: (options: {
    readonly recordingPath: string
    readonly identity: RecordingIdentity
    /** Those used last, the last one first. */
    readonly folders: readonly string[]
    readonly isWanted: () => boolean
  }) => Promise<readonly FoundSet[]>
}

export function createStrayedSets(): StrayedSets {
  const known = new Map<string, Known>()

  async function headOf(file: string): Promise<SetHead | null> {
    const facts = await statOrNull(file).catch(() => null)
    if (facts === null) return null
    const stamp = `${facts.mtimeMs} ${facts.size}`
    const before = known.get(file)
    if (before?.stamp === stamp) return before.head
    const head = await loadHead(file).then(
      (loaded) => loaded.head,
      () => null,
    )
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(file, { stamp, head })
    return head
  }

  return {
    find: async ({ recordingPath, identity, folders, isWanted }) => {
      const own = path.dirname(recordingPath)
      const found: FoundSet[] = []
      for (const folder of [...new Set([own, ...folders])].slice(0, MOST_FOLDERS)) {
        const names: readonly string[] = await readdir(folder).catch(() => [])
        const candidates = names
          .filter((name) => isSetName(name) && !(folder === own && readSetName(recordingPath, name) !== null))
          .sort()
          .slice(0, MOST_FILES)
        for (const fileName of candidates) {
          if (!isWanted()) return found
          const file = path.join(folder, fileName)
          const head = await headOf(file)
          // Others have their turn between two of many.
          await setImmediate()
          if (head?.recording.fingerprint !== identity.fingerprint) continue
          found.push({
            ...{ path: file, fileName, isKey: fileName.endsWith('.key.json'), copyOf: null },
            ...{ reviewer: head.reviewer, marks: head.marks, changed: head.changed },
            ...{
              blind: head.blind === true,
              signOff: head.signOffs?.at(-1) ?? null,
              match: 'same',
              problem: null,
            },
          })
        }
      }
      return found
    },
  }
}

/**
 * Copies the reviewer's own set at `file` to `own`, where nothing may lie. Throws ReviewError `conflict`,
 * `wrong-recording`, `bad-input` where it is another's, and as reading and saving do.
 */
export async function takeStrayed(
  recording: SetRecording,
  reviewer: string,
  file: string,
  own: string,
): Promise<void> {
  const { document } = await loadSet(file)
  if (document.reviewer !== reviewer) {
    throw new ReviewError(
      'bad-input',
      `${path.basename(file)} is the set of another reviewer, ${document.reviewer}.`,
    )
  }
  const match = await matchSet(document, recording.identity, recording.fingerprintOfFirst)
  if (match !== 'same' && match !== 'grown') throw wrongRecording(document)
  await saveSet(own, withIdentity(document, recording.identity), { expected: null })
}
