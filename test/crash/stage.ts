/** Where a review happens: a folder with a recording, the app's own folder, and on wish a small disk below them. */
import { execFileSync } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseSet } from '../../shared/annotation/format.ts'
import type { Place } from '../support/app.ts'
import { ROOT } from '../support/app.ts'

export type Stage = Place & {
  readonly recording: string
  /** Only where it is a disk of its own. */
  readonly fill: () => void
  readonly makeRoom: () => void
  readonly setReadOnly: (readOnly: boolean) => void
  /** What of the sets beside the recording cannot be read, in sentences. */
  readonly unreadableSets: () => readonly string[]
}

/** A disk of its own, of so many MB, with the recording on it, or with the app's own folder too. */
export type StageDisk = { readonly megabytes: number; readonly holds: 'recording' | 'both' }

/** null where a disk is wanted and cannot be mounted. */
export function makeStage(disk: StageDisk | null): Stage | null {
  const outer = mkdtempSync(path.join(tmpdir(), 'hypnospike-crash-'))
  const folder = path.join(outer, 'recordings')
  mkdirSync(folder)
  const remove = () => rmSync(outer, { recursive: true, force: true })
  if (disk !== null) {
    try {
      mount(['-t', 'tmpfs', '-o', `size=${disk.megabytes}m`, 'tmpfs', folder])
    } catch {
      remove()
      return null
    }
  }
  const recording = path.join(folder, 'night.edf')
  copyFileSync(path.join(ROOT, 'samples', 'spike-wave-3hz.edf'), recording)
  const data = path.join(disk?.holds === 'both' ? folder : outer, 'app-data')
  mkdirSync(data)
  const filler = path.join(folder, 'filler')
  return {
    folder,
    data,
    recording,
    fill: () => fillUp(filler),
    makeRoom: () => rmSync(filler, { force: true }),
    setReadOnly: (readOnly) => mount(['-o', `remount,${readOnly ? 'ro' : 'rw'}`, folder]),
    unreadableSets: () =>
      readdirSync(folder)
        .filter((name) => name.endsWith('.hypnospike.json'))
        .flatMap((name) => {
          try {
            parseSet(readFileSync(path.join(folder, name), 'utf8'))
            return []
          } catch (thrown) {
            return [`${name}: ${thrown instanceof Error ? thrown.message : 'unreadable'}`]
          }
        }),
    remove: () => {
      if (disk !== null) execFileSync('umount', ['-l', folder], { stdio: 'ignore' })
      remove()
    },
  }
}

function mount(args: readonly string[]): void {
  execFileSync('mount', args, { stdio: 'ignore' })
}

/** In ever smaller pieces, until not a page is left. */
function fillUp(file: string): void {
  for (let size = 1024 * 1024; size >= 4096; ) {
    try {
      writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch {
      size /= 2
    }
  }
}
